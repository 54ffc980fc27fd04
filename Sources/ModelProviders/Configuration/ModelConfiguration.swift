public import LanguageModels

/// Which services there are and how they are asked: what the environment, a `.env` file and a configuration file say
/// together.
public struct ModelConfiguration: Hashable, Sendable {
    /// The services by name.
    ///
    /// Those without an entry are asked at their own address, with the key of their own variable.
    public var providers: [String: ProviderSettings] = [:]
    /// The provider of model names that do not tell theirs; from `AI_MODEL_TYPE`.
    public var defaultProvider: String?
    /// The model to ask where none is named; from `DOCENT_MODEL`.
    public var defaultModel: String?
    /// The most tokens of an answer; from `MAX_TOKENS`.
    public var maximumTokens: Int?
    /// How freely models choose, 0 to 2; from `TEMPERATURE`.
    public var temperature: Double?
    /// The time for one request; from `REQUEST_TIMEOUT`, in seconds.
    public var timeout: Duration?
    /// How often a failed request is sent again; from `MAX_RETRIES`, 2 by default.
    public var maximumRetries = 2
    /// The first wait before sending again, which doubles each time; from `RETRY_DELAY`, in seconds, 0.5 by default.
    public var retryDelay = Duration.milliseconds(500)
    /// The most requests a minute to one provider; no limit by default.
    public var requestsPerMinute: Int?
    /// The most tokens a minute to one provider; no limit by default.
    public var tokensPerMinute: Int?
    /// The most requests to one provider at the same time; 64 by default.
    public var maximumConcurrency = 64

    /// Everything left to the services and their variables.
    public init() {}

    /// The options of requests that say nothing themselves.
    public var requestOptions: RequestOptions {
        var options = RequestOptions()
        options.maximumTokens = maximumTokens
        options.temperature = temperature
        options.timeout = timeout
        return options
    }
}

/// How one service is asked.
public struct ProviderSettings: Hashable, Sendable {
    /// Which service, or which kind of it.
    public var kind: ProviderKind
    /// The address; `nil` for the service's own.
    public var baseURL: String?
    /// Where the key comes from; `nil` for the service's own variable.
    public var key: KeySource?
    /// Where a token comes from that is sent instead of a key (Azure's Entra, Vertex, Anthropic's OAuth).
    public var token: KeySource?
    /// The version of Azure's classic interface, such as `2024-10-21`; `nil` for the v1 interface.
    public var apiVersion: String?
    /// Azure's deployments: the model that stands behind each name.
    public var deployments: [String: String] = [:]
    /// The project: at OpenAI, and at Vertex, where it is needed.
    public var project: String?
    /// The organization at OpenAI.
    public var organization: String?
    /// Vertex's location, such as `europe-west4`; `global` by default.
    public var location: String?
    /// The interface of OpenAI's to use: `chat` or `responses`; `nil` to choose by model.
    public var interface: String?
    /// Further headers of every request.
    public var headers: [String: String] = [:]
    /// Whether plain `http` to other machines is allowed.
    public var allowsInsecureHTTP = false

    /// A service of this kind at its own address.
    public init(_ kind: ProviderKind) {
        self.kind = kind
    }
}

/// The kinds of services.
public enum ProviderKind: String, Hashable, Sendable, CaseIterable {
    case openai
    case azure
    case anthropic
    case gemini
    /// Gemini behind Google Cloud's address, with a token.
    case vertex
    case cohere
    /// Any server that speaks OpenAI's Chat Completions.
    case compatible

    /// The kind that a name means, some others' words for it included.
    public init?(named name: String) {
        self.init(rawValue: ModelIdentity.usualProvider(name))
    }
}
