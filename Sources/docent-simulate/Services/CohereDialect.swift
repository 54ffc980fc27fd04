import LanguageModels

/// Cohere's chat, version 2.
struct CohereDialect: Dialect {
    func question(in body: JSONValue, _ route: Route) throws(Complaint) -> Question {
        guard let model = body["model"]?.string else {
            throw Complaint(message: "invalid request: model is a required field")
        }
        let messages = body["messages"]?.elements ?? []
        guard !messages.isEmpty else {
            throw Complaint(message: "invalid request: messages must not be empty")
        }
        try Self.check(body, messages)
        var question = Question(model: model)
        question.lastUserText = lastText(of: messages, where: { $0["role"]?.string == "user" })
        question.endsWithToolResult = messages.last?["role"]?.string == "tool"
        question.isStream = body["stream"]?.bool ?? false
        question.maximumTokens = body["max_tokens"]?.integer
        question.stops = texts(ofStop: body["stop_sequences"])
        let format = body["response_format"]
        question.schema = format?["json_schema"] ?? format?["schema"]
        question.wantsJSON = format?["type"]?.string == "json_object"
        question.tools = (body["tools"]?.elements ?? []).compactMap { tool in
            tool["function"].map { .init(name: $0["name"]?.string ?? "", schema: $0["parameters"] ?? [:]) }
        }
        question.toolChoice = Self.toolChoice(body["tool_choice"])
        var count = TokenCount()
        for message in messages { count.add(message: texts(in: message["content"])) }
        count.add(tools: body["tools"])
        question.inputTokens = count.tokens
        return question
    }

    private static func toolChoice(_ choice: JSONValue?) -> Question.ToolChoice {
        switch choice?.string {
        case "REQUIRED": .required
        case "NONE": .none
        default: .automatic
        }
    }

    private static func check(_ body: JSONValue, _ messages: [JSONValue]) throws(Complaint) {
        for message in messages {
            let role = message["role"]?.string ?? ""
            guard ["system", "user", "assistant", "tool"].contains(role) else {
                throw Complaint(message: "invalid request: invalid role '\(role)' in messages")
            }
        }
        for name in ["top_p", "top_k", "stop", "n", "max_completion_tokens"] where body[name] != nil {
            throw Complaint(status: 422, message: "unknown field: parameter '\(name)' is not a valid field")
        }
        if let choice = body["tool_choice"], choice.string != "REQUIRED", choice.string != "NONE" {
            throw Complaint(message: "invalid request: tool_choice must be one of REQUIRED, NONE")
        }
        if body["response_format"]?["type"]?.string == "json_object", body["tools"] != nil {
            throw Complaint(message: "invalid request: cannot specify both response_format json_object and tools")
        }
        if let temperature = body["temperature"]?.double, !(0...1 ~= temperature) {
            throw Complaint(message: "invalid request: temperature must be between 0 and 1.0 inclusive.")
        }
        for tool in body["tools"]?.elements ?? [] {
            let name = tool["function"]?["name"]?.string ?? ""
            guard isFunctionName(name, limit: 64), !name.contains("-"), name.first?.isNumber == false else {
                throw Complaint(message: "invalid request: tool name '\(name)' is not valid")
            }
        }
    }

    func body(_ answer: Answer, to question: Question, _ serial: Serial) -> JSONValue {
        var content: [JSONValue] = []
        if !answer.reasoning.isEmpty {
            content.append(["type": "thinking", "thinking": .string(answer.reasoning)])
        }
        if answer.calls.isEmpty, !answer.pieces.isEmpty {
            content.append(["type": "text", "text": .string(answer.text)])
        }
        var message = JSONObject([(key: "role", value: "assistant")])
        if !content.isEmpty { message["content"] = .array(content) }
        if !answer.calls.isEmpty {
            if !answer.pieces.isEmpty { message["tool_plan"] = .string(answer.text) }
            message["tool_calls"] = .list(answer.calls.map { Self.call($0, arguments: $0.arguments.text) })
        }
        return [
            "id": .string(serial.id("")), "finish_reason": .string(Self.finish(answer.finish)),
            "message": .object(message), "usage": Self.usage(answer.usage),
        ]
    }

    func events(_ answer: Answer, to question: Question, _ serial: Serial) -> [[UInt8]] {
        let start: JSONValue = [
            "role": "assistant", "content": [], "tool_plan": "", "tool_calls": [], "citations": [],
        ]
        var events = [
            typedEvent("message-start", ["id": .string(serial.id("")), "delta": ["message": start]])
        ]
        var index = 0
        if !answer.reasoning.isEmpty {
            events += Self.content(Answer.pieces(of: answer.reasoning), type: "thinking", index: index)
            index += 1
        }
        if answer.calls.isEmpty {
            if !answer.pieces.isEmpty { events += Self.content(answer.pieces, type: "text", index: index) }
        } else {
            for piece in answer.pieces {
                events.append(typedEvent("tool-plan-delta", ["delta": ["message": ["tool_plan": .string(piece)]]]))
            }
            for (index, call) in answer.calls.enumerated() { events += Self.events(call, index: index) }
        }
        let end: JSONValue = [
            "finish_reason": .string(Self.finish(answer.finish)), "usage": Self.usage(answer.usage),
        ]
        events.append(typedEvent("message-end", ["delta": end]))
        return events + [Array("data: [DONE]\n\n".utf8)]
    }

    func errorEvent() -> [UInt8] {
        typedEvent(
            "message-end",
            ["delta": ["finish_reason": "ERROR", "error": "internal server error", "usage": [:]]]
        )
    }

    private static func content(_ pieces: [String], type: String, index: Int) -> [[UInt8]] {
        func message(_ text: String, _ members: JSONValue) -> JSONValue {
            var content = members.object ?? JSONObject()
            content[type] = .string(text)
            return ["index": .integer(index), "delta": ["message": ["content": .object(content)]]]
        }
        return [typedEvent("content-start", message("", ["type": .string(type)]))]
            + pieces.map { typedEvent("content-delta", message($0, [:])) }
            + [typedEvent("content-end", ["index": .integer(index)])]
    }

    private static func events(_ call: Answer.ToolCall, index: Int) -> [[UInt8]] {
        func message(_ calls: JSONValue) -> JSONValue {
            ["index": .integer(index), "delta": ["message": ["tool_calls": calls]]]
        }
        return [typedEvent("tool-call-start", message(Self.call(call, arguments: "")))]
            + argumentPieces(call).map {
                typedEvent("tool-call-delta", message(["function": ["arguments": .string($0)]]))
            }
            + [typedEvent("tool-call-end", ["index": .integer(index)])]
    }

    private static func call(_ call: Answer.ToolCall, arguments: String) -> JSONValue {
        [
            "id": .string(call.id), "type": "function",
            "function": ["name": .string(call.name), "arguments": .string(arguments)],
        ]
    }

    private static func finish(_ finish: Answer.Finish) -> String {
        switch finish {
        case .stop, .refusal: "COMPLETE"
        case .stopSequence: "STOP_SEQUENCE"
        case .length: "MAX_TOKENS"
        case .toolCalls: "TOOL_CALL"
        case .contentFilter: "ERROR_TOXIC"
        }
    }

    private static func usage(_ usage: Answer.Usage) -> JSONValue {
        [
            "billed_units": ["input_tokens": .integer(usage.input), "output_tokens": .integer(usage.output)],
            "tokens": ["input_tokens": .integer(usage.input), "output_tokens": .integer(usage.output)],
            "cached_tokens": .integer(usage.cacheRead),
        ]
    }
}
