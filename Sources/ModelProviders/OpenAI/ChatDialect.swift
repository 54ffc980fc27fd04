import LanguageModels

/// What a server that speaks OpenAI's Chat Completions knows and does otherwise than OpenAI, as data.
public struct ChatQuirks: Hashable, Sendable {
    /// What goes back to the server of the reasoning that it showed.
    public enum ReasoningReplay: Hashable, Sendable {
        /// Nothing.
        case never
        /// The text, as `reasoning_content`, with messages that call tools.
        case withToolCalls
        /// The sealed `reasoning_details`, with every message that has them.
        case details
    }

    /// The name of the limit of the answer: `max_tokens` by default, `max_completion_tokens` at OpenAI.
    public var maximumTokensName = "max_tokens"
    /// Whether streams are asked for their usage by `stream_options`, which few old servers refuse.
    public var sendsStreamOptions = true
    /// The word for a tool choice that demands a call: `required`, or `any` at Mistral.
    public var requiredToolChoice = "required"
    /// Whether `response_format` may be a `json_schema`; else the schema is written into the instructions.
    public var takesSchema = true
    /// Whether `top_k` may be sent.
    public var takesTopK = false
    /// The name of the seed: `seed`, or `random_seed` at Mistral.
    public var seedName = "seed"
    /// Whether all instructions are put into one message at the beginning.
    public var mergesInstructions = true
    /// Whether a text of several parts is sent as one text, as servers want that know no parts.
    public var joinsText = true
    /// What goes back of the reasoning.
    public var reasoningReplay = ReasoningReplay.never
    /// Whether calls' ids must be nine letters and digits, as Mistral wants; others are replaced.
    public var hasShortCallIDs = false
    /// Whether tools may carry `strict`.
    public var takesStrictTools = true

    /// A server that deviates in nothing but the name of the answer's limit and its liking for plain messages.
    public init() {}

    /// OpenAI itself.
    static let openAI: ChatQuirks = {
        var quirks = ChatQuirks()
        quirks.maximumTokensName = "max_completion_tokens"
        quirks.mergesInstructions = false
        quirks.joinsText = false
        return quirks
    }()
}

/// Chat Completions as one server speaks it.
struct ChatDialect: Hashable, Sendable {
    /// Behind the service's address.
    var path = "/chat/completions"
    /// What the server does otherwise.
    var quirks = ChatQuirks.openAI
    /// What the model takes; a compatible server's models are taken at their word.
    var rules = OpenAIRules(efforts: nil)
}
