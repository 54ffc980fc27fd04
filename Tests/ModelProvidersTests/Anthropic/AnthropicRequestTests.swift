import HTTPTransport
import LanguageModels
import Testing

@testable import ModelProviders

struct AnthropicRequestTests {
    private func body(_ request: ModelRequest, model: String = "claude-sonnet-4-5") throws -> JSONValue {
        try encoded(request, model: model).body
    }

    private func encoded(_ request: ModelRequest, model: String = "claude-sonnet-4-5") throws -> EncodedRequest {
        let identity = ModelIdentity(provider: "anthropic", model: model)
        return try AnthropicFormat(identity).encode(request, isStream: false)
    }

    @Test func `writes the least that a question needs`() throws {
        let body = try body(ModelRequest("Hi", system: "Be terse."))

        let expected =
            #"{"model":"claude-sonnet-4-5","max_tokens":64000,"system":"Be terse.","#
            + #""messages":[{"role":"user","content":"Hi"}]}"#
        #expect(body.text == expected)
    }

    @Test func `joins instructions and turns, puts results first and leaves empty text out`() throws {
        let call = ToolCall(id: "call:1", name: "look", arguments: #"{"at":"x"}"#)
        let request = ModelRequest(messages: [
            Message(.system, "One."), Message(.user, "Look."), Message(.user, " \n"), Message(.system, "Two."),
            Message(.assistant, parts: [.text(""), .toolCall(call)]), Message(.user, "And then?"),
            Message(.tool, parts: [.toolResult(ToolResult(of: call, "gone", isError: true))]),
        ])

        let body = try body(request)

        #expect(body["system"] == "One.\n\nTwo.")
        #expect(
            body["messages"] == [
                ["role": "user", "content": "Look."],
                [
                    "role": "assistant",
                    "content": [["type": "tool_use", "id": "call_1", "name": "look", "input": ["at": "x"]]],
                ],
                [
                    "role": "user",
                    "content": [
                        ["type": "tool_result", "tool_use_id": "call_1", "content": "gone", "is_error": true],
                        ["type": "text", "text": "And then?"],
                    ],
                ],
            ]
        )
    }

    @Test func `defines tools that were called before, since calls are refused without them`() throws {
        let call = ToolCall(id: "1", name: "look")
        let request = ModelRequest(messages: [
            Message(.user, "Look."), Message(.assistant, parts: [.toolCall(call)]),
            Message(.tool, parts: [.toolResult(ToolResult(of: call, "a tree"))]),
        ])

        let body = try body(request)

        #expect(body["tools"]?.elements.compactMap { $0["name"]?.string } == ["look"])
        #expect(body["tool_choice"] == ["type": "none"])
    }

    private static let choices: [(ToolChoice, Bool?, JSONValue?)] = [
        (ToolChoice.automatic, nil as Bool?, nil as JSONValue?), (.none, nil, ["type": "none"]),
        (.required, nil, ["type": "any"]), (.tool("look"), nil, ["type": "tool", "name": "look"]),
        (.automatic, false, ["type": "auto", "disable_parallel_tool_use": true]),
        (.required, false, ["type": "any", "disable_parallel_tool_use": true]), (.none, false, ["type": "none"]),
        (.automatic, true, nil),
    ]

    @Test(arguments: choices)
    func `writes choices of tools`(choice: ToolChoice, parallel: Bool?, expected: JSONValue?) throws {
        var request = ModelRequest("Look.")
        request.tools = [Tool(name: "look")]
        request.toolChoice = choice
        request.options.allowsParallelToolCalls = parallel

        #expect(try body(request)["tool_choice"] == expected)
    }

