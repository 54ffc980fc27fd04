import LanguageModels

/// Shows what a model answers: the text on the output, everything else on the messages, or all of it as JSON.
struct AnswerPage {
    let console: Console
    let writesJSON: Bool

    /// Shows a whole answer.
    func show(_ response: ModelResponse) -> (ExitCode, ModelResponse) {
        (write(response), response)
    }

    private func write(_ response: ModelResponse) -> ExitCode {
        if writesJSON {
            let delivery = console.output.write(response.json.text + "\n")
            return delivery == .complete ? conclude(response) : delivery.exitCode
        }
        let text = response.text.hasSuffix("\n") || response.text.isEmpty ? response.text : response.text + "\n"
        let delivery = console.output.write(shown(text))
        guard delivery == .complete else { return delivery.exitCode }
        sayCalls(of: response)
        return conclude(response)
    }

    private func sayCalls(of response: ModelResponse) {
        for call in response.toolCalls { console.say("the model calls \(call.name) with \(call.arguments)") }
    }

    /// Shows an answer while it comes.
    func show(_ stream: ModelStream) async throws -> (ExitCode, ModelResponse) {
        var accumulator = ResponseAccumulator()
        var endsLine = true
        do {
            for try await event in stream {
                accumulator.add(event)
                let delivery = show(event, &endsLine)
                guard delivery == .complete else { return (delivery.exitCode, accumulator.response) }
            }
        } catch {
            // What is said of the failure begins on a line of its own.
            if !endsLine { console.output.write("\n") }
            throw error
        }
        if !endsLine { console.output.write("\n") }
        if !writesJSON { sayCalls(of: accumulator.response) }
        return (conclude(accumulator.response), accumulator.response)
    }

    private func show(_ event: ModelEvent, _ endsLine: inout Bool) -> Delivery {
        if writesJSON { return console.output.write(event.json.text + "\n") }
        guard case .delta(_, .text(let text)) = event else { return .complete }
        endsLine = text.hasSuffix("\n")
        return console.output.write(shown(text))
    }

    /// Says what is to be known about an answer beside its text.
    private func conclude(_ response: ModelResponse) -> ExitCode {
        for warning in response.warnings { console.say("note: \(warning)") }
        if let refusal = response.refusal { console.say("the model declined: \(refusal)") }
        switch response.finishReason {
        case .stop where response.text.isEmpty && response.refusal == nil && response.toolCalls.isEmpty:
            console.say("note: the answer is empty; ask again, or in other words")
            return .done
        case .stop, .toolCalls, .pause, .other, .queued:
            return response.refusal == nil ? .done : .someFailed
        case .length:
            console.say("the answer was cut off at the most tokens that were allowed; allow more with --max-tokens")
        case .contextWindow:
            console.say("the answer was cut off where the model's context window is full; shorten the prompt")
        case .contentFilter:
            console.say("the service's filter held the answer back; reword the prompt")
        case .refusal where response.refusal == nil:
            console.say("the model declined; reword the prompt")
        case .refusal:
            break
        case .error, .cancelled:
            let reason = response.rawFinishReason ?? response.finishReason.rawValue
            console.say("the service stopped with \(reason); try again")
        }
        return .someFailed
    }

    /// What a model writes is not trusted: on a terminal its control characters are made visible.
    private func shown(_ text: String) -> String {
        guard console.showsOutput else { return text }
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { VisibleText.of(String($0)) }
            .joined(separator: "\n")
    }
}

extension ModelResponse {
    /// The answer as JSON for other programs.
    fileprivate var json: JSONValue {
        var object = JSONObject()
        object["id"] = id.map(JSONValue.string)
        object["model"] = model.map(JSONValue.string)
        object["text"] = .string(text)
        object["reasoning"] = reasoning.isEmpty ? nil : .string(reasoning)
        object["refusal"] = refusal.map(JSONValue.string)
        object["tool_calls"] = toolCalls.isEmpty ? nil : .array(toolCalls.map(\.json))
        object["finish_reason"] = .string(finishReason.rawValue)
        object["raw_finish_reason"] = rawFinishReason.map(JSONValue.string)
        object["usage"] = usage?.json
        object["warnings"] = warnings.isEmpty ? nil : .array(warnings.map { .string("\($0)") })
        object["request_id"] = requestID.map(JSONValue.string)
        return .object(object)
    }
}

extension ToolCall {
    fileprivate var json: JSONValue {
        ["id": .string(id), "name": .string(name), "arguments": (try? parsedArguments()) ?? .string(arguments)]
    }
}

extension Usage {
    fileprivate var json: JSONValue {
        var object = JSONObject()
        object["input_tokens"] = .integer(inputTokens)
        object["output_tokens"] = .integer(outputTokens)
        object["cache_read_tokens"] = cacheReadTokens.map(JSONValue.integer)
        object["cache_write_tokens"] = cacheWriteTokens.map(JSONValue.integer)
        object["reasoning_tokens"] = reasoningTokens.map(JSONValue.integer)
        object["billed_input_tokens"] = billedInputTokens.map(JSONValue.integer)
        object["billed_output_tokens"] = billedOutputTokens.map(JSONValue.integer)
        return .object(object)
    }
}

extension ModelEvent {
    /// The event as JSON for other programs.
    fileprivate var json: JSONValue {
        switch self {
        case .started(let id, let model):
            ["type": "started", "id": id.map(JSONValue.string) ?? nil, "model": model.map(JSONValue.string) ?? nil]
        case .delta(let part, let delta): delta.json(part)
        case .part(let index, _): ["type": "part", "part": .integer(index)]
        case .usage(let usage): ["type": "usage", "usage": usage.json]
        case .finished(let reason, let raw):
            ["type": "finished", "finish_reason": .string(reason.rawValue), "raw": raw.map(JSONValue.string) ?? nil]
        case .details(let details):
            ["type": "details", "request_id": details.requestID.map(JSONValue.string) ?? nil]
        }
    }
}

extension MessageDelta {
    fileprivate func json(_ part: Int) -> JSONValue {
        let number = JSONValue.integer(part)
        return switch self {
        case .text(let text): ["type": "text", "part": number, "text": .string(text)]
        case .reasoning(let text): ["type": "reasoning", "part": number, "text": .string(text)]
        case .refusal(let text): ["type": "refusal", "part": number, "text": .string(text)]
        case .toolCall(let id, let name):
            ["type": "tool_call", "part": number, "id": .string(id), "name": .string(name)]
        case .arguments(let text): ["type": "arguments", "part": number, "text": .string(text)]
        }
    }
}
