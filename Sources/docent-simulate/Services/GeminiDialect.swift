import LanguageModels

/// Google's Gemini: `generateContent` and both forms of `streamGenerateContent`.
struct GeminiDialect: Dialect {
    func question(in body: JSONValue, _ route: Route) throws(Complaint) -> Question {
        let request = body[either: "generateContentRequest"] ?? body
        let contents = request["contents"]?.elements ?? []
        guard !contents.isEmpty else {
            throw Complaint(message: "* GenerateContentRequest.contents: contents is not specified\n")
        }
        try Self.check(request, contents)
        var question = Question(model: route.pathModel ?? "")
        question.isStream = route.pathStreams
        let users = contents.filter { $0["role"]?.string != "model" }
        question.lastUserText =
            users.map { texts(in: $0["parts"]) }.last { !$0.isEmpty }?.joined(separator: "\n") ?? ""
        question.endsWithToolResult = contents.last?["parts"]?[0]?[either: "functionResponse"] != nil
        let config = request[either: "generationConfig"]
        question.maximumTokens = config?[either: "maxOutputTokens"]?.integer
        question.stops = texts(ofStop: config?[either: "stopSequences"])
        question.schema = config?[either: "responseJsonSchema"] ?? config?[either: "responseSchema"]
        question.wantsJSON = config?[either: "responseMimeType"]?.string == "application/json"
        Self.readTools(of: request, into: &question)
        var count = TokenCount()
        if let system = request[either: "systemInstruction"] { count.add(message: texts(in: system["parts"])) }
        for content in contents { count.add(message: texts(in: content["parts"])) }
        count.add(tools: request["tools"])
        question.inputTokens = count.tokens
        return question
    }

    private static func readTools(of request: JSONValue, into question: inout Question) {
        for tool in request["tools"]?.elements ?? [] {
            for declaration in tool[either: "functionDeclarations"]?.elements ?? [] {
                let schema =
                    declaration[either: "parametersJsonSchema"] ?? declaration["parameters"] ?? ["type": "object"]
                question.tools.append(.init(name: declaration["name"]?.string ?? "", schema: schema))
            }
        }
        let choice = request[either: "toolConfig"]?[either: "functionCallingConfig"]
        switch choice?["mode"]?.string {
        case "ANY":
            let name = choice?[either: "allowedFunctionNames"]?[0]?.string
            question.toolChoice = name.map { .named($0) } ?? .required
        case "NONE": question.toolChoice = .none
        default: question.toolChoice = .automatic
        }
    }

    private static let known: Set<String> = [
        "contents", "systemInstruction", "tools", "toolConfig", "generationConfig", "safetySettings", "cachedContent",
        "serviceTier", "model", "labels", "modelArmorConfig",
    ]
    private static let knownSettings: Set<String> = [
        "temperature", "topP", "topK", "candidateCount", "maxOutputTokens", "stopSequences", "seed", "presencePenalty",
        "frequencyPenalty", "responseLogprobs", "logprobs", "responseMimeType", "responseSchema", "responseJsonSchema",
        "thinkingConfig", "responseModalities", "mediaResolution", "speechConfig", "audioTimestamp",
        "enableEnhancedCivicAnswers", "imageConfig",
    ]

    private static func check(_ request: JSONValue, _ contents: [JSONValue]) throws(Complaint) {
        for key in request.object?.keys ?? [] where !known.contains(camelCase(key)) {
            throw Complaint(
                message: "Invalid JSON payload received. Unknown name \"\(key)\": Cannot find field."
            )
        }
        for key in request[either: "generationConfig"]?.object?.keys ?? [] where !knownSettings.contains(camelCase(key))
        {
            throw Complaint(
                message: "Invalid JSON payload received. Unknown name \"\(key)\" at 'generation_config': Cannot find "
                    + "field."
            )
        }
        for content in contents {
            guard content["parts"]?.elements.isEmpty == false else {
                throw Complaint(
                    message: "* GenerateContentRequest.contents.parts: contents.parts must not be empty.\n"
                )
            }
            guard let role = content["role"]?.string, !["user", "model", "function"].contains(role) else { continue }
            throw Complaint(message: "Please use a valid role: user, model.")
        }
        let config = request[either: "generationConfig"]
        if config?[either: "responseSchema"] != nil, config?[either: "responseJsonSchema"] != nil {
            throw Complaint(message: "Only one of response_schema and response_json_schema may be set.")
        }
    }

    func body(_ answer: Answer, to question: Question, _ serial: Serial) -> JSONValue {
        if answer.isPromptBlocked { return blocked(question, serial) }
        var parts: [JSONValue] = []
        if !answer.reasoning.isEmpty { parts.append(["text": .string(answer.reasoning), "thought": true]) }
        if !answer.pieces.isEmpty { parts.append(["text": .string(answer.text)]) }
        parts += answer.calls.map(Self.call)
        return chunk(parts, end: answer, usage: answer.usage, question, serial)
    }

