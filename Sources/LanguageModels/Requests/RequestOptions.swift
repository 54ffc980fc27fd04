/// How a request is answered.
///
/// What is `nil` is left to the service.
///
/// What a model does not take is dropped, and the answer carries a ``RequestWarning``; with ``isStrict`` the request
/// fails before it is sent.
public struct RequestOptions: Hashable, Sendable {
    /// The most tokens of the answer, reasoning included.
    ///
    /// Where a service demands one (Anthropic) and this is `nil`, the model's own maximum is sent.
    public var maximumTokens: Int?
    /// How freely the model chooses: 0 to 2 at OpenAI and Gemini, 0 to 1 at Anthropic and Cohere.
    public var temperature: Double?
    /// Nucleus sampling: the probability mass to choose from, 0 to 1.
    public var topP: Double?
    /// The number of likeliest tokens to choose from.
    public var topK: Int?
    /// Punishes repeated tokens by their number: -2 to 2 at OpenAI, 0 to 1 at Cohere.
    public var frequencyPenalty: Double?
    /// Punishes tokens that occurred: -2 to 2 at OpenAI, 0 to 1 at Cohere.
    public var presencePenalty: Double?
    /// Texts that end the answer; at most four at OpenAI, five at Gemini and Cohere.
    public var stop: [String] = []
    /// Makes sampling repeatable, as far as the service manages.
    public var seed: Int?
    /// How much the model thinks before it answers.
    public var reasoning: ReasoningEffort?
    /// Whether the model may call several tools at once; the services' default is yes.
    public var allowsParallelToolCalls: Bool?
    /// The time for the whole request, retries not included; `nil` leaves it to the transport's default (10 minutes).
    public var timeout: Duration?
    /// Labels that the service keeps with the request, where it does.
    public var metadata: [String: String] = [:]
    /// Whether what the model does not take is an error instead of a warning.
    public var isStrict = false
    /// What one provider alone knows: members for the body of its requests by the name of the wire format (such as
    /// `openai-chat`, `anthropic`, `gemini`), merged into the body last.
    ///
    /// ModelProviders has typed access to it.
    public var providerFields: [String: JSONObject] = [:]

    /// Everything left to the service.
    public init() {}
}

/// How much a model thinks before it answers.
public enum ReasoningEffort: Hashable, Sendable {
    /// Not at all, where the model can.
    case none
    case minimal
    case low
    case medium
    case high
    case extraHigh
    case maximum
    /// At most so many tokens, for models that take a budget (Anthropic before Claude 4.6, Gemini 2.5, Cohere).
    case budget(tokens: Int)

    /// The word that services use, `nil` for a budget.
    public var word: String? {
        switch self {
        case .none: "none"
        case .minimal: "minimal"
        case .low: "low"
        case .medium: "medium"
        case .high: "high"
        case .extraHigh: "xhigh"
        case .maximum: "max"
        case .budget: nil
        }
    }
}
