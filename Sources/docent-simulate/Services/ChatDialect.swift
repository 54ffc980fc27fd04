import LanguageModels

/// OpenAI's Chat Completions, and Azure's additions to it.
struct ChatDialect: Dialect {
    private static let roles: Set<String> = ["developer", "system", "user", "assistant", "tool", "function"]

    func question(in body: JSONValue, _ route: Route) throws(Complaint) -> Question {
        guard let model = route.pathModel ?? body["model"]?.string else {
            throw Complaint(message: "you must provide a model parameter")
        }
        var question = Question(model: model)
        let messages = body["messages"]?.elements ?? []
        guard !messages.isEmpty else {
            throw Complaint(
                message: "Missing required parameter: 'messages'.",
                parameter: "messages",
                code: "missing_required_parameter"
            )
        }
        try Self.check(messages)
        try Self.check(body, model: model, service: route.service)
        question.lastUserText = lastText(of: messages, where: { $0["role"]?.string == "user" })
        let last = messages.last?["role"]?.string
        question.endsWithToolResult = last == "tool" || last == "function"
        question.isStream = body["stream"]?.bool ?? false
        question.includesUsage = body["stream_options"]?["include_usage"]?.bool ?? false
        question.maximumTokens = body["max_completion_tokens"]?.integer ?? body["max_tokens"]?.integer
        question.stops = texts(ofStop: body["stop"])
        let format = body["response_format"]
        question.wantsJSON = format?["type"]?.string == "json_object"
        question.schema = format?["json_schema"]?["schema"]
        try Self.readTools(of: body, into: &question)
        var count = TokenCount()
        for message in messages { count.add(message: texts(in: message["content"])) }
        count.add(tools: body["tools"])
        question.inputTokens = count.tokens
        return question
    }

    private static func readTools(of body: JSONValue, into question: inout Question) throws(Complaint) {
        question.tools = (body["tools"]?.elements ?? []).compactMap { tool in
            tool["function"].map { .init(name: $0["name"]?.string ?? "", schema: $0["parameters"] ?? [:]) }
        }
        for (index, tool) in question.tools.enumerated() where !isFunctionName(tool.name, limit: 64) {
            throw Complaint(
                message: "Invalid 'tools[\(index)].function.name': string does not match pattern "
                    + "'^[a-zA-Z0-9_-]+$'.",
                parameter: "tools[\(index)].function.name",
                code: "invalid_value"
            )
        }
        question.toolChoice = openAIToolChoice(body["tool_choice"])
    }

    private static func check(_ messages: [JSONValue]) throws(Complaint) {
        var open: [String] = []
        for (index, message) in messages.enumerated() {
            let role = message["role"]?.string ?? ""
            guard roles.contains(role) else {
                throw Complaint(
                    message: "Invalid value: '\(role)'. Supported values are: 'system', 'assistant', 'user', "
                        + "'function', 'tool', and 'developer'.",
                    parameter: "messages[\(index)].role",
                    code: "invalid_value"
                )
            }
            if role == "tool" {
                open.removeAll { $0 == message["tool_call_id"]?.string }
            } else if !open.isEmpty {
                break
            }
            open += message["tool_calls"]?.elements.compactMap { $0["id"]?.string } ?? []
        }
        guard open.isEmpty else {
            throw Complaint(
                message: "An assistant message with 'tool_calls' must be followed by tool messages responding to each "
                    + "'tool_call_id'. The following tool_call_ids did not have response messages: "
                    + open.joined(separator: ", "),
                parameter: "messages"
            )
        }
    }

    /// Refuses what the service refuses by the model's name.
    private static func check(_ body: JSONValue, model: String, service: Service) throws(Complaint) {
        if body["tools"].map({ $0.elements.isEmpty }) ?? false {
            throw Complaint(
                message: "Invalid 'tools': empty array. Expected an array with minimum length 1, but got an empty "
                    + "array instead.",
                parameter: "tools",
                code: "empty_array"
            )
        }
        if body["tools"] == nil, body["tool_choice"] != nil {
            throw Complaint(
                message: "Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are specified.",
                parameter: "tool_choice"
            )
        }
        guard service == .openAI, isReasoningModel(model) else { return }
        if body["max_tokens"] != nil {
            throw Complaint(
                message: "Unsupported parameter: 'max_tokens' is not supported with this model. Use "
                    + "'max_completion_tokens' instead.",
                parameter: "max_tokens",
                code: "unsupported_parameter"
            )
        }
        for name in ["temperature", "top_p", "presence_penalty", "frequency_penalty"] where body[name] != nil {
            throw Complaint(
                message: "Unsupported parameter: '\(name)' is not supported with this model.",
                parameter: name,
                code: "unsupported_parameter"
            )
        }
    }

