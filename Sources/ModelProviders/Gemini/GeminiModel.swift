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
    /// The key is sent as a header, never in an address. Behind a proxy, `baseURL` is the proxy's address; one without
    /// a path gets the version.
    public init(_ model: String, key: String, baseURL: String = Self.baseURL, transport: any Transport) {
        let headers: HTTPHeaders = ["x-goog-api-key": key]
        self.init(model, endpoint: ServiceEndpoint(baseURL: baseURL, transport: transport) { headers })
    }

    /// The base of an address as people write it: Google's own tools name the host alone.
    private static func base(_ address: String) -> String {
        let base = address.hasSuffix("/models") ? String(address.dropLast("/models".count)) : address
        let host = base.firstRange(of: "://").map { base[$0.upperBound...] } ?? base[...]
        return host.isEmpty || host.contains("/") ? base : base + "/v1beta"
    }

    /// A model at an address that knows its users in its own way.
    public init(_ model: String, endpoint: ServiceEndpoint, provider: String = "gemini") {
        var endpoint = endpoint
        endpoint.baseURL = Self.base(endpoint.baseURL)
        let surface = GeminiSurface.studio(files: endpoint.baseURL)
        service = GeminiService(provider: provider, model: model, surface: surface, endpoint: endpoint)
    }
}
