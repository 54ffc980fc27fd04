/// How tokens are counted where no exact encoding is at hand: by a factor on another encoding's count.
public struct TokenizerProfile: Hashable, Sendable {
    /// What the tokenizer is: `tiktoken`, `estimate`, or the form of its file (`hf-bpe`, `sentencepiece-bpe`, `hf`).
    public var kind: String
    /// The encoding whose ranks it uses, where that has another name.
    public var ranks: String?
    /// The encoding on whose count the factors work; `o200k_base` where nothing is said.
    public var relativeTo: String
    /// The factors by kind of text; that of ``TextKind/other`` counts for kinds without one.
    public var factors: [TextKind: Double] = [:]
    /// By how much the estimate may be wrong, as a fraction of it: 0.2 for ±20 %.
    public var margin: Double

    /// An estimate without factors.
    public init(kind: String = "estimate", relativeTo: String = "o200k_base", margin: Double = Self.defaultMargin) {
        self.kind = kind
        self.relativeTo = relativeTo
        self.margin = margin
    }

    /// The margin where nobody has stated one: ±15 %.
    public static let defaultMargin = 0.15

    /// The factor for a kind of text; 1 where there is none.
    public func factor(for kind: TextKind) -> Double {
        factors[kind] ?? factors[.other] ?? 1
    }
}

/// What kind of text something is, as far as it matters for estimates.
public enum TextKind: String, Hashable, Sendable, CaseIterable {
    /// Sentences in a Latin script.
    case prose
    /// Source code, JSON and the like.
    case code
    /// Chinese, Japanese or Korean.
    case cjk
    /// Anything else, and mixtures.
    case other
}
