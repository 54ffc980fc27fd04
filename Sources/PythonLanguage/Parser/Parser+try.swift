import SourceCode

/// `try` with its handlers.
extension Parser {
    mutating func tryStatement(_ position: inout SuitePosition) throws(SyntaxFailure) -> Bool {
        note(.try, &position)
        advance()
        let pending = facts.beginsTry()
        let firstReturn = facts.returnRows.rows.count
        let before = facts.departures
        let isOnlyRaise = suiteBeginsWithRaise
        var completes = try suite()
        var attempt = facts.endsTryBody(pending)
        attempt.isOnlyRaise = isOnlyRaise
        guard kind == .except || kind == .finally else { throw unexpected(expecting: "'except' or 'finally'") }
        var handlersComplete = false
        var isGrouped: Bool?
        let ofBody = facts.departures
        var departures = ofBody
        while kind == .except {
            // That an exception was caught tells that nothing had led away.
            facts.departures = []
            let goesOn = try handler(&attempt, isGrouped: &isGrouped)
            handlersComplete = handlersComplete || goesOn
            departures.formUnion(facts.departures)
        }
        facts.departures = ofBody
        facts.resolvesTry(attempt)
        if kind == .else {
            if attempt.handlers.isEmpty { throw unexpected(expecting: "'except' or 'finally'") }
            facts.branches()
            facts.pushUntoldGuard()
            completes = try clause(.else)
            facts.dropGuards(to: facts.guardDepth - 1)
        }
        completes = completes || handlersComplete
        facts.departures.formUnion(departures)
        if kind == .finally {
            // A `finally` is entered even where a `return` came before.
            facts.departures = before
            let goesOn = try finallyClause(attempt, firstReturn: firstReturn)
            completes = completes && goesOn
            facts.departures.formUnion(departures)
        }
        return completes
    }

    /// A `finally`; one that never comes to its end takes the place of what was returned and, unless it raises, raised.
    private mutating func finallyClause(_ attempt: Attempt, firstReturn: Int) throws(SyntaxFailure) -> Bool {
        let pending = attempt.raises.lowerBound..<facts.raiseRows.rows.count
        let returned = firstReturn..<facts.returnRows.rows.count
        let softEnds = facts.softEnds
        let completes = try clause(.finally)
        guard !completes, facts.softEnds == softEnds else { return completes }
        facts.replacesReturns(returned)
        if facts.raiseRows.rows.count == pending.upperBound { facts.swallows(pending) }
        return false
    }

    /// Whether the first statement of the suite whose colon is at hand is a `raise`.
    private var suiteBeginsWithRaise: Bool {
        guard kind == .colon, nextKind == .newline else { return kind == .colon && nextKind == .raise }
        return tokens[index + 2].kind == .indent && tokens[index + 3].kind == .raise
    }

    private mutating func clause(_ statement: StatementKind) throws(SyntaxFailure) -> Bool {
        var ignored = SuitePosition(declaration: -1)
        note(statement, &ignored)
        nodes.truncate(to: 0)
        advance()
        return try suite()
    }

    /// One `except` clause; all or none of a `try`'s handlers have a star.
    private mutating func handler(_ attempt: inout Attempt, isGrouped: inout Bool?) throws(SyntaxFailure) -> Bool {
        var ignored = SuitePosition(declaration: -1)
        note(.except, &ignored)
        nodes.truncate(to: 0)
        facts.branches()
        advance()
        let hasStar = accept(.star)
        if let isGrouped, isGrouped != hasStar {
            throw SyntaxFailure(at: start, "cannot have both 'except' and 'except*' on the same 'try'")
        }
        isGrouped = hasStar
        var handler = ExceptionHandler()
        if kind != .colon || hasStar { try handledTypes(&handler) }
        facts.beginsHandler(handler)
        let completes = try suite()
        attempt.handlers.append(facts.endsHandler())
        return completes
    }

    /// The types of an `except` clause: an expression, or several without parentheses (PEP 758), and a name.
    private mutating func handledTypes(_ handler: inout ExceptionHandler) throws(SyntaxFailure) {
        let from = start
        try expression()
        handler.types = namedTypes()
        if kind == .comma {
            while accept(.comma) {
                if kind == .colon { break }
                let first = nodes.count
                try expression()
                if isDottedName(rootIndex) { handler.types.append(root.range) } else { nodes.truncate(to: first + 1) }
            }
            if kind == .as {
                throw SyntaxFailure(at: from, "multiple exception types must be parenthesised when using 'as'")
            }
        }
        handler.condition = ByteRange(from, previousEnd)
        if accept(.as) { handler.name = try expectName() }
        facts.catches(handler.types)
    }

    /// The dotted names in the expression just parsed: itself, or a tuple's elements.
    private func namedTypes() -> [ByteRange] {
        if isDottedName(rootIndex) { return [root.range] }
        guard root.kind == .tuple else { return [ByteRange(Int(root.start), Int(root.end))] }
        return operands(of: rootIndex).map { nodes[$0].range }
    }
}
