/// Parentheses, lists, sets, dictionaries and comprehensions.
extension Parser {
    mutating func parenthesised() throws(SyntaxFailure) {
        let (from, first) = (start, nodes.count)
        advance()
        if accept(.rightParenthesis) { return emit(.tuple, from: from, first: first) }
        if kind == .yield {
            try yieldExpression()
            try expect(.rightParenthesis, "')'")
            return markParenthesised()
        }
        try starredNamedExpression()
        switch kind {
        case .comma:
            while accept(.comma), kind != .rightParenthesis { try starredNamedExpression() }
            try expect(.rightParenthesis, "',' or ')'")
            emit(.tuple, from: from, first: first)
            markParenthesised()
        case .for, .async:
            try forbidStar()
            try comprehensionClauses()
            try expect(.rightParenthesis, "')'")
            emit(.generator, from: from, first: first)
        default:
            try forbidStar()
            try expect(.rightParenthesis, "',' or ')'")
            markParenthesised()
        }
    }

    private func markParenthesised() {
        var node = root
        node.isParenthesised = true
        nodes[rootIndex] = node
    }

    private func forbidStar() throws(SyntaxFailure) {
        if root.kind == .starred { throw SyntaxFailure(at: Int(root.start), "cannot use a starred expression here") }
    }

    mutating func listDisplay() throws(SyntaxFailure) {
        let (from, first) = (start, nodes.count)
        advance()
        if accept(.rightBracket) { return emit(.list, from: from, first: first) }
        try starredNamedExpression()
        if kind == .for || kind == .async {
            try forbidStar()
            try comprehensionClauses()
            try expect(.rightBracket, "']'")
            return emit(.listComprehension, from: from, first: first)
        }
        while accept(.comma), kind != .rightBracket { try starredNamedExpression() }
        try expect(.rightBracket, "',' or ']'")
        emit(.list, from: from, first: first)
    }

    mutating func braceDisplay() throws(SyntaxFailure) {
        let (from, first) = (start, nodes.count)
        advance()
        if accept(.rightBrace) { return emit(.dictionary, from: from, first: first) }
        if kind == .doubleStar { return try dictionaryItems(from: from, first: first) }
        try starredNamedExpression()
        if kind == .colon {
            if root.kind == .starred || (root.kind == .walrus && !root.isParenthesised) {
                throw unexpected(expecting: "',' or '}'")
            }
            return try dictionary(from: from, first: first)
        }
        if kind == .for || kind == .async {
            try forbidStar()
            try comprehensionClauses()
            try expect(.rightBrace, "'}'")
            return emit(.setComprehension, from: from, first: first)
        }
        while accept(.comma), kind != .rightBrace { try starredNamedExpression() }
        try expect(.rightBrace, "',' or '}'")
        emit(.set, from: from, first: first)
    }

    /// A dictionary whose first key has been read.
    private mutating func dictionary(from: Int, first: Int) throws(SyntaxFailure) {
        advance()
        try expression()
        if kind == .for || kind == .async {
            try comprehensionClauses()
            try expect(.rightBrace, "'}'")
            return emit(.dictionaryComprehension, from: from, first: first)
        }
        if kind == .comma { advance() } else if kind != .rightBrace { throw unexpected(expecting: "',' or '}'") }
        try dictionaryItems(from: from, first: first)
    }

    private mutating func dictionaryItems(from: Int, first: Int) throws(SyntaxFailure) {
        while kind != .rightBrace {
            if kind == .doubleStar {
                let (itemStart, itemFirst) = (start, nodes.count)
                advance()
                try operand(Precedence.bitwiseOr)
                emit(.doubleStarred, from: itemStart, first: itemFirst)
            } else {
                try expression()
                try expect(.colon, "':'")
                try expression()
            }
            guard accept(.comma) else { break }
        }
        try expect(.rightBrace, "',' or '}'")
        emit(.dictionary, from: from, first: first)
    }

    /// One or more `for … in …` with their conditions.
    mutating func comprehensionClauses() throws(SyntaxFailure) {
        while kind == .for || kind == .async {
            if accept(.async), kind != .for { throw unexpected(expecting: "'for'") }
            advance()
            try loopTargets()
            try expect(.in, "'in'")
            try operand(Precedence.or)
            while accept(.if) { try operand(Precedence.or) }
        }
    }
}
