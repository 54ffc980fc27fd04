import LanguageModels

/// Every kind of part with every property, for what must work for all of them.
enum ConversationSamples {
    static let texts = ["", "plain", "é\u{0}\n\"\\/ 😀\u{2028}"]

    static let replays: [Replay?] = [
        nil,
        Replay(format: "anthropic", value: ["signature": "c2lnbmVk+/==", "type": "thinking"]),
        Replay(format: "openai-responses", value: ["id": "rs_1", "n": [1, 0.5, true, nil, ["a_b": ""]]]),
        Replay(format: "gemini", value: .null),
    ]

    static let media: [Media] = {
        let sources: [Media.Source] = [
            .bytes([]), .bytes([0]), .bytes([0, 255]), .bytes(Array(0...255)), .url("https://example.org/a?b=c"),
            .file(id: "file-1"),
        ]
        return sources.flatMap { source in
            [nil, "image/png"].flatMap { type in
                [nil, "a \"name\".png"].flatMap { name in
                    [nil, "low"].map { Media(source, type: type, name: name, detail: $0) }
                }
            }
        }
    }()

    static let calls: [ToolCall] = {
        var calls = texts.map { ToolCall(id: $0, name: "f", arguments: #"{"b": 1.0, "a": "\#($0)"}"#) }
        calls.append(ToolCall(id: "1", name: "f", arguments: "{\"cut off"))
        // As a decoder must give back what stands there, not what the initializer makes of it.
        calls.append(ToolCall(id: "1", name: "f"))
        calls[calls.count - 1].arguments = "null"
        return calls
    }()

    static let results: [ToolResult] = [true, false].flatMap { isError in
        [[], [.text("a")], [.text(""), .image(media[9])], [MessagePart(.other, replay: replays[1])]].map {
            ToolResult(callID: "1", name: "f", content: $0, isError: isError)
        }
    }

    static let contents: [MessagePart.Content] = {
        var contents: [MessagePart.Content] = [.other]
        for text in texts { contents += [.text(text), .reasoning(text), .refusal(text)] }
        for media in media { contents += [.image(media), .document(media), .audio(media)] }
        contents += calls.map { .toolCall($0) }
        contents += results.map { .toolResult($0) }
        return contents
    }()

    static let parts: [MessagePart] = contents.flatMap { content in replays.map { MessagePart(content, replay: $0) } }

    static let messages: [Message] = Message.Role.allCases.flatMap { role in
        [nil, CacheLifetime.standard, .long].flatMap { lifetime in
            [[], Array(parts.prefix(9))].map { Message(role, parts: $0, cacheBreakpoint: lifetime) }
        }
    }

    static let usages: [Usage] = {
        let properties: [WritableKeyPath<Usage, Int?>] = [
            \.cacheReadTokens, \.cacheWriteTokens, \.longCacheWriteTokens, \.reasoningTokens, \.billedInputTokens,
            \.billedOutputTokens,
        ]
        return (0..<1 << properties.count).map { bits in
            var usage = Usage(inputTokens: bits, outputTokens: .max)
            for (index, property) in properties.enumerated() where bits >> index & 1 == 1 {
                usage[keyPath: property] = index
            }
            return usage
        }
    }()

    static let responses: [ModelResponse] = FinishReason.allCases.flatMap { reason in
        let plain = ModelResponse(parts: Array(parts.prefix(9)), finishReason: reason)
        var full = plain
        full.id = "msg_1"
        full.model = "m-2026"
        full.rawFinishReason = "end_turn"
        full.usage = usages[37]
        full.warnings = [RequestWarning(option: "temperature", reason: "the model takes none")]
        full.requestID = "req_1"
        full.attempts = 3
        return [plain, full]
    }
}
