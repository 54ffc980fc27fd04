import LanguageModels
import ModelCatalog
import Testing
import Tokenization

/// The cookbook's examples, whose counts its author compared with the service's answers.
struct OpenAICountTests {
    let counter: RequestCounter

    init() throws {
        counter = RequestCounter(in: try ModelCatalogue.builtIn())
    }

    private static let lines = [
        OpenAIFraming.Line(
            "system",
            "You are a helpful, pattern-following assistant that translates corporate jargon into plain English."
        ),
        .init("system", "New synergies will help drive top-line growth.", name: "example_user"),
        .init("system", "Things working well together will increase revenue.", name: "example_assistant"),
        .init(
            "system",
            "Let's circle back when we have more bandwidth to touch base on opportunities for increased leverage.",
            name: "example_user"
        ),
        .init(
            "system",
            "Let's talk later when we're less busy about how to do better.",
            name: "example_assistant"
        ),
        .init(
            "user",
            "This late pivot means we don't have time to boil the ocean for the client deliverable."
        ),
    ]

    @Test(arguments: [
        ("gpt-3.5-turbo", TokenEncoding.cl100kBase, 129), ("gpt-4", .cl100kBase, 129), ("gpt-4o", .o200kBase, 124),
        ("gpt-3.5-turbo-0301", .cl100kBase, 127),
    ])
    func `counts the messages of the cookbook`(model: String, encoding: TokenEncoding, tokens: Int) {
        #expect(OpenAIFraming(model: model).count(Self.lines, in: encoding) == tokens)
    }

    private static let weather = Tool(
        name: "get_current_weather",
        description: "Get the current weather in a given location",
        parameters: [
            "type": "object",
            "properties": [
                "location": ["type": "string", "description": "The city and state, e.g. San Francisco, CA"],
                "unit": [
                    "type": "string", "description": "The unit of temperature to return",
                    "enum": ["celsius", "fahrenheit"],
                ],
            ],
            "required": ["location"],
        ]
    )

    private static var weatherRequest: ModelRequest {
        var request = ModelRequest(
            "What's the weather like in San Francisco?",
            system: "You are a helpful assistant that can answer to questions about the weather."
        )
        request.tools = [weather]
        return request
    }

    @Test(arguments: [
        ("openai/gpt-3.5-turbo", 105), ("openai/gpt-4", 105), ("openai/gpt-4o", 101), ("openai/gpt-4o-mini", 101),
        ("azure/gpt-4o", 101),
    ])
    func `counts the tools of the cookbook`(model: String, tokens: Int) throws {
        let profile = try #require(counter.catalogue.match(model)?.profile)

        let count = counter.count(Self.weatherRequest, for: profile)

        #expect(count.count == tokens)
        #expect(count.isExact)
        #expect(count.upperBound == tokens)
        #expect(count.description == "\(tokens) tokens")
    }

    @Test(arguments: [(ToolChoice.none, 102), (.required, 101), (.tool("get_current_weather"), 108)])
    func `counts what a tool choice adds`(choice: ToolChoice, tokens: Int) throws {
        var request = Self.weatherRequest
        request.toolChoice = choice
        let profile = try #require(counter.catalogue.match("gpt-4o")?.profile)

        #expect(counter.count(request, for: profile).count == tokens)
    }

    @Test func `renders nested schemas as TypeScript`() throws {
        let nested: JSONValue = [
            "type": "object", "required": ["a", "list"],
            "properties": [
                "a": ["type": "integer", "description": "shown"],
                "list": ["type": "array", "items": ["type": "object", "properties": ["b": ["type": "boolean"]]]],
                "deep": [
                    "type": "object",
                    "properties": ["c": ["type": "number", "enum": [1, 2], "description": "hidden"]],
                ],
                "free": ["type": "array"],
            ],
        ]
        let expected = """
            namespace functions {

            // Does it
            type f = (_: {
            // shown
            a: number,
            list: {
              b?: boolean,
            }[],
            deep?: {
              c?: 1 | 2,
            },
            free?: any[],
            }) => any;

            type g = () => any;

            } // namespace functions
            """
        var request = ModelRequest("x")
        request.tools = [Tool(name: "f", description: "Does it", parameters: nested), Tool(name: "g")]
        let profile = try #require(counter.catalogue.match("gpt-4o")?.profile)

        // 3 for the message, 1 for its role, 1 for the text, 3 for the answer, 9 for the tools.
        #expect(counter.count(request, for: profile).count == 17 + TokenEncoding.o200kBase.count(expected))
    }

    @Test(arguments: [("openai/gpt-5.6", "framing assumed"), ("openai/gpt-6-sol", "assumed: o200k_base")])
    func `calls estimates what nobody has checked`(model: String, method: String) throws {
        let profile = try #require(counter.catalogue.match(model)?.profile)

        let count = counter.count(Self.weatherRequest, for: profile)

        #expect(count.count == 101)
        #expect(!count.isExact)
        #expect(count.method.contains(method))
        #expect(count.upperBound == 107)
    }

    @Test func `counts calls and results of tools`() throws {
        var request = Self.weatherRequest
        let call = ToolCall(id: "1", name: "get_current_weather", arguments: #"{"location":"Rome"}"#)
        let before = request
        request.messages += [Message(.assistant, parts: [.toolCall(call)]), .results([ToolResult(of: call, "rain")])]
        let profile = try #require(counter.catalogue.match("gpt-4o")?.profile)
        let encoding = TokenEncoding.o200kBase
        let name = encoding.count(call.name)

        let count = counter.count(request, for: profile)

        let added = 3 + 1 + 3 + name + encoding.count(call.arguments) + (3 + 1 - 2) + 1 + name + 1
        #expect(count.count == counter.count(before, for: profile).count + added)
        #expect(!count.isExact)
    }
}
