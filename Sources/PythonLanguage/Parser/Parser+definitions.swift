import SourceCode

/// Functions and classes with their decorators, parameters and type parameters.
extension Parser {
    mutating func definition(_ position: inout SuitePosition) throws(SyntaxFailure) -> Bool {
        let extentStart = start
        let rangesBefore = facts.tables.ranges.count
        while accept(.at) {
            try namedExpression()
            facts.tables.ranges.append(root.range)
            try expect(.newline, "the end of the decorator's line")
            nodes.truncate(to: 0)
        }
        let decorators = RowRange(rangesBefore, facts.tables.ranges.count)
        let header = start
        let isAsync = accept(.async)
        let isClass = kind == .class
        guard isClass && !isAsync || kind == .def else { throw unexpected(expecting: "'def' or 'class'") }
        note(isClass ? .class : .function, &position)
        advance()
        let name = try expectName()
        var record = DeclarationRecord()
        record.kind = isClass ? .class : .function
        record.name = name
        record.decorators = decorators
        if isAsync { record.traits.insert(.isAsync) }
        if position.declaration < 0 { record.traits.insert(.isConditional) }
        record.extent = ByteRange(extentStart, previousEnd)
        record.header = ByteRange(header, previousEnd)
        let row = facts.beginDeclaration(record)
        if isClass { try classRest(row) } else { try functionRest(row) }
        facts.endDeclaration(row, end: lastCodeEnd)
        return true
    }

    private mutating func functionRest(_ row: Int) throws(SyntaxFailure) {
        if kind == .leftBracket { try typeParameters(isRecorded: true, of: row) }
        try expect(.leftParenthesis, "'('")
        let firstParameter = facts.tables.parameters.count
        try parameterList(until: .rightParenthesis, isLambda: false)
        facts.tables.declarations[row].parameters = RowRange(firstParameter, facts.tables.parameters.count)
        try expect(.rightParenthesis, "',' or ')'")
        if accept(.arrow) {
            try expression()
            facts.tables.declarations[row].returnAnnotation = root.range
        }
        facts.endsSignature(of: row)
        let completes = try suite(of: row)
        if completes { facts.tables.declarations[row].traits.insert(.canFallThrough) }
    }

    private mutating func classRest(_ row: Int) throws(SyntaxFailure) {
        if kind == .leftBracket { try typeParameters(isRecorded: true, of: row) }
        if kind == .leftParenthesis {
            let (opening, first) = (start, nodes.count)
            try callArguments(allowsGenerator: false)
            emit(.call, from: opening, first: first)
            facts.tables.declarations[row].bases = operandRanges(of: rootIndex)
        }
        facts.endsSignature(of: row)
        _ = try suite(of: row)
    }

    /// Records the ranges of a node's operands, in order.
    private mutating func operandRanges(of index: Int) -> RowRange {
        let before = facts.tables.ranges.count
        for operand in operands(of: index) { facts.tables.ranges.append(nodes[operand].range) }
        return RowRange(before, facts.tables.ranges.count)
    }

    /// `[T, *Ts, **P]` with bounds and defaults (PEP 695, PEP 696).
    mutating func typeParameters(isRecorded: Bool, of row: Int = -1) throws(SyntaxFailure) {
        advance()
        var ranges: [ByteRange] = []
        repeat {
            if kind == .rightBracket, !ranges.isEmpty { break }
            let from = start
            let isStarred = accept(.star)
            let isDoubleStarred = !isStarred && accept(.doubleStar)
            _ = try expectName()
            if kind == .colon, !isStarred, !isDoubleStarred {
                advance()
                try expression()
            }
            if accept(.equal) { if isStarred { try starredExpression() } else { try expression() } }
            ranges.append(ByteRange(from, previousEnd))
        } while accept(.comma)
        try expect(.rightBracket, "',' or ']'")
        guard isRecorded else { return }
        let before = facts.tables.ranges.count
        facts.tables.ranges += ranges
        facts.tables.declarations[row].typeParameters = RowRange(before, facts.tables.ranges.count)
    }

