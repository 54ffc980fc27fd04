import LanguageModels
import Testing

@testable import ModelProviders

struct AnthropicFittingTests {
    private func encoded(_ model: String, _ edit: (inout ModelRequest) -> Void) throws -> EncodedRequest {
        var request = ModelRequest("Hi")
        edit(&request)
        return try AnthropicFormat(ModelIdentity(provider: "anthropic", model: model)).encode(request, isStream: false)
    }

    @Test(arguments: [
        ("claude-opus-5", 128_000), ("claude-sonnet-4-5-20250929", 64_000), ("claude-opus-4-1-20250805", 32_000),
        ("claude-opus-4-20250514", 32_000), ("claude-sonnet-4-20250514", 64_000), ("claude-3-haiku-20240307", 4096),
        ("claude-3-5-haiku-20241022", 8192), ("claude-quatrain-7", 128_000), ("us.anthropic.claude-opus-4-1", 32_000),
        ("some-model", 8192), ("anthropic/claude-opus-4.1", 32_000), ("claude-3.5-haiku", 8192),
        ("claude-sonnet-4.6", 128_000),
    ])
    func `knows how much each family may write`(model: String, tokens: Int) throws {
        #expect(try encoded(model) { _ in }.body["max_tokens"] == .integer(tokens))
    }

