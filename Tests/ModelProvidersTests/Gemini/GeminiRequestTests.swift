import HTTPTransport
import LanguageModels
import Testing

@testable import ModelProviders

struct GeminiRequestTests {
    private func format(_ model: String = "gemini-2.5-flash", vertex: Bool = false) -> GeminiFormat {
        GeminiFormat(
            identity: ModelIdentity(provider: "gemini", model: model),
            surface: vertex ? .vertex(parent: "/projects/p/locations/l") : .studio(files: "https://g/v1beta")
        )
    }

    private func body(_ request: ModelRequest, _ model: String = "gemini-2.5-flash") throws -> JSONValue {
        try format(model).encode(request, isStream: false).body
    }

    private let tool = Tool(name: "weather", description: "Tells", parameters: ["type": "object", "properties": [:]])

    @Test func `writes everything that all models share`() throws {
        var request = ModelRequest("Hello", system: "Be kind")
        request.tools = [tool]
        request.toolChoice = .tool("weather")
        request.options.maximumTokens = 10
        request.options.temperature = 0.5
        request.options.topP = 0.9
        request.options.topK = 3
        request.options.stop = ["END"]
        request.options.seed = 7

        let body = try body(request)

        #expect(
            body == [
                "systemInstruction": ["parts": [["text": "Be kind"]]],
                "contents": [["role": "user", "parts": [["text": "Hello"]]]],
                "tools": [
                    [
                        "functionDeclarations": [
                            [
                                "name": "weather", "description": "Tells",
                                "parametersJsonSchema": ["type": "object", "properties": [:]],
                            ]
                        ]
                    ]
                ],
                "toolConfig": ["functionCallingConfig": ["mode": "ANY", "allowedFunctionNames": ["weather"]]],
                "generationConfig": [
                    "temperature": 0.5, "topP": 0.9, "topK": 3, "maxOutputTokens": 10, "stopSequences": ["END"],
                    "seed": 7,
                ],
            ]
        )
    }

    @Test(
        arguments: [
            (.automatic, nil, nil), (.none, nil, "NONE"), (.required, nil, "ANY"), (.automatic, true, "VALIDATED"),
        ] as [(ToolChoice, Bool?, String?)]
    )
    func `says whether tools may be called`(choice: ToolChoice, isStrict: Bool?, mode: String?) throws {
        var request = ModelRequest("Hello")
        request.tools = [tool]
        request.tools[0].isStrict = isStrict
        request.toolChoice = choice

        #expect(try body(request)["toolConfig"]?["functionCallingConfig"]?["mode"]?.string == mode)
    }

    @Test func `the path names model and method, at both services`() throws {
        let request = ModelRequest("Hello")

        #expect(try format().encode(request, isStream: false).path == "/models/gemini-2.5-flash:generateContent")
        #expect(
            try format("tunedModels/my one").encode(request, isStream: true).path
                == "/tunedModels/my%20one:streamGenerateContent?alt=sse"
        )
        #expect(
            try format(vertex: true).encode(request, isStream: false).path
                == "/projects/p/locations/l/publishers/google/models/gemini-2.5-flash:generateContent"
        )
        #expect(
            try format("endpoints/12", vertex: true).encode(request, isStream: false).path
                == "/projects/p/locations/l/endpoints/12:generateContent"
        )
    }

    @Test func `takes out of schemas what is refused, and only that`() throws {
        let schema: JSONValue = [
            "$schema": "x", "type": "object", "title": "T",
            "properties": [
                "const": ["const": "a"], "n": ["type": "integer", "exclusiveMinimum": 0, "minimum": 1],
                "$schema": ["type": "string", "default": ["const": 1]],
            ],
            "anyOf": [["discriminator": [:], "$ref": "#/$defs/X"]], "$defs": ["X": ["const": 1, "enum": [1, 2]]],
        ]

        #expect(
            GeminiSchema.accepted(schema) == [
                "type": "object", "title": "T",
                "properties": [
                    "const": ["enum": ["a"]], "n": ["type": "integer", "minimum": 1],
                    "$schema": ["type": "string", "default": ["const": 1]],
                ],
                "anyOf": [["$ref": "#/$defs/X"]], "$defs": ["X": ["enum": [1, 2]]],
            ]
        )
    }

    @Test(.timeLimit(.minutes(1))) func `fits schemas in time that grows with their properties alone`() {
        let names = (0..<50_000).map { "property number \($0)" }
        let given = JSONObject(names.map { (key: $0, value: ["type": "integer", "exclusiveMinimum": 0]) })
        let accepted = JSONObject(names.map { (key: $0, value: ["type": "integer"]) })

        #expect(GeminiSchema.accepted(["properties": .object(given)]) == ["properties": .object(accepted)])
    }

    @Test func `the options of Gemini alone win`() throws {
        var request = ModelRequest("Hello")
        request.tools = [tool]
        request.output = .text
        request.options.reasoning = .high
        request.options.gemini.safetySettings = [.init(category: "HARM_CATEGORY_HARASSMENT", threshold: "OFF")]
        request.options.gemini.includesThoughts = true
        request.options.gemini.thinkingBudget = -1
        request.options.gemini.responseModalities = ["TEXT"]
        request.options.gemini.serviceTools = [["googleSearch": [:]]]

        let body = try body(request)

        #expect(body["safetySettings"] == [["category": "HARM_CATEGORY_HARASSMENT", "threshold": "OFF"]])
        #expect(
            body["generationConfig"] == [
                "thinkingConfig": ["includeThoughts": true, "thinkingBudget": -1], "responseModalities": ["TEXT"],
            ]
        )
        #expect(body["tools"]?.elements.count == 2)
        #expect(request.options.gemini.safetySettings.count == 1)
    }

    @Test func `a cached prompt takes the place of system prompt and tools`() throws {
        var request = ModelRequest("Hello", system: "Be kind")
        request.tools = [tool]
        request.options.gemini.cachedContent = "cachedContents/x"

        let encoded = try format().encode(request, isStream: false)

        #expect(encoded.warnings.map(\.option) == ["messages", "tools"])
        #expect(
            encoded.body == [
                "contents": [["role": "user", "parts": [["text": "Hello"]]]], "cachedContent": "cachedContents/x",
            ]
        )
    }

    @Test func `labels go to Vertex alone, the limit of time to both`() throws {
        var request = ModelRequest("Hello")
        request.options.metadata = ["b": "2", "a": "1"]
        request.options.timeout = .milliseconds(1500)

        let vertex = try format(vertex: true).encode(request, isStream: false)

        #expect(vertex.body["labels"]?.text == #"{"a":"1","b":"2"}"#)
        #expect(vertex.headers["X-Server-Timeout"] == "2")
        #expect(try body(request)["labels"] == nil)
    }
}
