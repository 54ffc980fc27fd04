import SourceCode

/// `match` statements and their patterns (PEP 634).
extension Parser {
    /// Whether the soft keyword at hand begins a statement: its line ends with a colon, and an indented `case` follows.
    var isMatchStatement: Bool {
        guard startsExpression[Int(nextKind.rawValue)] else { return false }
        var end = index + 1
        while tokens[end].kind != .newline, tokens[end].kind != .endOfFile { end += 1 }
        guard tokens[end].kind == .newline, tokens[end - 1].kind == .colon, end - 1 > index + 1 else { return false }
        return tokens[end + 1].kind == .indent && tokens[end + 2].kind == .softCase
    }

    mutating func matchStatement(_ position: inout SuitePosition) throws(SyntaxFailure) -> Bool {
        note(.match, &position)
        facts.notesCode()
        advance()
        try matchSubject()
        try expect(.colon, "':'")
        try expect(.newline, "the end of the line")
        try expect(.indent, "an indented 'case'")
        suiteDepth += 1
        var (completes, isExhaustive) = (false, false)
        let before = facts.departures
        var departures = before
        while kind == .softCase {
            facts.departures = before
            let result = try matchCase()
            departures.formUnion(facts.departures)
            completes = completes || result.completes
            isExhaustive = isExhaustive || result.isIrrefutable
        }
        if kind != .dedent, kind != .endOfFile { throw unexpected(expecting: "'case'") }
        advance()
        suiteDepth -= 1
        facts.departures = departures
        return completes || !isExhaustive
    }

    private mutating func matchSubject() throws(SyntaxFailure) {
        let (from, first) = (start, nodes.count)
        try starredNamedExpression()
        guard kind == .comma else { return }
        while accept(.comma), kind != .colon { try starredNamedExpression() }
        emit(.tuple, from: from, first: first)
    }

    private mutating func matchCase() throws(SyntaxFailure) -> (completes: Bool, isIrrefutable: Bool) {
        var ignored = SuitePosition(declaration: -1)
        note(.case, &ignored)
        nodes.truncate(to: 0)
        let depth = facts.guardDepth
        advance()
        let from = start
        var isIrrefutable = try openPattern()
        if accept(.if) {
            isIrrefutable = false
            try namedExpression()
        }
        if !isIrrefutable { facts.branches() }
        facts.pushGuard(GuardRecord(kind: .matches, condition: ByteRange(from, previousEnd), shape: .absent))
        let completes = try suite()
        facts.dropGuards(to: depth)
        return (completes, isIrrefutable)
    }

    /// A pattern, or a sequence of patterns without brackets; tells whether it fits everything.
    private mutating func openPattern() throws(SyntaxFailure) -> Bool {
        let first = try maybeStarPattern()
        guard kind == .comma else {
            if first.isStar { throw unexpected(expecting: "',' behind a starred pattern") }
            return first.fitsAll
        }
        while accept(.comma), kind != .colon, kind != .if { _ = try maybeStarPattern() }
        return false
    }

    private mutating func maybeStarPattern() throws(SyntaxFailure) -> (fitsAll: Bool, isStar: Bool) {
        guard accept(.star) else { return (try asPattern(), false) }
        _ = try expectName()
        return (false, true)
    }

    private mutating func asPattern() throws(SyntaxFailure) -> Bool {
        try enter()
        var fitsAll = try closedPattern()
        while accept(.bar) { fitsAll = try closedPattern() || fitsAll }
        if accept(.as) {
            if kind == .softUnderscore { throw unexpected(expecting: "a name other than '_'") }
            _ = try expectName()
            if kind == .dot || kind == .leftParenthesis { throw unexpected(expecting: "the end of the pattern") }
        }
        leave()
        return fitsAll
    }

