public import HTTPTransport
public import LanguageModels

/// A Gemini model at the Gemini Developer API (AI Studio), which knows its users by a key.
public struct GeminiModel: LanguageModel, TokenCounting, ModelListing, HealthChecking {
    /// Where the service is, version included.
    public static let baseURL = "https://generativelanguage.googleapis.com/v1beta"

    let service: GeminiService

    /// A model by its name, such as `gemini-2.5-flash` (`tunedModels/…` for a tuned one).
    ///
    /// The key is sent as a header, never in an address. Behind a proxy, `baseURL` is the proxy's address.
    public init(_ model: String, key: String, baseURL: String = Self.baseURL, transport: any Transport) {
        let headers: HTTPHeaders = ["x-goog-api-key": key]
        self.init(model, endpoint: ServiceEndpoint(baseURL: baseURL, transport: transport) { headers })
    }

    /// A model at an address that knows its users in its own way.
    public init(_ model: String, endpoint: ServiceEndpoint, provider: String = "gemini") {
        let surface = GeminiSurface.studio(files: endpoint.baseURL)
        service = GeminiService(provider: provider, model: model, surface: surface, endpoint: endpoint)
    }

    /// The provider, by default `gemini`, and the model's name.
    public var identity: ModelIdentity { service.model.identity }

    /// Asks for a whole answer.
    public func respond(to request: ModelRequest) async throws -> ModelResponse {
        try await service.model.respond(to: request)
    }

    /// Asks for an answer in pieces.
    public func stream(_ request: ModelRequest) -> ModelStream {
        service.model.stream(request)
    }

    /// The tokens of the request's messages, tools and schema, as the service counts them.
    public func countTokens(of request: ModelRequest) async throws -> Int {
        try await service.countTokens(of: request)
    }

    /// All models that the key can see, those for images and films too.
    public func availableModels() async throws -> [AvailableModel] {
        try await service.models(at: "/models", in: "models")
    }

    /// Asks the service for the model's page.
    public func checkHealth() async -> HealthReport {
        let path = service.model.format.surface.path(of: identity.model)
        return await service.checkHealth(at: path) { try await availableModels() }
    }
}

extension GeminiModel: Closable {
    /// Closes the transport, for all models that use it.
    public func close() async {
        await service.model.endpoint.transport.close()
    }
}
