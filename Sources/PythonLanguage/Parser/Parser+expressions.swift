import SourceCode

/// Expressions from the loosest level down to operators (Python reference, chapter 6).
extension Parser {
    /// `named_expression`: an expression, or `name := expression`.
    mutating func namedExpression() throws(SyntaxFailure) {
        guard kind.isName, nextKind == .walrus else { return try expression() }
        let (from, first) = (start, nodes.count)
        emitLeaf(.name)
        advance()
        try expression()
        emit(.walrus, from: from, first: first)
    }

    /// `expression`: a lambda, a disjunction or a conditional.
    mutating func expression() throws(SyntaxFailure) {
        if kind == .lambda { return try lambda() }
        let (from, first) = (start, nodes.count)
        try operand(Precedence.or)
        guard kind == .if else { return }
        advance()
        try enter()
        try operand(Precedence.or)
        try expect(.else, "'else'")
        try expression()
        leave()
        emit(.conditional, from: from, first: first)
    }

    private mutating func lambda() throws(SyntaxFailure) {
        let (from, first) = (start, nodes.count)
        try enter()
        advance()
        lambdaDepth += 1
        try parameterList(until: .colon, isLambda: true)
        try expect(.colon, "':'")
        try expression()
        lambdaDepth -= 1
        leave()
        emit(.lambda, from: from, first: first)
    }

    /// An operand and all operators behind it that bind at least as tightly as a level.
    mutating func operand(_ minimum: UInt8) throws(SyntaxFailure) {
        let (from, first) = (start, nodes.count)
        switch kind {
        case .not:
            guard minimum <= Precedence.not else { throw unexpected(expecting: "an operand") }
            try prefixed(Precedence.not, .not)
        case .plus, .minus, .tilde:
            try prefixed(Precedence.unary, .unary)
        default:
            try primary()
        }
        while true {
            let level = precedence[Int(kind.rawValue)]
            guard level >= minimum, level != 0 else { return }
            switch level {
            case Precedence.comparison:
                let compared = try comparisonOperator()
                try operand(Precedence.bitwiseOr)
                emit(.comparison, from: from, first: first, compared)
            case Precedence.power:
                advance()
                try enter()
                try operand(Precedence.unary)
                leave()
                emit(.binary, from: from, first: first)
            default:
                advance()
                try operand(level + 1)
                emit(level <= Precedence.and ? .logical : .binary, from: from, first: first)
            }
        }
    }

    private mutating func prefixed(_ level: UInt8, _ node: NodeKind) throws(SyntaxFailure) {
        let (from, first) = (start, nodes.count)
        try enter()
        advance()
        try operand(level)
        leave()
        emit(node, from: from, first: first)
    }

    /// Moves behind a comparison operator of one or two words.
    private mutating func comparisonOperator() throws(SyntaxFailure) -> ComparisonOperator {
        let operation = kind
        advance()
        switch operation {
        case .not:
            try expect(.in, "'in'")
            return .notIn
        case .is: return accept(.not) ? .isNot : .is
        case .in: return .in
        case .less: return .less
        case .greater: return .greater
        case .lessEqual: return .lessOrEqual
        case .greaterEqual: return .greaterOrEqual
        case .notEqual: return .notEqual
        default: return .equal
        }
    }

    /// `star_expressions`: expressions separated by commas, starred ones allowed; more than one make a tuple.
    mutating func starredExpressions() throws(SyntaxFailure) {
        let (from, first) = (start, nodes.count)
        try starredExpression()
        guard kind == .comma else { return }
        while accept(.comma), startsExpression[Int(kind.rawValue)] { try starredExpression() }
        emit(.tuple, from: from, first: first)
    }

    mutating func starredExpression() throws(SyntaxFailure) {
        guard kind == .star else { return try expression() }
        try starred()
    }

    /// An element of a display: starred, or a named expression.
    mutating func starredNamedExpression() throws(SyntaxFailure) {
        guard kind == .star else { return try namedExpression() }
        try starred()
    }

    private mutating func starred() throws(SyntaxFailure) {
        let (from, first) = (start, nodes.count)
        advance()
        try operand(Precedence.bitwiseOr)
        emit(.starred, from: from, first: first)
    }

    /// `yield_expr`, with the token at hand being `yield`.
    mutating func yieldExpression() throws(SyntaxFailure) {
        let (from, first) = (start, nodes.count)
        advance()
        let isDelegating = accept(.from)
        if isDelegating {
            try expression()
        } else if startsExpression[Int(kind.rawValue)] {
            try starredExpressions()
        }
        let value = nodes.count > first ? root : nil
        emit(.yield, from: from, first: first)
        if lambdaDepth == 0 { facts.yields(root.range, value: value, isDelegating: isDelegating) }
    }

    /// What may stand right of an assignment: a `yield` or expressions.
    mutating func assignedValue() throws(SyntaxFailure) {
        if kind == .yield { try yieldExpression() } else { try starredExpressions() }
    }
}
