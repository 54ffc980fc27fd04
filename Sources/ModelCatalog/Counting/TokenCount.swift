/// A number of tokens, and how sure it is.
public struct TokenCount: Hashable, Sendable {
    /// The tokens.
    public var count: Int
    /// Whether this is what the service will count, to the token.
    public var isExact: Bool
    /// By how much it may be wrong, as a fraction of it (0.15 for ±15 %); 0 where it is exact.
    public var margin: Double
    /// How it was counted, such as `o200k_base` or `estimate: o200k_base × 1.55`.
    public var method: String
    /// The tokens before any factor: what a ``Calibration`` compares the service's count with.
    public var basis: Int
    /// The kind of most of the text.
    public var kind: TextKind
    /// The part of ``count`` and ``basis`` that no factor changes: what stands around the texts.
    public var fixed = 0
    /// Whether images, documents or sounds are part of it, which are only guessed.
    public var hasMedia = false
    /// What answers have taught about texts of this kind, where the count goes by it.
    public var calibration: Calibration.Ratio?

    /// A count.
    public init(count: Int, isExact: Bool, margin: Double, method: String, basis: Int, kind: TextKind) {
        self.count = count
        self.isExact = isExact
        self.margin = isExact ? 0 : margin
        self.method = method
        self.basis = basis
        self.kind = kind
    }

    /// The count to reckon with where a budget is at stake: an estimate is rounded up by its margin, at most by 15 %.
    public var upperBound: Int {
        Self.roundedUp(count, margin)
    }

    static func roundedUp(_ count: Int, _ margin: Double) -> Int {
        count + Int((Double(count) * min(margin, TokenizerProfile.defaultMargin)).rounded(.up))
    }
}

extension TokenCount: CustomStringConvertible {
    /// The count, with `estimate` and the margin where it is one.
    public var description: String {
        isExact ? "\(count) tokens" : "about \(count) tokens (estimate, ±\(Int((margin * 100).rounded())) %)"
    }
}
