public import HTTPTransport
public import LanguageModels

/// A Gemini model at the Gemini Developer API (AI Studio), which knows its users by a key.
///
/// A batch takes 20 MB of requests. The service keeps no record of those that it never answered: the results of a batch
/// that was stopped, has expired or failed end with an error that says so, behind those that there are.
public struct GeminiModel: LanguageModel, TokenCounting, ModelListing, HealthChecking, BatchResponding, Closable,
    BatchingModel
{
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
}
