import LanguageModels

/// Reads answers of Responses.
enum ResponsesAnswer {
    /// A whole answer.
    ///
    /// - Throws: ``ModelError`` for one that failed, or is none.
    static func response(_ answer: JSONValue) throws -> ModelResponse {
        let status = answer["status"]?.string
        guard answer["output"] != nil || status != nil else {
            throw ModelError(.undecodableAnswer, "the answer has no output", text: answer)
        }
        if status == "failed" || answer.reportsError { throw failure(of: answer) }
        let parts = (answer["output"]?.elements ?? []).flatMap(self.parts)
        var response = ModelResponse(parts: parts, finishReason: reason(of: answer, parts: parts))
        response.rawFinishReason = rawReason(of: answer)
        response.id = answer["id"]?.nonEmptyString
        response.model = answer["model"]?.nonEmptyString
        response.usage = Usage(responses: answer["usage"])
        return response
    }

    /// The error of an answer that failed after the service had taken the request.
    static func failure(of answer: JSONValue) -> ModelError {
        OpenAIFailure.error(inStream: ["error": answer["error"] ?? ["message": "the answer failed"]])
    }

    /// Why the model stopped: the interface says only whether it did.
    static func reason(of answer: JSONValue, parts: [MessagePart]) -> FinishReason {
        let declines = parts.contains { if case .refusal = $0.content { true } else { false } }
        return reason(of: answer, callsTools: parts.contains { $0.toolCall != nil }, declines: declines)
    }

    /// Why the model stopped, by what has come.
    static func reason(of answer: JSONValue, callsTools: Bool, declines: Bool) -> FinishReason {
        let details = answer["incomplete_details"]
        switch answer["status"]?.string ?? details.map({ _ in "incomplete" }) {
        case "completed", "complete", nil: return callsTools ? .toolCalls : declines ? .refusal : .stop
        case "incomplete":
            return switch details?["reason"]?.string {
            case "max_output_tokens": .length
            case "content_filter": .contentFilter
            default: .other
            }
        case "queued", "in_progress": return .queued
        case "cancelled": return .cancelled
        case "failed": return .error
        default: return .other
        }
    }

    /// The reason of an incomplete answer, else the status.
    static func rawReason(of answer: JSONValue) -> String? {
        answer["incomplete_details"]?["reason"]?.string ?? answer["status"]?.string
    }

    /// The parts of an item of the output; the first keeps the item to be sent back, the others know that it does.
    static func parts(of item: JSONValue) -> [MessagePart] {
        var contents = contents(of: item)
        if contents.isEmpty { contents = [item["type"]?.string == "reasoning" ? .reasoning("") : .other] }
        return contents.enumerated().map { index, content in
            let value: JSONValue = index == 0 ? ["item": item] : ["continues": true]
            return MessagePart(content, replay: Replay(format: ResponsesFormat.name, value: value))
        }
    }

    /// Whether an item has neither words nor a call.
    static func isEmpty(_ item: JSONValue) -> Bool {
        contents(of: item).allSatisfy { [.text(""), .reasoning("")].contains($0) }
    }

    private static func contents(of item: JSONValue) -> [MessagePart.Content] {
        switch item["type"]?.string {
        case "message":
            if let text = item["content"]?.nonEmptyString { return [.text(text)] }
            return (item["content"]?.elements ?? []).compactMap { part in
                if let refusal = part["refusal"]?.nonEmptyString { return .refusal(refusal) }
                return part["text"]?.string.map { .text($0) }
            }
        case "reasoning":
            let texts = (item["summary"]?.elements ?? []) + (item["content"]?.elements ?? [])
            return texts.compactMap { $0["text"]?.string }.map { .reasoning($0) }
        case "function_call":
            return [.toolCall(call(item, arguments: item["arguments"]))]
        case "custom_tool_call":
            return [.toolCall(call(item, arguments: item["input"]))]
        default:
            return []
        }
    }

    private static func call(_ item: JSONValue, arguments: JSONValue?) -> ToolCall {
        ToolCall(
            id: item["call_id"]?.nonEmptyString ?? item["id"]?.nonEmptyString ?? "call_1",
            name: item["name"]?.string ?? "",
            arguments: arguments.map { $0.string ?? $0.text } ?? ""
        )
    }
}

extension Usage {
    /// The usage of an answer of Responses.
    init?(responses usage: JSONValue?) {
        guard let usage else { return nil }
        let (input, output) = (usage["input_tokens"]?.count, usage["output_tokens"]?.count)
        guard input != nil || output != nil else { return nil }
        let details = usage["input_tokens_details"]
        self.init(
            inputTokens: input ?? 0,
            outputTokens: output ?? 0,
            cacheReadTokens: details?["cached_tokens"]?.count,
            cacheWriteTokens: details?["cache_write_tokens"]?.count,
            reasoningTokens: usage["output_tokens_details"]?["reasoning_tokens"]?.count
        )
    }
}
