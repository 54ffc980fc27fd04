import CVocabularies

/// A byte-pair encoding: how a model cuts text into tokens.
///
/// The vocabularies are part of the program; counting touches no file and no network. This module knows texts and
/// encodings; which model uses which, and what a request adds around its texts, is ModelCatalog's.
///
/// Texts are taken as they are: special tokens in them are ordinary text unless asked for. Counts of parts do not add
/// up to the count of the whole.
public struct TokenEncoding: Sendable {
    /// The name, such as `o200k_base`.
    public let name: String
    /// The special tokens and their ids.
    public let specialTokens: [String: Int]

    let vocabulary: Vocabulary
    let pattern: PiecePattern
    let normalization: Normalization?
    /// Tokens that stand for themselves in every text; `nil` where there are none.
    let added: AddedTokens?
    /// The way parts are joined; `nil` where those are joined whose bytes are a token, the lowest id first.
    let merges: (any PieceMerges)?

    /// The tokens that stand for single bytes beside those of the vocabulary.
    let byteTokens: [Int: UInt8]

    /// An encoding of a vocabulary.
    init(
        name: String,
        vocabulary: Vocabulary,
        pattern: PiecePattern,
        normalization: Normalization? = nil,
        merges: (any PieceMerges)? = nil,
        added: AddedTokens? = nil,
        byteTokens: [Int: UInt8] = [:],
        specialTokens: [String: Int]
    ) {
        self.name = name
        self.vocabulary = vocabulary
        self.pattern = pattern
        self.normalization = normalization
        self.merges = merges
        self.added = added
        self.byteTokens = byteTokens
        self.specialTokens = specialTokens
    }
}

extension TokenEncoding {
    /// Whether a text can be counted in parts: nothing in it depends on what is far before or behind.
    var isLocal: Bool {
        guard added == nil, pattern != .whole else { return false }
        if case .spaces = normalization { return false }
        return true
    }

    /// The tokens of a text.
    public func encode(_ text: String) -> [Int] {
        var counter = TokenCounter(self, forBytes: text.utf8.count)
        return counter.encode(text)
    }

    /// The number of tokens of a text.
    ///
    /// Many texts are counted faster by one ``TokenCounter``, which remembers what it has seen.
    public func count(_ text: String) -> Int {
        var counter = TokenCounter(self, forBytes: text.utf8.count)
        return counter.count(text)
    }

    /// The bytes of tokens; ids that the encoding does not have give nothing.
    public func decodeBytes(_ tokens: some Sequence<Int>) -> [UInt8] {
        var bytes: [UInt8] = []
        for token in tokens {
            if let text = vocabulary.bytes(of: token) {
                bytes += text
            } else if let byte = byteTokens[token] {
                bytes.append(byte)
            } else if let text = added?.text(of: token) {
                bytes += text.utf8
            } else if let special = specialTokens.first(where: { $0.value == token }) {
                bytes += special.key.utf8
            }
        }
        if case .spaces(let marks) = normalization { return marks.unmarked(bytes) }
        return bytes
    }

    /// The text of tokens; bytes that are no UTF-8 become U+FFFD.
    public func decode(_ tokens: some Sequence<Int>) -> String {
        String(decoding: decodeBytes(tokens), as: UTF8.self)
    }
}
