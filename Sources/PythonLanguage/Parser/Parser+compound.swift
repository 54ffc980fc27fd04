import SourceCode

/// Statements with suites, but for definitions and `match`.
extension Parser {
    /// A colon and the suite behind it; tells whether control can reach the suite's end.
    mutating func suite(of declaration: Int = -1) throws(SyntaxFailure) -> Bool {
        try expect(.colon, "':'")
        let colonEnd = previousEnd
        var position = SuitePosition(declaration: declaration)
        suiteDepth += 1
        let wasUnreachable = facts.isUnreachable
        defer {
            suiteDepth -= 1
            facts.isUnreachable = wasUnreachable
        }
        guard kind == .newline else {
            if declaration >= 0 {
                facts.beginsBody(of: declaration, at: start, colonEnd: colonEnd, indent: nil, line: 0)
            }
            let completes = try simpleStatements(&position)
            if declaration >= 0 { facts.endsBody(of: declaration, at: lastCodeEnd) }
            return completes && !facts.isUnreachable
        }
        let lineEnd = Int(tokens[index].end)
        advance()
        guard kind == .indent else { throw unexpected(expecting: "an indented block") }
        let indent = tokens[index].range
        advance()
        if declaration >= 0 {
            facts.beginsBody(of: declaration, at: start, colonEnd: colonEnd, indent: indent, line: lineEnd)
        }
        var completes = true
        while kind != .dedent, kind != .endOfFile {
            let softEnds = facts.softEnds
            completes = try statement(&position)
            if !completes { facts.endsWay(softEndsBefore: softEnds) }
        }
        if declaration >= 0 { facts.endsBody(of: declaration, at: lastCodeEnd) }
        if kind == .dedent { advance() }
        return completes && !facts.isUnreachable
    }

    /// The end of the last token that is code.
    var lastCodeEnd: Int {
        var last = index - 1
        while last > 0, tokens[last].kind == .newline || tokens[last].kind == .dedent || tokens[last].kind == .indent {
            last -= 1
        }
        return last >= 0 ? Int(tokens[last].end) : 0
    }

    mutating func ifStatement(_ position: inout SuitePosition) throws(SyntaxFailure) -> Bool {
        note(.if, &position)
        let depth = facts.guardDepth
        let before = facts.departures
        var (completes, departures) = (false, before)
        repeat {
            facts.departures = before
            if kind == .elif {
                var ignored = SuitePosition(declaration: -1)
                note(.elif, &ignored)
                nodes.truncate(to: 0)
            }
            facts.branches()
            advance()
            try namedExpression()
            facts.pushGuard(condition(.holds))
            let goesOn = try suite()
            completes = completes || goesOn
            departures.formUnion(facts.departures)
            facts.popGuards(to: depth, negatingLast: true)
        } while kind == .elif
        if kind == .else {
            facts.departures = before
            try elseSuite(&completes)
        } else {
            completes = true
        }
        facts.departures.formUnion(departures)
        facts.dropGuards(to: depth)
        return completes
    }

    /// An `else` with its suite; control goes on when it does.
    private mutating func elseSuite(_ completes: inout Bool) throws(SyntaxFailure) {
        var ignored = SuitePosition(declaration: -1)
        note(.else, &ignored)
        nodes.truncate(to: 0)
        advance()
        let goesOn = try suite()
        completes = completes || goesOn
    }

    /// A guard for the expression just parsed.
    func condition(_ kind: GuardKind) -> GuardRecord {
        let node = root
        var record = GuardRecord(kind: kind, condition: node.range, shape: node.kind.expressionKind)
        guard node.kind == .comparison else { return record }
        let right = nodes[rootIndex - 1]
        let left = nodes[Int(right.first) - 1]
        if left.kind == .comparison, !left.isParenthesised { return record }
        record.comparison = node.operation
        record.left = left.range
        record.right = right.range
        return record
    }

    mutating func whileStatement(_ position: inout SuitePosition) throws(SyntaxFailure) -> Bool {
        note(.while, &position)
        facts.branches()
        let depth = facts.guardDepth
        advance()
        try namedExpression()
        let isEndless = isTrue(root)
        facts.pushGuard(condition(.holds))
        let hasBreak = try loopSuite()
        facts.dropGuards(to: depth)
        return try loopElse(completes: !isEndless, hasBreak: hasBreak)
    }

