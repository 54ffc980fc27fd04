import SourceCode

/// An `except` clause.
struct ExceptionHandler {
    /// The types it names; empty for a bare `except:`.
    var types: [ByteRange] = []
    /// All types as written.
    var condition = ByteRange.none
    /// The name it binds; empty if none.
    var name = ByteRange.none
    /// Whether its suite raises again what it caught.
    var reraises = false
    /// The rows of the raises in its suite.
    var raises = 0..<0
}

/// A `try` statement whose handlers are being read.
struct Attempt {
    /// The raises of its suite.
    var raises: Range<Int>
    /// Whether the suite begins with a `raise`, so that nothing else comes out of it.
    var isOnlyRaise = false
    var handlers: [ExceptionHandler] = []
}

/// Raised and caught exceptions.
extension FactsBuilder {
    mutating func raises(_ statement: ByteRange, exception: ByteRange, message: ByteRange) {
        guard keepsFacts else { return }
        if !bytesEqual(exception, "NotImplementedError") { notesCode() }
        if message.isEmpty, let handler = handlerBinding(exception) { return reraise(statement, handler) }
        var record = RaiseRecord(statement: statement)
        record.exception = exception
        record.message = message
        append(record)
    }

    /// A bare `raise`.
    mutating func reraises(_ statement: ByteRange) {
        guard keepsFacts else { return }
        notesCode()
        let base = frames[frames.count - 1].handlerBase
        guard handlers.count > base else {
            var record = RaiseRecord(statement: statement)
            record.isReraise = true
            return append(record)
        }
        reraise(statement, handlers.count - 1)
    }

    /// The innermost handler of the own body that binds a name.
    private func handlerBinding(_ name: ByteRange) -> Int? {
        guard !name.isEmpty else { return nil }
        let own = frames[frames.count - 1].handlerBase..<handlers.count
        return own.last { !handlers[$0].name.isEmpty && bytesEqual(handlers[$0].name, name) }
    }

    private mutating func reraise(_ statement: ByteRange, _ handler: Int) {
        handlers[handler].reraises = true
        let types = handlers[handler].types
        for type in types.isEmpty ? [ByteRange.none] : types {
            var record = RaiseRecord(statement: statement)
            record.exception = type
            record.isReraise = true
            append(record)
        }
    }

    private mutating func append(_ record: RaiseRecord) {
        var record = record
        let first = tables.guards.count
        tables.guards += guards[frames[frames.count - 1].guardBase...]
        record.guards = RowRange(first, tables.guards.count)
        record.isUnreachable = isUnreachable
        record.followsReturn = departures.contains(.returned)
        record.followsJump = departures.contains(.jumped)
        raiseRows.append(record, owner: owner)
    }

    // MARK: Try

    mutating func beginsTry() -> Int {
        notesCode()
        return raiseRows.rows.count
    }

    func endsTryBody(_ first: Int) -> Attempt { Attempt(raises: first..<raiseRows.rows.count) }

    mutating func beginsHandler(_ handler: ExceptionHandler) {
        var handler = handler
        handler.raises = raiseRows.rows.count..<raiseRows.rows.count
        handlers.append(handler)
        pushGuard(GuardRecord(kind: .caught, condition: handler.condition, shape: .absent))
    }

    mutating func endsHandler() -> ExceptionHandler {
        guards.removeLast()
        var handler = handlers.removeLast()
        handler.raises = handler.raises.lowerBound..<raiseRows.rows.count
        return handler
    }

    mutating func catches(_ types: [ByteRange]) {
        guard keepsFacts else { return }
        // A starred element stands for types that the clause does not name.
        for type in types where base[Int(type.start)] != UInt8(ascii: "*") { catchRows.append(type, owner: owner) }
    }

