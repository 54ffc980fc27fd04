public import LanguageModels

/// What a model holds, costs, can do, and how it counts.
public struct ModelProfile: Hashable, Sendable {
    /// The name to ask for it; for Azure that of the model behind the deployment.
    public var name: String
    /// Its provider: `openai`, `azure`, `anthropic`, `gemini` or `cohere`, or one of a user's own.
    public var provider: String
    /// The context window in tokens.
    ///
    /// Input and output share it, but for Gemini, where the output is on top.
    public var contextWindow: Int?
    /// The most tokens of a prompt, where the service states it.
    public var maximumInputTokens: Int?
    /// The most tokens of an answer, reasoning included.
    public var maximumOutputTokens: Int?
    /// How its tokens are counted.
    public var tokenizer: TokenizerChoice
    /// What it can do.
    public var capabilities: Set<Capability> = []
    /// The interfaces that serve it: `chat`, `responses`, `completions`, `batch`.
    public var interfaces: [String] = []
    /// What it costs; `nil` where nobody states a price for tokens.
    public var prices: PriceList?
    /// The day on which it is, or was, shut down, where one is announced.
    public var retirement: CalendarDay?
    /// Whether it was gone when the catalogue was made.
    public var isRetired = false
    /// The model to take instead, where the list names one; see ``ModelCatalogue/retirement(of:on:)``.
    public var successor: String?
    /// What else is to be known.
    public var notes: String?

    /// A model of which nothing else is known.
    public init(name: String, provider: String, tokenizer: TokenizerChoice) {
        self.name = name
        self.provider = provider
        self.tokenizer = tokenizer
    }

    /// The provider and the name.
    public var identity: ModelIdentity { ModelIdentity(provider: provider, model: name) }

    /// Whether the answer's tokens come on top of the context window instead of out of it (Gemini).
    public var hasSeparateOutput: Bool { provider == "gemini" }
}

/// How a model's tokens are counted, and how sure that is.
public struct TokenizerChoice: Hashable, Sendable {
    /// How sure it is that this is the model's tokenizer.
    public enum Certainty: String, Hashable, Sendable, CaseIterable {
        /// Published by the vendor for this model.
        case exact
        /// That of the family; nobody has published one for this model.
        case assumed
        /// Not published: counts are estimates.
        case `private`
    }

    /// The catalogue's name of the tokenizer, such as `o200k_base`.
    public var name: String
    /// How sure it is.
    public var certainty: Certainty

    /// A tokenizer.
    public init(name: String, certainty: Certainty) {
        self.name = name
        self.certainty = certainty
    }
}

/// Something that a model can do.
public enum Capability: String, Hashable, Sendable, CaseIterable {
    case tools
    case parallelTools = "parallel_tools"
    case toolChoice = "tool_choice"
    case jsonSchema = "json_schema"
    case vision
    case documents = "pdf"
    case audioInput = "audio_in"
    case videoInput = "video_in"
    case reasoning
    case promptCache = "prompt_cache"
    case system
    case prefill
    case webSearch = "web_search"
    case computerUse = "computer_use"
}