    private static let images: [(Media, JSONValue)] =
        [
            (
                Media(.bytes([0x89, 0x50, 0x4E, 0x47])),
                ["type": "base64", "media_type": "image/png", "data": "iVBORw=="]
            ),
            (Media(.url("https://a.example/b.png")), ["type": "url", "url": "https://a.example/b.png"]),
            (Media(.file(id: "file_1")), ["type": "file", "file_id": "file_1"]),
            (
                Media(.url("data:image/GIF;base64,R0lGOA==")),
                ["type": "base64", "media_type": "image/gif", "data": "R0lGOA=="]
            ),
            (
                Media(.url("data:image/jpg;base64,/9j/")),
                ["type": "base64", "media_type": "image/jpeg", "data": "/9j/"]
            ),
            (
                Media(.url("data:image/jpeg;base64,R0lGOA==")),
                ["type": "base64", "media_type": "image/gif", "data": "R0lGOA=="]
            ),
            (
                Media(.bytes([0xFF, 0xD8, 0xFF]), type: "image/png"),
                ["type": "base64", "media_type": "image/jpeg", "data": "/9j/"]
            ),
            (Media(.bytes([1]), type: "image/png"), ["type": "base64", "media_type": "image/png", "data": "AQ=="]),
        ]

    @Test(arguments: images)
    func `writes images from wherever they are`(media: Media, source: JSONValue) throws {
        let request = ModelRequest(messages: [Message(.user, parts: [.image(media)])])

        #expect(try body(request)["messages"]?[0]?["content"]?[0] == ["type": "image", "source": source])
    }

    @Test func `writes documents as PDF or text`() throws {
        let pdf = Media(.bytes([0x25, 0x50, 0x44, 0x46]), name: "a.pdf")
        let text = Media(.url("data:text/markdown,%23%20Hi"))

        let body = try body(ModelRequest(messages: [Message(.user, parts: [.document(pdf), .document(text)])]))

        let content = body["messages"]?[0]?["content"]
        let source: JSONValue = ["type": "base64", "media_type": "application/pdf", "data": "JVBERg=="]
        #expect(content?[0] == ["type": "document", "source": source, "title": "a.pdf"])
        #expect(content?[1]?["source"] == ["type": "text", "media_type": "text/plain", "data": "# Hi"])
    }

    @Test(arguments: [
        (MessagePart.audio(Media(.url("https://a.example/a.wav"))), "Anthropic's models take no sound"),
        (
            .image(Media(.bytes([1]), type: "image/tiff")),
            "image/tiff is no image that the model takes; send PNG, JPEG, GIF or WebP"
        ),
        (
            .document(Media(.bytes([1]), type: "application/zip")),
            "application/zip is no document that the model takes; send PDF or text"
        ),
        (.image(Media(.bytes([1]))), "an image has no media type; set its type"),
    ])
    func `refuses what cannot be sent`(part: MessagePart, reason: String) throws {
        let request = ModelRequest(messages: [Message(.user, parts: [part])])

        let error = #expect(throws: ModelError.self) { try body(request) }

        #expect(error?.kind == .unsupported)
        #expect(error?.message == reason)
    }

    @Test func `sends back thoughts and blocks of its own as they were, and no others`() throws {
        let content: JSONValue = [
            ["type": "thinking", "thinking": "Hm.", "signature": "s"], ["type": "redacted_thinking", "data": "d"],
            ["type": "compaction", "content": "c"], ["type": "text", "text": "So."],
        ]
        let answer = try AnthropicAnswer.response(["content": content, "stop_reason": "end_turn"])
        var foreign = answer.message
        foreign.parts = [
            MessagePart(.reasoning("Hm."), replay: Replay(format: "gemini", value: "x")),
            MessagePart(.reasoning("Hm.")),
            .text("So."),
        ]

        let body = try body(ModelRequest(messages: [answer.message, Message(.user, "Go on."), foreign]))

        #expect(body["messages"]?[0]?["content"] == content)
        #expect(body["messages"]?[2]?["content"] == "So.")
    }

