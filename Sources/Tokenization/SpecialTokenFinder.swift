/// Finds special tokens in a text, the leftmost first and of several at one place the longest.
struct SpecialTokenFinder: Sendable {
    private let vocabulary: Vocabulary?
    /// The lengths of the tokens that begin with each byte, longest first.
    private var lengths = [[Int]](repeating: [], count: 256)

    /// A finder of these tokens, by text.
    init(_ tokens: [String: Int]) {
        let bytes = tokens.keys.map { Array($0.utf8) }.filter { !$0.isEmpty }
        vocabulary = Vocabulary(tokens: Dictionary(uniqueKeysWithValues: bytes.enumerated().map { ($0, $1) }))
        for token in bytes { lengths[Int(token[0])].append(token.count) }
        for first in lengths.indices { lengths[first] = Set(lengths[first]).sorted(by: >) }
    }

    /// The first token at or behind an index.
    func first(in buffer: UnsafeBufferPointer<UInt8>, from index: Int) -> Range<Int>? {
        for place in index..<buffer.count {
            if let length = length(in: buffer, at: place) { return place..<place + length }
        }
        return nil
    }

    /// The length of the longest token at an index; `nil` where there is none.
    func length(in buffer: UnsafeBufferPointer<UInt8>, at place: Int) -> Int? {
        guard let vocabulary, let start = buffer.baseAddress else { return nil }
        return lengths[Int(buffer[place])].first { length in
            place + length <= buffer.count && vocabulary.id(of: start + place, count: length) != Vocabulary.none
        }
    }
}

extension TokenCounter {
    /// The tokens of a text in which these special tokens stand for themselves.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - special: Which of the encoding's special tokens are read as such; others stay ordinary text.
    /// - Returns: The ids.
    public mutating func encode(_ text: String, allowing special: Set<String>) -> [Int] {
        let allowed = encoding.specialTokens.filter { special.contains($0.key) }
        let finder = SpecialTokenFinder(allowed)
        var text = text
        return text.withUTF8 { buffer in
            var tokens: [Int] = []
            var index = 0
            while let found = finder.first(in: buffer, from: index) {
                tokens += encode(utf8: UnsafeBufferPointer(rebasing: buffer[index..<found.lowerBound]))
                if let id = allowed[String(decoding: buffer[found], as: UTF8.self)] { tokens.append(id) }
                index = found.upperBound
            }
            return tokens + encode(utf8: UnsafeBufferPointer(rebasing: buffer[index...]))
        }
    }

    /// The number of tokens of a text in which these special tokens stand for themselves.
    public mutating func count(_ text: String, allowing special: Set<String>) -> Int {
        encode(text, allowing: special).count
    }
}
