// The wire format of Gemini's generateContent: https://ai.google.dev/api/generate-content
import HTTPTransport
import LanguageModels

/// How Gemini writes requests and reads answers.
struct GeminiFormat: WireFormat {
    static let name = "gemini"

    let identity: ModelIdentity
    let surface: GeminiSurface
    private let path: String
    private let rules: GeminiRules

    /// The format for a model on one of Google's services.
    init(identity: ModelIdentity, surface: GeminiSurface) {
        self.identity = identity
        self.surface = surface
        path = surface.path(of: identity.model)
        rules = GeminiRules.rules(for: identity.model)
    }

    func encode(_ request: ModelRequest, isStream: Bool) throws -> EncodedRequest {
        var preparation = RequestPreparation(request, for: identity)
        let body = try body(&preparation)
        let method = isStream ? ":streamGenerateContent?alt=sse" : ":generateContent"
        var encoded = EncodedRequest(path: path + method, body: .object(body))
        encoded.warnings = preparation.warnings
        if let timeout = request.options.timeout {
            // The service gives up by then too, and says so, instead of working for nobody.
            let seconds = timeout.components.seconds + (timeout.components.attoseconds > 0 ? 1 : 0)
            encoded.headers["X-Server-Timeout"] = String(max(seconds, 1))
        }
        return encoded
    }

    /// The body of a request that stands in another, and so names its model itself; and what was dropped from it.
    func namedBody(of request: ModelRequest) throws -> (body: JSONValue, warnings: [RequestWarning]) {
        var preparation = RequestPreparation(request, for: identity)
        var body = try body(&preparation)
        body["model"] = .string(String(path.dropFirst()))
        return (.object(body), preparation.warnings)
    }

    /// A request for another method of the model, such as `countTokens`.
    func encode(method: String, body: JSONValue) -> EncodedRequest {
        EncodedRequest(path: "\(path):\(method)", body: body)
    }

    func decode(_ answer: JSONView) throws -> ModelResponse {
        try GeminiAnswer.response(from: answer.value)
    }

    func makeFraming(_ headers: HTTPHeaders) -> any StreamFraming {
        GeminiFraming()
    }

    func makeDecoder() -> GeminiDecoder {
        GeminiDecoder()
    }

    func failure(_ answer: FailedAnswer) -> ModelError {
        GeminiFailure(answer).error
    }
}

extension GeminiFormat {
    /// The body of a request, fitted to the model.
    func body(_ preparation: inout RequestPreparation) throws -> JSONObject {
        try preparation.fit(to: rules)
        let thinking = try preparation.thinking(by: rules)
        var contents = GeminiContents(rules: rules, surface: surface)
        try contents.add(preparation.request.messages, &preparation)
        let request = preparation.request

        var body = JSONObject()
        if !contents.instructions.isEmpty {
            body["systemInstruction"] = ["parts": .array(contents.instructions)]
        }
        body["contents"] = .array(contents.contents)
        if !request.tools.isEmpty {
            body["tools"] = [["functionDeclarations": .array(request.tools.map(GeminiSchema.declaration))]]
            body["toolConfig"] = Self.toolConfig(request)
        }
        let generation = Self.generationConfig(request, thinking: thinking)
        if !generation.isEmpty { body["generationConfig"] = .object(generation) }
        if case .vertex = surface, !request.options.metadata.isEmpty {
            body["labels"] = .object(labels(request.options.metadata))
        }
        merge(request.options.gemini.fields, into: &body)
        return body
    }

    private func labels(_ metadata: [String: String]) -> JSONObject {
        JSONObject(metadata.sorted { $0.key < $1.key }.map { (key: $0.key, value: .string($0.value)) })
    }

    /// Puts the caller's own members in, the service's tools beside ours.
    private func merge(_ fields: JSONObject, into body: inout JSONObject) {
        guard !fields.isEmpty else { return }
        let functions = body["tools"]?.elements ?? []
        body.merge(fields)
        if !functions.isEmpty, case .array(let added) = fields["tools"] { body["tools"] = .array(functions + added) }
    }

    private static func toolConfig(_ request: ModelRequest) -> JSONValue? {
        let config: JSONValue? =
            switch request.toolChoice {
            case .automatic:
                request.tools.contains { $0.isStrict == true } ? ["mode": "VALIDATED"] : nil
            case .none: ["mode": "NONE"]
            case .required: ["mode": "ANY"]
            case .tool(let name): ["mode": "ANY", "allowedFunctionNames": [.string(name)]]
            }
        return config.map { ["functionCallingConfig": $0] }
    }

    private static func generationConfig(_ request: ModelRequest, thinking: GeminiThinking?) -> JSONObject {
        let options = request.options
        var config = JSONObject()
        config["temperature"] = options.temperature.map { .double($0) }
        config["topP"] = options.topP.map { .double($0) }
        config["topK"] = options.topK.map { .integer($0) }
        config["maxOutputTokens"] = options.maximumTokens.map { .integer($0) }
        if !options.stop.isEmpty { config["stopSequences"] = .array(options.stop.map { .string($0) }) }
        config["seed"] = options.seed.map { .integer($0) }
        config["presencePenalty"] = options.presencePenalty.map { .double($0) }
        config["frequencyPenalty"] = options.frequencyPenalty.map { .double($0) }
        let own = options.providerFields[name]?["generationConfig"]
        switch request.output {
        case .text:
            break
        case .json:
            config["responseMimeType"] = "application/json"
        case .schema(let schema):
            config["responseMimeType"] = "application/json"
            if own?["responseSchema"] == nil {
                config["responseJsonSchema"] = GeminiSchema.accepted(schema.schema)
            }
        }
        // The two ways to say how much to think exclude each other; what the caller says himself counts.
        let ownThinking = own?["thinkingConfig"]
        if let thinking, ownThinking?["thinkingBudget"] == nil, ownThinking?["thinkingLevel"] == nil {
            config["thinkingConfig"] = .object(JSONObject([thinking.member]))
        }
        return config
    }
}
