public import HTTPTransport
public import LanguageModels

/// A Gemini model at Vertex AI (the Gemini Enterprise Agent Platform), which knows its users by a token of Google Cloud
/// or, in express mode, by a key.
public struct VertexModel: LanguageModel, TokenCounting, ModelListing, HealthChecking, Closable, CountingModel {
    let service: GeminiService

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
        baseURL: String = Self.expressURL
    ) {
        let headers: HTTPHeaders = ["x-goog-api-key": key]
        self.init(express: model, endpoint: ServiceEndpoint(baseURL: baseURL, transport: transport) { headers })
    }

    /// A model in express mode at an address that knows its users in its own way.
    public init(express model: String, endpoint: ServiceEndpoint, provider: String = "vertex") {
        let surface = GeminiSurface.vertex(parent: "")
        service = GeminiService(provider: provider, model: model, surface: surface, endpoint: endpoint)
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

    /// The address of express mode, version included.
    public static let expressURL = "https://aiplatform.googleapis.com/v1"

    /// The address of a location, version included.
    public static func baseURL(location: String) -> String {
        switch location {
        case "global": "https://aiplatform.googleapis.com/v1beta1"
        case "us", "eu": "https://aiplatform.\(location).rep.googleapis.com/v1beta1"
        default: "https://\(location)-aiplatform.googleapis.com/v1beta1"
        }
    }
}
