public import HTTPTransport
public import LanguageModels

/// A model behind Cohere's chat, version 2.
///
/// What the model does not take is dropped with a warning. What a model means to do with its tools comes as a part of
/// its own, which is sent back in the next turn.
public struct CohereModel: LanguageModel, Closable, ServedModel {
    /// Where Cohere is.
    public static let baseURL = "https://api.cohere.com"

    let service: ServiceModel<CohereFormat>

    /// A model that is asked with a key.
    public init(_ model: String, key: String, baseURL: String = Self.baseURL, transport: any Transport) {
        let headers: HTTPHeaders = ["Authorization": "Bearer \(key)"]
        self.init(model, endpoint: ServiceEndpoint(baseURL: baseURL, transport: transport) { headers })
    }

    /// A model behind an endpoint, with or without `/v2` at the end of its address, whose credentials name the user.
    public init(_ model: String, endpoint: ServiceEndpoint, provider: String = "cohere") {
        let identity = ModelIdentity(provider: provider, model: model)
        var endpoint = endpoint
        for ending in ["/chat", "/v2", "/v1"] where endpoint.baseURL.hasSuffix(ending) {
            endpoint.baseURL.removeLast(ending.count)
        }
        service = ServiceModel(format: CohereFormat(identity), endpoint: endpoint, identity: identity)
    }
}

extension CohereModel: TokenCounting {
    /// The most characters that the service takes at once.
    private static let characters = 65_536

    /// The tokens of the request's texts: messages, calls, definitions of tools, the schema.
    ///
    /// Partial: what Cohere puts around them (some hundred tokens with most models) and images are not counted. Long
    /// texts are counted in pieces, each a request.
    ///
    /// - Throws: ``ModelError``, or `CancellationError`.
    public func countTokens(of request: ModelRequest) async throws -> Int {
        var rest = try text(of: request)[...]
        var count = 0
        while !rest.isEmpty {
            let piece = rest.unicodeScalars.prefix(Self.characters)
            rest = rest[piece.endIndex...]
            count += try await tokens(of: String(Substring(piece)), timeout: request.options.timeout)
        }
        return count
    }

    private func text(of request: ModelRequest) throws -> String {
        let body = try service.named { try service.format.encode(request, isStream: false) }.body
        var texts: [String] = []
        for message in body["messages"]?.elements ?? [] { Self.collect(message, into: &texts) }
        for tool in body["tools"]?.elements ?? [] { texts.append(tool.text) }
        if let schema = body["response_format"]?["json_schema"] { texts.append(schema.text) }
        return texts.joined(separator: "\n")
    }

    private static func collect(_ message: JSONValue, into texts: inout [String]) {
        if let text = message["content"]?.string { texts.append(text) }
        for block in message["content"]?.elements ?? [] where block["type"] != "image_url" {
            texts.append(block["text"]?.string ?? block["thinking"]?.string ?? block.text)
        }
        if let plan = message["tool_plan"]?.string { texts.append(plan) }
        for call in message["tool_calls"]?.elements ?? [] { texts.append(call["function"]?.text ?? "") }
    }

    private func tokens(of text: String, timeout: Duration?) async throws -> Int {
        let body: JSONValue = ["text": .string(text), "model": .string(identity.model)]
        let request = EncodedRequest(path: "/v1/tokenize", body: body)
        let answer = try service.checked(try await service.endpoint.post(request, timeout: timeout, for: identity))
        guard case .array(let tokens)? = answer["tokens"] else {
            throw ModelError(.undecodableAnswer, "the answer has no tokens", identity: identity)
        }
        return tokens.count
    }
}

extension CohereModel: ModelListing {
    /// The models for chats that the key can see.
    ///
    /// - Throws: ``ModelError``, or `CancellationError`.
    public func availableModels() async throws -> [AvailableModel] {
        let path = "/v1/models?endpoint=chat&page_size=1000"
        let pages = try await service.pages(of: path, by: "page_token") { $0["next_page_token"]?.string }
        return pages.flatMap { $0["models"]?.elements ?? [] }.compactMap { model in
            model["name"]?.string.map { AvailableModel(name: $0, maximumInputTokens: model["context_length"]?.count) }
        }
    }
}

extension CohereModel: HealthChecking {
    /// Has the service check the key, then asks for the model's description.
    public func checkHealth() async -> HealthReport {
        await HealthCheck(identity: identity).report(
            asking: {
                let request = EncodedRequest(path: "/v1/check-api-key", body: [:])
                let timeout = service.endpoint.timeoutWithoutModel
                let sent = try await service.endpoint.post(request, timeout: timeout, for: identity)
                let answer = try service.checked(sent)
                if answer["valid"]?.bool == false {
                    throw ModelError(.unauthorized, "the service does not know the key", identity: identity)
                }
                let path = "/v1/models/\(identity.model.pathEncoded)"
                _ = try await service.json("GET", path)
            },
            list: availableModels
        )
    }
}
