import LanguageModels

/// Reads messages that Anthropic's models wrote.
enum AnthropicAnswer {
    /// The answer in a message.
    ///
    /// - Throws: ``ModelError`` of kind `undecodableAnswer` for what is no message.
    static func response(_ message: JSONValue) throws -> ModelResponse {
        guard message["content"] != nil || message["type"] == "message" || message["stop_reason"] != nil else {
            throw ModelError(.undecodableAnswer, "the answer has no content")
        }
        var parts = message["content"]?.elements.enumerated().compactMap { part($1, at: $0) } ?? []
        if let text = message["content"]?.nonEmptyString { parts.append(.text(text)) }
        if let refusal = refusal(message["stop_details"]) { parts.append(refusal) }
        let raw = message["stop_reason"]?.string
        let hasCalls = parts.contains { $0.toolCall != nil }
        var response = ModelResponse(parts: parts, finishReason: finishReason(raw, hasCalls: hasCalls))
        response.id = message["id"]?.nonEmptyString
        response.model = message["model"]?.nonEmptyString
        response.rawFinishReason = raw
        response.usage = message["usage"].flatMap(usage)
        return response
    }

    /// What the block at an index is to the caller; `nil` for empty text and what is no block.
    static func part(_ block: JSONValue, at index: Int) -> MessagePart? {
        switch block["type"]?.string {
        case "text":
            return textPart(block)
        case "thinking":
            let text = block["thinking"]?.string ?? ""
            let isSigned = block["signature"]?.nonEmptyString != nil
            guard isSigned || !text.isEmpty else { return nil }
            return MessagePart(.reasoning(text), replay: isSigned ? replay(block) : nil)
        case "redacted_thinking":
            return MessagePart(.reasoning(""), replay: replay(block))
        case "tool_use":
            let name = block["name"]?.string ?? ""
            let input = block["input"].map { $0.string ?? $0.text } ?? "{}"
            guard name != AnthropicRequest.answerTool else { return .text(input) }
            let call = ToolCall(id: block["id"]?.nonEmptyString ?? madeUpID(index), name: name, arguments: input)
            return MessagePart(.toolCall(call), replay: caller(block).map { replay(["caller": $0]) })
        case nil:
            return (block["text"] ?? block).nonEmptyString.map { .text($0) }
        default:
            return MessagePart(.other, replay: replay(block))
        }
    }

    /// Who called a tool, where that was code that the model wrote; `nil` where it was the model itself.
    static func caller(_ block: JSONValue) -> JSONValue? {
        block["caller"].flatMap { $0["type"] == "direct" ? nil : $0 }
    }

    /// Some services that write Anthropic's format give calls no ids.
    static func madeUpID(_ index: Int) -> String { "call_\(index &+ 1)" }

    private static func textPart(_ block: JSONValue) -> MessagePart? {
        guard let text = block["text"]?.string, !text.isEmpty else { return nil }
        return MessagePart(.text(text), replay: block["citations"]?.elements.isEmpty == false ? replay(block) : nil)
    }

    private static func replay(_ block: JSONValue) -> Replay {
        Replay(format: AnthropicFormat.name, value: block)
    }

    /// Why the service held an answer back, in its own words, where it says.
    static func refusal(_ details: JSONValue?) -> MessagePart? {
        guard let details, details["type"]?.string == "refusal" || details["explanation"] != nil,
            let words = details["explanation"]?.string, !words.isEmpty
        else { return nil }
        return MessagePart(.refusal(words), replay: replay(details))
    }

    /// Where only the tool for structured answers was called, nothing is left to be done.
    static func finishReason(_ raw: String?, hasCalls: Bool) -> FinishReason {
        switch raw {
        case "end_turn", "stop_sequence": .stop
        case "max_tokens": .length
        case "tool_use": hasCalls ? .toolCalls : .stop
        case "pause_turn": .pause
        case "refusal": .refusal
        case "model_context_window_exceeded": .contextWindow
        case nil: hasCalls ? .toolCalls : .other
        default: .other
        }
    }

    /// The tokens: Anthropic's input leaves out what was read from and written to the cache.
    static func usage(_ json: JSONValue) -> Usage? {
        guard json.object?.isEmpty == false else { return nil }
        let read = json["cache_read_input_tokens"]?.count
        let fresh = json["cache_creation"]
        let long = fresh?["ephemeral_1h_input_tokens"]?.count
        let short = fresh?["ephemeral_5m_input_tokens"]?.count
        let lifetimes = short == nil && long == nil ? nil : (short ?? 0) + (long ?? 0)
        let written = json["cache_creation_input_tokens"]?.count ?? lifetimes
        var usage = Usage(
            inputTokens: (json["input_tokens"]?.count ?? 0) + (read ?? 0) + (written ?? 0),
            outputTokens: json["output_tokens"]?.count ?? 0,
            cacheReadTokens: read,
            cacheWriteTokens: written,
            reasoningTokens: json["output_tokens_details"]?["thinking_tokens"]?.count
        )
        usage.longCacheWriteTokens = long
        return usage
    }
}
