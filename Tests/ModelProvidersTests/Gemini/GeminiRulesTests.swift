import LanguageModels
import Testing

@testable import ModelProviders

struct GeminiRulesTests {
    private func encode(_ request: ModelRequest, _ model: String) throws -> EncodedRequest {
        let identity = ModelIdentity(provider: "gemini", model: model)
        return try GeminiFormat(identity: identity, surface: .studio(files: "https://g")).encode(
            request,
            isStream: false
        )
    }

    @Test(
        arguments: [
            ("gemini-2.5-flash", .none, ["thinkingBudget": 0], nil),
            (
                "gemini-2.5-pro", .none, ["thinkingBudget": 128],
                "the model cannot do without thinking: 128 tokens are allowed"
            ),
            ("gemini-2.5-pro", .maximum, ["thinkingBudget": 32_768], nil),
            ("gemini-2.5-flash", .low, ["thinkingBudget": 1024], nil),
            (
                "gemini-2.5-flash-lite", .budget(tokens: 100), ["thinkingBudget": 512],
                "the model takes 512 to 24576 tokens for thinking: 512 tokens are allowed"
            ),
            ("gemini-2.5-pro", .budget(tokens: -1), ["thinkingBudget": -1], nil),
            ("gemini-3-pro-preview", .low, ["thinkingLevel": "LOW"], nil),
            ("gemini-3-pro-preview", .medium, ["thinkingLevel": "HIGH"], "the model has no such level: HIGH is sent"),
            ("gemini-3-flash-preview", .minimal, ["thinkingLevel": "MINIMAL"], nil),
            (
                "gemini-3-flash-preview", .none, ["thinkingLevel": "MINIMAL"],
                "the model cannot do without thinking: MINIMAL is sent"
            ),
            ("gemini-3.7-flash", .minimal, ["thinkingLevel": "LOW"], "the model has no such level: LOW is sent"),
            (
                "gemini-3.6-flash", .budget(tokens: 5000), ["thinkingLevel": "MEDIUM"],
                "the model takes levels, no budget: MEDIUM is sent"
            ),
            ("gemini-2.0-flash", .high, nil, "the model does not think"),
            ("gemini-2.0-flash", .none, nil, nil),
        ] as [(String, ReasoningEffort, JSONValue?, String?)]
    )
    func `asks each model to think in the words it takes`(
        model: String,
        effort: ReasoningEffort,
        config: JSONValue?,
        warning: String?
    ) throws {
        var request = ModelRequest("Hello")
        request.options.reasoning = effort

        let encoded = try encode(request, model)

        #expect(encoded.body["generationConfig"]?["thinkingConfig"] == config)
        #expect(encoded.warnings.map(\.reason) == (warning.map { [$0] } ?? []))
    }

    @Test(arguments: [
        ("gemini-2.0-flash", 3), ("gemini-2.5-pro", 1), ("models/gemini-3-flash-preview", 1), ("gemini-3.6-flash", 0),
        ("gemini-3.5-flash-lite", 0), ("gemini-9-flash", 0),
    ])
    func `drops what a model does not take, with a warning`(model: String, sent: Int) throws {
        var request = ModelRequest("Hello")
        request.options.temperature = 0.1
        request.options.presencePenalty = 0.1
        request.options.frequencyPenalty = 0.1

        let encoded = try encode(request, model)

        #expect(encoded.body["generationConfig"]?.object?.members.count ?? 0 == sent)
        #expect(encoded.warnings.count == 3 - sent)
        request.options.isStrict = true
        #expect((try? encode(request, model)) == nil || sent == 3)
    }

    @Test func `knows before the call that tools and a form do not go together before Gemini 3`() throws {
        var request = ModelRequest("Hello")
        request.tools = [Tool(name: "f")]
        request.output = .schema(OutputSchema(name: "a", schema: ["type": "object"]))

        let error = #expect(throws: ModelError.self) { try encode(request, "gemini-2.5-flash") }

        #expect(error?.kind == .unsupported)
        #expect(
            error?.description == """
                gemini/gemini-2.5-flash: not supported by the model: tools and a form for the answer do not go \
                together before Gemini 3: leave one out
                """
        )
        #expect(try encode(request, "gemini-3-flash-preview").warnings.isEmpty)
        request.toolChoice = .none
        let encoded = try encode(request, "gemini-2.5-flash")
        #expect(encoded.body["tools"] == nil && encoded.warnings.map(\.option) == ["tools"])
        #expect(encoded.body["generationConfig"]?["responseJsonSchema"] == ["type": "object"])
    }

    @Test(arguments: ["", "1st", "get-\u{FC}", "a b", "-a", String(repeating: "a", count: 129)])
    func `refuses names of tools that the service refuses`(name: String) {
        var request = ModelRequest("Hello")
        request.tools = [Tool(name: name)]

        let error = #expect(throws: ModelError.self) { try encode(request, "gemini-2.5-flash") }

        #expect(error?.kind == .unsupported)
        request.tools = [Tool(name: "_a.b:c-1"), Tool(name: String(repeating: "a", count: 128))]
        #expect(throws: Never.self) { try encode(request, "gemini-2.5-flash") }
    }

    @Test func `Gemma gets the system prompt in the first turn`() throws {
        let encoded = try encode(ModelRequest("Hello", system: "Be kind"), "gemma-3-27b-it")

        #expect(
            encoded.body == [
                "contents": [["role": "user", "parts": [["text": "Be kind"], ["text": "Hello"]]]]
            ]
        )
    }

    @Test func `refuses what can be neither sent nor dropped`() throws {
        var calling = ModelRequest("Hello")
        calling.tools = [Tool(name: "f")]
        let prefilled = ModelRequest(messages: [Message(.user, "Hello"), Message(.assistant, "Well,")])
        let untyped = ModelRequest(messages: [Message(.user, parts: [.audio(Media(.bytes([0])))])])

        #expect(throws: ModelError.self) { try encode(calling, "gemma-3-4b-it") }
        #expect(throws: ModelError.self) { try encode(prefilled, "gemini-3.6-flash") }
        let late = ModelRequest(messages: prefilled.messages + [Message(.system, "Be kind")])
        #expect(throws: ModelError.self) { try encode(late, "gemini-3.6-flash") }
        #expect(try encode(prefilled, "gemini-2.5-flash").warnings.isEmpty)
        #expect(throws: ModelError.self) { try encode(untyped, "gemini-2.5-flash") }
        #expect(throws: ModelError.self) {
            try encode(ModelRequest(messages: [Message(.system, "Be kind")]), "gemini-2.5-flash")
        }
    }

    @Test func `fits numbers to their ranges`() throws {
        var request = ModelRequest("Hello")
        request.options.temperature = 3
        request.options.stop = ["1", "2", "3", "4", "5", "6"]
        request.tools = [Tool(name: "f")]
        request.options.allowsParallelToolCalls = false

        let encoded = try encode(request, "gemini-2.5-flash")

        #expect(encoded.warnings.map(\.option) == ["allowsParallelToolCalls", "temperature", "stop"])
        #expect(encoded.body["generationConfig"] == ["temperature": 2, "stopSequences": ["1", "2", "3", "4", "5"]])
    }
}
