import LanguageModels

/// Reads a whole answer of Chat Completions, leniently: servers leave out what they like.
struct ChatAnswer {
    private let answer: JSONView
    private let choice: JSONView?

    /// An answer; of several choices the first by number counts.
    ///
    /// - Throws: ``ModelError`` of kind `undecodableAnswer` for what is no answer of Chat Completions.
    init(_ answer: JSONView) throws {
        guard let choices = answer["choices"] else {
            if answer.reportsError { throw OpenAIFailure.error(inStream: answer.value) }
            throw ModelError(.undecodableAnswer, "the answer has no choices", text: answer.value)
        }
        self.answer = answer
        choice = choices.elements.first { ($0["index"]?.integer ?? 0) == 0 } ?? choices.elements.first { _ in true }
    }

    func response() throws -> ModelResponse {
        let raw = choice?["finish_reason"]?.nonEmptyString
        if let choice, choice.reportsError { throw OpenAIFailure.error(inStream: choice.value) }
        let parts = choice.map { Self.parts(of: $0["message"] ?? $0["delta"], text: $0["text"]?.string) } ?? []
        let callsTools = parts.contains { $0.toolCall != nil }
        let declines = parts.contains { if case .refusal = $0.content { true } else { false } }
        let reason = choice == nil ? .other : FinishReason(chat: raw, callsTools: callsTools, declines: declines)
        var response = ModelResponse(parts: parts, finishReason: reason)
        response.rawFinishReason = raw
        response.id = answer["id"]?.nonEmptyString
        response.model = answer["model"]?.nonEmptyString
        response.usage = Usage(chat: answer)
        return response
    }

    /// The parts of a message: reasoning, text, refusal, calls.
    static func parts(of message: JSONView?, text: String? = nil) -> [MessagePart] {
        let words = message.map { ChatWords($0) } ?? ChatWords()
        var parts: [MessagePart] = []
        if !words.reasoning.isEmpty || !words.details.isEmpty {
            parts.append(MessagePart(.reasoning(words.reasoning), replay: Self.replay(of: words.details)))
        }
        let text = words.text.isEmpty ? text ?? "" : words.text
        if !text.isEmpty { parts.append(.text(text)) }
        if !words.refusal.isEmpty { parts.append(MessagePart(.refusal(words.refusal))) }
        if let message { addCalls(in: message, to: &parts) }
        return parts
    }

    /// What goes back to a server that seals its reasoning.
    static func replay(of details: [JSONValue]) -> Replay? {
        guard !details.isEmpty else { return nil }
        return Replay(format: ChatFormat.name, value: ["reasoning_details": .array(details)])
    }

    private static func addCalls(in message: JSONView, to parts: inout [MessagePart]) {
        var calls = message["tool_calls"].map { $0.elements.map { ChatCall($0) } } ?? []
        if calls.isEmpty, let legacy = message["function_call"] { calls = [ChatCall(function: legacy)] }
        for (index, call) in calls.enumerated() {
            let id = call.id.isEmpty ? "call_\(index + 1)" : call.id
            let made = ToolCall(id: id, name: call.name, arguments: call.arguments)
            parts.append(MessagePart(.toolCall(made), replay: call.replay))
        }
    }
}

/// The words of a message, or of a piece of one.
struct ChatWords {
    var text = ""
    var reasoning = ""
    var refusal = ""
    /// The sealed form of the reasoning, as it came.
    var details: [JSONValue] = []

    /// None.
    init() {}

    init(_ message: JSONView) {
        refusal = message["refusal"]?.string ?? ""
        reasoning = message["reasoning_content"]?.nonEmptyString ?? message["reasoning"]?.nonEmptyString ?? ""
        if let sealed = message["reasoning_details"] { add(details: sealed.elements.map(\.value)) }
        if let content = message["content"] { add(content: content) }
    }

    private mutating func add(details: [JSONValue]) {
        self.details = details
        if reasoning.isEmpty { reasoning = details.compactMap { ($0["text"] ?? $0["summary"])?.string }.joined() }
    }

