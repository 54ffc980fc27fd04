import SourceCode

/// A piece of code seen as an expression: its tokens, with the cuts that descriptions are made from.
struct Expression {
    let outline: SourceOutline
    let tokens: ArraySlice<CodeToken>

    init(outline: SourceOutline, tokens: ArraySlice<CodeToken>) {
        self.outline = outline
        self.tokens = tokens
    }

    init(outline: SourceOutline, range: ByteRange) {
        self.init(outline: outline, tokens: CodeToken.tokens(of: range, in: outline)[...])
    }

    var isEmpty: Bool { tokens.isEmpty }

    /// The bytes from the first token to the last.
    var range: ByteRange {
        guard let first = tokens.first, let last = tokens.last else { return .none }
        return ByteRange(first.range.offsets.lowerBound, last.range.offsets.upperBound)
    }

    /// The code on one line.
    var text: String {
        let whole = outline.text(range)
        guard whole.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D || $0 == 0x23 || $0 == 0x09 }) else { return whole }
        return joinedTokens
    }

    /// The text between backticks; `nil` when it is long or would not survive there.
    var code: String? { Phrases.code(text) }

    /// The code between backticks, with "..." for what its outermost brackets hold where it is long.
    var shortCode: String? {
        if let code { return code }
        return begins(with: .opening) ? nil : Phrases.code(elided)
    }

    private var elided: String {
        var result = ""
        var previous: CodeToken?
        let depth = depth
        for token in tokens where token.kind != .newline && token.depth == depth {
            let isAfterOpening = previous.map { !$0.word.isDisjoint(with: .opening) } ?? false
            if isAfterOpening, previous?.range.end != token.range.start { result += "..." }
            if !isAfterOpening, let end = previous?.range.end, end != token.range.start { result += " " }
            result += outline.text(token.range)
            previous = token
            if result.utf8.count > Phrases.longestCode { break }
        }
        return result
    }

    private var joinedTokens: String {
        var result = ""
        var previous: CodeToken?
        for token in tokens where token.kind != .newline {
            let isClosing = token.word.isSubset(of: .closing) && !token.word.isEmpty
            if isClosing, result.utf8.last == UInt8(ascii: ",") { result.removeLast() }
            let isTouching = previous.map { $0.range.end == token.range.start } ?? true
            let isAfterOpening = previous.map { !$0.word.isDisjoint(with: .opening) } ?? true
            if !isTouching, !isClosing, !isAfterOpening { result += " " }
            result += outline.text(token.range)
            previous = token
        }
        return result
    }

    /// The text of a token.
    func word(_ index: Int) -> String {
        tokens.indices.contains(index) ? outline.text(tokens[index].range) : ""
    }

    var first: String { word(tokens.startIndex) }
    var last: String { word(tokens.endIndex - 1) }

    /// The name, when it is nothing but a name.
    var name: String? {
        guard tokens.count == 1, let token = tokens.first, token.kind == .name else { return nil }
        return outline.text(token.range)
    }

    /// The dotted name, when it is nothing but that.
    var dottedName: String? {
        guard !tokens.isEmpty, tokens.count % 2 == 1 else { return nil }
        for (offset, token) in tokens.enumerated() {
            guard offset % 2 == 0 ? token.kind == .name && token.word.isEmpty : token.word == .dot else { return nil }
        }
        return text
    }

    /// The brackets around the expression.
    private var depth: Int32 { tokens.first?.depth ?? 0 }

    /// Whether a token is one of some keywords and symbols.
    func holds(_ words: CodeWord, at index: Int) -> Bool {
        index >= tokens.startIndex && index < tokens.endIndex && !tokens[index].word.isDisjoint(with: words)
    }

    /// Whether the first token is one of some keywords and symbols.
    func begins(with words: CodeWord) -> Bool { holds(words, at: tokens.startIndex) }

    /// Whether the last token is one of some keywords and symbols.
    func ends(with words: CodeWord) -> Bool { holds(words, at: tokens.endIndex - 1) }

    /// The index of the first outermost token that is one of some keywords and symbols.
    func topIndex(of words: CodeWord) -> Int? {
        let depth = depth
        return tokens.firstIndex { $0.depth == depth && !$0.word.isDisjoint(with: words) }
    }

    /// The parts between outermost tokens of a kind.
    func split(at separator: CodeWord) -> [Expression] {
        let depth = depth
        var parts: [Expression] = []
        var start = tokens.startIndex
        for index in tokens.indices
        where tokens[index].depth == depth && !tokens[index].word.isDisjoint(with: separator) {
            if start < index { parts.append(slice(start..<index)) }
            start = index + 1
        }
        if start < tokens.endIndex { parts.append(slice(start..<tokens.endIndex)) }
        return parts
    }

    func slice(_ range: Range<Int>) -> Expression {
        Expression(outline: outline, tokens: tokens[range])
    }

    /// Without the first token.
    var rest: Expression { Expression(outline: outline, tokens: tokens.dropFirst()) }

    /// What stands between the first and the last token.
    var inside: Expression { Expression(outline: outline, tokens: tokens.dropFirst().dropLast()) }

    /// Whether the first token opens the bracket that the last one closes.
    var isBracketed: Bool {
        guard tokens.count > 1, begins(with: .opening), ends(with: .closing) else { return false }
        let depth = depth
        return tokens.dropFirst().firstIndex { $0.depth == depth } == tokens.endIndex - 1
    }

    /// Without brackets around the whole.
    var unwrapped: Expression {
        guard tokens.count > 2, begins(with: .openRound), isBracketed else { return self }
        let inside = inside
        return inside.topIndex(of: [.comma, .for]) == nil ? inside.unwrapped : self
    }

    /// What stands between the last brackets and what stands before them, when the expression ends with brackets.
    func trailer(_ opening: CodeWord) -> (base: Expression, inside: Expression)? {
        guard tokens.count > 2, ends(with: .closing), let depth = tokens.last?.depth else { return nil }
        let before = tokens.dropLast()
        guard let start = before.lastIndex(where: { $0.depth == depth && !$0.word.isDisjoint(with: .opening) }),
            holds(opening, at: start), start > tokens.startIndex
        else { return nil }
        let isOperand = tokens[start - 1].kind != .symbol || holds([.closeRound, .closeSquare], at: start - 1)
        guard isOperand, !holds(.keywords, at: start - 1) else { return nil }
        return (slice(tokens.startIndex..<start), slice(start + 1..<tokens.endIndex - 1))
    }

    /// The called expression and the arguments, when it is a call.
    var call: (callee: Expression, arguments: [Expression])? {
        guard let (base, inside) = trailer(.openRound), base.isPrimary else { return nil }
        return (base, inside.split(at: .comma))
    }

    /// Whether it has no operator outside brackets.
    var isPrimary: Bool {
        let depth = depth
        let parts: CodeWord = [.dot, .opening, .closing]
        for token in tokens where token.depth == depth {
            if token.kind == .newline || token.kind == .symbol && token.word.isDisjoint(with: parts) { return false }
            if !token.word.isDisjoint(with: .expressionKeywords) { return false }
        }
        return !tokens.isEmpty
    }

    /// The built-in collection that a display, a comprehension or a plain constructor makes.
    var collectionKind: String? {
        switch text {
        case "list()": return "list"
        case "dict()": return "dictionary"
        case "set()": return "set"
        default: break
        }
        guard isBracketed else { return nil }
        if begins(with: .openSquare) { return "list" }
        guard begins(with: .openCurly) else { return nil }
        return tokens.count == 2 || inside.topIndex(of: [.colon, .doubleStar]) != nil ? "dictionary" : "set"
    }

    /// Whether it makes a collection without items, to be filled.
    var isEmptyCollection: Bool { tokens.count <= 3 && collectionKind != nil && elements?.isEmpty != false }
}
