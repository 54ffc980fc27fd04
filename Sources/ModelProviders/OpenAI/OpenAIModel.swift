public import HTTPTransport
public import LanguageModels

/// A model of OpenAI, through Chat Completions or Responses.
public struct OpenAIModel: LanguageModel, TokenCounting, ModelListing, HealthChecking, BatchResponding, Closable {
    private let service: OpenAIService

    /// A model such as `gpt-5-mini` at an address; see ``ServiceEndpoint/openAI(key:baseURL:account:transport:)``.
    public init(_ name: String, endpoint: ServiceEndpoint, interface: OpenAIInterface = .automatic) {
        let identity = ModelIdentity(provider: "openai", model: name)
        let rules = OpenAIRules.rules(for: name)
        let chat = ChatFormat(identity: identity, dialect: ChatDialect(rules: rules))
        service = OpenAIService(
            chat: ServiceModel(format: chat, endpoint: endpoint, identity: identity),
            responses: ServiceModel(
                format: ResponsesFormat(identity: identity, rules: rules),
                endpoint: endpoint,
                identity: identity
            ),
            interface: interface
        )
    }

    /// `openai` and the model's name.
    public var identity: ModelIdentity { service.identity }

    /// Asks for a whole answer.
    public func respond(to request: ModelRequest) async throws -> ModelResponse {
        try await service.respond(to: request)
    }

    /// Asks for an answer in pieces.
    public func stream(_ request: ModelRequest) -> ModelStream { service.stream(request) }

    /// Counts with OpenAI's own endpoint, which costs nothing.
    public func countTokens(of request: ModelRequest) async throws -> Int {
        try await service.countTokens(of: request)
    }

    /// The models that the key can see.
    public func availableModels() async throws -> [AvailableModel] { try await service.availableModels() }

    /// Looks for the model in the list of models, which checks address, key and name at once.
    public func checkHealth() async -> HealthReport {
        await HealthCheck(identity: identity).report(service.availableModels)
    }

    /// Hands in at most 50,000 requests, to be answered within 24 hours.
    public func submit(_ requests: [BatchRequest]) async throws -> Batch { try await service.submit(requests) }

    /// How a batch stands.
    public func batch(id: String) async throws -> Batch { try await service.batch(id: id) }

    /// What came of a batch that has ended.
    public func results(of batch: Batch) -> BatchResults { service.results(of: batch) }

    /// Asks to stop a batch.
    public func cancel(_ batch: Batch) async throws -> Batch { try await service.cancel(batch) }

    /// Closes the transport, for all models that use it.
    public func close() async { await service.chat.endpoint.transport.close() }
}

extension ServiceEndpoint {
    /// OpenAI's address, or another that the same requests go to; `https://api.openai.com/v1` by default.
    ///
    /// The key is sent as a bearer token.
    public static func openAI(
        key: String,
        baseURL: String = "https://api.openai.com/v1",
        account: OpenAIAccount = OpenAIAccount(),
        transport: any Transport
    ) -> ServiceEndpoint {
        var headers: HTTPHeaders = ["Authorization": "Bearer \(key)"]
        headers["OpenAI-Organization"] = account.organization
        headers["OpenAI-Project"] = account.project
        let sent = headers
        return ServiceEndpoint(baseURL: ServiceAddress.openAIBase(baseURL), transport: transport) { sent }
    }
}

/// On whose account requests go, where a key serves several.
public struct OpenAIAccount: Hashable, Sendable {
    /// The organisation's id, `org-…`.
    public var organization: String?
    /// The project's id, `proj_…`.
    public var project: String?

    /// The key's own account, by default.
    public init(organization: String? = nil, project: String? = nil) {
        self.organization = organization
        self.project = project
    }
}