    /// Marks the raises of a `try` suite that its handlers keep inside.
    mutating func resolvesTry(_ attempt: Attempt) {
        guard !attempt.raises.isEmpty else { return }
        let first = firstHandlers(of: attempt)
        for row in attempt.raises where Int(raiseRows.owners[row]) == owner {
            let raised = className(raiseRows.rows[row].exception)
            let lineage = ExceptionHierarchy.lineage(of: raised, local: exceptionBases)
            let handler = (lineage + [""]).compactMap { first[$0] }.min()
            if let handler, !attempt.handlers[handler].reraises { raiseRows.rows[row].isCaughtInside = true }
            let isKnown = ExceptionHierarchy.isBuiltIn(raised) && first.keys.allSatisfy(ExceptionHierarchy.isBuiltIn)
            if isKnown, attempt.isOnlyRaise, row == attempt.raises.lowerBound {
                return narrow(attempt.handlers, to: handler, raised: raiseRows.rows[row].exception)
            }
        }
    }

    /// Marks what handlers would raise, did not the one exception that comes go to another handler.
    private mutating func narrow(_ handlers: [ExceptionHandler], to chosen: Int?, raised: ByteRange) {
        for (index, handler) in handlers.enumerated() {
            for row in handler.raises where Int(raiseRows.owners[row]) == owner {
                let record = raiseRows.rows[row]
                let isOther = record.isReraise && handler.types.contains(record.exception)
                let isAbsent = isOther && !bytesEqual(record.exception, raised)
                if index != chosen || isAbsent { raiseRows.rows[row].isUnreachable = true }
            }
        }
    }

    /// The name of the class that an expression names; empty for a variable, which may hold any class.
    private func className(_ range: ByteRange) -> Substring {
        let bytes = UnsafeBufferPointer(start: base + Int(range.start), count: range.count)
        let text = String(decoding: bytes, as: UTF8.self)
        if let known = ExceptionHierarchy.aliases[text] { return known }
        if text.hasPrefix("*") { return "" }
        let name = lastComponent(range)
        let isDotted = name.utf8.count < range.count
        let hasLowerCase = name.utf8.contains { $0 &- 0x61 < 26 }
        let begins = name.utf8.first { $0 != UInt8(ascii: "_") } ?? 0
        let isClass = begins &- 0x41 < 26 && hasLowerCase
        return isClass || isDotted || knownClassNames.contains(NameHash.of(base, range)) ? name[...] : ""
    }

    /// Notes the first base of a class, which tells what handlers catch it.
    mutating func noteExceptionBase(of record: DeclarationRecord) {
        guard let first = record.bases.rows.first else { return }
        exceptionBases[lastComponent(record.name)[...]] = className(tables.ranges[first])
    }

    /// The first handler for each name of a class; a bare `except:` is kept under the empty name.
    private func firstHandlers(of attempt: Attempt) -> [Substring: Int] {
        var first: [Substring: Int] = [:]
        for (index, handler) in attempt.handlers.enumerated().reversed() {
            if handler.types.isEmpty { first[""] = index }
            for type in handler.types { first[className(type)] = index }
        }
        return first
    }

    /// Marks raises that a `finally` swallows, since it never comes to its end: it returns, breaks or continues.
    ///
    /// One that raises may raise the same again.
    mutating func swallows(_ rows: Range<Int>) {
        for row in rows where Int(raiseRows.owners[row]) == owner { raiseRows.rows[row].isCaughtInside = true }
    }

    // MARK: Bytes

    func lastComponent(_ range: ByteRange) -> String {
        var start = Int(range.end)
        while start > Int(range.start), base[start - 1] != UInt8(ascii: ".") { start -= 1 }
        return String(decoding: UnsafeBufferPointer(start: base + start, count: Int(range.end) - start), as: UTF8.self)
    }

    func bytesEqual(_ range: ByteRange, _ text: StaticString) -> Bool {
        guard range.count == text.utf8CodeUnitCount else { return false }
        for index in 0..<range.count where base[Int(range.start) + index] != text.utf8Start[index] { return false }
        return true
    }

    func bytesEqual(_ one: ByteRange, _ other: ByteRange) -> Bool {
        guard one.count == other.count else { return false }
        for index in 0..<one.count where base[Int(one.start) + index] != base[Int(other.start) + index] { return false }
        return true
    }
}