    /// The suite of a loop; tells whether a `break` leaves it.
    private mutating func loopSuite() throws(SyntaxFailure) -> Bool {
        let before = facts.departures
        facts.beginsLoop()
        _ = try suite()
        if !before.contains(.jumped) { facts.departures.remove(.jumped) }
        return facts.endsLoop()
    }

    /// Whether a node is `True` or `1`.
    private func isTrue(_ node: Node) -> Bool {
        if node.kind == .truth { return base[Int(node.start)] == UInt8(ascii: "T") }
        return node.kind == .number && node.range.count == 1 && base[Int(node.start)] == UInt8(ascii: "1")
    }

    mutating func forStatement(_ position: inout SuitePosition) throws(SyntaxFailure) -> Bool {
        note(.for, &position)
        facts.branches()
        let depth = facts.guardDepth
        advance()
        try loopTargets()
        try expect(.in, "'in'")
        try starredExpressions()
        facts.pushGuard(condition(.iterates))
        let hasBreak = try loopSuite()
        facts.dropGuards(to: depth)
        return try loopElse(completes: true, hasBreak: hasBreak)
    }

    private mutating func loopElse(completes: Bool, hasBreak: Bool) throws(SyntaxFailure) -> Bool {
        guard kind == .else else { return completes || hasBreak }
        var elseCompletes = false
        facts.pushUntoldGuard()
        try elseSuite(&elseCompletes)
        facts.dropGuards(to: facts.guardDepth - 1)
        return hasBreak || elseCompletes
    }

    mutating func withStatement(_ position: inout SuitePosition) throws(SyntaxFailure) -> Bool {
        note(.with, &position)
        facts.notesCode()
        advance()
        var suppressor = ExceptionHandler()
        if kind == .leftParenthesis, hasParenthesisedItems {
            advance()
            repeat { try withItem(&suppressor) } while accept(.comma) && kind != .rightParenthesis
            try expect(.rightParenthesis, "',' or ')'")
        } else {
            repeat { try withItem(&suppressor) } while accept(.comma)
        }
        let pending = facts.beginsTry()
        let completes = try suite()
        guard !suppressor.types.isEmpty else {
            // The context manager may keep an exception inside, so that control goes on behind the statement.
            if !completes { facts.softEnds += 1 }
            return completes
        }
        var attempt = facts.endsTryBody(pending)
        attempt.handlers = [suppressor]
        facts.resolvesTry(attempt)
        return true
    }

    /// A context manager; the arguments of `suppress` are what its suite does not let out.
    private mutating func withItem(_ suppressor: inout ExceptionHandler) throws(SyntaxFailure) {
        try expression()
        if root.kind == .call { suppressor.types += suppressedTypes() }
        guard accept(.as) else { return }
        let (from, first) = (start, nodes.count)
        let isStarred = accept(.star)
        try operand(Precedence.bitwiseOr)
        if isStarred { emit(.starred, from: from, first: first) }
        try checkTarget(rootIndex)
    }

    /// The arguments of the call just parsed, if it is one of `suppress`.
    private func suppressedTypes() -> [ByteRange] {
        let operands = operands(of: rootIndex)
        guard let callee = operands.first, isDottedName(callee) else { return [] }
        switch facts.lastComponent(nodes[callee].range) {
        case "suppress": return operands.dropFirst().map { nodes[$0].range }
        case "raises", "assertRaises", "assertRaisesRegex":
            return operands.dropFirst().prefix(1).map { nodes[$0].range }
        default: return []
        }
    }

    /// Whether the parenthesis at hand encloses items with `as` and is followed by the colon (PEP 617).
    private var hasParenthesisedItems: Bool {
        var depth = 0
        var hasAs = false
        var here = index
        while tokens[here].kind != .endOfFile {
            switch tokens[here].kind {
            case .leftParenthesis, .leftBracket, .leftBrace: depth += 1
            case .rightParenthesis, .rightBracket, .rightBrace:
                depth -= 1
                if depth == 0 { return hasAs && tokens[here + 1].kind == .colon }
            case .as where depth == 1: hasAs = true
            default: break
            }
            here += 1
        }
        return false
    }

    mutating func asyncStatement(_ position: inout SuitePosition) throws(SyntaxFailure) -> Bool {
        switch nextKind {
        case .def: return try definition(&position)
        case .for:
            advance()
            return try forStatement(&position)
        case .with:
            advance()
            return try withStatement(&position)
        default:
            advance()
            throw unexpected(expecting: "'def', 'for' or 'with'")
        }
    }
}
