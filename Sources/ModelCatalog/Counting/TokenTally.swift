import Tokenization

/// Adds up texts, each by its kind, and what is known in tokens already.
struct TokenTally: ~Copyable {
    private let meter: TokenMeter
    private var counter: TokenCounter
    private var basis: [TextKind: Int] = [:]
    private var fixed = 0
    private var hasMedia = false

    init(_ meter: TokenMeter) {
        self.meter = meter
        counter = TokenCounter(meter.encoding, forBytes: 1 << 16)
    }

    /// Adds a text.
    mutating func add(_ text: String) {
        guard !text.isEmpty else { return }
        basis[TextKind(detecting: text), default: 0] += counter.count(text)
    }

    /// Adds tokens that no factor changes.
    mutating func add(tokens: Int) {
        fixed += tokens
    }

    /// Adds tokens of something that is only guessed.
    mutating func add(mediaTokens: Int) {
        fixed += mediaTokens
        hasMedia = true
    }

    consuming func total(isFramingExact: Bool) -> TokenCount {
        let texts = basis.values.reduce(0, +)
        let kind = basis.max { ($0.value, $0.key.rawValue) < ($1.value, $1.key.rawValue) }?.key ?? .other
        let margins = basis.map { meter.factor(for: $0.key).margin }
        let count = basis.reduce(0) { $0 + meter.count(basis: $1.value, kind: $1.key).count }
        let isExact = meter.isExact && isFramingExact && !hasMedia
        var margin = margins.max() ?? meter.margin
        if !isFramingExact { margin = max(margin, TokenMeter.assumedMargin) }
        if hasMedia { margin = max(margin, TokenizerProfile.defaultMargin) }
        var total = TokenCount(
            count: max(count + fixed, 0),
            isExact: isExact,
            margin: margin,
            method: meter.method(for: kind) + (meter.isExact && !isExact ? ", framing assumed" : ""),
            basis: max(texts + fixed, 0),
            kind: kind
        )
        total.fixed = fixed
        total.hasMedia = hasMedia
        total.calibration = meter.calibration(for: kind)
        return total
    }
}