    @Test func `marks at most four places for the cache, the shared ones and the latest`() throws {
        var request = ModelRequest(
            messages: [Message(.system, parts: [.text("S")], cacheBreakpoint: .long)]
                + (1...4).map { Message(.user, parts: [.text("\($0)")], cacheBreakpoint: .standard) }
        )
        request.tools = [Tool(name: "look")]
        request.toolsCacheBreakpoint = .long

        let encoded = try encoded(request)

        let long: JSONValue = ["type": "ephemeral", "ttl": "1h"]
        #expect(encoded.body["tools"]?[0]?["cache_control"] == long)
        #expect(encoded.body["system"]?[0]?["cache_control"] == long)
        let marked = encoded.body["messages"]?[0]?["content"]?.elements.filter { $0["cache_control"] != nil }
        #expect(marked?.compactMap { $0["text"]?.string } == ["3", "4"])
        #expect(
            encoded.warnings.map(\.reason) == ["6 places are to be cached where 4 can be; the first messages are not"]
        )
    }

    @Test func `caches for five minutes what stands behind a place of five minutes`() throws {
        let request = ModelRequest(messages: [
            Message(.system, parts: [.text("S")], cacheBreakpoint: .standard),
            Message(.user, parts: [.text("U")], cacheBreakpoint: .long),
        ])

        let encoded = try encoded(request)

        #expect(encoded.body["messages"]?[0]?["content"]?[0]?["cache_control"] == ["type": "ephemeral"])
        #expect(encoded.warnings.map(\.option) == ["cacheBreakpoint"])
    }

    @Test func `sends what Anthropic alone knows as it is`() throws {
        var request = ModelRequest("Hi")
        request.options.anthropic.thinking = .adaptive(display: "omitted")
        request.options.anthropic.effort = "max"
        request.options.anthropic.betas = ["a-1", "b-2"]
        request.options.anthropic.serviceTier = "standard_only"
        request.options.anthropic.userID = "u"
        request.options.anthropic.automaticCaching = .long

        let encoded = try encoded(request, model: "claude-opus-4-6")

        #expect(encoded.headers["anthropic-beta"] == "a-1,b-2")
        let members = encoded.body.object?.members.dropFirst(3).map { "\($0.key)=\($0.value)" }
        #expect(
            members == [
                #"thinking={"type":"adaptive","display":"omitted"}"#, #"output_config={"effort":"max"}"#,
                #"service_tier="standard_only""#, #"metadata={"user_id":"u"}"#,
                #"cache_control={"type":"ephemeral","ttl":"1h"}"#,
            ]
        )
        #expect(request.options.anthropic.thinking == .adaptive(display: "omitted"))
        #expect(request.options.anthropic.automaticCaching == .long)
    }

    @Test(arguments: ["", "a b", "ä", String(repeating: "a", count: 129)])
    func `refuses names of tools that the service refuses`(name: String) {
        var request = ModelRequest("Hi")
        request.tools = [Tool(name: name)]

        #expect(throws: ModelError.self) { try body(request) }
    }

    @Test func `keeps arguments that were cut off`() throws {
        let call = ToolCall(id: "1", name: "look", arguments: #"{"at": "#)

        let body = try body(ModelRequest(messages: [Message(.assistant, parts: [.toolCall(call)])]))

        #expect(body["messages"]?[0]?["content"]?[0]?["input"] == ["arguments": .string(call.arguments)])
    }

    @Test func `says that it uses uploaded files`() throws {
        let request = ModelRequest(messages: [Message(.user, parts: [.document(Media(.file(id: "file_1")))])])

        #expect(try encoded(request).headers["anthropic-beta"] == "files-api-2025-04-14")
        #expect(try encoded(ModelRequest("Hi")).headers["anthropic-beta"] == nil)
    }

    @Test func `sends tools of the service behind the caller's`() throws {
        var request = ModelRequest("Hi")
        request.tools = [Tool(name: "look")]
        request.options.anthropic.serverTools = [["type": "web_search_20250305", "name": "web_search"]]

        let names = try body(request)["tools"]?.elements.compactMap { $0["name"]?.string }

        #expect(names == ["look", "web_search"])
    }

    @Test(arguments: ["claude-opus-4-8", "claude-sonnet-4-5"])
    func `sends an answer that the service paused back as it came`(model: String) throws {
        let content: JSONValue = [
            ["type": "text", "text": "I search."],
            ["type": "server_tool_use", "id": "s", "name": "web_search", "input": ["query": "x"]],
        ]
        let answer = try AnthropicAnswer.response(["content": content, "stop_reason": "pause_turn"])

        let encoded = try encoded(ModelRequest(messages: [Message(.user, "Find x."), answer.message]), model: model)

        #expect(answer.finishReason == .pause)
        #expect(encoded.body["messages"]?[1] == ["role": "assistant", "content": content])
        #expect(encoded.warnings.isEmpty)
    }
}