    private mutating func add(content: JSONView) {
        if let text = content.string { self.text = text }
        for part in content.elements { add(part) }
    }

    /// Mistral's content is an array of thoughts and texts.
    private mutating func add(_ part: JSONView) {
        switch part["type"]?.string {
        case "thinking":
            guard let thoughts = part["thinking"] else { return }
            reasoning += thoughts.string ?? thoughts.elements.compactMap { $0["text"]?.string }.joined()
        case "refusal": refusal += part["refusal"]?.string ?? ""
        default: text += part["text"]?.string ?? ""
        }
    }
}

/// A call of a tool, or a piece of one.
struct ChatCall {
    /// Its place among the calls, where the server numbers them.
    var number: Int?
    /// Empty where the server gives none.
    var id = ""
    var name = ""
    /// What was written of the arguments: JSON text, which some servers send as a value.
    var arguments = ""
    /// What the server wants back with the call.
    var replay: Replay?

    init(_ call: JSONView) {
        if let function = call["function"] ?? call["custom"] { self.init(function: function) } else { self.init() }
        number = call["index"]?.integer
        id = call["id"]?.string ?? ""
        replay = Self.replay(of: call)
    }

    /// A call without number and id, as the interface had it before it knew of tools.
    init(function: JSONView) {
        name = function["name"]?.string ?? ""
        if let arguments = function["arguments"] ?? function["input"] {
            self.arguments = arguments.string ?? arguments.value.text
        }
    }

    private init() {}

    /// That the tool takes free text, or where Gemini's OpenAI surface keeps its signatures.
    private static func replay(of call: JSONView) -> Replay? {
        if call["custom"] != nil { return Replay(format: ChatFormat.name, value: ["type": "custom"]) }
        guard let content = call["extra_content"] else { return nil }
        return Replay(format: ChatFormat.name, value: ["extra_content": content.value])
    }
}

extension FinishReason {
    /// The reason by its word; calls count more than the word, which some servers get wrong or leave out.
    init(chat word: String?, callsTools: Bool, declines: Bool) {
        switch word {
        case nil, "", "stop", "eos", "eos_token", "stop_sequence", "end_turn":
            self = callsTools ? .toolCalls : declines ? .refusal : .stop
        case "length", "max_tokens", "model_length": self = .length
        case "tool_calls", "function_call": self = .toolCalls
        case "content_filter": self = .contentFilter
        case "error": self = .error
        default: self = .other
        }
    }
}

extension Usage {
    /// The usage of an answer or a chunk; Groq's streams have it in a place of their own.
    init?(chat answer: JSONView) {
        guard let usage = answer["usage"] ?? answer["x_groq"]?["usage"] else { return nil }
        let told = usage["prompt_tokens"]?.count ?? usage["input_tokens"]?.count
        let written = usage["completion_tokens"]?.count ?? usage["output_tokens"]?.count
        guard told != nil || written != nil else { return nil }
        let input = told ?? 0
        let read = usage["prompt_tokens_details"] ?? usage["input_tokens_details"]
        let details = usage["completion_tokens_details"] ?? usage["output_tokens_details"]
        let reasoning = details?["reasoning_tokens"]?.count ?? usage["reasoning_tokens"]?.count
        var output = written ?? 0
        // xAI counts reasoning beside the answer; its total tells.
        if let reasoning, reasoning > 0, usage["total_tokens"]?.count == input + output + reasoning {
            output += reasoning
        }
        self.init(
            inputTokens: input,
            outputTokens: output,
            cacheReadTokens: read?["cached_tokens"]?.count ?? usage["prompt_cache_hit_tokens"]?.count,
            cacheWriteTokens: read?["cache_write_tokens"]?.count,
            reasoningTokens: reasoning
        )
    }
}

extension ModelError {
    /// An error about an answer that cannot be understood, with its beginning.
    init(_ kind: Kind, _ message: String, text json: JSONValue) {
        self.init(kind, message)
        answerText = String(decoding: json.bytes.prefix(4096), as: UTF8.self)
    }
}