    private mutating func closedPattern() throws(SyntaxFailure) -> Bool {
        switch kind {
        case .number, .minus: try numberPattern()
        case .string, .formatStart:
            try primaryString()
        case .keywordNone, .keywordTrue, .keywordFalse: advance()
        case .leftParenthesis: return try groupPattern()
        case .leftBracket:
            advance()
            try sequencePattern(until: .rightBracket)
        case .leftBrace: try mappingPattern()
        case _ where kind.isName: return try namePattern()
        default: throw unexpected(expecting: "a pattern")
        }
        return false
    }

    private mutating func primaryString() throws(SyntaxFailure) {
        let first = nodes.count
        try operand(Precedence.power + 1)
        let isLiteral = root.kind == .string || root.kind == .bytes
        if !isLiteral { throw SyntaxFailure(at: Int(root.start), "a pattern may only use plain string literals") }
        nodes.truncate(to: first)
    }

    /// A signed number, or a complex one such as `1 - 2j`.
    private mutating func numberPattern() throws(SyntaxFailure) {
        _ = accept(.minus)
        try expect(.number, "a number")
        guard kind == .plus || kind == .minus else { return }
        if isImaginary(tokens[index - 1]) { throw unexpected(expecting: "the end of the pattern") }
        advance()
        try expect(.number, "an imaginary number")
        if !isImaginary(tokens[index - 1]) { throw unexpected(expecting: "an imaginary number") }
    }

    private func isImaginary(_ token: Token) -> Bool { base[Int(token.end) - 1] | 0x20 == UInt8(ascii: "j") }

    /// A capture, a wildcard, a dotted value or a class pattern.
    private mutating func namePattern() throws(SyntaxFailure) -> Bool {
        advance()
        var isCapture = true
        while accept(.dot) {
            _ = try expectName()
            isCapture = false
        }
        guard accept(.leftParenthesis) else { return isCapture }
        var hasKeyword = false
        while kind != .rightParenthesis {
            if kind.isName, nextKind == .equal {
                hasKeyword = true
                index += 2
            } else if hasKeyword {
                throw unexpected(expecting: "a keyword pattern behind keyword patterns")
            }
            _ = try asPattern()
            guard accept(.comma) else { break }
        }
        try expect(.rightParenthesis, "',' or ')'")
        return false
    }

    private mutating func groupPattern() throws(SyntaxFailure) -> Bool {
        advance()
        if accept(.rightParenthesis) { return false }
        let first = try maybeStarPattern()
        if kind == .rightParenthesis, !first.isStar {
            advance()
            return first.fitsAll
        }
        if kind != .comma { throw unexpected(expecting: "',' or ')'") }
        advance()
        try sequencePattern(until: .rightParenthesis)
        return false
    }

    private mutating func sequencePattern(until end: TokenKind) throws(SyntaxFailure) {
        while kind != end {
            _ = try maybeStarPattern()
            guard accept(.comma) else { break }
        }
        try expect(end, "',' or a closing bracket")
    }

    private mutating func mappingPattern() throws(SyntaxFailure) {
        advance()
        var hasRest = false
        while kind != .rightBrace {
            if hasRest { throw unexpected(expecting: "'}' behind '**'") }
            if accept(.doubleStar) {
                if kind == .softUnderscore { throw unexpected(expecting: "a name other than '_'") }
                _ = try expectName()
                hasRest = true
            } else {
                try mappingKey()
                try expect(.colon, "':'")
                _ = try asPattern()
            }
            guard accept(.comma) else { break }
        }
        try expect(.rightBrace, "',' or '}'")
    }

    private mutating func mappingKey() throws(SyntaxFailure) {
        switch kind {
        case .number, .minus: try numberPattern()
        case .string, .formatStart: try primaryString()
        case .keywordNone, .keywordTrue, .keywordFalse: advance()
        default:
            _ = try expectName()
            guard kind == .dot else { throw unexpected(expecting: "a literal or dotted name as a key") }
            while accept(.dot) { _ = try expectName() }
        }
    }
}
