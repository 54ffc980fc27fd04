import LanguageModels
public import Tokenization

/// How one model's texts are counted: exactly where its encoding is at hand, otherwise by a factor on another's count.
public struct TokenMeter: Sendable {
    /// Gives an encoding by its name, `nil` where there is none.
    public typealias Encodings = @Sendable (String) -> TokenEncoding?

    /// The encoding that counts.
    public let encoding: TokenEncoding
    /// Whether it is the model's own, by what the vendor has published.
    public let isExact: Bool
    /// By how much counts may be wrong, as a fraction; 0 where they are exact.
    public let margin: Double

    private let estimate: TokenizerProfile?
    private let ratios: [TextKind: Calibration.Ratio]

    /// How a model's texts are counted.
    ///
    /// - Parameters:
    ///   - profile: The model.
    ///   - catalogue: Where the factors of estimates stand.
    ///   - calibration: What was learnt from answers; counts only where the count is not exact.
    ///   - encodings: Encodings by name; those of the program by default.
    public init(
        for profile: ModelProfile,
        in catalogue: ModelCatalogue,
        calibration: Calibration = Calibration(),
        encodings: Encodings = { TokenEncoding.named($0) }
    ) {
        let name = profile.tokenizer.name
        let row = catalogue.tokenizers[name] ?? catalogue.tokenizers["\(name.prefix { $0 != ":" }):*"]
        let own = encodings(name) ?? row.flatMap { $0.kind == "tiktoken" ? encodings($0.ranks ?? name) : nil }
        encoding = own ?? encodings(row?.relativeTo ?? "o200k_base") ?? .o200kBase
        isExact = own != nil && profile.tokenizer.certainty == .exact
        estimate = own == nil ? row ?? TokenizerProfile() : nil
        margin = isExact ? 0 : own == nil ? row?.margin ?? TokenizerProfile.defaultMargin : Self.assumedMargin
        ratios = isExact ? [:] : calibration.ratios(of: profile.identity).filter(\.value.isUsable)
    }

    /// The margin where the encoding is that of the model's family, but nobody has published it for the model.
    public static let assumedMargin = 0.05

    /// The tokens of a text.
    public func count(_ text: String) -> TokenCount {
        count(basis: encoding.count(text), kind: TextKind(detecting: text))
    }

    /// The count that so many tokens of the encoding come to.
    public func count(basis: Int, kind: TextKind) -> TokenCount {
        let (factor, margin) = factor(for: kind)
        var count = TokenCount(
            count: isExact ? basis : Int((Double(basis) * factor).rounded(.up)),
            isExact: isExact,
            margin: margin,
            method: method(for: kind),
            basis: basis,
            kind: kind
        )
        count.calibration = calibration(for: kind)
        return count
    }

    /// What answers have taught about texts of a kind, where enough of them have.
    func calibration(for kind: TextKind) -> Calibration.Ratio? { ratios[kind] }

    /// By what a count of the encoding is multiplied, and by how much the result may be wrong.
    func factor(for kind: TextKind) -> (factor: Double, margin: Double) {
        guard !isExact else { return (1, 0) }
        guard let ratio = ratios[kind] else { return (estimate?.factor(for: kind) ?? 1, margin) }
        return (ratio.value, ratio.isSettled ? min(margin, Self.assumedMargin) : margin)
    }

    /// How texts of a kind are counted, in words.
    func method(for kind: TextKind) -> String {
        if isExact { return encoding.name }
        if let ratio = ratios[kind] {
            let answers = ratio.answers == 1 ? "1 answer" : "\(ratio.answers) answers"
            return "calibrated: \(encoding.name) × \(Self.rounded(ratio.value)), from \(answers)"
        }
        guard let estimate else { return "assumed: \(encoding.name)" }
        return "estimate: \(encoding.name) × \(Self.rounded(estimate.factor(for: kind)))"
    }

    private static func rounded(_ value: Double) -> String {
        let text = String((value * 100).rounded() / 100)
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
