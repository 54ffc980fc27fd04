import HTTPTransport
import LanguageModels
import Testing

@testable import ModelProviders

struct ChatStreamTests {
    private func delta(_ delta: String, finish: String? = nil) -> String {
        let finish = finish.map { #""\#($0)""# } ?? "null"
        return #"{"id":"c","model":"m","choices":[{"index":0,"delta":\#(delta),"finish_reason":\#(finish)}]}"#
    }

    private func response(_ chunks: [String]) throws -> ModelResponse {
        try decoded(ChatStreamDecoder(), chunks)
    }

    @Test func `adds up to the unary answer`() throws {
        let response = try response([
            #"{"choices":[],"id":"","model":"","prompt_filter_results":[]}"#,
            delta(#"{"role":"assistant","content":""}"#), delta(#"{"reasoning_content":"hm"}"#),
            delta(#"{"content":"He"}"#), delta(#"{"content":"y","obfuscation":"xx"}"#), delta("{}", finish: "stop"),
            #"{"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2}}"#,
            #"{"choices":[],"moderation":{}}"#, "[DONE]", "garbage after the end",
        ])

        #expect(response.message.parts == [MessagePart(.reasoning("hm")), .text("Hey")])
        #expect(response.id == "c")
        #expect(response.model == "m")
        #expect(response.usage == Usage(inputTokens: 3, outputTokens: 2))
        #expect(response.finishReason == .stop)
    }

    /// Each row: the deltas of a stream, and the calls that they make.
    @Test(arguments: [
        (
            [
                #"[{"index":0,"id":"a","function":{"name":"f","arguments":""}}]"#,
                #"[{"index":0,"function":{"arguments":"{\"x\""}}]"#, #"[{"index":0,"function":{"arguments":":1}"}}]"#,
                #"[{"index":1,"id":"b","function":{"name":"g","arguments":"{}"}}]"#,
            ],
            [ToolCall(id: "a", name: "f", arguments: #"{"x":1}"#), ToolCall(id: "b", name: "g")]
        ),
        // The same id and name again, and ids like "0".
        (
            [
                #"[{"index":0,"id":"0","function":{"name":"f","arguments":""}}]"#,
                #"[{"index":0,"id":"0","function":{"name":"f","arguments":"{}"}}]"#,
            ], [ToolCall(id: "0", name: "f")]
        ),
        // No numbers.
        (
            [
                #"[{"id":"a","function":{"name":"f","arguments":"{"}}]"#, #"[{"function":{"arguments":"}"}}]"#,
                #"[{"id":"b","function":{"name":"g"}}]"#,
            ], [ToolCall(id: "a", name: "f"), ToolCall(id: "b", name: "g")]
        ),
        // No ids; numbers begin at 1.
        ([#"[{"index":1,"function":{"name":"f","arguments":"{}"}}]"#], [ToolCall(id: "call_1", name: "f")]),
        // The id comes late.
        (
            [#"[{"index":0,"function":{"name":"f"}}]"#, #"[{"index":0,"id":"a","function":{"arguments":"{}"}}]"#],
            [ToolCall(id: "a", name: "f")]
        ),
        // Every call has the number 0.
        (
            [
                #"[{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}}]"#,
                #"[{"index":0,"id":"b","function":{"name":"g","arguments":"{}"}}]"#,
            ],
            [ToolCall(id: "a", name: "f"), ToolCall(id: "b", name: "g")]
        ),
        // Arguments as an object.
        (
            [#"[{"index":0,"id":"a","function":{"name":"f","arguments":{"x":1}}}]"#],
            [ToolCall(id: "a", name: "f", arguments: #"{"x":1}"#)]
        ),
    ])
    func `puts calls together`(pieces: [String], calls: [ToolCall]) throws {
        let response = try response(pieces.map { delta(#"{"tool_calls":\#($0)}"#) } + ["[DONE]"])

        #expect(response.toolCalls == calls)
        #expect(response.finishReason == .toolCalls)
    }

    @Test func `reads legacy function calls`() throws {
        let response = try response([
            delta(#"{"function_call":{"name":"f","arguments":"{\"a\":"}}"#),
            delta(#"{"function_call":{"arguments":"1}"}}"#), delta("{}", finish: "function_call"),
        ])

        #expect(response.toolCalls == [ToolCall(id: "call_1", name: "f", arguments: #"{"a":1}"#)])
    }

    @Test func `takes usage that grows with every chunk, from any place`() throws {
        let response = try response([
            #"{"choices":[{"delta":{"content":"a"}}],"usage":{"prompt_tokens":3,"completion_tokens":1}}"#,
            #"{"choices":[{"delta":{},"finish_reason":"stop"}],"x_groq":{"usage":{"prompt_tokens":3,"completion_tokens":2}}}"#,
        ])

        #expect(response.usage == Usage(inputTokens: 3, outputTokens: 2))
    }

    @Test func `leaves other choices out`() throws {
        let response = try response([
            #"{"choices":[{"index":1,"delta":{"content":"no"}},{"index":0,"delta":{"content":"yes"}}]}"#, "[DONE]",
        ])

        #expect(response.text == "yes")
    }

    @Test func `keeps sealed reasoning to send it back`() throws {
        let response = try response([
            delta(#"{"reasoning":"a","reasoning_details":[{"index":0,"type":"reasoning.text","text":"a"}]}"#),
            delta(
                #"{"reasoning":"b","reasoning_details":[{"index":0,"type":"reasoning.text","text":"b","signature":"s"}]}"#
            ),
            delta(#"{"content":"c"}"#, finish: "stop"),
        ])

        #expect(
            response.message.parts.first
                == MessagePart(
                    .reasoning("ab"),
                    replay: Replay(
                        format: "openai-chat",
                        value: [
                            "reasoning_details": [
                                ["index": 0, "type": "reasoning.text", "text": "ab", "signature": "s"]
                            ]
                        ]
                    )
                )
        )
    }

    @Test(arguments: [
        (#"{"error":{"message":"Overloaded","type":"server_error","code":null}}"#, ModelError.Kind.serverError),
        (#"{"error":{"message":"bad call","code":"tool_use_failed","status_code":400}}"#, .invalidRequest),
        (
            #"{"choices":[{"delta":{"content":""},"finish_reason":"error"}],"error":{"code":429,"message":"slow"}}"#,
            .rateLimited
        ),
        (#"{"object":"error","message":"boom","code":500}"#, .serverError), ("{broken", .undecodableAnswer),
    ])
    func `reports errors inside the stream`(chunk: String, kind: ModelError.Kind) {
        #expect {
            try response([delta(#"{"content":"a"}"#), chunk])
        } throws: {
            ($0 as? ModelError)?.kind == kind
        }
    }

    @Test func `knows a stream that broke off`() {
        #expect {
            try response([delta(#"{"content":"a"}"#)])
        } throws: {
            ($0 as? ModelError)?.kind == .truncatedStream
        }
    }

    @Test func `needs no end mark once the reason is known`() throws {
        #expect(try response([delta(#"{"content":"a"}"#, finish: "length")]).finishReason == .length)
    }

    @Test func `reads a whole answer from a server that does not stream`() async throws {
        let answer = HTTPResponse(
            status: 200,
            headers: ["Content-Type": "application/json"],
            body: Array(Answers.chat.utf8)
        )
        let model = OpenAIModel("gpt-4o", endpoint: .openAI(key: "k", transport: ScriptedTransport([answer])))

        #expect(try await model.stream(ModelRequest("?")).response().text == "Hi")
    }
}
