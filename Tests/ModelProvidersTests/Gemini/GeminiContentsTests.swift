import LanguageModels
import Testing

@testable import ModelProviders

struct GeminiContentsTests {
    private func format(_ model: String = "gemini-2.5-flash") -> GeminiFormat {
        GeminiFormat(
            identity: ModelIdentity(provider: "gemini", model: model),
            surface: .studio(files: "https://g/v1beta")
        )
    }

    private func body(_ request: ModelRequest, _ model: String = "gemini-2.5-flash") throws -> JSONValue {
        try format(model).encode(request, isStream: false).body
    }

    private let tool = Tool(name: "weather", description: "Tells", parameters: ["type": "object", "properties": [:]])

    @Test func `puts results in the order of the calls, whatever order they came in`() throws {
        var request = ModelRequest("Weather?")
        request.tools = [tool]
        request.messages += [
            Message(
                .assistant,
                parts: [
                    .toolCall(ToolCall(id: "a", name: "weather", arguments: #"{"city":"Rome"}"#)),
                    .toolCall(ToolCall(id: "b", name: "weather")),
                ]
            ),
            Message(.tool, parts: [.toolResult(ToolResult(callID: "b", name: "weather", content: [.text("rain")]))]),
            Message(
                .tool,
                parts: [
                    .toolResult(ToolResult(callID: "a", name: "weather", content: [.text("no")], isError: true))
                ]
            ),
            Message(.user, "So?"),
        ]

        let contents = try #require(try body(request)["contents"]).elements

        #expect(contents.map { $0["role"]?.string } == ["user", "model", "user", "user"])
        #expect(
            contents[1]["parts"] == [
                ["functionCall": ["name": "weather", "args": ["city": "Rome"]]],
                ["functionCall": ["name": "weather", "args": [:]]],
            ]
        )
        #expect(
            contents[2]["parts"] == [
                ["functionResponse": ["name": "weather", "response": ["error": "no"]]],
                ["functionResponse": ["name": "weather", "response": ["output": "rain"]]],
            ]
        )
    }

    @Test func `sends ids back only where the service gave them, and signatures unchanged`() throws {
        let replay = Replay(
            format: "gemini",
            value: ["thoughtSignature": "sig", "functionCall": ["id": "srv"]]
        )
        var request = ModelRequest("Weather?")
        request.messages += [
            Message(
                .assistant,
                parts: [
                    MessagePart(.toolCall(ToolCall(id: "srv", name: "f")), replay: replay),
                    .toolCall(ToolCall(id: "call_1", name: "g")),
                ]
            ),
            Message(
                .tool,
                parts: [
                    .toolResult(ToolResult(callID: "srv", name: "f", content: [.text(#"{"x":1}"#)])),
                    .toolResult(ToolResult(callID: "call_1", name: "g", content: [.text("2")])),
                ]
            ),
        ]

        let contents = try #require(try body(request, "gemini-3-flash-preview")["contents"]).elements

        #expect(
            contents[1]["parts"] == [
                ["functionCall": ["name": "f", "args": [:], "id": "srv"], "thoughtSignature": "sig"],
                ["functionCall": ["name": "g", "args": [:]]],
            ]
        )
        #expect(
            contents[2]["parts"] == [
                ["functionResponse": ["id": "srv", "name": "f", "response": ["x": 1]]],
                ["functionResponse": ["name": "g", "response": ["output": "2"]]],
            ]
        )
    }

    @Test(arguments: [("gemini-3-pro-preview", true), ("gemini-2.5-pro", false)])
    func `signs the first call that another model made, where the model wants signatures`(
        model: String,
        isSigned: Bool
    ) throws {
        let foreign = Replay(format: "anthropic", value: ["signature": "other"])
        var request = ModelRequest("Weather?")
        request.messages += [
            Message(
                .assistant,
                parts: [
                    MessagePart(.reasoning("Hm"), replay: foreign),
                    .toolCall(ToolCall(id: "1", name: "f")), .toolCall(ToolCall(id: "2", name: "f")),
                ]
            ),
            Message(
                .tool,
                parts: ["1", "2"].map { .toolResult(ToolResult(callID: $0, name: "f", content: [.text("x")])) }
            ),
        ]

        let parts = try #require(try body(request, model)["contents"]?[1]?["parts"]).elements

        #expect(parts.count == 2)
        #expect((parts[0]["thoughtSignature"] == "skip_thought_signature_validator") == isSigned)
        #expect(parts[1]["thoughtSignature"] == nil)
    }

    @Test func `fills in a result that is missing, and says so`() throws {
        var request = ModelRequest("Weather?")
        request.messages += [
            Message(.assistant, parts: [.toolCall(ToolCall(id: "1", name: "f"))]), Message(.user, "Never mind"),
        ]

        let encoded = try format().encode(request, isStream: false)

        #expect(encoded.warnings.map(\.description) == ["messages: no result is given for the call of f"])
        #expect(encoded.body["contents"]?[2]?["parts"]?[0]?["functionResponse"]?["response"] == ["error": "no result"])
        request.options.isStrict = true
        #expect(throws: ModelError.self) { try format().encode(request, isStream: false) }
    }

    @Test func `writes images, documents and sounds`() throws {
        let message = Message(
            .user,
            parts: [
                .image(Media(.bytes([1, 2, 3]), type: "image/png")),
                .document(Media(.url("https://x.example/a.PDF?v=1"))),
                .audio(Media(.url("data:audio/wav;base64,AQID"))),
                .document(Media(.file(id: "files/abc"), type: "text/plain")),
                .document(Media(.url("gs://bucket/film"), type: "video/mp4")),
            ]
        )

        let parts = try body(ModelRequest(messages: [message]))["contents"]?[0]?["parts"]

        #expect(
            parts == [
                ["inlineData": ["mimeType": "image/png", "data": "AQID"]],
                ["fileData": ["mimeType": "application/pdf", "fileUri": "https://x.example/a.PDF?v=1"]],
                ["inlineData": ["mimeType": "audio/wav", "data": "AQID"]],
                ["fileData": ["mimeType": "text/plain", "fileUri": "https://g/v1beta/files/abc"]],
                ["fileData": ["mimeType": "video/mp4", "fileUri": "gs://bucket/film"]],
            ]
        )
    }

    @Test(arguments: [("gemini-3-flash-preview", true), ("gemini-2.5-flash", false)])
    func `puts images of results where the model takes them`(model: String, isInside: Bool) throws {
        var request = ModelRequest("Look")
        let image = MessagePart.image(Media(.bytes([1]), type: "image/png"))
        request.messages += [
            Message(.assistant, parts: [.toolCall(ToolCall(id: "1", name: "look"))]),
            Message(
                .tool,
                parts: [.toolResult(ToolResult(callID: "1", name: "look", content: [.text("seen"), image]))]
            ),
        ]

        let contents = try #require(try body(request, model)["contents"]).elements

        let file: JSONValue = ["inlineData": ["mimeType": "image/png", "data": "AQ=="]]
        #expect((contents[2]["parts"]?[0]?["functionResponse"]?["parts"] == [file]) == isInside)
        #expect(contents.count == (isInside ? 3 : 4))
        #expect(isInside || contents[3]["parts"] == [["text": "From the result of look:"], file])
    }
}
