import LanguageModels

/// Reads a whole answer of Chat Completions, leniently: servers leave out what they like.
struct ChatAnswer {
    private let answer: JSONValue
    private let choice: JSONValue?

    /// An answer; of several choices the first by number counts.
    ///
    /// - Throws: ``ModelError`` of kind `undecodableAnswer` for what is no answer of Chat Completions.
    init(_ answer: JSONValue) throws {
        guard answer["choices"] != nil else {
            if answer["object"]?.string == "error" { throw OpenAIFailure.error(inStream: answer) }
            throw ModelError(.undecodableAnswer, "the answer has no choices", text: answer)
        }
        self.answer = answer
        let choices = answer["choices"]?.elements ?? []
        choice = choices.first { ($0["index"]?.integer ?? 0) == 0 } ?? choices.first
    }

    func response() throws -> ModelResponse {
        let raw = choice?["finish_reason"]?.nonEmptyString
        if let error = choice?["error"] { throw OpenAIFailure.error(inStream: ["error": error]) }
        let parts = choice.map { Self.parts(of: $0["message"] ?? $0["delta"] ?? .null, text: $0["text"]?.string) } ?? []
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
    static func parts(of message: JSONValue, text: String? = nil) -> [MessagePart] {
        let words = ChatWords(message)
        var parts: [MessagePart] = []
        if !words.reasoning.isEmpty || !words.details.isEmpty {
            parts.append(MessagePart(.reasoning(words.reasoning), replay: Self.replay(of: words.details)))
        }
        let text = words.text.isEmpty ? text ?? "" : words.text
        if !text.isEmpty { parts.append(.text(text)) }
        if !words.refusal.isEmpty { parts.append(MessagePart(.refusal(words.refusal))) }
        return parts + calls(in: message)
    }

    /// What goes back to a server that seals its reasoning.
    static func replay(of details: [JSONValue]) -> Replay? {
        guard !details.isEmpty else { return nil }
        return Replay(format: ChatFormat.name, value: ["reasoning_details": .array(details)])
    }

    private static func calls(in message: JSONValue) -> [MessagePart] {
        var calls = message["tool_calls"]?.elements ?? []
        if calls.isEmpty, let legacy = message["function_call"] { calls = [["function": legacy]] }
        return calls.enumerated().map { index, call in
            let function = call["function"] ?? call["custom"] ?? .null
            let arguments = function["arguments"] ?? function["input"]
            let made = ToolCall(
                id: call["id"]?.nonEmptyString ?? "call_\(index + 1)",
                name: function["name"]?.string ?? "",
                arguments: arguments.map { $0.string ?? $0.text } ?? ""
            )
            return MessagePart(.toolCall(made), replay: replay(ofExtra: call["extra_content"]))
        }
    }

    /// Gemini's OpenAI surface keeps its signatures here.
    static func replay(ofExtra content: JSONValue?) -> Replay? {
        content.map { Replay(format: ChatFormat.name, value: ["extra_content": $0]) }
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

    init(_ message: JSONValue) {
        refusal = message["refusal"]?.string ?? ""
        reasoning = message["reasoning_content"]?.nonEmptyString ?? message["reasoning"]?.nonEmptyString ?? ""
        add(details: message["reasoning_details"]?.elements ?? [])
        add(content: message["content"])
    }

    init(_ message: JSONView) {
        refusal = message["refusal"]?.string ?? ""
        reasoning = message["reasoning_content"]?.nonEmptyString ?? message["reasoning"]?.nonEmptyString ?? ""
        if let sealed = message["reasoning_details"] { add(details: sealed.value.elements) }
        add(content: message["content"]?.value)
    }

    private mutating func add(details: [JSONValue]) {
        self.details = details
        if reasoning.isEmpty { reasoning = details.compactMap { ($0["text"] ?? $0["summary"])?.string }.joined() }
    }

    private mutating func add(content: JSONValue?) {
        switch content {
        case .string(let text): self.text = text
        case .array(let parts): parts.forEach { add($0) }
        default: break
        }
    }

    /// Mistral's content is an array of thoughts and texts.
    private mutating func add(_ part: JSONValue) {
        switch part["type"]?.string {
        case "thinking":
            let thoughts = part["thinking"]
            reasoning += thoughts?.string ?? (thoughts?.elements ?? []).compactMap { $0["text"]?.string }.joined()
        case "refusal": refusal += part["refusal"]?.string ?? ""
        default: text += part["text"]?.string ?? ""
        }
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
    init?(chat answer: JSONValue) {
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
