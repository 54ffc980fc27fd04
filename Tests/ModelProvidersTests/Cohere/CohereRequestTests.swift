import LanguageModels
import Testing

@testable import ModelProviders

struct CohereRequestTests {
    private func encoded(
        _ model: String = "command-a-03-2025",
        _ request: ModelRequest = ModelRequest("Hi"),
        _ edit: (inout ModelRequest) -> Void = { _ in }
    ) throws -> EncodedRequest {
        var request = request
        edit(&request)
        return try CohereFormat(ModelIdentity(provider: "cohere", model: model)).encode(request, isStream: false)
    }

    @Test func `writes options under Cohere's names`() throws {
        let encoded = try encoded { request in
            request.options.maximumTokens = 9
            request.options.stop = ["END"]
            request.options.temperature = 0.5
            request.options.topP = 0.9
            request.options.topK = 3
            request.options.seed = 7
            request.options.frequencyPenalty = 0.25
            request.options.cohere.safetyMode = "STRICT"
            request.options.cohere.citationMode = "OFF"
        }

        let expected =
            #"{"model":"command-a-03-2025","messages":[{"role":"user","content":"Hi"}],"max_tokens":9,"#
            + #""stop_sequences":["END"],"temperature":0.5,"p":0.9,"k":3,"seed":7,"frequency_penalty":0.25,"#
            + #""safety_mode":"STRICT","citation_options":{"mode":"OFF"}}"#
        #expect(encoded.body.text == expected)
        #expect(encoded.path == "/v2/chat")
        #expect(encoded.warnings.isEmpty)
    }