    func body(_ answer: Answer, to question: Question, _ serial: Serial) -> JSONValue {
        var message = JSONObject([
            (key: "role", value: "assistant"), (key: "content", value: .text(answer.content)),
            (key: "refusal", value: .text(answer.refusal)),
        ])
        if !answer.reasoning.isEmpty { message["reasoning_content"] = .string(answer.reasoning) }
        if !answer.calls.isEmpty { message["tool_calls"] = .list(answer.calls.map(Self.call)) }
        var choice = JSONObject([
            (key: "index", value: 0), (key: "message", value: .object(message)), (key: "logprobs", value: nil),
            (key: "finish_reason", value: .string(Self.finish(answer.finish))),
        ])
        if serial.service == .azure { choice["content_filter_results"] = Self.filterResults }
        var body = JSONObject([
            (key: "id", value: .string(serial.id("chatcmpl-"))), (key: "object", value: "chat.completion"),
            (key: "created", value: .integer(serial.time)), (key: "model", value: .string(question.model)),
            (key: "choices", value: [.object(choice)]), (key: "usage", value: Self.usage(answer.usage)),
            (key: "service_tier", value: "default"), (key: "system_fingerprint", value: nil),
        ])
        if serial.service == .azure {
            body["prompt_filter_results"] = [["prompt_index": 0, "content_filter_results": Self.filterResults]]
        }
        return .object(body)
    }

    func events(_ answer: Answer, to question: Question, _ serial: Serial) -> [[UInt8]] {
        let chunk = ChatChunk(question: question, serial: serial)
        var events: [[UInt8]] = []
        if serial.service == .azure { events.append(serverSentEvent(ChatChunk.azurePreamble(Self.filterResults))) }
        events.append(chunk.event(["role": "assistant", "content": answer.calls.isEmpty ? "" : nil, "refusal": nil]))
        for piece in Answer.pieces(of: answer.reasoning) {
            events.append(chunk.event(["reasoning_content": .string(piece)]))
        }
        let key = answer.finish == .refusal ? "refusal" : "content"
        for piece in answer.pieces { events.append(chunk.event([key: .string(piece)])) }
        for (index, call) in answer.calls.enumerated() { events += chunk.events(call, index: index) }
        events.append(chunk.event([:], finish: Self.finish(answer.finish)))
        if question.includesUsage { events.append(chunk.event(usage: Self.usage(answer.usage))) }
        return events + [Array("data: [DONE]\n\n".utf8)]
    }

    func errorEvent() -> [UInt8] {
        serverSentEvent([
            "error": [
                "message": "The server had an error while processing your request. Sorry about that!",
                "type": "server_error", "param": nil, "code": nil,
            ]
        ])
    }

    private static func finish(_ finish: Answer.Finish) -> String {
        switch finish {
        case .stop, .stopSequence, .refusal: "stop"
        case .length: "length"
        case .toolCalls: "tool_calls"
        case .contentFilter: "content_filter"
        }
    }

    private static func call(_ call: Answer.ToolCall) -> JSONValue {
        [
            "id": .string(call.id), "type": "function",
            "function": ["name": .string(call.name), "arguments": .string(call.arguments.text)],
        ]
    }

    private static func usage(_ usage: Answer.Usage) -> JSONValue {
        [
            "prompt_tokens": .integer(usage.input), "completion_tokens": .integer(usage.output),
            "total_tokens": .integer(usage.input + usage.output),
            "prompt_tokens_details": ["cached_tokens": .integer(usage.cacheRead), "audio_tokens": 0],
            "completion_tokens_details": [
                "reasoning_tokens": .integer(usage.reasoning), "audio_tokens": 0, "accepted_prediction_tokens": 0,
                "rejected_prediction_tokens": 0,
            ],
        ]
    }

    private static let filterResults: JSONValue = [
        "hate": ["filtered": false, "severity": "safe"], "self_harm": ["filtered": false, "severity": "safe"],
        "sexual": ["filtered": false, "severity": "safe"], "violence": ["filtered": false, "severity": "safe"],
    ]
}

/// The chunks of one stream of Chat Completions.
private struct ChatChunk {
    let question: Question
    let serial: Serial

    /// Azure's first chunk, which has no choice.
    static func azurePreamble(_ results: JSONValue) -> JSONValue {
        [
            "choices": [], "created": 0, "id": "", "model": "", "object": "",
            "prompt_filter_results": [["prompt_index": 0, "content_filter_results": results]],
        ]
    }

    func event(_ delta: JSONValue, finish: String? = nil) -> [UInt8] {
        chunk(
            choices: [["index": 0, "delta": delta, "logprobs": nil, "finish_reason": .text(finish)]],
            usage: nil
        )
    }

    func event(usage: JSONValue) -> [UInt8] {
        chunk(choices: [], usage: usage)
    }

    func events(_ call: Answer.ToolCall, index: Int) -> [[UInt8]] {
        let start: JSONValue = [
            "index": .integer(index), "id": .string(call.id), "type": "function",
            "function": ["name": .string(call.name), "arguments": ""],
        ]
        let pieces = Answer.pieces(of: call.arguments.text).map { piece -> JSONValue in
            ["index": .integer(index), "function": ["arguments": .string(piece)]]
        }
        return ([start] + pieces).map { event(["tool_calls": [$0]]) }
    }

    private func chunk(choices: JSONValue, usage: JSONValue?) -> [UInt8] {
        var members: [(key: String, value: JSONValue)] = [
            ("id", .string(serial.id("chatcmpl-"))), ("object", "chat.completion.chunk"),
            ("created", .integer(serial.time)), ("model", .string(question.model)), ("choices", choices),
        ]
        if question.includesUsage { members.append(("usage", usage ?? .null)) }
        return serverSentEvent(.object(JSONObject(members)))
    }
}
