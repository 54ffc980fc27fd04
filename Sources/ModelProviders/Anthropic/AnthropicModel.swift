public import HTTPTransport
public import LanguageModels

/// A Claude model behind Anthropic's Messages, or a model of another service that answers in that format.
///
/// What the model's rules refuse is dropped with a warning. A form of the answer that an older model cannot be held to
/// is asked for through a tool; its answer is text all the same.
public struct AnthropicModel: LanguageModel, Closable, ServedModel {
    /// Where Anthropic is.
    public static let baseURL = "https://api.anthropic.com"

    let service: ServiceModel<AnthropicFormat>
    /// The most that a batch may hold.
    var batchLimits = BatchLimits.anthropic

    /// A model that is asked with a key.
    public init(_ model: String, key: String, baseURL: String = Self.baseURL, transport: any Transport) {
        let headers: HTTPHeaders = ["x-api-key": key]
        self.init(model, endpoint: ServiceEndpoint(baseURL: baseURL, transport: transport) { headers })
    }

    /// A model that is asked with a token, which is asked for before each request, since tokens expire.
    public init(
        _ model: String,
        baseURL: String = Self.baseURL,
        transport: any Transport,
        token: @escaping @Sendable () async throws -> String
    ) {
        let endpoint = ServiceEndpoint(baseURL: baseURL, transport: transport) {
            ["Authorization": "Bearer \(try await token())"]
        }
        self.init(model, endpoint: endpoint)
    }

    /// A model behind an endpoint, with or without `/v1` at the end of its address, whose credentials name the user.
    public init(_ model: String, endpoint: ServiceEndpoint, provider: String = "anthropic") {
        let identity = ModelIdentity(provider: provider, model: model)
        var versioned = endpoint
        for ending in ["/messages", "/v1"] where versioned.baseURL.hasSuffix(ending) {
            versioned.baseURL.removeLast(ending.count)
        }
        versioned.credentials = {
            var headers = try await endpoint.credentials()
            if headers["anthropic-version"] == nil { headers.add("anthropic-version", AnthropicFormat.version) }
            return headers
        }
        service = ServiceModel(format: AnthropicFormat(identity), endpoint: versioned, identity: identity)
    }
}

extension AnthropicModel: TokenCounting {
    /// The tokens of a request, as the service counts them; free, but with a rate limit of its own.
    ///
    /// - Throws: ``ModelError``, or `CancellationError`.
    public func countTokens(of request: ModelRequest) async throws -> Int {
        let encoded = try service.named { try service.format.encodeCount(request) }
        let timeout = request.options.timeout
        let answer = try await service.endpoint.post(encoded, timeout: timeout, for: identity)
        let body = try service.checked(answer)
        guard let count = body["input_tokens"]?.count else {
            throw ModelError(.undecodableAnswer, "the answer has no input_tokens", identity: identity)
        }
        return count
    }
}

extension AnthropicModel: ModelListing {
    /// The models that the key can see, the newest first.
    ///
    /// - Throws: ``ModelError``, or `CancellationError`.
    public func availableModels() async throws -> [AvailableModel] {
        let pages = try await service.pages(of: "/v1/models?limit=1000", by: "after_id") { page in
            page["has_more"]?.bool == true ? page["last_id"]?.string : nil
        }
        return pages.flatMap { $0["data"]?.elements.compactMap(Self.model) ?? [] }
    }

    private static func model(_ json: JSONValue) -> AvailableModel? {
        guard let name = json["id"]?.string else { return nil }
        return AvailableModel(
            name: name,
            displayName: json["display_name"]?.string,
            maximumInputTokens: json["max_input_tokens"]?.count,
            maximumOutputTokens: json["max_tokens"]?.count
        )
    }
}

extension AnthropicModel: HealthChecking {
    /// Asks for the model's description.
    public func checkHealth() async -> HealthReport {
        await HealthCheck(identity: identity).report(
            asking: {
                _ = try await service.json("GET", "/v1/models/\(identity.model.pathEncoded)")
            },
            list: availableModels
        )
    }
}
