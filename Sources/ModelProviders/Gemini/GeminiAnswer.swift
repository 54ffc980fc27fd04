import LanguageModels

/// Reads what the members of an answer mean, whole or piece by piece.
enum GeminiAnswer {
    /// An answer that came at once.
    ///
    /// - Throws: ``ModelError`` of kind `undecodableAnswer` where it has nothing of an answer.
    static func response(from json: JSONValue) throws -> ModelResponse {
        if case .array(let pieces) = json { return try response(from: pieces) }
        guard isAnswer(json) else { throw undecodable(json) }
        var reader = GeminiPartReader()
        reader.responseID = json["responseId"]?.nonEmptyString
        let candidate = json["candidates"]?.elements.min { number($0) < number($1) }
        var parts: [MessagePart] = []
        for part in candidate?["content"]?["parts"]?.elements ?? [] { add(reader.read(part), to: &parts) }
        add(reader.close(), to: &parts)
        let finish = candidate?["finishReason"]?.string
        let block = json["promptFeedback"]?["blockReason"]?.string
        let isBlocked = finish == nil && block != nil
        let reason = isBlocked ? .contentFilter : finishReason(finish, hasCalls: reader.hasCalls)
        var response = ModelResponse(parts: parts, finishReason: reason)
        response.rawFinishReason = finish ?? block
        response.id = reader.responseID
        response.model = json["modelVersion"]?.nonEmptyString
        response.usage = json["usageMetadata"].flatMap(usage)
        return response
    }

    /// An answer in pieces that came at once, as a proxy may give it.
    private static func response(from pieces: [JSONValue]) throws -> ModelResponse {
        var decoder = GeminiDecoder()
        var accumulator = ResponseAccumulator()
        for piece in pieces {
            for event in try decoder.decode(piece) { accumulator.add(event) }
        }
        for event in try decoder.finish() { accumulator.add(event) }
        return accumulator.response
    }

    private static func add(_ steps: [GeminiPartReader.Step], to parts: inout [MessagePart]) {
        for step in steps {
            switch step {
            case .whole(_, let part): parts.append(part)
            case .growth(let index, .text(let text)):
                parts.grow(at: index, .text((index < parts.count ? parts[index].text ?? "" : "") + text))
            case .growth(let index, .reasoning(let text)):
                var known = ""
                if index < parts.count, case .reasoning(let before) = parts[index].content { known = before }
                parts.grow(at: index, .reasoning(known + text))
            case .growth: break
            }
        }
    }

    /// The number of a candidate, which the service leaves out where it is 0.
    static func number(_ candidate: JSONValue) -> Int { candidate["index"]?.integer ?? 0 }

    /// Whether there is anything of an answer.
    static func isAnswer(_ json: JSONValue) -> Bool {
        let members = ["candidates", "promptFeedback", "usageMetadata", "modelVersion", "responseId"]
        return members.contains { json[$0] != nil }
    }

    /// The error for JSON that is no answer.
    static func undecodable(_ json: JSONValue) -> ModelError {
        var error = ModelError(.undecodableAnswer, "the answer has neither candidates nor a reason for having none")
        error.answerText = String(decoding: json.bytes.prefix(4096), as: UTF8.self)
        return error
    }

    /// Why the model stopped.
    ///
    /// A call ends with `STOP` like any answer.
    static func finishReason(_ raw: String?, hasCalls: Bool) -> FinishReason {
        switch raw {
        case "STOP": hasCalls ? .toolCalls : .stop
        case "MAX_TOKENS": .length
        case "SAFETY", "RECITATION", "LANGUAGE", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "MODEL_ARMOR", "JAILBREAK":
            .contentFilter
        case "UNEXPECTED_TOOL_CALL": hasCalls ? .toolCalls : .error
        case "MALFORMED_FUNCTION_CALL", "MALFORMED_RESPONSE", "TOO_MANY_TOOL_CALLS", "MISSING_THOUGHT_SIGNATURE",
            "NO_IMAGE":
            .error
        case "CONTINUATION": .pause
        case nil, "FINISH_REASON_UNSPECIFIED": hasCalls ? .toolCalls : .other
        case let raw? where raw.hasPrefix("IMAGE_"): .contentFilter
        case let raw? where raw.hasPrefix("MALFORMED_"): .error
        default: .other
        }
    }

    /// The tokens used.
    ///
    /// Gemini counts cached tokens into the prompt, and thoughts apart from the answer.
    static func usage(_ json: JSONValue) -> Usage? {
        guard json.object?.members.contains(where: { $0.value != .null }) == true else { return nil }
        func count(_ key: String) -> Int? { json[key]?.count }
        let thoughts = count("thoughtsTokenCount")
        return Usage(
            inputTokens: (count("promptTokenCount") ?? 0) + (count("toolUsePromptTokenCount") ?? 0),
            outputTokens: (count("candidatesTokenCount") ?? 0) + (thoughts ?? 0),
            cacheReadTokens: count("cachedContentTokenCount"),
            reasoningTokens: thoughts
        )
    }
}

extension [MessagePart] {
    /// Replaces the part that grows, or begins it.
    fileprivate mutating func grow(at index: Int, _ content: MessagePart.Content) {
        if index < count { self[index].content = content } else { append(MessagePart(content)) }
    }
}
