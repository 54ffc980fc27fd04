import HTTPTransport
import LanguageModels

/// Cohere's chat, version 2 (https://docs.cohere.com/reference/chat): how it is written and read.
struct CohereFormat: WireFormat {
    static let name = "cohere"

    let identity: ModelIdentity
    private let rules: CohereRules

    /// The format, with the rules for a model.
    init(_ identity: ModelIdentity) {
        self.identity = identity
        rules = CohereRules.rules(for: identity.model)
    }

    func encode(_ request: ModelRequest, isStream: Bool) throws -> EncodedRequest {
        let fitting = try CohereFitting(request, rules: rules, identity: identity)
        let body = try body(fitting, isStream: isStream)
        return EncodedRequest(path: "/v2/chat", body: body, warnings: fitting.preparation.warnings)
    }

    private func body(_ fitting: CohereFitting, isStream: Bool) throws -> JSONValue {
        let messages = try CohereMessages(identity)
            .written(fitting.request.messages, instruction: fitting.instruction)
        var members: [(key: String, value: JSONValue)] = [
            ("model", .string(identity.model)), ("messages", .array(messages)),
        ]
        addTools(of: fitting.request, to: &members)
        addOptions(fitting.options, to: &members)
        if let thinking = fitting.thinking { members.append(("thinking", thinking)) }
        if let format = fitting.format { members.append(("response_format", format)) }
        if isStream { members.append(("stream", true)) }
        var body = JSONObject(members)
        if !fitting.own.isEmpty { body.merge(fitting.own) }
        return .object(body)
    }

    /// One tool cannot be asked for by name: it is sent alone instead.
    private func addTools(of request: ModelRequest, to members: inout [(key: String, value: JSONValue)]) {
        var tools = request.tools
        if case .tool(let name) = request.toolChoice { tools.removeAll { $0.name != name } }
        if request.toolChoice == .none, !rules.takesToolChoice { tools = [] }
        guard !tools.isEmpty else { return }
        members.append(("tools", .array(tools.map(Self.definition))))
        switch request.toolChoice {
        case .automatic: break
        case .none: members.append(("tool_choice", "NONE"))
        case .required, .tool: members.append(("tool_choice", "REQUIRED"))
        }
    }

    private static func definition(of tool: Tool) -> JSONValue {
        var function = JSONObject([("name", .string(tool.name))])
        if !tool.description.isEmpty { function["description"] = .string(tool.description) }
        function["parameters"] = tool.parameters
        return ["type": "function", "function": .object(function)]
    }

    private func addOptions(_ options: RequestOptions, to members: inout [(key: String, value: JSONValue)]) {
        if let tokens = options.maximumTokens { members.append(("max_tokens", .integer(tokens))) }
        if !options.stop.isEmpty { members.append(("stop_sequences", .array(options.stop.map { .string($0) }))) }
        if let temperature = options.temperature { members.append(("temperature", .double(temperature))) }
        if let topP = options.topP { members.append(("p", .double(topP))) }
        if let topK = options.topK { members.append(("k", .integer(topK))) }
        if let seed = options.seed { members.append(("seed", .integer(seed))) }
        if let penalty = options.frequencyPenalty { members.append(("frequency_penalty", .double(penalty))) }
        if let penalty = options.presencePenalty { members.append(("presence_penalty", .double(penalty))) }
    }

    func decode(_ answer: JSONView) throws -> ModelResponse {
        try CohereAnswer.response(answer.value)
    }

    func makeDecoder() -> CohereStream { CohereStream() }

    func failure(_ answer: FailedAnswer) -> ModelError {
        CohereFailure.error(answer)
    }
}
