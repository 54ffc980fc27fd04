/// A compiled path pattern: `*`, `**`, `?` and `[a-z]` over the bytes of a path.
///
/// Matching goes forward with one place to return to for `*` and one for `**`, so no pattern can make it explode.
package struct Glob: Hashable, Sendable {
    enum Token: Hashable, Sendable {
        case byte(UInt8)
        /// `?`: one character but the slash.
        case one
        /// `[a-z]`: one character but the slash.
        case set(GlobSet)
        /// `*`: any characters but slashes.
        case star
        /// `**` at the end: anything.
        case anything
        /// `**/`: nothing, or anything up to and with a slash.
        case folders
        /// What a broken pattern of a `.gitignore` becomes: it matches nothing.
        case never

        var byte: UInt8? {
            if case .byte(let byte) = self { byte } else { nil }
        }
    }

    let alternatives: [[Token]]
    let countsBytes: Bool

    /// The byte that every match begins with, if the only alternative says so.
    var firstByte: UInt8? { alternatives.count == 1 ? alternatives[0].first?.byte : nil }
    /// The byte that every match ends with, if the only alternative says so.
    var lastByte: UInt8? { alternatives.count == 1 ? alternatives[0].last?.byte : nil }

    /// Whether the pattern matches a whole path, given as UTF-8.
    package func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        alternatives.contains { tokens in
            var match = GlobMatch(tokens: tokens, text: text, countsBytes: countsBytes)
            return match.succeeds()
        }
    }

    /// Whether the pattern matches a whole path.
    package func matches(_ path: String) -> Bool {
        var path = path
        return path.withUTF8 { matches($0) }
    }
}

/// The characters between brackets.
struct GlobSet: Hashable, Sendable {
    var ranges: [ClosedRange<UInt32>] = []
    var isNegated = false

    func contains(_ value: UInt32) -> Bool {
        ranges.contains { $0.contains(value) } != isNegated
    }
}

/// One attempt to match, with the places to return to.
private struct GlobMatch {
    let tokens: [Glob.Token]
    let text: UnsafeBufferPointer<UInt8>
    let countsBytes: Bool
    var token = 0
    var position = 0
    var star: (token: Int, position: Int)?
    var deep: (token: Int, position: Int, needsBoundary: Bool)?

    init(tokens: [Glob.Token], text: UnsafeBufferPointer<UInt8>, countsBytes: Bool) {
        self.tokens = tokens
        self.text = text
        self.countsBytes = countsBytes
    }

    mutating func succeeds() -> Bool {
        while token < tokens.count || position < text.count {
            if !advance(), !returnToStar(), !returnToDeep() { return false }
        }
        return true
    }

    private mutating func advance() -> Bool {
        guard token < tokens.count else { return false }
        switch tokens[token] {
        case .star:
            star = (token + 1, position)
            token += 1
            return true
        case .anything where token == tokens.count - 1:
            token += 1
            position = text.count
            return true
        case .anything:
            return goDeep(needsBoundary: false)
        case .folders:
            return goDeep(needsBoundary: true)
        case .never:
            return false
        case .byte, .one, .set:
            return consumeCharacter()
        }
    }

    private mutating func goDeep(needsBoundary: Bool) -> Bool {
        deep = (token + 1, position, needsBoundary)
        star = nil
        token += 1
        return true
    }

    private mutating func consumeCharacter() -> Bool {
        guard position < text.count else { return false }
        let byte = text[position]
        switch tokens[token] {
        case .byte(let expected):
            guard byte == expected else { return false }
            if byte == UInt8(ascii: "/") { star = nil }
            position += 1
        case .one:
            guard byte != UInt8(ascii: "/") else { return false }
            position += character().length
        case .set(let set):
            let (value, length) = character()
            guard byte != UInt8(ascii: "/"), set.contains(value) else { return false }
            position += length
        case .star, .anything, .folders, .never:
            return false
        }
        token += 1
        return true
    }

    /// The character at the position: a byte for git, a Unicode scalar otherwise.
    private func character() -> (value: UInt32, length: Int) {
        let first = text[position]
        let length = countsBytes || first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        guard length > 1, position + length <= text.count else { return (UInt32(first), 1) }
        let leading = UInt32(first) & (0x7F >> UInt32(length))
        let value = (1..<length).reduce(leading) { $0 << 6 | UInt32(text[position + $1] & 0x3F) }
        return (value, length)
    }

    private mutating func returnToStar() -> Bool {
        guard let last = star, last.position < text.count, text[last.position] != UInt8(ascii: "/") else {
            star = nil
            return false
        }
        token = last.token
        position = last.position + 1
        star = (token, position)
        return true
    }

    private mutating func returnToDeep() -> Bool {
        guard var last = deep else { return false }
        repeat {
            guard last.position < text.count else { return false }
            last.position += 1
        } while last.needsBoundary && text[last.position - 1] != UInt8(ascii: "/")
        deep = last
        token = last.token
        position = last.position
        return true
    }
}
