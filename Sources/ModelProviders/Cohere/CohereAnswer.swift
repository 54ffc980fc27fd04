import LanguageModels

/// Reads answers of Cohere's models.
enum CohereAnswer {
    /// The answer in a body.
    ///
    /// - Throws: ``ModelError``: of kind `undecodableAnswer` for what is no answer; for an answer that says that it
    ///   failed, what it says.
    static func response(_ json: JSONValue) throws -> ModelResponse {
        if json["message"]?.string != nil { throw CohereFailure.error(FailedAnswer(inStream: json)) }
        guard let message = json["message"], message.object != nil else {
            throw ModelError(.undecodableAnswer, "the answer has no message")
        }
        let raw = json["finish_reason"]?.string
        if finishReason(raw) == .error { throw CohereFailure.error(ended: json, reason: raw) }
        let parts = parts(message)
        let hasCalls = parts.contains { $0.toolCall != nil }
        var response = ModelResponse(parts: parts, finishReason: finishReason(raw, hasCalls: hasCalls))
        response.id = json["id"]?.nonEmptyString
        response.model = json["model"]?.nonEmptyString
        response.rawFinishReason = raw
        response.usage = usage(json["usage"])
        return response
    }

    private static func parts(_ message: JSONValue) -> [MessagePart] {
        var parts = message["content"]?.elements.compactMap(part) ?? []
        if let text = message["content"]?.string, !text.isEmpty { parts.append(.text(text)) }
        if let plan = message["tool_plan"]?.string, !plan.isEmpty { parts.append(CohereAnswer.plan(plan)) }
        for (index, call) in (message["tool_calls"]?.elements ?? []).enumerated() {
            let function = call["function"]
            let arguments = function?["arguments"].map { $0.string ?? $0.text } ?? "{}"
            let id = call["id"]?.nonEmptyString ?? "call_\(index + 1)"
            parts.append(.toolCall(ToolCall(id: id, name: function?["name"]?.string ?? "", arguments: arguments)))
        }
        return parts
    }

    /// What a block of content is to the caller; `nil` for empty ones and what is no block.
    static func part(_ block: JSONValue) -> MessagePart? {
        switch block["type"]?.string {
        case "text":
            block["text"]?.nonEmptyString.map { .text($0) }
        case "thinking":
            block["thinking"]?.nonEmptyString.map { MessagePart(.reasoning($0)) }
        case nil:
            block["thinking"]?.nonEmptyString.map { MessagePart(.reasoning($0)) }
                ?? (block["text"] ?? block).nonEmptyString.map { .text($0) }
        default:
            MessagePart(.other, replay: Replay(format: CohereFormat.name, value: block))
        }
    }

    /// What the model means to do with its tools: neither its answer nor its thoughts, but wanted back in the next
    /// turn.
    static func plan(_ text: String) -> MessagePart {
        MessagePart(.other, replay: Replay(format: CohereFormat.name, value: ["tool_plan": .string(text)]))
    }

    static func finishReason(_ raw: String?, hasCalls: Bool = false) -> FinishReason {
        switch raw {
        case "COMPLETE", "STOP_SEQUENCE": .stop
        case "MAX_TOKENS": .length
        case "TOOL_CALL": .toolCalls
        case "ERROR_TOXIC": .contentFilter
        case "ERROR_LIMIT": .contextWindow
        case "USER_CANCEL": .cancelled
        case "ERROR", "TIMEOUT": .error
        case nil: hasCalls ? .toolCalls : .other
        default: .other
        }
    }

    /// The tokens that the model processed, hidden prompt included, and those that are charged; where one of the two is
    /// missing, the other stands for it.
    static func usage(_ json: JSONValue?) -> Usage? {
        guard let json, let tokens = json["tokens"] ?? json["billed_units"] else { return nil }
        guard tokens["input_tokens"] != nil || tokens["output_tokens"] != nil else { return nil }
        var usage = Usage(
            inputTokens: tokens["input_tokens"]?.count ?? 0,
            outputTokens: tokens["output_tokens"]?.count ?? 0,
            cacheReadTokens: json["cached_tokens"]?.count,
            reasoningTokens: tokens["reasoning_tokens"]?.count
        )
        usage.billedInputTokens = json["billed_units"]?["input_tokens"]?.count
        usage.billedOutputTokens = json["billed_units"]?["output_tokens"]?.count
        return usage
    }
}
