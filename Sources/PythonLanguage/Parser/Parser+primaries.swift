import SourceCode

/// Atoms with attributes, calls and subscripts behind them.
extension Parser {
    mutating func primary() throws(SyntaxFailure) {
        let (from, first) = (start, nodes.count)
        guard kind == .await else { return try trailers(from: from, first: first) }
        advance()
        try trailers(from: start, first: nodes.count)
        emit(.await, from: from, first: first)
    }

    private mutating func trailers(from: Int, first: Int) throws(SyntaxFailure) {
        try atom()
        while true {
            switch kind {
            case .dot:
                advance()
                _ = try expectName()
                emit(.attribute, from: from, first: first)
            case .leftParenthesis:
                if lambdaDepth == 0 { facts.calls(root.range) }
                try callArguments(allowsGenerator: true)
                emit(.call, from: from, first: first)
            case .leftBracket:
                try subscripts()
                emit(.subscript, from: from, first: first)
            default:
                return
            }
        }
    }

    @inline(__always)
    private mutating func atom() throws(SyntaxFailure) {
        switch kind {
        case .name, .softMatch, .softCase, .softType, .softUnderscore: emitLeaf(.name)
        case .number: emitLeaf(.number)
        case .string, .formatStart: try strings()
        case .keywordNone: emitLeaf(.none)
        case .keywordTrue, .keywordFalse: emitLeaf(.truth)
        case .ellipsis: emitLeaf(.ellipsis)
        case .leftParenthesis: try parenthesised()
        case .leftBracket: try listDisplay()
        case .leftBrace: try braceDisplay()
        default: throw unexpected(expecting: "an expression")
        }
    }

    // MARK: Calls and subscripts

    /// Arguments between parentheses, the opening one at hand.
    mutating func callArguments(allowsGenerator: Bool) throws(SyntaxFailure) {
        let opening = start
        advance()
        var order = ArgumentOrder()
        var count = 0
        while kind != .rightParenthesis {
            let (from, first) = (start, nodes.count)
            try argument(from: from, first: first, &order)
            count += 1
            if kind == .for || kind == .async {
                guard allowsGenerator, count == 1, order.isPositional else {
                    throw SyntaxFailure(at: from, "a generator expression must be parenthesised")
                }
                try comprehensionClauses()
                try expect(.rightParenthesis, "')'")
                return emit(.generator, from: opening, first: first)
            }
            guard accept(.comma) else { break }
        }
        try expect(.rightParenthesis, "',' or ')'")
    }

    /// Which kinds of arguments were seen.
    private struct ArgumentOrder {
        var hasKeyword = false
        var hasDoubleStar = false
        var isPositional = false
    }

    private mutating func argument(from: Int, first: Int, _ order: inout ArgumentOrder) throws(SyntaxFailure) {
        order.isPositional = false
        if kind == .star {
            if order.hasDoubleStar { throw unexpected(expecting: "a keyword argument behind '**'") }
            advance()
            try expression()
            emit(.starred, from: from, first: first)
        } else if accept(.doubleStar) {
            order.hasDoubleStar = true
            try expression()
            emit(.doubleStarred, from: from, first: first)
        } else if kind.isName, nextKind == .equal {
            order.hasKeyword = true
            index += 2
            try expression()
            emit(.keywordArgument, from: from, first: first)
        } else {
            if order.hasKeyword || order.hasDoubleStar {
                throw unexpected(expecting: "a keyword argument behind keyword arguments")
            }
            order.isPositional = true
            try namedExpression()
        }
    }

    private mutating func subscripts() throws(SyntaxFailure) {
        advance()
        let (from, first) = (start, nodes.count)
        try subscriptElement()
        if kind == .comma {
            while accept(.comma), kind != .rightBracket { try subscriptElement() }
            emit(.tuple, from: from, first: first)
        }
        try expect(.rightBracket, "',' or ']'")
    }