    @Test func `clamps and drops what is not taken, and says so`() throws {
        let encoded = try encoded { request in
            request.options.temperature = 1.5
            request.options.topP = 1
            request.options.topK = 1000
            request.options.frequencyPenalty = 2
            request.options.presencePenalty = 0.5
            request.options.reasoning = .high
            request.options.metadata = ["a": "b"]
            request.options.stop = ["1", "2", "3", "4", "5", "6"]
        }

        #expect(encoded.body["temperature"] == 1)
        #expect(encoded.body["p"] == 0.99)
        #expect(encoded.body["k"] == 500)
        #expect(encoded.body["frequency_penalty"] == 1)
        #expect(encoded.body["presence_penalty"] == nil)
        #expect(encoded.body["thinking"] == nil)
        #expect(encoded.body["stop_sequences"]?.elements.count == 5)
        #expect(
            encoded.warnings.map(\.option) == [
                "reasoning", "temperature", "topP", "topK", "frequencyPenalty", "presencePenalty", "stop", "metadata",
            ]
        )
        #expect(throws: ModelError.self) {
            try self.encoded { request in
                request.options.temperature = 1.5
                request.options.isStrict = true
            }
        }
    }

    @Test(
        arguments: [
            ("command-a-03-2025", ToolChoice.automatic, ["look", "hear"], nil, 0),
            ("command-a-03-2025", .none, ["look", "hear"], "NONE", 0),
            ("command-a-03-2025", .required, ["look", "hear"], "REQUIRED", 0),
            ("command-a-03-2025", .tool("hear"), ["hear"], "REQUIRED", 0), ("command-r-08-2024", .none, [], nil, 0),
            ("command-r7b-12-2024", .required, ["look", "hear"], "REQUIRED", 0),
            ("command-r-08-2024", .tool("hear"), ["hear"], nil, 1),
        ] as [(String, ToolChoice, [String], String?, Int)]
    )
    func `writes choices of tools as far as the model knows them`(
        model: String,
        choice: ToolChoice,
        names: [String],
        word: String?,
        warnings: Int
    ) throws {
        let encoded = try encoded(model) { request in
            request.tools = [Tool(name: "look"), Tool(name: "hear")]
            request.toolChoice = choice
        }

        let sent = encoded.body["tools"]?.elements.compactMap { $0["function"]?["name"]?.string } ?? []
        #expect(sent == names)
        #expect(encoded.body["tool_choice"]?.string == word)
        #expect(encoded.warnings.count == warnings)
    }

    @Test(arguments: ["get-time", "1st", "", "ü"])
    func `refuses names of tools that the service refuses`(name: String) {
        let error = #expect(throws: ModelError.self) { try encoded { $0.tools = [Tool(name: name)] } }

        #expect(error?.kind == .unsupported)
    }

    @Test func `asks in words for the form of an answer that comes with tools`() throws {
        let schema: JSONValue = ["type": "object", "properties": ["n": ["type": "integer"]]]
        let output = OutputFormat.schema(OutputSchema(name: "a", schema: schema))

        let alone = try encoded { $0.output = output }
        let withTools = try encoded { request in
            request.output = output
            request.tools = [Tool(name: "look")]
        }

        #expect(alone.body["response_format"] == ["type": "json_object", "json_schema": schema])
        #expect(withTools.body["response_format"] == nil)
        #expect(withTools.body["messages"]?[0]?["content"]?.string?.contains(schema.text) == true)
        #expect(withTools.warnings.map(\.option) == ["output"])
    }

    @Test(arguments: [("Tell me.", 2), ("Tell me in JSON.", 1)])
    func `asks for JSON where nobody does`(prompt: String, count: Int) throws {
        let encoded = try encoded("command-a-03-2025", ModelRequest(prompt)) { $0.output = .json }

        #expect(encoded.body["messages"]?.elements.count == count)
        #expect(encoded.body["response_format"] == ["type": "json_object"])
    }

    private static let thoughts: [(ReasoningEffort, JSONValue)] =
        [
            (ReasoningEffort.none, ["type": "disabled"]), (.low, ["type": "enabled", "token_budget": 2048]),
            (.high, ["type": "enabled"]), (.budget(tokens: 500), ["type": "enabled", "token_budget": 500]),
        ]

    @Test(arguments: thoughts)
    func `tells models how much to think`(effort: ReasoningEffort, thinking: JSONValue) throws {
        let encoded = try encoded("command-a-reasoning-08-2025") { $0.options.reasoning = effort }

        #expect(encoded.body["thinking"] == thinking)
    }

    @Test func `sends a turn with tools back as it came`() throws {
        let message = try JSONValue(
            parsing: #"""
                {"role":"assistant","content":[{"type":"thinking","thinking":"Hm."},{"type":"text","text":"So."}],
                 "tool_plan":"I will look.","tool_calls":[{"id":"c1","type":"function",
                 "function":{"name":"look","arguments":"{\"at\":1}"}}]}
                """#
        )
        let answer = try CohereAnswer.response(["message": message, "finish_reason": "TOOL_CALL"])
        let result = ToolResult(callID: "c1", name: "look", content: [.text("a tree")])

        let encoded = try encoded(
            "command-a-03-2025",
            ModelRequest(messages: [
                Message(.user, "Look."), answer.message,
                Message(.user, parts: [.text("Well?"), .toolResult(result)]),
            ])
        )

        #expect(encoded.body["messages"]?[1] == message)
        #expect(encoded.body["messages"]?[2] == ["role": "tool", "tool_call_id": "c1", "content": "a tree"])
        #expect(encoded.body["messages"]?[3] == ["role": "user", "content": "Well?"])
    }

    @Test func `writes images as addresses`() throws {
        let request = ModelRequest(messages: [
            Message(.user, parts: [.image(Media(.bytes([0xFF, 0xD8, 0xFF]), detail: "low"))])
        ])

        let content = try encoded("command-a-vision-07-2025", request).body["messages"]?[0]?["content"]

        #expect(content?[0]?["image_url"] == ["url": "data:image/jpeg;base64,/9j/", "detail": "low"])
    }

    @Test func `is strict about all tools or none`() throws {
        let all = try encoded { $0.tools = [Tool(name: "a", isStrict: true), Tool(name: "b", isStrict: true)] }
        let some = try encoded { $0.tools = [Tool(name: "a", isStrict: true), Tool(name: "b")] }

        #expect(all.body["strict_tools"] == true)
        #expect(some.body["strict_tools"] == nil)
        #expect(some.warnings.map(\.option) == ["isStrict"])
    }

    @Test(arguments: [true, false])
    func `sets no mode of safety beside tools or documents`(hasTools: Bool) throws {
        let encoded = try encoded { request in
            request.options.cohere.safetyMode = "STRICT"
            if hasTools { request.tools = [Tool(name: "look")] } else { request.options.cohere.documents = ["a"] }
        }

        #expect(encoded.body["safety_mode"] == nil)
        #expect(encoded.warnings.map(\.option) == ["safetyMode"])
    }
}
