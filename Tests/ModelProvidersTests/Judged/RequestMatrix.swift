import LanguageModels
import ModelProviders

/// Requests of all kinds, by what they are about.
enum RequestMatrix {
    static let cases: [(name: String, request: ModelRequest)] = messages + media + tools + outputs + options

    /// The first turn of a conversation with tools; the second follows the service's own answer.
    static var weather: ModelRequest {
        var request = ModelRequest("What is the weather in Paris and Rome?", system: "Be terse.")
        request.tools = [weatherTool, Tool(name: "now", description: "The time")]
        request.options.maximumTokens = 3000
        return request
    }

    private static let weatherTool = Tool(
        name: "get_weather",
        description: "The weather of a city",
        parameters: [
            "type": "object",
            "properties": ["city": ["type": "string"], "unit": ["type": "string", "enum": ["C", "F"]]],
            "required": ["city", "unit"], "additionalProperties": false,
        ],
        isStrict: true
    )

    private static let messages: [(String, ModelRequest)] = [
        ("text", ModelRequest("Hello")),
        ("a system prompt", ModelRequest("Hello", system: "Be terse.")),
        ("several system prompts", ModelRequest(messages: [.system("A"), .user("?"), .system("B"), .user("!")])),
        (
            "a conversation",
            ModelRequest(messages: [.user("One"), .assistant("Two"), .user("Three"), .user("Four"), .assistant("Fi")])
        ),
        ("awkward text", ModelRequest("\u{0}\u{7f}\u{2028} \"\\ 🏴󠁧󠁢󠁳󠁣󠁴󠁿 \u{FFFD}")),
        ("a conversation with calls", conversationWithCalls(isError: false)),
        ("a failed call", conversationWithCalls(isError: true)),
        (
            "a cached system prompt",
            ModelRequest(messages: [
                Message(.system, parts: [.text("Long")], cacheBreakpoint: .standard),
                Message(.user, parts: [.text("Text"), .text("More")], cacheBreakpoint: .long), .assistant("Yes"),
                Message(.user, parts: [.text("Go on")], cacheBreakpoint: .standard),
            ])
        ),
    ]

