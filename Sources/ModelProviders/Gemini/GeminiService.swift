import HTTPTransport
import LanguageModels

/// What Gemini's models do at either of Google's services.
struct GeminiService: ServedModel, TokenCounting, ModelListing, HealthChecking {
    let service: ServiceModel<GeminiFormat>
    /// The most that a batch may hold.
    var batchLimits = BatchLimits.gemini

    init(provider: String, model name: String, surface: GeminiSurface, endpoint: ServiceEndpoint) {
        let identity = ModelIdentity(provider: provider, model: GeminiSurface.bareName(name))
        let format = GeminiFormat(identity: identity, surface: surface)
        service = ServiceModel(format: format, endpoint: endpoint, identity: identity)
    }

    private var format: GeminiFormat { service.format }

    func countTokens(of request: ModelRequest) async throws -> Int {
        let body = try countingBody(request)
        let encoded = format.encode(method: "countTokens", body: body)
        let answer = try await service.endpoint.post(encoded, timeout: request.options.timeout, for: identity)
        guard let count = try service.checked(answer)["totalTokens"]?.count else {
            throw undecodable(answer, "the answer has no totalTokens")
        }
        return count
    }

    /// The whole request as one member at AI Studio; its members that are counted, beside each other, at Vertex AI.
    private func countingBody(_ request: ModelRequest) throws -> JSONValue {
        let body = try service.named { try format.namedBody(of: request).body }
        guard case .vertex = format.surface else { return ["generateContentRequest": body] }
        let counted = ["contents", "systemInstruction", "tools", "generationConfig"]
        return .object(JSONObject((body.object?.members ?? []).filter { counted.contains($0.key) }))
    }

    /// Asks page after page; a page that names itself as the next ends it.
    func availableModels() async throws -> [AvailableModel] {
        let (path, member) = format.surface.listing
        let pages = try await service.pages(of: "\(path)?pageSize=1000", by: "pageToken") {
            $0["nextPageToken"]?.string
        }
        return pages.flatMap { $0[member]?.elements.compactMap(AvailableModel.init(gemini:)) ?? [] }
    }

    /// Asks for the model's own page, which costs nothing; where there is none, for names like its own.
    func checkHealth() async -> HealthReport {
        let path = format.surface.page(of: identity.model)
        return await HealthCheck(identity: identity).report(
            asking: { _ = try await service.json("GET", path) },
            list: availableModels
        )
    }

    func undecodable(_ answer: HTTPResponse, _ reason: String) -> ModelError {
        var error = ModelError(.undecodableAnswer, reason, identity: identity, status: answer.status)
        error.answerText = String(decoding: answer.body.prefix(4096), as: UTF8.self)
        return error
    }
}

extension AvailableModel {
    /// A model as either service lists it.
    init?(gemini json: JSONValue) {
        guard let name = json["name"]?.string else { return nil }
        self.init(
            name: GeminiSurface.bareName(name),
            displayName: json["displayName"]?.string,
            maximumInputTokens: json["inputTokenLimit"]?.count,
            maximumOutputTokens: json["outputTokenLimit"]?.count
        )
    }
}
