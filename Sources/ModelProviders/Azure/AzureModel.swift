public import HTTPTransport
public import LanguageModels

/// A deployment of a model at Azure OpenAI or Azure AI Foundry.
public struct AzureModel: LanguageModel, TokenCounting, ModelListing, HealthChecking, BatchResponding, Closable {
    private let service: OpenAIService
    private let route: AzureAddress.Route

    /// A deployment by its name at an account.
    ///
    /// `model` is the model behind it, such as `gpt-5-mini`: what it takes is known by that name. By default the
    /// deployment's name is taken for it; a name that is not a model's leaves every parameter as it is.
    public init(
        _ deployment: String,
        account: AzureAccount,
        model: String? = nil,
        interface: OpenAIInterface = .automatic
    ) {
        let identity = ModelIdentity(provider: "azure", model: deployment)
        let address = account.address
        let rules = OpenAIRules.rules(for: model ?? deployment)
        let quirks = address.route == .foundry ? ChatQuirks() : ChatQuirks.openAI
        let dialect = ChatDialect(path: address.chatPath(deployment: deployment), quirks: quirks, rules: rules)
        let endpoint = account.endpoint
        var service = OpenAIService(
            chat: ServiceModel(
                format: ChatFormat(identity: identity, dialect: dialect),
                endpoint: endpoint,
                identity: identity
            ),
            responses: ServiceModel(
                format: ResponsesFormat(identity: identity, path: address.responsesPath, rules: rules),
                endpoint: endpoint,
                identity: identity
            ),
            interface: address.route == .foundry ? .chat : interface
        )
        service.listPath = address.listPath
        service.batchQuery = address.batchQuery
        self.service = service
        route = address.route
    }

    /// `azure` and the deployment's name.
    public var identity: ModelIdentity { service.identity }

    /// Asks for a whole answer.
    public func respond(to request: ModelRequest) async throws -> ModelResponse {
        try await service.respond(to: request)
    }

    /// Asks for an answer in pieces.
    public func stream(_ request: ModelRequest) -> ModelStream { service.stream(request) }

    /// Counts with the Responses endpoint of the resource.
    public func countTokens(of request: ModelRequest) async throws -> Int {
        try await service.countTokens(of: request)
    }

    /// The models that the resource's region has; deployments are not listed.
    public func availableModels() async throws -> [AvailableModel] { try await service.availableModels() }

    /// Checks address and key by asking for the region's models; whether the deployment exists cannot be seen there.
    public func checkHealth() async -> HealthReport {
        await HealthCheck(identity: identity, expectsName: false).report(service.availableModels)
    }

    /// Hands in at most 50,000 requests; the deployment must be of the type Global Batch.
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

/// An Azure resource and how it knows its users.
public struct AzureAccount: Sendable {
    /// How Azure knows who asks.
    public enum Credential: Sendable {
        /// A key of the resource, sent as `api-key`.
        case key(String)
        /// A token of Microsoft Entra, asked for before each request, since it lives for about an hour.
        ///
        /// Its scope is `https://cognitiveservices.azure.com/.default`.
        case token(@Sendable () async throws -> String)
    }

    let address: AzureAddress
    let endpoint: ServiceEndpoint

    /// A resource by its name or address, in any of the forms that Azure's pages show:
    /// `https://{resource}.openai.azure.com`, the same with `/openai/v1`, a whole
    /// `…/openai/deployments/{deployment}/chat/completions?api-version=…`, or `…services.ai.azure.com/models`.
    ///
    /// `version` is the `api-version` of the classic route; without one the `/openai/v1` route is used where the
    /// address leaves the choice.
    public init(_ address: String, version: String? = nil, credential: Credential, transport: any Transport) {
        let parsed = AzureAddress(address, version: version)
        self.address = parsed
        endpoint = ServiceEndpoint(baseURL: parsed.base, transport: transport) {
            switch credential {
            case .key(let key): ["api-key": key]
            case .token(let token): ["Authorization": "Bearer \(try await token())"]
            }
        }
    }
}
