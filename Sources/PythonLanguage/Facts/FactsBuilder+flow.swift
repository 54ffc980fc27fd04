import SourceCode

/// What a function gives back, calls, and under which conditions.
extension FactsBuilder {
    mutating func returns(_ statement: ByteRange, value: Node?) {
        guard keepsFacts else { return }
        returnRows.append(result(statement, value), owner: owner)
        if !isUnreachable { departures.insert(.returned) }
    }

    /// Marks `return`s whose values a `finally` replaces, since it never comes to its end.
    mutating func replacesReturns(_ rows: Range<Int>) {
        for row in rows where Int(returnRows.owners[row]) == owner { returnRows.rows[row].isReplaced = true }
    }

    mutating func yields(_ expression: ByteRange, value: Node?, isDelegating: Bool) {
        guard keepsFacts else { return }
        frames[frames.count - 1].yields = true
        notesCode()
        var record = result(expression, value)
        record.isDelegating = isDelegating
        yieldRows.append(record, owner: owner)
    }

    private func result(_ statement: ByteRange, _ value: Node?) -> ResultRecord {
        var record = ResultRecord(
            statement: statement,
            value: value?.range ?? .none,
            kind: value?.kind.expressionKind ?? .absent
        )
        record.isUnreachable = isUnreachable
        return record
    }

    @inline(__always)
    mutating func calls(_ callee: ByteRange) {
        if keepsFacts { callRows.append(callee, owner: owner) }
    }

    /// Notes an imported module, by its first name.
    mutating func imports(module: ByteRange) {
        guard keepsFacts else { return }
        let name = UnsafeBufferPointer(start: base + Int(module.start), count: module.count)
        let top = UnsafeBufferPointer(rebasing: name.prefix { $0 != UInt8(ascii: ".") })
        if let library = RuntimeLibraries.library(named: top) { runtime.libraries.formUnion(library) }
    }

    mutating func imports(name: ByteRange) {
        if keepsFacts { knownClassNames.insert(NameHash.of(base, name)) }
    }

    /// Whether a call begins with the name of a function that, whatever its module, hardly ever returns.
    func callsEnd(_ call: ByteRange) -> Bool {
        var (start, end) = (Int(call.start), Int(call.start))
        while end < Int(call.end), base[end] != UInt8(ascii: "(") {
            if base[end] == UInt8(ascii: ".") { start = end + 1 }
            end += 1
        }
        let name = ByteRange(start, end)
        switch name.count {
        case 4: return bytesEqual(name, "exit") || bytesEqual(name, "quit") || bytesEqual(name, "fail")
        case 5: return bytesEqual(name, "abort")
        case 12: return bytesEqual(name, "assert_never")
        default: return false
        }
    }

    // MARK: Guards

    var guardDepth: Int { guards.count }

    private static let longestChain = 64

    /// Notes that what follows depends on something that is not recorded.
    mutating func pushUntoldGuard() {
        pushGuard(GuardRecord(kind: .untold, condition: .none, shape: .absent))
    }

    /// Whether control gets to the statement at hand.
    var isUnreachable: Bool {
        get { frames[frames.count - 1].isUnreachable }
        set { frames[frames.count - 1].isUnreachable = newValue }
    }

    /// What may have led away before the statement at hand.
    var departures: Departures {
        get { frames[frames.count - 1].departures }
        set { frames[frames.count - 1].departures = newValue }
    }

    /// Notes the end of a statement behind which control does not go on, unless there were soft ends in it.
    mutating func endsWay(softEndsBefore: Int) {
        if softEnds == softEndsBefore { isUnreachable = true }
    }

    mutating func pushGuard(_ record: GuardRecord) { guards.append(record) }

    mutating func dropGuards(to depth: Int) { guards.removeLast(guards.count - depth) }

    /// Ends an arm of an `if` chain: in the next arms its test does not hold.
    ///
    /// The tests of a chain of more than 64 arms are not told, so that a chain of a thousand stays linear.
    mutating func popGuards(to depth: Int, negatingLast: Bool) {
        guard negatingLast, guards.count > depth else { return dropGuards(to: depth) }
        guards[guards.count - 1].kind = .fails
        guard guards.count - depth > Self.longestChain else { return }
        dropGuards(to: depth)
        pushUntoldGuard()
    }
}
