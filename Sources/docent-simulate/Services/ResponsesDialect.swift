import LanguageModels

/// OpenAI's Responses.
struct ResponsesDialect: Dialect {
    func question(in body: JSONValue, _ route: Route) throws(Complaint) -> Question {
        guard let model = body["model"]?.string else {
            throw Complaint(
                message: "Missing required parameter: 'model'.",
                parameter: "model",
                code: "missing_required_parameter"
            )
        }
        try Self.check(body, model: model)
        var question = Question(model: model)
        let items = Self.items(body["input"])
        question.lastUserText = lastText(of: items, where: { $0["role"]?.string == "user" })
        question.endsWithToolResult = items.last?["type"]?.string?.hasSuffix("_call_output") ?? false
        question.isStream = body["stream"]?.bool ?? false
        question.maximumTokens = body["max_output_tokens"]?.integer
        let format = body["text"]?["format"]
        question.schema = format?["schema"]
        question.wantsJSON = format?["type"]?.string == "json_object"
        question.tools = (body["tools"]?.elements ?? []).compactMap { tool in
            tool["name"]?.string.map { .init(name: $0, schema: tool["parameters"] ?? [:]) }
        }
        question.toolChoice = openAIToolChoice(body["tool_choice"])
        var count = TokenCount()
        if let instructions = body["instructions"]?.string { count.add(message: [instructions]) }
        for item in items { count.add(message: Self.texts(of: item)) }
        count.add(tools: body["tools"])
        question.inputTokens = count.tokens
        return question
    }

    private static func items(_ input: JSONValue?) -> [JSONValue] {
        input?.string.map { [["role": "user", "content": .string($0)]] } ?? input?.elements ?? []
    }

    private static func texts(of item: JSONValue) -> [String] {
        docent_simulate.texts(in: item["content"])
            + [item["output"]?.string, item["arguments"]?.string].compactMap(\.self)
    }

    private static func check(_ body: JSONValue, model: String) throws(Complaint) {
        for name in ["messages", "stop", "seed", "n", "max_tokens", "max_completion_tokens", "response_format"]
        where body[name] != nil {
            throw Complaint(
                message: "Unknown parameter: '\(name)'.",
                parameter: name,
                code: "unknown_parameter"
            )
        }
        if isReasoningModel(model), body["temperature"] != nil || body["top_p"] != nil {
            let name = body["temperature"] == nil ? "top_p" : "temperature"
            throw Complaint(
                message: "Unsupported parameter: '\(name)' is not supported with this model.",
                parameter: name
            )
        }
        if let maximum = body["max_output_tokens"]?.integer, maximum < 16 {
            throw Complaint(
                message: "Invalid 'max_output_tokens': integer below minimum value. Expected a value >= 16, but got "
                    + "\(maximum) instead.",
                parameter: "max_output_tokens",
                code: "integer_below_min_value"
            )
        }
        for (index, tool) in (body["tools"]?.elements ?? []).enumerated() where tool["function"] != nil {
            throw Complaint(
                message: "Missing required parameter: 'tools[\(index)].name'.",
                parameter: "tools[\(index)].name",
                code: "missing_required_parameter"
            )
        }
        try checkCalls(items(body["input"]))
    }

    private static func checkCalls(_ items: [JSONValue]) throws(Complaint) {
        let answered = Set(
            items.filter { $0["type"]?.string == "function_call_output" }.compactMap { $0["call_id"]?.string }
        )
        for item in items where item["type"]?.string == "function_call" {
            let id = item["call_id"]?.string ?? ""
            guard !answered.contains(id) else { continue }
            throw Complaint(message: "No tool output found for function call \(id).", parameter: "input")
        }
    }

    func body(_ answer: Answer, to question: Question, _ serial: Serial) -> JSONValue {
        snapshot(
            question,
            serial,
            status: Self.status(answer),
            output: items(answer, serial).map { $0.finished },
            answer: answer
        )
    }

    func events(_ answer: Answer, to question: Question, _ serial: Serial) -> [[UInt8]] {
        var sequence = EventSequence()
        let start = snapshot(question, serial, status: "in_progress", output: [], answer: nil)
        sequence.add("response.created", ["response": start])
        sequence.add("response.in_progress", ["response": start])
        for (index, item) in items(answer, serial).enumerated() { item.write(to: &sequence, index: index) }
        let status = Self.status(answer)
        sequence.add("response.\(status)", ["response": body(answer, to: question, serial)])
        return sequence.events
    }

    func errorEvent() -> [UInt8] {
        typedEvent(
            "error",
            [
                "sequence_number": 2,
                "error": [
                    "type": "server_error", "code": "server_error",
                    "message": "The server had an error while processing your request. Sorry about that!", "param": nil,
                ],
            ]
        )
    }

    private static func status(_ answer: Answer) -> String {
        answer.finish == .length || answer.finish == .contentFilter ? "incomplete" : "completed"
    }

    private func items(_ answer: Answer, _ serial: Serial) -> [ResponseItem] {
        var items: [ResponseItem] = []
        if !answer.reasoning.isEmpty {
            items.append(ResponseItem(id: serial.id("rs_"), content: .reasoning(answer.reasoning)))
        }
        if !answer.pieces.isEmpty || answer.calls.isEmpty {
            let content = ResponseItem.Content.message(answer.pieces, isRefusal: answer.finish == .refusal)
            items.append(ResponseItem(id: serial.id("msg_"), content: content))
        }
        for (index, call) in answer.calls.enumerated() {
            items.append(ResponseItem(id: serial.id("fc_") + "_\(index)", content: .call(call)))
        }
        return items
    }

    private func snapshot(
        _ question: Question,
        _ serial: Serial,
        status: String,
        output: [JSONValue],
        answer: Answer?
    ) -> JSONValue {
        let reason: JSONValue =
            switch answer?.finish {
            case .length: ["reason": "max_output_tokens"]
            case .contentFilter: ["reason": "content_filter"]
            default: nil
            }
        return [
            "id": .string(serial.id("resp_")), "object": "response", "created_at": .integer(serial.time),
            "status": .string(status), "error": nil, "incomplete_details": reason, "model": .string(question.model),
            "output": .array(output), "parallel_tool_calls": true, "store": false,
            "usage": answer.map { Self.usage($0.usage) } ?? nil,
        ]
    }

    private static func usage(_ usage: Answer.Usage) -> JSONValue {
        [
            "input_tokens": .integer(usage.input),
            "input_tokens_details": [
                "cached_tokens": .integer(usage.cacheRead), "cache_write_tokens": .integer(usage.cacheWrite),
            ],
            "output_tokens": .integer(usage.output),
            "output_tokens_details": ["reasoning_tokens": .integer(usage.reasoning)],
            "total_tokens": .integer(usage.input + usage.output),
        ]
    }
}

/// The events of one stream, numbered.
struct EventSequence {
    private(set) var events: [[UInt8]] = []

    mutating func add(_ name: String, _ members: JSONValue) {
        var object = JSONObject([
            (key: "type", value: .string(name)), (key: "sequence_number", value: .integer(events.count)),
        ])
        object.merge(members.object ?? JSONObject())
        events.append(serverSentEvent(.object(object), named: name))
    }
}
