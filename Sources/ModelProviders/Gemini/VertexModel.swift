public import HTTPTransport
public import LanguageModels

/// A Gemini model at Vertex AI (the Gemini Enterprise Agent Platform), which knows its users by a token of Google Cloud
/// or, in express mode, by a key.
public struct VertexModel: LanguageModel, TokenCounting, ModelListing, HealthChecking {
    private let service: GeminiService

    /// A model of a project at a location, such as `europe-west4`, `global`, or `us` and `eu` for several regions.
    ///
    /// The token is one of OAuth 2 for the scope `https://www.googleapis.com/auth/cloud-platform`; `userProject` pays
    /// where it is another project than the token's own.
    public init(
        _ model: String,
        project: String,
        location: String,
        transport: any Transport,
        userProject: String? = nil,
        token: @escaping @Sendable () async throws -> String
    ) {
        let endpoint = ServiceEndpoint(baseURL: Self.baseURL(location: location), transport: transport) {
            var headers: HTTPHeaders = ["Authorization": "Bearer \(try await token())"]
            headers["x-goog-user-project"] = userProject
            return headers
        }
        self.init(model, project: project, location: location, endpoint: endpoint)
    }

    /// A model in express mode: a key, no project.
    public init(
        express model: String,
        key: String,
        transport: any Transport,
        baseURL: String = "https://aiplatform.googleapis.com/v1"
    ) {
        let headers: HTTPHeaders = ["x-goog-api-key": key]
        let endpoint = ServiceEndpoint(baseURL: baseURL, transport: transport) { headers }
        let surface = GeminiSurface.vertex(parent: "")
        service = GeminiService(provider: "vertex", model: model, surface: surface, endpoint: endpoint)
    }

    /// A model of a project at an address that knows its users in its own way; the address ends with the version.
    public init(
        _ model: String,
        project: String,
        location: String,
        endpoint: ServiceEndpoint,
        provider: String = "vertex"
    ) {
        let surface = GeminiSurface.vertex(parent: "/projects/\(project)/locations/\(location)")
        service = GeminiService(provider: provider, model: model, surface: surface, endpoint: endpoint)
    }

    /// The address of a location, version included.
    public static func baseURL(location: String) -> String {
        switch location {
        case "global": "https://aiplatform.googleapis.com/v1beta1"
        case "us", "eu": "https://aiplatform.\(location).rep.googleapis.com/v1beta1"
        default: "https://\(location)-aiplatform.googleapis.com/v1beta1"
        }
    }

    /// The provider, by default `vertex`, and the model's name.
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

    /// Google's own models, whether or not the project may use them.
    public func availableModels() async throws -> [AvailableModel] {
        try await service.models(at: "/publishers/google/models", in: "publisherModels")
    }

    /// Asks the service for the model's page.
    public func checkHealth() async -> HealthReport {
        // Google's own models have their pages outside projects, what users have put up inside.
        let isOwn = identity.model.contains("endpoints/")
        let place = isOwn ? service.model.format.surface : .vertex(parent: "")
        let path = place.path(of: identity.model)
        return await service.checkHealth(at: path) { try await availableModels() }
    }
}

extension VertexModel: Closable {
    /// Closes the transport, for all models that use it.
    public func close() async {
        await service.model.endpoint.transport.close()
    }
}
