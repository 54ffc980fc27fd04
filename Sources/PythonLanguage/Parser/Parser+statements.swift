import SourceCode

/// What a statement is, for comparing the structure of two versions of a file.
enum StatementKind: UInt8 {
    case expression, assignment, `return`, `import`, raise, pass, delete, assert, scope, `break`, `continue`, type
    case function, `class`, `if`, `elif`, `else`, `while`, `for`, `try`, except, finally, with, match, `case`
}

/// Where a statement stands in its suite.
struct SuitePosition {
    /// The row of the declaration whose body the suite is; -1 for the suite of a compound statement.
    var declaration: Int
    var isFirst = true
}

/// Simple statements.
extension Parser {
    /// Parses a statement and tells whether control can go on behind it.
    mutating func statement(_ position: inout SuitePosition) throws(SyntaxFailure) -> Bool {
        nodes.truncate(to: 0)
        switch kind {
        case .if: return try ifStatement(&position)
        case .for: return try forStatement(&position)
        case .while: return try whileStatement(&position)
        case .try: return try tryStatement(&position)
        case .with: return try withStatement(&position)
        case .def, .class, .at: return try definition(&position)
        case .async: return try asyncStatement(&position)
        case .softMatch where isMatchStatement: return try matchStatement(&position)
        default: return try simpleStatements(&position)
        }
    }

    /// Notes a statement's kind and depth.
    @inline(__always)
    mutating func note(_ statement: StatementKind, _ position: inout SuitePosition) {
        shapes.append(UInt16(statement.rawValue) | UInt16(truncatingIfNeeded: suiteDepth) << 8)
        position.isFirst = false
    }

    /// Small statements separated by semicolons, up to the end of the line.
    mutating func simpleStatements(_ position: inout SuitePosition) throws(SyntaxFailure) -> Bool {
        var continues = true
        while true {
            let softEnds = facts.softEnds
            continues = try simpleStatement(&position)
            if !continues { facts.endsWay(softEndsBefore: softEnds) }
            if accept(.newline) { return continues }
            guard accept(.semicolon) else { throw unexpected(expecting: "the end of the statement") }
            if accept(.newline) { return continues }
            nodes.truncate(to: 0)
        }
    }

    private mutating func simpleStatement(_ position: inout SuitePosition) throws(SyntaxFailure) -> Bool {
        switch kind {
        case .return: return try returnStatement(&position)
        case .raise: return try raiseStatement(&position)
        case .import: try importStatement(&position)
        case .from: try fromImportStatement(&position)
        case .pass:
            note(.pass, &position)
            facts.endsField()
            advance()
        case .break, .continue:
            note(kind == .break ? .break : .continue, &position)
            if kind == .break { facts.breaksLoop() }
            facts.jumps()
            advance()
            return false
        case .global, .nonlocal: try scopeStatement(&position)
        case .del: try deleteStatement(&position)
        case .assert: return try assertStatement(&position)
        case .softType where isTypeStatement: try typeStatement(&position)
        default:
            try expressionStatement(&position)
            return !endsProcess && !seemsToEnd
        }
        return true
    }

    /// Whether the expression statement just parsed calls what by its name never returns.
    private var seemsToEnd: Bool {
        mutating get {
            guard nodes.count > 0, root.kind == .call, facts.callsEnd(root.range) else { return false }
            facts.softEnds += 1
            return true
        }
    }

    /// Whether the expression statement just parsed is a call after which nothing runs.
    private var endsProcess: Bool {
        guard nodes.count > 0, root.kind == .call else { return false }
        return facts.begins(root.range, with: "sys.exit(") || facts.begins(root.range, with: "os._exit(")
            || facts.begins(root.range, with: "os.abort(")
    }

    private mutating func returnStatement(_ position: inout SuitePosition) throws(SyntaxFailure) -> Bool {
        note(.return, &position)
        facts.notesCode()
        let from = start
        advance()
        let hasValue = startsExpression[Int(kind.rawValue)]
        if hasValue { try starredExpressions() }
        facts.returns(ByteRange(from, previousEnd), value: hasValue ? root : nil)
        return false
    }