    private static func call(_ call: Answer.ToolCall) -> JSONValue {
        ["functionCall": ["id": .string(call.id), "name": .string(call.name), "args": call.arguments]]
    }

    func events(_ answer: Answer, to question: Question, _ serial: Serial) -> [[UInt8]] {
        if answer.isPromptBlocked {
            let blocked = blocked(question, serial)
            return question.isServerSentEvents ? [Self.event(blocked)] : Self.array([blocked])
        }
        var parts: [JSONValue] = Answer.pieces(of: answer.reasoning).map { ["text": .string($0), "thought": true] }
        parts += answer.pieces.map { ["text": .string($0)] }
        parts += answer.calls.map(Self.call)
        if parts.isEmpty { parts = [["text": ""]] }
        var usage = Answer.Usage(input: answer.usage.input, cacheRead: answer.usage.cacheRead)
        let chunks = parts.enumerated().map { index, part -> JSONValue in
            let isLast = index == parts.count - 1
            usage.output += 1
            return chunk(
                [part],
                end: isLast ? answer : nil,
                usage: isLast ? answer.usage : usage,
                question,
                serial
            )
        }
        return question.isServerSentEvents ? chunks.map(Self.event) : Self.array(chunks)
    }

    private static func event(_ data: JSONValue) -> [UInt8] {
        Array("data: ".utf8) + data.bytes + Array("\r\n\r\n".utf8)
    }

    /// The form without `alt=sse`: one array, an element at a time.
    private static func array(_ chunks: [JSONValue]) -> [[UInt8]] {
        let elements = chunks.enumerated().map { index, chunk in
            Array((index == 0 ? "[" : "\n,\r\n").utf8) + chunk.bytes
        }
        return elements + [Array("\n]\n".utf8)]
    }

    func errorEvent() -> [UInt8] {
        Self.event([
            "error": [
                "code": 503, "message": "The model is overloaded. Please try again later.", "status": "UNAVAILABLE",
            ]
        ])
    }

    /// The answer to a prompt that was blocked, which is no error at this service.
    private func blocked(_ question: Question, _ serial: Serial) -> JSONValue {
        [
            "promptFeedback": ["blockReason": "PROHIBITED_CONTENT"],
            "usageMetadata": [
                "promptTokenCount": .integer(question.inputTokens), "totalTokenCount": .integer(question.inputTokens),
            ],
            "modelVersion": .string(question.model), "responseId": .string(serial.id("")),
        ]
    }

    private func chunk(
        _ parts: [JSONValue],
        end: Answer?,
        usage: Answer.Usage,
        _ question: Question,
        _ serial: Serial
    ) -> JSONValue {
        var candidate = JSONObject()
        if !parts.isEmpty { candidate["content"] = ["parts": .array(parts), "role": "model"] }
        if let end { candidate["finishReason"] = .string(Self.finish(end.finish)) }
        candidate["index"] = 0
        return [
            "candidates": [.object(candidate)], "usageMetadata": Self.usage(usage),
            "modelVersion": .string(question.model), "responseId": .string(serial.id("")),
        ]
    }

    private static func finish(_ finish: Answer.Finish) -> String {
        switch finish {
        case .stop, .stopSequence, .toolCalls: "STOP"
        case .length: "MAX_TOKENS"
        case .contentFilter, .refusal: "SAFETY"
        }
    }

    /// The candidates' tokens leave the thoughts out here.
    private static func usage(_ usage: Answer.Usage) -> JSONValue {
        var object = JSONObject([
            (key: "promptTokenCount", value: .integer(usage.input)),
            (key: "candidatesTokenCount", value: .integer(max(0, usage.output - usage.reasoning))),
        ])
        if usage.reasoning > 0 { object["thoughtsTokenCount"] = .integer(usage.reasoning) }
        if usage.cacheRead > 0 { object["cachedContentTokenCount"] = .integer(usage.cacheRead) }
        object["totalTokenCount"] = .integer(usage.input + usage.output)
        return .object(object)
    }
}

/// A name in the camel case that the service prefers to the snake case that it also takes.
private func camelCase(_ name: String) -> String {
    let words = name.split(separator: "_")
    return words.dropFirst().reduce(String(words.first ?? "")) { $0 + $1.prefix(1).uppercased() + $1.dropFirst() }
}

extension JSONValue {
    /// The member with this camel-case name, or the same name in snake case.
    fileprivate subscript(either name: String) -> JSONValue? {
        self[name] ?? object?.members.last { camelCase($0.key) == name && $0.value != .null }?.value
    }
}
