public import LanguageModels
import Tokenization

/// Counts the tokens of whole requests before they are sent: texts, what the service puts around them, tools, images.
///
///     let counter = RequestCounter(in: try ModelCatalogue.builtIn())
///     if let match = counter.catalogue.match("openai/gpt-4o") {
///         print(counter.count(ModelRequest("Hello"), for: match.profile))    // 8 tokens
///     }
///
/// A count is exact where the model's encoding is published and OpenAI's framing has been checked against its service:
/// for the chat models up to GPT-4.1. Everything else is an estimate and says so.
public struct RequestCounter: Sendable {
    /// What is known of the models.
    public var catalogue: ModelCatalogue
    /// What answers have taught.
    public var calibration: Calibration
    private let encodings: TokenMeter.Encodings

    /// A counter.
    ///
    /// - Parameters:
    ///   - catalogue: What is known of the models.
    ///   - calibration: What answers have taught; nothing by default.
    ///   - encodings: Encodings by the catalogue's names; those of the program by default. A user's own tokenizer files
    ///     come in here.
    public init(
        in catalogue: ModelCatalogue,
        calibration: Calibration = Calibration(),
        encodings: TokenMeter.Encodings? = nil
    ) {
        self.catalogue = catalogue
        self.calibration = calibration
        self.encodings = encodings ?? { .named($0) }
    }

    /// How a model's texts are counted.
    public func meter(for profile: ModelProfile) -> TokenMeter {
        TokenMeter(for: profile, in: catalogue, calibration: calibration, encodings: encodings)
    }

    /// The tokens of a text alone, without anything around it.
    public func count(_ text: String, for profile: ModelProfile) -> TokenCount {
        meter(for: profile).count(text)
    }

    /// The tokens of a request's input.
    public func count(_ request: ModelRequest, for profile: ModelProfile) -> TokenCount {
        let framing = RequestFraming(for: profile)
        var tally = TokenTally(meter(for: profile))
        framing.add(request, to: &tally)
        return tally.total(isFramingExact: framing.isExact(for: request))
    }

    /// Whether what a provider's counting service says is what it will charge: Anthropic calls its own an estimate, which
    /// may differ slightly.
    public static func isExact(countedBy provider: String) -> Bool { provider != "anthropic" }

    /// The tokens of a request's input as the service counts them; as they are counted here, where it cannot.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - profile: The model.
    ///   - service: The service; where it fails, the count here is returned.
    /// - Returns: The count, with the service named in its method where it has counted.
    /// - Throws: `CancellationError` only.
    public func count(
        _ request: ModelRequest,
        for profile: ModelProfile,
        asking service: any TokenCounting
    ) async throws -> TokenCount {
        var count = count(request, for: profile)
        do {
            count.count = max(try await service.countTokens(of: request), 0)
            count.isExact = Self.isExact(countedBy: profile.provider)
            count.margin = count.isExact ? 0 : TokenMeter.assumedMargin
            count.method = "counted by \(profile.provider)"
            count.calibration = nil
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            try Task.checkCancellation()
        }
        return count
    }
}