    private mutating func raiseStatement(_ position: inout SuitePosition) throws(SyntaxFailure) -> Bool {
        note(.raise, &position)
        let from = start
        advance()
        guard startsExpression[Int(kind.rawValue)], kind != .star else {
            facts.reraises(ByteRange(from, previousEnd))
            return false
        }
        try expression()
        let raised = raisedException()
        if accept(.from) { try expression() }
        facts.raises(ByteRange(from, previousEnd), exception: raised.name, message: raised.message)
        return false
    }

    /// The dotted name and the first argument, if a literal, of the exception that was just parsed.
    private func raisedException() -> (name: ByteRange, message: ByteRange) {
        var subject = rootIndex
        var message = ByteRange.none
        if root.kind == .call {
            let operands = operands(of: rootIndex)
            subject = operands.first ?? -1
            if operands.count > 1, nodes[operands[1]].kind == .string || nodes[operands[1]].kind == .format {
                message = nodes[operands[1]].range
            }
        }
        guard subject >= 0, isDottedName(subject) else { return (.none, message) }
        return (nodes[subject].range, message)
    }

    /// Whether a node is a name or attributes of a name.
    func isDottedName(_ index: Int) -> Bool {
        var here = index
        while here > Int(nodes[index].first), nodes[here].kind == .attribute { here -= 1 }
        return here == Int(nodes[index].first) && nodes[here].kind == .name
    }

    private mutating func importStatement(_ position: inout SuitePosition) throws(SyntaxFailure) {
        note(.import, &position)
        facts.notesCode()
        repeat {
            advance()
            let module = try dottedName()
            facts.imports(module: module)
            if accept(.as) { _ = try expectName() }
        } while kind == .comma
    }

    private mutating func dottedName() throws(SyntaxFailure) -> ByteRange {
        let from = start
        _ = try expectName()
        while accept(.dot) { _ = try expectName() }
        return ByteRange(from, previousEnd)
    }

    private mutating func fromImportStatement(_ position: inout SuitePosition) throws(SyntaxFailure) {
        note(.import, &position)
        facts.notesCode()
        advance()
        var isRelative = false
        while kind == .dot || kind == .ellipsis {
            isRelative = true
            advance()
        }
        if kind != .import || !isRelative {
            let module = try dottedName()
            if !isRelative { facts.imports(module: module) }
        }
        try expect(.import, "'import'")
        if accept(.star) { return }
        let isParenthesised = accept(.leftParenthesis)
        while true {
            var name = try expectName()
            if accept(.as) { name = try expectName() }
            facts.imports(name: name)
            guard accept(.comma) else { break }
            if isParenthesised, kind == .rightParenthesis { break }
        }
        if isParenthesised { try expect(.rightParenthesis, "',' or ')'") }
    }

    private mutating func scopeStatement(_ position: inout SuitePosition) throws(SyntaxFailure) {
        note(.scope, &position)
        facts.endsField()
        repeat {
            advance()
            _ = try expectName()
        } while kind == .comma
    }

    private mutating func deleteStatement(_ position: inout SuitePosition) throws(SyntaxFailure) {
        note(.delete, &position)
        facts.notesCode()
        advance()
        guard startsExpression[Int(kind.rawValue)] else { throw unexpected(expecting: "what to delete") }
        try starredExpressions()
        try checkDeletion(rootIndex)
    }

    /// An `assert`; control hardly goes on behind `assert False`, though it may when Python runs with `-O`.
    private mutating func assertStatement(_ position: inout SuitePosition) throws(SyntaxFailure) -> Bool {
        note(.assert, &position)
        facts.notesCode()
        advance()
        try expression()
        let fails = root.kind == .truth && base[Int(root.start)] == UInt8(ascii: "F")
        if fails { facts.softEnds += 1 }
        if accept(.comma) { try expression() }
        return !fails
    }

    private var isTypeStatement: Bool {
        guard nextKind.isName else { return false }
        let third = tokens[index + 2].kind
        return third == .equal || third == .leftBracket
    }

    private mutating func typeStatement(_ position: inout SuitePosition) throws(SyntaxFailure) {
        note(.type, &position)
        facts.notesCode()
        advance()
        _ = try expectName()
        if kind == .leftBracket { try typeParameters(isRecorded: false) }
        try expect(.equal, "'='")
        try expression()
    }
}