    @Test func `asks for no more than the model can write`() throws {
        let encoded = try encoded("claude-3-haiku") { $0.options.maximumTokens = 5000 }

        #expect(encoded.body["max_tokens"] == 4096)
        #expect(
            encoded.warnings == [
                RequestWarning(option: "maximumTokens", reason: "the model writes at most 4096 tokens")
            ]
        )
    }

    private static let thoughts: [(String, ReasoningEffort, JSONValue?, String?, [String])] =
        [
            ("claude-opus-4-8", ReasoningEffort.extraHigh, ["type": "adaptive"], "xhigh", []),
            ("claude-opus-4-6", .extraHigh, ["type": "adaptive"], "high", ["reasoning"]),
            ("claude-opus-4-6", .maximum, ["type": "adaptive"], "max", []),
            ("claude-opus-4-6", .budget(tokens: 2000), ["type": "enabled", "budget_tokens": 2000], nil, []),
            ("claude-opus-4-6", .none, ["type": "disabled"], nil, []),
            ("claude-sonnet-5", .budget(tokens: 2000), ["type": "adaptive"], "low", ["reasoning"]),
            ("claude-opus-4-5", .medium, ["type": "enabled", "budget_tokens": 8192], "medium", []),
            ("claude-sonnet-4-5", .low, ["type": "enabled", "budget_tokens": 2048], nil, []),
            ("claude-sonnet-4-5", .none, nil, nil, []),
            ("claude-sonnet-4-5", .budget(tokens: 10), ["type": "enabled", "budget_tokens": 1024], nil, ["reasoning"]),
            ("claude-3-haiku", .high, nil, nil, ["reasoning"]),
        ]

    @Test(arguments: thoughts)
    func `has each family think its own way`(
        model: String,
        effort: ReasoningEffort,
        thinking: JSONValue?,
        word: String?,
        warned: [String]
    ) throws {
        let encoded = try encoded(model) { $0.options.reasoning = effort }

        #expect(encoded.body["thinking"] == thinking)
        #expect(encoded.body["output_config"]?["effort"]?.string == word)
        #expect(encoded.warnings.map(\.option) == warned)
    }

    @Test(arguments: [(1024, nil, ["reasoning"]), (1500, 1499, [])] as [(Int, Int?, [String])])
    func `keeps the budget below the tokens of the answer`(tokens: Int, budget: Int?, warned: [String]) throws {
        let encoded = try encoded("claude-sonnet-4-5") {
            $0.options.maximumTokens = tokens
            $0.options.reasoning = .high
        }

        #expect(encoded.body["thinking"]?["budget_tokens"]?.integer == budget)
        #expect(encoded.warnings.map(\.option) == warned)
    }

    @Test(
        arguments: [
            ("claude-opus-4-7", false, 0.5, 0.9, nil, nil, ["temperature", "topP", "topK"]),
            ("claude-sonnet-4-5", false, 1.7, nil, 1, nil, ["temperature"]),
            ("claude-sonnet-4-5", false, 0.5, 0.9, 0.5, nil, ["topP"]),
            ("claude-3-haiku", false, 0.5, 0.9, 0.5, 0.9, []),
            ("claude-sonnet-4-5", true, 0.5, nil, nil, nil, ["temperature", "topK"]),
            ("claude-sonnet-4-5", true, 1, 0.5, 1, nil, ["topK", "topP"]),
            ("claude-sonnet-4-5", true, nil, 0.97, nil, 0.97, ["topK"]),
        ] as [(String, Bool, Double?, Double?, Double?, Double?, [String])]
    )
    func `sends options of sampling only where they are taken`(
        model: String,
        thinks: Bool,
        temperature: Double?,
        topP: Double?,
        sentTemperature: Double?,
        sentTopP: Double?,
        warned: [String]
    ) throws {
        let encoded = try encoded(model) { request in
            request.options.temperature = temperature
            request.options.topP = topP
            if thinks || warned.contains("topK") { request.options.topK = 5 }
            if thinks { request.options.reasoning = .low }
        }

        #expect(encoded.body["temperature"]?.double == sentTemperature)
        #expect(encoded.body["top_p"]?.double == sentTopP)
        #expect(encoded.warnings.map(\.option) == warned)
    }

    @Test func `drops what Anthropic does not know, or fails where that is asked for`() throws {
        let encoded = try encoded("claude-sonnet-4-5") { request in
            request.options.seed = 1
            request.options.presencePenalty = 1
            request.options.frequencyPenalty = 1
            request.options.stop = ["END", "\n"]
            request.options.metadata = ["user_id": "u", "team": "t"]
        }

        #expect(encoded.warnings.map(\.option) == ["seed", "frequencyPenalty", "presencePenalty", "stop", "metadata"])
        #expect(encoded.body["stop_sequences"] == ["END"])
        #expect(encoded.body["metadata"] == ["user_id": "u"])
        let error = #expect(throws: ModelError.self) {
            try self.encoded("claude-sonnet-4-5") { request in
                request.options.seed = 1
                request.options.isStrict = true
            }
        }
        #expect(error?.kind == .unsupported)
        #expect(error?.message == "seed: Anthropic does not know it")
    }

    @Test func `holds answers to a schema that the service takes`() throws {
        let schema: JSONValue = [
            "type": "object",
            "properties": [
                "n": ["type": "integer", "minimum": 1, "description": "How many."],
                "e": ["oneOf": [["type": "string", "format": "slug"], ["type": "null"]]],
            ],
            "required": ["n", "e"],
        ]

        let encoded = try encoded("claude-sonnet-4-5") { $0.output = .schema(OutputSchema(name: "a", schema: schema)) }

        let fitted: JSONValue = [
            "type": "object",
            "properties": [
                "n": ["type": "integer", "description": "How many. {minimum: 1}"],
                "e": ["anyOf": [["type": "string", "description": "{format: slug}"], ["type": "null"]]],
            ],
            "required": ["n", "e"], "additionalProperties": false,
        ]
        #expect(encoded.body["output_config"] == ["format": ["type": "json_schema", "schema": fitted]])
        #expect(encoded.warnings.map(\.reason) == ["the service does not enforce minimum, format of the schema"])
    }

    private static let once: JSONValue = [
        "type": "tool", "name": "answer_in_required_form", "disable_parallel_tool_use": true,
    ]
    @Test(arguments: [
        (##"{"type":"object","properties":{"next":{"$ref":"#"}}}"##, true),
        (
            ##"{"$ref":"#/$defs/a","$defs":{"a":{"properties":{"b":{"$ref":"#/$defs/b"}}},"b":{"items":{"$ref":"#/$defs/a"}}}}"##,
            true
        ),
        (
            ##"{"properties":{"x":{"$ref":"#/$defs/a"},"y":{"$ref":"#/$defs/a"}},"$defs":{"a":{"type":"string"}}}"##,
            false
        ),
        (##"{"properties":{"x":{"enum":[{"$ref":"#"}]},"y":{"$ref":"#/$defs/none"}}}"##, false),
        (##"{"properties":{"enum":{"$ref":"#"}}}"##, true), (##"{"properties":{"$ref":{"type":"string"}}}"##, false),
        (##"{"anyOf":[{"items":{"$ref":"#/anyOf/0"}}]}"##, true),
        (##"{"$defs":{"a/b":{"items":{"$ref":"#/$defs/a~1b"}}}}"##, true),
        (##"{"properties":{"x":{"$ref":"other.json#/properties/x"}}}"##, false),
        (##"{"definitions":{"List<é>":{"items":{"$ref":"#/definitions/List%3C%C3%A9%3E"}}}}"##, true),
        (##"{"$defs":{"100%":{"items":{"$ref":"#/$defs/100%"}}}}"##, true),
        (##"{"$anchor":"tree","properties":{"left":{"$ref":"#tree"}}}"##, true),
        (##"{"$ref":"#a","$defs":{"x":{"$anchor":"a","items":{"$ref":"#b"}},"y":{"$anchor":"b"}}}"##, false),
        (##"{"$defs":{"x":{"$anchor":"é","items":{"$ref":"#%C3%A9"}}}}"##, true),
        (##"{"$defs":{"x":{"$id":"#old","items":{"$ref":"#old"}}}}"##, true),
        (##"{"$dynamicAnchor":"node","properties":{"next":{"$dynamicRef":"#node"}}}"##, true),
        (##"{"$dynamicAnchor":"node","properties":{"next":{"$ref":"#node"}}}"##, true),
        (##"{"$defs":{"x":{"items":{"$dynamicRef":"#/$defs/x"}}}}"##, true),
        (##"{"$recursiveAnchor":true,"items":{"$recursiveRef":"#"}}"##, true),
        (##"{"properties":{"x":{"$ref":"#tree"},"$anchor":{"type":"string"}}}"##, false),
        (##"{"properties":{"x":{"$dynamicRef":"#none"},"$anchor":{"items":{"$ref":"#x"}}}}"##, false),
        (##"{"enum":[{"$anchor":"a"}],"items":{"$ref":"#a"}}"##, false),
    ])
    func `asks through a tool for what leads back into itself`(schema: String, isRecursive: Bool) throws {
        let schema = OutputSchema(name: "x", schema: try JSONValue(parsing: schema))

        for (model, choice) in [("claude-sonnet-4-5", "tool"), ("claude-fable-5", "auto")] {
            let body = try encoded(model) { $0.output = .schema(schema) }.body

            #expect(body["tools"]?[0]?["input_schema"] == (isRecursive ? schema.schema : Optional.none))
            #expect(body["tool_choice"]?["type"]?.string == (isRecursive ? choice : nil))
            #expect((body["output_config"] == nil) == isRecursive)
        }
    }

    @Test(.timeLimit(.minutes(1)), arguments: [true, false])
    func `follows references however many there are`(isRecursive: Bool) throws {
        let count = 100_000
        let links = (0..<count).map { number -> (key: String, value: JSONValue) in
            ("d\(number)", ["$ref": .string("#/$defs/d\(number + 1)")])
        }
        let end: JSONValue = isRecursive ? ["items": ["$ref": "#/$defs/d0"]] : ["type": "string"]
        let definitions = JSONObject(links + [("d\(count)", end)])
        let schema: JSONValue = ["properties": ["x": ["$ref": "#/$defs/d0"]], "$defs": .object(definitions)]

        #expect(AnthropicSchema.isRecursive(schema) == isRecursive)
    }

    private static let answerTools: [([String], ToolChoice, JSONValue, Int)] = [
        ([], .automatic, once, 1), (["look"], .automatic, ["type": "any"], 2), (["look"], .none, once, 2),
        (["look"], .tool("look"), ["type": "tool", "name": "look"], 1),
    ]

    @Test(arguments: answerTools)
    func `asks older models for structured answers through a tool`(
        tools: [String],
        choice: ToolChoice,
        sent: JSONValue,
        count: Int
    ) throws {
        let encoded = try encoded("claude-sonnet-4-20250514") { request in
            request.tools = tools.map { Tool(name: $0) }
            request.toolChoice = choice
            request.output = .schema(OutputSchema(name: "a", schema: ["type": "object"]))
        }

        #expect(encoded.body["tool_choice"] == sent)
        #expect(encoded.body["tools"]?.elements.count == count)
        #expect(encoded.body["output_config"] == nil)
    }

    @Test func `has no thoughts where an older model must answer in a form`() throws {
        let encoded = try encoded("claude-sonnet-4") { request in
            request.output = .schema(OutputSchema(name: "a", schema: ["type": "object"]))
            request.options.reasoning = .high
        }

        #expect(encoded.body["thinking"] == nil)
        #expect(encoded.warnings.map(\.option) == ["reasoning"])
    }

    @Test func `asks for JSON in words`() throws {
        let encoded = try encoded("claude-sonnet-4-5") { $0.output = .json }

        #expect(encoded.body["system"]?.string?.contains("a single JSON object") == true)
        #expect(encoded.warnings.map(\.option) == ["output"])
    }

    @Test(arguments: [("claude-fable-5", false), ("claude-sonnet-4-5", true)])
    func `forces no tools where that is refused`(model: String, thinks: Bool) throws {
        let encoded = try encoded(model) { request in
            request.tools = [Tool(name: "look")]
            request.toolChoice = .required
            if thinks { request.options.reasoning = .low }
        }

        #expect(encoded.body["tool_choice"] == nil)
        #expect(encoded.warnings.map(\.option) == ["toolChoice"])
    }

    @Test(arguments: [
        ("claude-sonnet-4-5", false, ["user", "assistant"]), ("claude-sonnet-4-5", true, ["user"]),
        ("claude-opus-4-6", false, ["user"]),
    ])
    func `begins answers only where the model goes on`(model: String, thinks: Bool, roles: [String]) throws {
        let encoded = try encoded(model) { request in
            request.messages.append(Message(.assistant, "It is \n"))
            if thinks { request.options.reasoning = .low }
        }

        #expect(encoded.body["messages"]?.elements.compactMap { $0["role"]?.string } == roles)
        if roles.count == 2 { #expect(encoded.body["messages"]?[1]?["content"] == "It is") }
        #expect(encoded.warnings.map(\.option) == (roles.count == 2 ? [] : ["messages"]))
    }

    @Test(arguments: [("claude-sonnet-4-5", true), ("claude-sonnet-4", nil)] as [(String, Bool?)])
    func `makes tools strict where the model can be held to them`(model: String, strict: Bool?) throws {
        let encoded = try encoded(model) { $0.tools = [Tool(name: "look", isStrict: true)] }

        #expect(encoded.body["tools"]?[0]?["strict"]?.bool == strict)
        #expect(encoded.body["tools"]?[0]?["input_schema"]?["additionalProperties"]?.bool == strict.map { _ in false })
        #expect(encoded.warnings.isEmpty == (strict == true))
    }

    @Test func `only warms the cache where no tokens may be written`() throws {
        #expect(try encoded("claude-opus-5") { $0.options.maximumTokens = 0 }.body["max_tokens"] == 0)
    }

    @Test func `begins no answer that must fit a schema`() throws {
        let encoded = try encoded("claude-sonnet-4-5") { request in
            request.messages.append(Message(.assistant, "{"))
            request.output = .schema(OutputSchema(name: "a", schema: ["type": "object"]))
        }

        #expect(encoded.body["messages"]?.elements.count == 1)
        #expect(encoded.warnings.map(\.option) == ["messages"])
    }
}
