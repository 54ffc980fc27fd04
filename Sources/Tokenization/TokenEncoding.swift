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
    /// The pairs that may be joined; `nil` where those are joined whose bytes are a token, the lowest id first.
    let merges: ListedMerges?

    /// An encoding of a vocabulary.
    init(
        name: String,
        vocabulary: Vocabulary,
        pattern: PiecePattern,
        normalization: Normalization? = nil,
        merges: ListedMerges? = nil,
        specialTokens: [String: Int]
    ) {
        self.name = name
        self.vocabulary = vocabulary
        self.pattern = pattern
        self.normalization = normalization
        self.merges = merges
        self.specialTokens = specialTokens
    }
}

extension TokenEncoding {
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
            } else if let special = specialTokens.first(where: { $0.value == token }) {
                bytes += special.key.utf8
            }
        }
        return bytes
    }

    /// The text of tokens; bytes that are no UTF-8 become U+FFFD.
    public func decode(_ tokens: some Sequence<Int>) -> String {
        String(decoding: decodeBytes(tokens), as: UTF8.self)
    }
}
