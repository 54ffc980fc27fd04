/// Tokens beside the vocabulary that stand for themselves in every text, as Hugging Face's files have them.
struct AddedTokens: Sendable {
    /// Tokens that are looked for before the text is normalized, and after.
    private let finders: [SpecialTokenFinder]
    private let ids: [String: Int]
    private let texts: [Int: String]

    /// Tokens that are looked for in the text as it is, and in the normalized one; `nil` where there are none.
    init?(before: [String: Int], after: [String: Int]) {
        guard !before.isEmpty || !after.isEmpty else { return nil }
        finders = [SpecialTokenFinder(before), SpecialTokenFinder(after)]
        ids = before.merging(after) { first, _ in first }
        texts = Dictionary(ids.map { ($1, $0) }) { first, _ in first }
    }

    func text(of id: Int) -> String? { texts[id] }

    /// A part of a text: a token, or what is between tokens.
    struct Part {
        let range: Range<Int>
        let token: Int?
    }

    /// The parts of a text; normalized or not.
    func parts(of buffer: UnsafeBufferPointer<UInt8>, isNormalized: Bool) -> [Part] {
        let finder = finders[isNormalized ? 1 : 0]
        var parts: [Part] = []
        var index = 0
        while let found = finder.first(in: buffer, from: index) {
            if found.lowerBound > index { parts.append(Part(range: index..<found.lowerBound, token: nil)) }
            parts.append(Part(range: found, token: ids[String(decoding: buffer[found], as: UTF8.self)]))
            index = found.upperBound
        }
        return index < buffer.count ? parts + [Part(range: index..<buffer.count, token: nil)] : parts
    }
}

extension TokenCounter {
    /// The tokens of bytes that are known to be UTF-8, the added tokens among them.
    mutating func encode(utf8 buffer: UnsafeBufferPointer<UInt8>, with added: AddedTokens) -> [Int] {
        var tokens: [Int] = []
        for part in added.parts(of: buffer, isNormalized: false) {
            if let token = part.token {
                tokens.append(token)
                continue
            }
            let raw = UnsafeBufferPointer(rebasing: buffer[part.range])
            let isBeginning = part.range.lowerBound == 0
            if let normalized = encoding.normalization?.normalized(raw, isBeginning: isBeginning) {
                normalized.withUnsafeBufferPointer { tokens += encode(normalized: $0, with: added) }
            } else {
                tokens += encode(normalized: raw, with: added)
            }
        }
        return tokens
    }

    private mutating func encode(normalized buffer: UnsafeBufferPointer<UInt8>, with added: AddedTokens) -> [Int] {
        var tokens: [Int] = []
        for part in added.parts(of: buffer, isNormalized: true) {
            if let token = part.token {
                tokens.append(token)
            } else {
                tokens += encode(normalized: UnsafeBufferPointer(rebasing: buffer[part.range]))
            }
        }
        return tokens
    }
}
