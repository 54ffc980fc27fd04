import Foundation
import LanguageModels
import Testing

struct ConversationCodingTests {
    private func readBack<Value: Codable>(_ value: Value) throws -> Value {
        try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(value))
    }

    private func decoded<Value: Decodable>(_ json: String, as type: Value.Type) throws -> Value {
        try JSONDecoder().decode(type, from: Data(json.utf8))
    }

    private func words(_ error: DecodingError?) -> String? {
        guard case .dataCorrupted(let context)? = error else { return nil }
        return context.codingPath.map(\.stringValue).joined(separator: ".") + ": " + context.debugDescription
    }

    @Test func `gives every part back as it was`() throws {
        #expect(ConversationSamples.parts.count > 600)
        for (part, stored) in zip(ConversationSamples.parts, try readBack(ConversationSamples.parts)) {
            #expect(stored == part)
        }
    }

    @Test func `gives messages, usages and answers back as they were`() throws {
        #expect(try readBack(ConversationSamples.messages) == ConversationSamples.messages)
        #expect(try readBack(ConversationSamples.usages) == ConversationSamples.usages)
        #expect(try readBack(ConversationSamples.responses) == ConversationSamples.responses)
        #expect(try readBack(FinishReason.allCases) == FinishReason.allCases)
    }

    @Test func `gives back what a property list keeps`() throws {
        let messages = [Message(.user, parts: Array(ConversationSamples.parts.prefix(40)))]
            .map { Message($0.role, parts: $0.parts.filter { $0.replay == nil }) }

        let list = try PropertyListEncoder().encode(messages)

        #expect(try PropertyListDecoder().decode([Message].self, from: list) == messages)
    }

    @Test func `leaves out of an answer what counts only at its moment`() throws {
        var response = ModelResponse(parts: [.text("a")], finishReason: .stop)
        response.rawBody = [1]
        response.limits.requests.limit = 5

        let stored = try readBack(response)

        response.rawBody = []
        response.limits = ServiceLimits()
        #expect(stored == response)
    }

    @Test func `leaves keys out that it does not know`() throws {
        let message = try decoded(
            #"{"role":"user","mood":"good","parts":[{"type":"text","text":"a","tone":{"b":[1]}}]}"#,
            as: Message.self
        )

        #expect(message == .user("a"))
    }

    @Test(arguments: [
        (
            #"[{"role":"user","parts":[{"type":"text","text":""},{"type":"video","media":{}}]}]"#,
            "Index 0.parts.Index 1.type: a message part of the type \"video\" is not known here; the types are: "
                + "text, image, document, audio, tool_call, tool_result, reasoning, refusal, other"
        ),
        (
            #"[{"role":"user","parts":[{"type":"image","media":{"type":"image/png"}}]}]"#,
            "Index 0.parts.Index 0.media: a medium needs exactly one source that is known here: bytes, url or file"
        ),
        (
            #"[{"role":"user","parts":[{"type":"image","media":{"url":"u","file":"f"}}]}]"#,
            "Index 0.parts.Index 0.media: a medium needs exactly one source that is known here: bytes, url or file"
        ),
        (
            #"[{"role":"user","parts":[{"type":"audio","media":{"bytes":"?"}}]}]"#,
            "Index 0.parts.Index 0.media.bytes: the bytes of a medium are no base64"
        ),
        (
            #"[{"role":"judge","parts":[]}]"#,
            "Index 0.role: Cannot initialize Role from invalid String value judge"
        ),
    ])
    func `says what it cannot read, and where it stands`(json: String, expected: String) {
        let error = #expect(throws: DecodingError.self) { try decoded(json, as: [Message].self) }

        #expect(words(error) == expected)
    }

    /// Whoever changes the golden file breaks the conversations that people have stored.
    @Test func `reads and writes the conversation that is stored today`() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let text = String(decoding: try encoder.encode(StoredConversation.today), as: UTF8.self) + "\n"
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../Golden/stored-conversation.json")

        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" { try Data(text.utf8).write(to: file) }
        let golden = try Data(contentsOf: file)

        #expect(String(decoding: golden, as: UTF8.self) == text)
        #expect(try JSONDecoder().decode(StoredConversation.self, from: golden) == StoredConversation.today)
    }
}

/// What a program would keep: every kind of part and every property once.
private struct StoredConversation: Codable, Equatable {
    var messages: [Message]
    var lastAnswer: ModelResponse

    static let today = StoredConversation(messages: messages, lastAnswer: lastAnswer)

    private static let messages = [
        Message(.system, parts: [.text("Answer in one word")], cacheBreakpoint: .long),
        .user([
            .text("Which city?"),
            .image(Media(.bytes([0x89, 0x50, 0x4E, 0x47]), type: "image/png", name: "city.png", detail: "low")),
            .document(Media(.url("https://example.org/a.pdf"), type: "application/pdf")),
            .audio(Media(.file(id: "file-1"))),
        ]),
        Message(
            .assistant,
            parts: [
                MessagePart(
                    .reasoning("A map would help"),
                    replay: Replay(format: "anthropic", value: ["signature": "c2lnbmVk", "all": [1, 0.5, nil, true]])
                ),
                MessagePart(.other, replay: Replay(format: "openai-responses", value: ["id": "ws_1"])),
                .toolCall(ToolCall(id: "call_1", name: "map", arguments: #"{"zoom": 1.0, "at": "Lima"}"#)),
            ]
        ),
        .results([
            ToolResult(callID: "call_1", name: "map", content: [.text("no map"), .text("of it")], isError: true)
        ]),
    ]

    private static let lastAnswer: ModelResponse = {
        let refusal = MessagePart(.refusal("I cannot tell"))
        var answer = ModelResponse(parts: [.text("Lima"), refusal], finishReason: .toolCalls)
        answer.id = "msg_1"
        answer.model = "m-2026"
        answer.rawFinishReason = "tool_use"
        var usage = Usage(inputTokens: 10, outputTokens: 5, cacheReadTokens: 4, cacheWriteTokens: 3, reasoningTokens: 2)
        usage.longCacheWriteTokens = 1
        usage.billedInputTokens = 9
        usage.billedOutputTokens = 6
        answer.usage = usage
        answer.warnings = [RequestWarning(option: "temperature", reason: "the model takes none")]
        answer.requestID = "req_1"
        answer.attempts = 2
        return answer
    }()
}
