import LanguageModels

/// Anthropic's Messages.
struct MessagesDialect: Dialect {
    func question(in body: JSONValue, _ route: Route) throws(Complaint) -> Question {
        guard let model = body["model"]?.string else { throw Complaint(message: "model: Field required") }
        var question = Question(model: model)
        question.maximumTokens = body["max_tokens"]?.integer
        if question.maximumTokens == nil, route.operation != .count(.messages) {
            throw Complaint(message: "max_tokens: Field required")
        }
        let messages = body["messages"]?.elements ?? []
        guard !messages.isEmpty else { throw Complaint(message: "messages: at least one message is required") }
        try Self.check(messages)
        try Self.check(body)
        question.lastUserText = lastText(
            of: messages,
            where: { $0["role"]?.string == "user" && !Self.isToolResult($0) }
        )
        question.endsWithToolResult = messages.last.map(Self.isToolResult) ?? false
        question.isStream = body["stream"]?.bool ?? false
        question.stops = texts(ofStop: body["stop_sequences"])
        question.schema = body["output_config"]?["format"]?["schema"] ?? body["output_format"]?["schema"]
        question.tools = (body["tools"]?.elements ?? []).compactMap { tool in
            tool["name"]?.string.map { .init(name: $0, schema: tool["input_schema"] ?? [:]) }
        }
        question.toolChoice = Self.toolChoice(body["tool_choice"])
        var count = TokenCount()
        if let system = body["system"] { count.add(message: texts(in: system)) }
        for message in messages { count.add(message: texts(in: message["content"])) }
        count.add(tools: body["tools"])
        question.inputTokens = count.tokens
        return question
    }

    private static func isToolResult(_ message: JSONValue) -> Bool {
        message["content"]?[0]?["type"]?.string == "tool_result"
    }

    private static func toolChoice(_ choice: JSONValue?) -> Question.ToolChoice {
        switch choice?["type"]?.string {
        case "any": .required
        case "none": .none
        case "tool": .named(choice?["name"]?.string ?? "")
        default: .automatic
        }
    }

    private static func check(_ messages: [JSONValue]) throws(Complaint) {
        var open: [String] = []
        for (index, message) in messages.enumerated() {
            let role = message["role"]?.string ?? ""
            guard ["user", "assistant", "system"].contains(role) else {
                throw Complaint(
                    message: "messages: Unexpected role \"\(role)\". Allowed roles are \"user\" or \"assistant\"."
                )
            }
            let blocks = message["content"]?.elements ?? []
            // A blank text of the assistant is taken beside its calls, though no empty one.
            let isBlank = { (text: String) in text.isEmpty || (role == "user" && text.allSatisfy(\.isWhitespace)) }
            if let text = texts(in: message["content"]).first(where: isBlank) {
                let what = text.isEmpty ? "be non-empty" : "contain non-whitespace text"
                throw Complaint(message: "messages.\(index): text content blocks must \(what)")
            }
            guard message["content"]?.string != nil || !blocks.isEmpty else {
                throw Complaint(message: "messages.\(index): all messages must have non-empty content")
            }
            let results = blocks.compactMap { $0["tool_use_id"]?.string }
            if let id = open.first(where: { !results.contains($0) }) {
                throw Complaint(
                    message: "messages.\(index): `tool_use` ids were found without `tool_result` blocks immediately "
                        + "after: \(id). Each `tool_use` block must have a corresponding `tool_result` block in the "
                        + "next message."
                )
            }
            open = blocks.filter { $0["type"]?.string == "tool_use" }.compactMap { $0["id"]?.string }
        }
    }

    private static func check(_ body: JSONValue) throws(Complaint) {
        for name in ["stop", "seed", "n", "presence_penalty", "frequency_penalty", "max_completion_tokens"]
        where body[name] != nil {
            throw Complaint(message: "\(name): Extra inputs are not permitted")
        }
        if let temperature = body["temperature"]?.double, !(0...1 ~= temperature) {
            throw Complaint(message: "temperature: range: 0..1")
        }
        for (index, tool) in (body["tools"]?.elements ?? []).enumerated() {
            if let name = tool["name"]?.string, !isFunctionName(name, limit: 128) {
                throw Complaint(
                    message: "tools.\(index).custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'"
                )
            }
            guard tool["input_schema"] != nil || tool["type"] != nil else {
                throw Complaint(message: "tools.\(index).custom.input_schema: Field required")
            }
        }
    }

