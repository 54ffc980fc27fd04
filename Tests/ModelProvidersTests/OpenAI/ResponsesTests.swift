import HTTPTransport
import LanguageModels
import Testing

@testable import ModelProviders

struct ResponsesTests {
    private func format(_ model: String = "gpt-5.4") -> ResponsesFormat {
        ResponsesFormat(
            identity: ModelIdentity(provider: "openai", model: model),
            rules: OpenAIRules.rules(for: model)
        )
    }

    private static let answer = #"""
        {"id":"r","model":"m","status":"completed","error":null,"output":[
        {"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"A"},{"type":"summary_text","text":"B"}],"encrypted_content":"sealed"},
        {"type":"web_search_call","id":"ws_1","status":"completed"},
        {"type":"message","id":"msg_1","phase":"commentary","content":[{"type":"output_text","text":"Let me "},{"type":"output_text","text":"see"}]},
        {"type":"function_call","id":"fc_1","call_id":"call_1","name":"f","arguments":"{\"a\":1}"}],
        "usage":{"input_tokens":9,"input_tokens_details":{"cached_tokens":4},"output_tokens":5,"output_tokens_details":{"reasoning_tokens":2}}}
        """#

    @Test func `reads the items of an answer as parts`() throws {
        let response = try format().decode(Array(Self.answer.utf8))

        #expect(response.text == "Let me see")
        #expect(response.reasoning == "A\n\nB")
        #expect(response.toolCalls == [ToolCall(id: "call_1", name: "f", arguments: #"{"a":1}"#)])
        #expect(response.finishReason == .toolCalls)
        #expect(response.rawFinishReason == "completed")
        #expect(
            response.usage
                == Usage(inputTokens: 9, outputTokens: 5, cacheReadTokens: 4, reasoningTokens: 2)
        )
    }

    @Test func `sends items back as they came, in their order, each once`() throws {
        let answer = try JSONValue(parsing: Self.answer)
        let response = try format().decode(answer.bytes)
        let result = ToolResult(of: response.toolCalls[0], "42")
        let request = ModelRequest(messages: [
            Message(.user, "?"), response.message, Message(.tool, parts: [.toolResult(result)]),
        ])

        let input = try format().encode(request, isStream: false).body["input"]?.elements ?? []

        #expect(Array(input[1...4]) == answer["output"]?.elements)
        #expect(input[5] == ["type": "function_call_output", "call_id": "call_1", "output": "42"])
        #expect(input.count == 6)
    }

    @Test func `writes a whole request`() throws {
        var request = ModelRequest("Hi", system: "Be terse.")
        request.tools = [Tool(name: "f"), Tool(name: "g", parameters: Self.strict)]
        request.toolChoice = .required
        request.options.maximumTokens = 5
        request.options.reasoning = .high
        request.options.stop = ["x"]
        request.options.openAI.reasoningSummary = "auto"
        request.options.openAI.hostedTools = [["type": "web_search"]]

        let encoded = try format().encode(request, isStream: true)

        #expect(encoded.body["instructions"] == "Be terse.")
        #expect(encoded.body["input"] == [["role": "user", "content": "Hi"]])
        #expect(encoded.body["tools"]?[0]?["strict"] == false)
        #expect(encoded.body["tools"]?[1]?["strict"] == true)
        #expect(encoded.body["tools"]?[2] == ["type": "web_search"])
        #expect(encoded.body["tool_choice"] == "required")
        #expect(encoded.body["max_output_tokens"] == 16)
        #expect(encoded.body["reasoning"] == ["effort": "high", "summary": "auto"])
        #expect(encoded.body["store"] == false)
        #expect(encoded.body["include"] == ["reasoning.encrypted_content"])
        #expect(encoded.body["stream"] == true)
        #expect(encoded.warnings.map(\.option) == ["stop", "maximumTokens"])
    }

    @Test func `answers free text tools by their own items`() throws {
        let output = #"[{"type":"custom_tool_call","id":"ct","call_id":"call_1","name":"sh","input":"ls -l"}]"#
        let response = try format().decode(Array(#"{"output":\#(output)}"#.utf8))
        let call = try #require(response.toolCalls.first)
        let request = ModelRequest("?").followed(by: response, then: .results([ToolResult(of: call, "a.txt")]))

        let input = try format().encode(request, isStream: false).body["input"]

        #expect(call.arguments == "ls -l")
        #expect(input?[2] == ["type": "custom_tool_call_output", "call_id": "call_1", "output": "a.txt"])
    }

    @Test func `sends no reasoning back that instructions follow`() throws {
        let response = try format().decode(
            Array(#"{"status":"incomplete","output":[{"type":"reasoning","id":"rs","summary":[]}]}"#.utf8)
        )
        let request = ModelRequest("?").followed(by: response, then: .system("Be quick."))

        let input = try format().encode(request, isStream: false).body["input"]?.elements ?? []

        #expect(input.map { $0["role"] } == ["user", "system"])
    }

    @Test func `sends the choice of tools where the service runs them all`() throws {
        var request = ModelRequest("?")
        request.toolChoice = .required
        request.options.openAI.hostedTools = [["type": "web_search"]]

        #expect(try format().encode(request, isStream: false).body["tool_choice"] == "required")
    }

    @Test func `says JSON behind the instructions, where the service looks for the word`() throws {
        var request = ModelRequest("Answer", system: "Write JSON.")
        request.output = .json

        let body = try format().encode(request, isStream: false).body

        #expect(body["text"]?["format"] == ["type": "json_object"])
        #expect(body["input"]?.elements.last == ["role": "system", "content": "Answer with a JSON object."])
    }

    private static let strict: JSONValue = [
        "type": "object", "properties": ["a": ["type": "string"]], "required": ["a"], "additionalProperties": false,
    ]

    @Test func `asks for sealed reasoning only where the model reasons and nothing is kept`() throws {
        var request = ModelRequest("?")
        #expect(try format("gpt-4o").encode(request, isStream: false).body["include"] == nil)

        request.options.openAI.storesAnswer = true
        #expect(try format().encode(request, isStream: false).body["include"] == nil)
        #expect(try format().encode(request, isStream: false).body["store"] == true)
    }

    @Test func `writes media and schemas its own way`() throws {
        let parts: [MessagePart] = [
            .text("a"), .image(Media(.file(id: "file-1"))), .document(Media(.url("https://x.example/a.pdf"))),
            .document(Media(.bytes([0x25, 0x50, 0x44, 0x46]))),
        ]
        var request = ModelRequest(messages: [Message(.user, parts: parts)])
        request.output = .schema(OutputSchema(name: "n", schema: Self.strict))

        let body = try format().encode(request, isStream: false).body

        #expect(
            body["input"]?[0]?["content"] == [
                ["type": "input_text", "text": "a"], ["type": "input_image", "file_id": "file-1", "detail": "auto"],
                ["type": "input_file", "file_url": "https://x.example/a.pdf"],
                [
                    "type": "input_file", "filename": "document.pdf",
                    "file_data": "data:application/pdf;base64,JVBERg==",
                ],
            ]
        )
        #expect(
            body["text"]?["format"] == ["type": "json_schema", "name": "n", "schema": Self.strict, "strict": true]
        )
    }

    @Test(arguments: [
        (
            #"{"status":"incomplete","incomplete_details":{"reason":"max_output_tokens"},"output":[]}"#,
            FinishReason.length, "max_output_tokens"
        ),
        (
            #"{"status":"incomplete","incomplete_details":{"reason":"content_filter"},"output":[]}"#, .contentFilter,
            "content_filter"
        ),
        (#"{"incomplete_details":{"reason":"max_output_tokens"},"output":[]}"#, .length, "max_output_tokens"),
        (#"{"status":"queued","output":[]}"#, .queued, "queued"),
        (#"{"status":"cancelled","output":[]}"#, .cancelled, "cancelled"),
        (#"{"status":"complete","output":[]}"#, .stop, "complete"),
        (
            #"{"status":"completed","output":[{"type":"message","content":[{"type":"refusal","refusal":"No"}]}]}"#,
            .refusal, "completed"
        ),
    ])
    func `derives why the model stopped`(answer: String, reason: FinishReason, raw: String) throws {
        let response = try format().decode(Array(answer.utf8))

        #expect(response.finishReason == reason)
        #expect(response.rawFinishReason == raw)
    }

    @Test func `throws what a failed answer says`() async throws {
        let body =
            #"{"id":"r","status":"failed","output":[],"error":{"code":"rate_limit_exceeded","message":"Slow down."}}"#
        let model = OpenAIModel(
            "gpt-5",
            endpoint: .openAI(key: "k", transport: ScriptedTransport(body)),
            interface: .responses
        )

        await #expect {
            try await model.respond(to: ModelRequest("?"))
        } throws: {
            ($0 as? ModelError)?.kind == .rateLimited && ($0 as? ModelError)?.isRetryable == true
        }
    }

    private static let events = [
        #"{"type":"response.created","response":{"id":"r","model":"m"}}"#,
        #"{"type":"response.output_item.added","output_index":0,"item":{"type":"reasoning","id":"rs_1","summary":[]}}"#,
        #"{"type":"response.reasoning_summary_text.delta","output_index":0,"summary_index":0,"delta":"A"}"#,
        #"{"type":"response.reasoning_summary_text.delta","output_index":0,"summary_index":1,"delta":"B"}"#,
        #"{"type":"response.output_item.done","output_index":0,"item":{"type":"reasoning","id":"rs_1","summary":[{"text":"A"},{"text":"B"}],"encrypted_content":"s"}}"#,
        #"{"type":"response.output_item.added","output_index":1,"item":{"type":"message","id":"msg_1","content":[]}}"#,
        #"{"type":"response.output_text.delta","output_index":1,"content_index":0,"delta":"He"}"#,
        #"{"type":"response.output_text.delta","output_index":1,"content_index":0,"delta":"y"}"#,
        #"{"type":"response.output_item.done","output_index":1,"item":{"type":"message","id":"msg_1","content":[{"type":"output_text","text":"Hey"}]}}"#,
        #"{"type":"response.output_item.added","output_index":2,"item":{"type":"function_call","id":"fc","call_id":"c","name":"f","arguments":""}}"#,
        #"{"type":"response.function_call_arguments.delta","output_index":2,"delta":"{\"a\":"}"#,
        #"{"type":"response.function_call_arguments.delta","output_index":2,"delta":"1}"}"#,
        #"{"type":"response.some_news","output_index":2}"#,
        #"{"type":"response.output_item.done","output_index":2,"item":{"type":"function_call","id":"fc","call_id":"c","name":"f","arguments":"{\"a\":1}"}}"#,
    ]
    private static let output =
        #"[{"type":"reasoning","id":"rs_1","summary":[{"text":"A"},{"text":"B"}],"encrypted_content":"s"},"#
        + #"{"type":"message","id":"msg_1","content":[{"type":"output_text","text":"Hey"}]},"#
        + #"{"type":"function_call","id":"fc","call_id":"c","name":"f","arguments":"{\"a\":1}"}]"#
    private static let end =
        #"{"id":"r","model":"m","status":"completed","output":\#(output),"usage":{"input_tokens":1,"output_tokens":2}}"#

    @Test func `streams what adds up to the unary answer`() throws {
        let whole = try format().decode(Array(Self.end.utf8))
        let completed = #"{"type":"response.completed","response":\#(Self.end)}"#

        #expect(try decoded(ResponsesStreamDecoder(), Self.events + [completed, "[DONE]"]) == whole)
        #expect(try decoded(ResponsesStreamDecoder(), [completed]) == whole)
        #expect(try decoded(ResponsesStreamDecoder(), [Self.end]) == whole)
    }

    @Test func `gives deltas before items are done`() throws {
        var decoder = ResponsesStreamDecoder()
        let events = try Self.events[...7].flatMap { try decoder.decode(ServerSentEvent(data: Array($0.utf8))) }

        #expect(events.contains(.delta(part: 0, .reasoning("A"))))
        #expect(events.contains(.delta(part: 2, .text("He"))))
    }

    @Test(arguments: [
        (#"{"type":"error","code":"server_error","message":"Broken.","param":null}"#, ModelError.Kind.serverError),
        (
            #"{"type":"error","error":{"type":"insufficient_quota","code":"insufficient_quota","message":"Spent."}}"#,
            .quotaExhausted
        ),
        (
            #"{"type":"response.failed","response":{"status":"failed","error":{"code":"invalid_image","message":"x"}}}"#,
            .invalidRequest
        ),
        (#"{"error":{"message":"The engine is overloaded"}}"#, .overloaded),
    ])
    func `reports errors inside the stream`(event: String, kind: ModelError.Kind) {
        #expect {
            try decoded(ResponsesStreamDecoder(), [Self.events[0], event])
        } throws: {
            ($0 as? ModelError)?.kind == kind
        }
    }

    @Test func `knows a stream that broke off`() {
        #expect {
            try decoded(ResponsesStreamDecoder(), Self.events)
        } throws: {
            ($0 as? ModelError)?.kind == .truncatedStream
        }
    }
}