    // MARK: Parameters

    /// Parameters up to a closing parenthesis or, in a lambda, a colon; recorded unless in a lambda.
    mutating func parameterList(until end: TokenKind, isLambda: Bool) throws(SyntaxFailure) {
        var order = ParameterOrder(first: facts.tables.parameters.count)
        while kind != end {
            try order.checkNothingFollowsKeywords(at: start)
            switch kind {
            case .slash:
                try order.slash(at: start)
                advance()
                if !isLambda { facts.makesPositionalOnly(from: order.first) }
            case .star:
                try starParameter(&order, isLambda: isLambda)
            case .doubleStar:
                advance()
                try order.doubleStar(at: start)
                try parameter(.variadicKeyword, isLambda: isLambda, &order)
            default:
                try parameter(order.hasStar ? .keywordOnly : .positional, isLambda: isLambda, &order)
            }
            guard accept(.comma) else { break }
        }
        try order.checkEnd(at: start)
    }

    private mutating func starParameter(
        _ order: inout ParameterOrder,
        isLambda: Bool
    ) throws(SyntaxFailure) {
        try order.star(at: start)
        advance()
        if kind == .comma {
            order.needsKeywordOnly = true
        } else {
            try parameter(.variadic, isLambda: isLambda, &order)
        }
    }

    private mutating func parameter(
        _ parameterKind: ParameterKind,
        isLambda: Bool,
        _ order: inout ParameterOrder
    ) throws(SyntaxFailure) {
        let isStarred = parameterKind == .variadic || parameterKind == .variadicKeyword
        var record = ParameterRecord(kind: parameterKind, name: try expectName())
        if !isLambda, accept(.colon) {
            if parameterKind == .variadic { try starredExpression() } else { try expression() }
            record.annotation = root.range
        }
        if kind == .equal {
            if isStarred { throw SyntaxFailure(at: start, "a starred parameter cannot have a default") }
            advance()
            try expression()
            record.defaultValue = root.range
        }
        try order.add(parameterKind, hasDefault: !record.defaultValue.isEmpty, at: Int(record.name.start))
        if !isLambda { facts.tables.parameters.append(record) }
    }
}

/// The rules of order in a parameter list.
struct ParameterOrder {
    let first: Int
    var count = 0
    var hasSlash = false
    var hasStar = false
    var hasDoubleStar = false
    var hasDefault = false
    var needsKeywordOnly = false

    init(first: Int) { self.first = first }

    func checkNothingFollowsKeywords(at offset: Int) throws(SyntaxFailure) {
        if hasDoubleStar { throw SyntaxFailure(at: offset, "nothing can follow the '**' parameter") }
    }

    mutating func slash(at offset: Int) throws(SyntaxFailure) {
        if hasSlash || hasStar || count == 0 {
            throw SyntaxFailure(at: offset, "'/' must follow the first positional parameters, once")
        }
        hasSlash = true
    }

    mutating func star(at offset: Int) throws(SyntaxFailure) {
        if hasStar { throw SyntaxFailure(at: offset, "'*' may appear only once") }
        hasStar = true
    }

    mutating func doubleStar(at offset: Int) throws(SyntaxFailure) {
        if needsKeywordOnly { throw SyntaxFailure(at: offset, "named parameters must follow a bare '*'") }
    }

    mutating func add(_ kind: ParameterKind, hasDefault: Bool, at offset: Int) throws(SyntaxFailure) {
        count += 1
        switch kind {
        case .keywordOnly: needsKeywordOnly = false
        case .variadicKeyword: hasDoubleStar = true
        case .positional, .positionalOnly:
            if self.hasDefault, !hasDefault {
                throw SyntaxFailure(at: offset, "a parameter without a default follows one with a default")
            }
            self.hasDefault = hasDefault
        case .variadic: break
        }
    }

    func checkEnd(at offset: Int) throws(SyntaxFailure) {
        if needsKeywordOnly { throw SyntaxFailure(at: offset, "named parameters must follow a bare '*'") }
    }
}