    func body(_ answer: Answer, to question: Question, _ serial: Serial) -> JSONValue {
        var blocks: [JSONValue] = []
        if !answer.reasoning.isEmpty {
            blocks.append(["type": "thinking", "thinking": .string(answer.reasoning), "signature": "c2ltdWxhdGVk"])
        }
        if !answer.pieces.isEmpty { blocks.append(["type": "text", "text": .string(answer.text)]) }
        for call in answer.calls {
            blocks.append([
                "type": "tool_use", "id": .string(call.id), "name": .string(call.name), "input": call.arguments,
            ])
        }
        return message(
            question,
            serial,
            content: .array(blocks),
            end: Self.end(answer),
            usage: Self.usage(answer.usage)
        )
    }

    private func message(
        _ question: Question,
        _ serial: Serial,
        content: JSONValue,
        end: JSONValue,
        usage: JSONValue
    ) -> JSONValue {
        [
            "id": .string(serial.id("msg_")), "type": "message", "role": "assistant",
            "model": .string(question.model), "content": content, "stop_reason": end["stop_reason"] ?? .null,
            "stop_sequence": end["stop_sequence"] ?? .null, "usage": usage,
        ]
    }

    func events(_ answer: Answer, to question: Question, _ serial: Serial) -> [[UInt8]] {
        var early = answer.usage
        early.output = 1
        let start = message(question, serial, content: [], end: nil, usage: Self.usage(early))
        var events = [typedEvent("message_start", ["message": start])]
        var blocks = BlockEvents()
        if !answer.reasoning.isEmpty {
            let deltas = Answer.pieces(of: answer.reasoning).map { piece -> JSONValue in
                ["type": "thinking_delta", "thinking": .string(piece)]
            }
            blocks.add(
                ["type": "thinking", "thinking": "", "signature": ""],
                deltas + [["type": "signature_delta", "signature": "c2ltdWxhdGVk"]]
            )
        }
        if !answer.pieces.isEmpty {
            blocks.add(
                ["type": "text", "text": ""],
                answer.pieces.map { ["type": "text_delta", "text": .string($0)] }
            )
        }
        for call in answer.calls {
            blocks.add(
                ["type": "tool_use", "id": .string(call.id), "name": .string(call.name), "input": [:]],
                ([""] + argumentPieces(call)).map { ["type": "input_json_delta", "partial_json": .string($0)] }
            )
        }
        events += blocks.events
        events.append(
            typedEvent(
                "message_delta",
                ["delta": Self.end(answer), "usage": ["output_tokens": .integer(answer.usage.output)]]
            )
        )
        return events + [typedEvent("message_stop", [:])]
    }

    func errorEvent() -> [UInt8] {
        typedEvent("error", ["error": ["type": "overloaded_error", "message": "Overloaded", "details": nil]])
    }

    private static func end(_ answer: Answer) -> JSONValue {
        switch answer.finish {
        case .stop: ["stop_reason": "end_turn", "stop_sequence": nil]
        case .stopSequence(let text): ["stop_reason": "stop_sequence", "stop_sequence": .string(text)]
        case .length: ["stop_reason": "max_tokens", "stop_sequence": nil]
        case .toolCalls: ["stop_reason": "tool_use", "stop_sequence": nil]
        case .contentFilter, .refusal: ["stop_reason": "refusal", "stop_sequence": nil]
        }
    }

    /// The three counts of the input do not overlap here.
    private static func usage(_ usage: Answer.Usage) -> JSONValue {
        [
            "input_tokens": .integer(max(0, usage.input - usage.cacheRead - usage.cacheWrite)),
            "cache_creation_input_tokens": .integer(usage.cacheWrite),
            "cache_read_input_tokens": .integer(usage.cacheRead), "output_tokens": .integer(usage.output),
            "service_tier": "standard",
        ]
    }
}

/// The events of the blocks of one message, with a ping behind the first start, as the service sends it.
private struct BlockEvents {
    private(set) var events: [[UInt8]] = []
    private var index = 0

    mutating func add(_ block: JSONValue, _ deltas: [JSONValue]) {
        let place = JSONValue.integer(index)
        events.append(typedEvent("content_block_start", ["index": place, "content_block": block]))
        if index == 0 { events.append(typedEvent("ping", [:])) }
        for delta in deltas { events.append(typedEvent("content_block_delta", ["index": place, "delta": delta])) }
        events.append(typedEvent("content_block_stop", ["index": place]))
        index += 1
    }
}