    private mutating func subscriptElement() throws(SyntaxFailure) {
        let (from, first) = (start, nodes.count)
        if kind != .colon {
            try starredNamedExpression()
            guard kind == .colon, root.kind != .starred, root.kind != .walrus || root.isParenthesised else { return }
        }
        try expect(.colon, "an index")
        if startsSliceBound { try expression() }
        if accept(.colon), startsSliceBound { try expression() }
        emit(.slice, from: from, first: first)
    }

    private var startsSliceBound: Bool { startsExpression[Int(kind.rawValue)] && kind != .star }

    // MARK: Strings

    /// Adjacent literals: plain ones, or with format or template strings among them.
    private mutating func strings() throws(SyntaxFailure) {
        let (from, first) = (start, nodes.count)
        var (hasBytes, hasText, hasFormat, hasTemplate) = (false, false, false, false)
        while kind == .string || kind == .formatStart {
            let token = tokens[index]
            if token.kind == .string {
                try checkLiteral(token)
                let isBytes = token.flags.contains(.isBytes)
                hasBytes = hasBytes || isBytes
                hasText = hasText || !isBytes
                advance()
            } else {
                let isTemplate = token.flags.contains(.isTemplate)
                hasTemplate = hasTemplate || isTemplate
                hasFormat = hasFormat || !isTemplate
                try formatString()
            }
        }
        let isMixed = (hasBytes && (hasText || hasFormat || hasTemplate)) || (hasTemplate && (hasText || hasFormat))
        if isMixed { throw SyntaxFailure(at: from, "string literals of different kinds cannot be joined") }
        let literal: NodeKind = hasTemplate ? .template : hasFormat ? .format : hasBytes ? .bytes : .string
        emit(literal, from: from, first: first)
    }

    @inline(__always)
    private func checkLiteral(_ token: Token) throws(SyntaxFailure) {
        let flags = token.flags
        let isSuspect =
            flags.contains(.isBytes)
            ? flags.contains(.isNonASCII) || flags.contains(.hasCheckedEscape) && !flags.contains(.isRaw)
            : flags.contains(.hasCheckedEscape) && !flags.contains(.isRaw)
        if isSuspect { try checkEscapes(token) }
    }

    @inline(never)
    private func checkEscapes(_ token: Token) throws(SyntaxFailure) {
        let offset = Int(token.start)
        let bytes = UnsafeBufferPointer(start: base + offset, count: Int(token.end) - offset)
        let mistake =
            token.kind == .string
            ? StringLiteral.firstMistake(in: bytes)
            : StringLiteral.firstMistake(inContent: bytes, isBytes: false)
        if let mistake { throw SyntaxFailure(at: offset + mistake.offset, mistake.message) }
    }

    private mutating func formatString() throws(SyntaxFailure) {
        advance()
        while kind != .formatEnd {
            if kind == .formatMiddle {
                if tokens[index].flags.contains(.hasCheckedEscape), !tokens[index].flags.contains(.isRaw) {
                    try checkEscapes(tokens[index])
                }
                advance()
            } else {
                try replacementField()
            }
        }
        advance()
    }

    private mutating func replacementField() throws(SyntaxFailure) {
        try expect(.leftBrace, "'{'")
        if kind == .yield { try yieldExpression() } else { try starredExpressions() }
        _ = accept(.equal)
        if accept(.exclamation) { try conversion() }
        if accept(.colon) {
            while kind != .rightBrace {
                if kind == .formatMiddle { advance() } else { try replacementField() }
            }
        }
        try expect(.rightBrace, "'}'")
    }

    /// `s`, `r` or `a`, directly behind the exclamation mark.
    private mutating func conversion() throws(SyntaxFailure) {
        let token = tokens[index]
        let letter = base[Int(token.start)]
        let isKnown = letter == UInt8(ascii: "s") || letter == UInt8(ascii: "r") || letter == UInt8(ascii: "a")
        guard token.kind == .name, token.end - token.start == 1, isKnown, tokens[index - 1].end == token.start else {
            throw unexpected(expecting: "a conversion 's', 'r' or 'a'")
        }
        advance()
    }
}
