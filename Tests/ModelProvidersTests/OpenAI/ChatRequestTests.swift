import HTTPTransport
import LanguageModels
import Testing

@testable import ModelProviders

struct ChatRequestTests {
    private func encode(_ request: ModelRequest, model: String = "gpt-4o", stream: Bool = false) throws
        -> EncodedRequest
    {
        let identity = ModelIdentity(provider: "openai", model: model)
        let dialect = ChatDialect(rules: OpenAIRules.rules(for: model))
        return try ChatFormat(identity: identity, dialect: dialect).encode(request, isStream: stream)
    }

    @Test func `writes a whole request in the order of the interface`() throws {
        var request = ModelRequest("Weather?", system: "Be terse.")
        request.tools = [Tool(name: "look", description: "Looks", isStrict: nil)]
        request.toolChoice = .tool("look")
        request.options.maximumTokens = 9
        request.options.temperature = 0.5
        request.options.stop = ["END"]
        request.options.seed = 7
        request.options.metadata = ["b": "2", "a": "1"]
        request.options.allowsParallelToolCalls = false

        let encoded = try encode(request, stream: true)

        #expect(encoded.path == "/chat/completions")
        #expect(encoded.warnings.isEmpty)
        #expect(
            encoded.body.text
                == #"{"model":"gpt-4o","messages":[{"role":"system","content":"Be terse."},{"role":"user","content":"Weather?"}],"#
                + #""tools":[{"type":"function","function":{"name":"look","description":"Looks","#
                + #""parameters":{"type":"object","properties":{}}}}],"#
                + #""tool_choice":{"type":"function","function":{"name":"look"}},"parallel_tool_calls":false,"#
                + #""max_completion_tokens":9,"temperature":0.5,"stop":["END"],"seed":7,"metadata":{"a":"1","b":"2"},"#
                + #""stream":true,"stream_options":{"include_usage":true}}"#
        )
    }

    @Test func `writes calls, results and media`() throws {
        let call = ToolCall(id: "call_9", name: "see", arguments: "")
        var result = ToolResult(of: call, "found")
        result.content.append(.image(Media(.bytes([0x89, 0x50, 0x4E, 0x47]))))
        let user = Message(
            .user,
            parts: [
                .text("Look"), .image(Media(.url("https://x.example/a.png"), detail: "low")),
                .document(Media(.bytes(Array("%PDF".utf8)), name: "a.pdf")),
                .document(Media(.bytes(Array("plain".utf8)), type: "text/plain")),
                .audio(Media(.bytes([1, 2, 3]), type: "audio/mpeg")),
            ]
        )
        let request = ModelRequest(messages: [
            user, Message(.assistant, parts: [.toolCall(call)]), Message(.tool, parts: [.toolResult(result)]),
        ])

        let encoded = try encode(request)
        let messages = encoded.body["messages"]?.elements ?? []

        #expect(
            messages[0]["content"] == [
                ["type": "text", "text": "Look"],
                ["type": "image_url", "image_url": ["url": "https://x.example/a.png", "detail": "low"]],
                ["type": "file", "file": ["filename": "a.pdf", "file_data": "data:application/pdf;base64,JVBERg=="]],
                ["type": "text", "text": "plain"],
                ["type": "input_audio", "input_audio": ["data": "AQID", "format": "mp3"]],
            ]
        )
        #expect(
            messages[1] == [
                "role": "assistant", "content": nil,
                "tool_calls": [
                    ["id": "call_9", "type": "function", "function": ["name": "see", "arguments": "{}"]]
                ],
            ]
        )
        #expect(messages[2] == ["role": "tool", "tool_call_id": "call_9", "content": "found"])
        #expect(messages[3]["content"]?[1]?["image_url"]?["url"] == "data:image/png;base64,iVBORw==")
        #expect(encoded.warnings.map(\.option) == ["messages"])
    }

    @Test(arguments: [false, true])
    func `sends calls of free text tools back as such`(isStream: Bool) throws {
        let calls = #"[{"index":0,"id":"call_1","type":"custom","custom":{"name":"sh","input":"ls -l"}}]"#
        let answer = #"{"choices":[{"message":{"content":null,"tool_calls":\#(calls)},"finish_reason":"tool_calls"}]}"#
        let format = ChatFormat(identity: ModelIdentity(provider: "p", model: "m"))
        let response = try isStream ? decoded(ChatStreamDecoder(), [answer]) : format.decode(Array(answer.utf8))

        let messages = try encode(ModelRequest("?").followed(by: response)).body["messages"]

        #expect(response.toolCalls == [ToolCall(id: "call_1", name: "sh", arguments: "ls -l")])
        #expect(
            messages?[1]?["tool_calls"] == [
                ["id": "call_1", "type": "custom", "custom": ["name": "sh", "input": "ls -l"]]
            ]
        )
    }

    @Test func `keeps members of parts that a plain text has no place for`() throws {
        let mark: JSONValue = ["cache_control": ["type": "ephemeral"]]
        let text = MessagePart(.text("Long."), replay: Replay(format: ChatFormat.name, value: mark))
        let request = ModelRequest(messages: [
            .system("Be terse."), Message(.system, parts: [text]), .user([text, .text("?")]),
        ])
        let identity = ModelIdentity(provider: "openrouter", model: "m")
        let format = ChatFormat(identity: identity, dialect: ChatDialect(quirks: ChatQuirks()))

        let messages = try format.encode(request, isStream: false).body["messages"]

        let marked: JSONValue = ["type": "text", "text": "Long.", "cache_control": ["type": "ephemeral"]]
        #expect(messages?[0]?["content"] == [["type": "text", "text": "Be terse."], marked])
        #expect(messages?[1]?["content"] == [marked, ["type": "text", "text": "?"]])
    }

    @Test func `sends a plain text where a part's members are another service's`() throws {
        let mark = Replay(format: AnthropicFormat.name, value: ["cache_control": ["type": "ephemeral"]])
        let text = MessagePart(.text("Long."), replay: mark)
        let request = ModelRequest(messages: [
            .system("Be terse."), Message(.system, parts: [text]), .user([text, .text("?")]), .user([text]),
        ])
        let identity = ModelIdentity(provider: "mine", model: "m")
        let format = ChatFormat(identity: identity, dialect: ChatDialect(quirks: ChatQuirks()))

        let messages = try format.encode(request, isStream: false).body["messages"]

        #expect(messages?.elements.map { $0["content"] } == ["Be terse.\n\nLong.", "Long.\n\n?", "Long."])
    }

    /// Each row: the messages behind the calls of two tools, the first of which gave an image.
    @Test(
        arguments: [
            { [Message.results([$0]), .results([$1]), .user("And?")] },
            { [Message.results([$0, $1]), .user("And?")] },
            { [Message(.user, parts: [.toolResult($0), .toolResult($1), .text("And?")])] },
            { [Message.results([$0]), Message(.user, parts: [.toolResult($1), .text("And?")])] },
        ] as [@Sendable (ToolResult, ToolResult) -> [Message]]
    )
    func `puts what tools gave beside text behind all their results`(
        messages: @Sendable (ToolResult, ToolResult) -> [Message]
    ) throws {
        let calls = ["a", "b"].map { ToolCall(id: $0, name: "f") }
        var first = ToolResult(of: calls[0], "1")
        first.content.append(.image(Media(.url("https://x.example/a.png"))))
        let asked = Message(.assistant, parts: calls.map(MessagePart.toolCall))

        let encoded = try encode(ModelRequest(messages: [asked] + messages(first, ToolResult(of: calls[1], "2"))))

        let sent = encoded.body["messages"]?.elements ?? []
        #expect(sent.map { $0["role"]?.string } == ["assistant", "tool", "tool", "user", "user"])
        #expect(sent.map { $0["tool_call_id"]?.string } == [nil, "a", "b", nil, nil])
        #expect(encoded.body["messages"]?[3]?["content"]?[1]?["image_url"]?["url"] == "https://x.example/a.png")
        #expect(encoded.body["messages"]?[4]?["content"] == "And?")
        #expect(encoded.warnings.map(\.option) == ["messages"])
    }

    @Test func `says once what was done in several places`() throws {
        let turns = ["a", "b"].flatMap { id in
            let call = ToolCall(id: id, name: "f")
            var result = ToolResult(of: call, "1")
            result.content.append(.image(Media(.url("https://x.example/\(id).png"))))
            return [Message(.assistant, parts: [.toolCall(call)]), .results([result])]
        }

        let encoded = try encode(ModelRequest(messages: turns))

        #expect(encoded.body["messages"]?.elements.count { $0["role"] == "user" } == 2)
        #expect(encoded.warnings.map(\.option) == ["messages"])
    }

    @Test(arguments: [
        Media(.file(id: "file-1"), type: "image/png"), Media(.bytes([1, 2]), type: nil),
    ])
    func `refuses images that cannot be sent`(image: Media) {
        #expect(throws: ModelError.self) {
            try encode(ModelRequest(messages: [Message(.user, parts: [.image(image)])]))
        }
    }

    @Test func `sends a schema as it is, and strict only where it can be`() throws {
        let good: JSONValue = [
            "type": "object", "properties": ["z": ["type": "integer"], "a": ["type": "string"]],
            "required": ["z", "a"], "additionalProperties": false,
        ]
        var loose = good.object ?? JSONObject()
        loose["additionalProperties"] = nil
        var request = ModelRequest("?")

        request.output = .schema(OutputSchema(name: "n", schema: good))
        let strict = try encode(request)
        request.output = .schema(OutputSchema(name: "n", schema: .object(loose)))
        let lax = try encode(request)

        #expect(strict.body["response_format"]?["json_schema"]?["schema"]?.text == good.text)
        #expect(strict.body["response_format"]?["json_schema"]?["strict"] == true)
        #expect(lax.body["response_format"]?["json_schema"]?["strict"] == false)
        #expect(
            lax.warnings.map(\.description) == [
                "output: the schema cannot be strict, since the root does not say additionalProperties: false; "
                    + "strict was dropped"
            ]
        )
        request.options.isStrict = true
        #expect(throws: ModelError.self) { try encode(request) }
    }

    @Test func `writes a schema into the instructions of models that cannot be held to one`() throws {
        var request = ModelRequest("?")
        request.output = .schema(OutputSchema(name: "n", schema: ["type": "object"]))

        let encoded = try encode(request, model: "gpt-3.5-turbo")

        #expect(encoded.body["response_format"] == ["type": "json_object"])
        #expect(
            encoded.body["messages"]?[0]?["content"]
                == #"Answer with JSON that fits this JSON Schema: {"type":"object"}"#
        )
        #expect(encoded.warnings.map(\.option) == ["output"])
    }

    @Test(arguments: [OutputFormat.json, .schema(OutputSchema(name: "n", schema: ["type": "object"]))])
    func `gives no instructions to models that take none, not even for JSON`(output: OutputFormat) throws {
        var request = ModelRequest("?", system: "Be terse.")
        request.output = output

        let messages = try encode(request, model: "o1-mini").body["messages"]?.elements ?? []

        #expect(messages.map { $0["role"] } == ["user", "user", "user"])
    }

    @Test func `says JSON where the service wants the word`() throws {
        var request = ModelRequest("Answer in Json")
        request.output = .json
        #expect(try encode(request).warnings.isEmpty)

        request.messages = [Message(.user, "Answer")]
        #expect(try encode(request).body["messages"]?[0]?["content"] == "Answer with a JSON object.")
    }

    @Test func `merges what the caller gave by name`() throws {
        var request = ModelRequest("?")
        request.options.openAI.serviceTier = "flex"
        request.options.openAI.verbosity = "low"
        request.options.openAI.chat["logprobs"] = true

        let plain = try encode(request)
        let reasoning = try encode(request, model: "o3")

        #expect(plain.body["service_tier"] == "flex")
        #expect(plain.body["verbosity"] == "low")
        #expect(plain.body["logprobs"] == true)
        #expect(reasoning.body["logprobs"] == nil)
        #expect(reasoning.warnings.map(\.option) == ["logprobs"])
        #expect(request.options.openAI.responses["text"] == ["verbosity": "low"])
        request.options.isStrict = true
        #expect(throws: ModelError.self) { try encode(request, model: "o3") }
    }

    @Test func `sends the choice of tools where they are given by name alone`() throws {
        var request = ModelRequest("?")
        request.toolChoice = .required
        request.options.openAI.chat["tools"] = [["type": "custom", "custom": ["name": "f"]]]

        #expect(try encode(request).body["tool_choice"] == "required")
    }

    @Test func `sends refusals back, and reasoning not`() throws {
        let message = Message(
            .assistant,
            parts: [MessagePart(.reasoning("hm")), MessagePart(.refusal("No")), .text("Sorry")]
        )

        let encoded = try encode(ModelRequest(messages: [Message(.user, "?"), message]))

        #expect(encoded.body["messages"]?[1] == ["role": "assistant", "content": "Sorry", "refusal": "No"])
    }
}