    private static func conversationWithCalls(isError: Bool) -> ModelRequest {
        let calls = [
            ToolCall(id: "call_abc123", name: "get_weather", arguments: #"{"city":"Paris","unit":"C"}"#),
            ToolCall(id: "call_def456", name: "now"),
        ]
        var request = weather
        request.messages += [
            Message(.assistant, parts: [.text("I look.")] + calls.map(MessagePart.toolCall)),
            .results([ToolResult(of: calls[0], #"{"sky":"blue"}"#, isError: isError), ToolResult(of: calls[1], "9:00")]
            ),
            .user("Thanks, and tomorrow?"),
        ]
        return request
    }

    private static let picture: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13]
    private static let pdf = Array("%PDF-1.4 nothing".utf8)

    private static let media: [(String, ModelRequest)] = [
        ("an image", question(.image(Media(.bytes(picture), type: "image/png")))),
        ("an image in detail", question(.image(Media(.bytes(picture), type: "image/png", detail: "high")))),
        ("an image's address", question(.image(Media(.url("https://pictures.example/a.jpg"), type: "image/jpeg")))),
        ("an uploaded image", question(.image(Media(.file(id: "file-abc"), type: "image/png")))),
        ("a PDF", question(.document(Media(.bytes(pdf), type: "application/pdf", name: "a.pdf")))),
        ("a PDF's address", question(.document(Media(.url("https://papers.example/a.pdf"), type: "application/pdf")))),
        ("an uploaded PDF", question(.document(Media(.file(id: "file-abc"), type: "application/pdf")))),
        ("a text file", question(.document(Media(.bytes(Array("Text".utf8)), type: "text/plain", name: "a.txt")))),
        ("a sound", question(.audio(Media(.bytes([1, 2, 3]), type: "audio/wav")))),
        ("an image in a result", resultWithImage),
    ]

    private static func question(_ part: MessagePart) -> ModelRequest {
        ModelRequest(messages: [.user([.text("What is this?"), part])])
    }

    private static var resultWithImage: ModelRequest {
        let call = ToolCall(id: "call_1a2b3c4d5", name: "get_weather", arguments: #"{"city":"Paris","unit":"C"}"#)
        var result = ToolResult(of: call, "A photograph:")
        result.content.append(.image(Media(.bytes(picture), type: "image/png")))
        var request = weather
        request.messages += [Message(.assistant, parts: [.toolCall(call)]), .results([result])]
        return request
    }

    private static let tools: [(String, ModelRequest)] =
        [ToolChoice.automatic, ToolChoice.none, .required, .tool("get_weather")].map { choice in
            changed("tools, \(choice)", weather) { $0.toolChoice = choice }
        } + [
            changed("no parallel calls", weather) { $0.options.allowsParallelToolCalls = false },
            changed("parallel calls", weather) { $0.options.allowsParallelToolCalls = true },
            changed("cached tools", weather) { $0.toolsCacheBreakpoint = .long },
            changed("tools and a schema", weather) { $0.output = .schema(OutputSchema(name: "form", schema: schema)) },
            changed("a loose tool", weather) { $0.tools[0].isStrict = false },
        ]

    private static let schema: JSONValue = [
        "type": "object",
        "properties": [
            "name": ["type": "string", "description": "A name"], "age": ["type": ["integer", "null"]],
            "tags": ["type": "array", "items": ["type": "string", "enum": ["a", "b"]]],
            "next": ["anyOf": [["$ref": "#/$defs/node"], ["type": "null"]]],
        ],
        "required": ["name", "age", "tags", "next"], "additionalProperties": false,
        "$defs": [
            "node": [
                "type": "object", "properties": ["value": ["type": "number", "minimum": 0]], "required": ["value"],
                "additionalProperties": false,
            ]
        ],
    ]

    private static let outputs: [(String, ModelRequest)] = [
        changed("JSON", ModelRequest("Give JSON")) { $0.output = .json },
        changed("a schema", ModelRequest("Give JSON")) {
            $0.output = .schema(OutputSchema(name: "person", description: "A person", schema: schema))
        },
        changed("a loose schema", ModelRequest("Give JSON")) {
            $0.output = .schema(OutputSchema(name: "person", schema: schema, isStrict: false))
        },
    ]

    private static let options: [(String, ModelRequest)] =
        [
            changed("all options", ModelRequest("Hello")) { request in
                request.options.maximumTokens = 4000
                request.options.temperature = 0.3
                request.options.topP = 0.9
                request.options.topK = 40
                request.options.frequencyPenalty = 0.25
                request.options.presencePenalty = 0.5
                request.options.stop = ["END", "STOP"]
                request.options.seed = 42
                request.options.metadata = ["user_id": "u1", "run": "7"]
            },
            changed("whole numbers", ModelRequest("Hello")) { request in
                request.options.temperature = 1
                request.options.topP = 1
            },
            changed("services' options", ModelRequest("Hello")) { request in
                request.options.openAI.serviceTier = "flex"
                request.options.openAI.promptCacheKey = "key"
                request.options.anthropic.serviceTier = "standard_only"
                request.options.anthropic.userID = "u1"
                request.options.anthropic.automaticCaching = .long
                request.options.gemini.safetySettings = [
                    .init(category: "HARM_CATEGORY_HARASSMENT", threshold: "BLOCK_ONLY_HIGH")
                ]
                request.options.gemini.serviceTools = [["googleSearch": [:]]]
                request.options.gemini.mediaResolution = "MEDIA_RESOLUTION_LOW"
                request.options.cohere.safetyMode = "CONTEXTUAL"
                request.options.cohere.citationMode = "ACCURATE"
                request.options.cohere.documents = [["id": "d1", "data": ["text": "It rains."]], "It is warm."]
                request.options.cohere.logProbabilities = true
            },
            changed("services' tools", ModelRequest("Hello")) { request in
                request.options.anthropic.serverTools = [
                    ["type": "web_search_20250305", "name": "web_search", "max_uses": 3]
                ]
                request.options.anthropic.betas = ["context-management-2025-06-27"]
                request.options.anthropic.contextManagement = ["edits": [["type": "clear_tool_uses_20250919"]]]
                request.options.gemini.includesThoughts = true
                request.options.cohere.priority = 3
            },
        ]
        + efforts.map { effort in
            changed("reasoning, \(effort)", ModelRequest("Think")) { request in
                request.options.reasoning = effort
                request.options.maximumTokens = 6000
            }
        }

    private static let efforts: [ReasoningEffort] = [
        .none, .minimal, .low, .medium, .high, .extraHigh, .maximum, .budget(tokens: 2000),
    ]

    private static func changed(_ name: String, _ request: ModelRequest, _ change: (inout ModelRequest) -> Void) -> (
        String, ModelRequest
    ) {
        var request = request
        change(&request)
        return (name, request)
    }
}
