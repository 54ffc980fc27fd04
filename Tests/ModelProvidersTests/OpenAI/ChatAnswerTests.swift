import LanguageModels
import Testing

@testable import ModelProviders

struct ChatAnswerTests {
    private func response(_ text: String) throws -> ModelResponse {
        try ChatFormat(identity: ModelIdentity(provider: "p", model: "m")).decode(Array(text.utf8))
    }

    private func response(message: String, finish: String? = "stop") throws -> ModelResponse {
        let finish = finish.map { #""\#($0)""# } ?? "null"
        return try response(#"{"choices":[{"message":\#(message),"finish_reason":\#(finish)}]}"#)
    }

    @Test(
        arguments: [
            (#"{"content":"a"}"#, "a", "", nil), (#"{"content":null,"reasoning_content":"r"}"#, "", "r", nil),
            (#"{"content":"a","reasoning":"r"}"#, "a", "r", nil),
            (#"{"content":"a","reasoning_details":[{"type":"reasoning.text","text":"r"}]}"#, "a", "r", nil),
            (
                #"{"content":[{"type":"thinking","thinking":[{"type":"text","text":"r"}]},{"type":"text","text":"a"}]}"#,
                "a", "r", nil
            ),
            (#"{"content":null,"refusal":"No"}"#, "", "", "No"),
        ] as [(String, String, String, String?)]
    )
    func `finds the words wherever servers put them`(message: String, text: String, reasoning: String, refusal: String?)
        throws
    {
        let response = try response(message: message)

        #expect(response.text == text)
        #expect(response.reasoning == reasoning)
        #expect(response.refusal == refusal)
    }

    @Test(arguments: [
        (#"{"tool_calls":[{"id":"x","function":{"name":"f","arguments":"{\"a\":1}"}}]}"#, "x", #"{"a":1}"#),
        (#"{"tool_calls":[{"function":{"name":"f","arguments":null}}]}"#, "call_1", "{}"),
        (#"{"tool_calls":[{"id":"x","function":{"name":"f","arguments":{"a":1}}}]}"#, "x", #"{"a":1}"#),
        (#"{"function_call":{"name":"f","arguments":"{}"}}"#, "call_1", "{}"),
    ])
    func `reads calls in every form`(message: String, id: String, arguments: String) throws {
        let response = try response(message: message)

        #expect(response.toolCalls == [ToolCall(id: id, name: "f", arguments: arguments)])
        #expect(response.finishReason == .toolCalls)
    }

    @Test(
        arguments: [
            ("stop", FinishReason.stop), ("length", .length), ("content_filter", .contentFilter), (nil, .stop),
            ("eos", .stop), ("insufficient_system_resource", .other), ("model_length", .length),
        ] as [(String?, FinishReason)]
    )
    func `reads why the model stopped`(word: String?, reason: FinishReason) throws {
        let response = try response(message: #"{"content":"a"}"#, finish: word)

        #expect(response.finishReason == reason)
        #expect(response.rawFinishReason == word)
    }

    @Test func `reads a filtered choice without a message`() throws {
        let response = try response(#"{"choices":[{"index":0,"finish_reason":"content_filter"}]}"#)

        #expect(response.finishReason == .contentFilter)
        #expect(response.message.parts.isEmpty)
    }

    @Test func `takes the first of several choices`() throws {
        let response = try response(
            #"{"choices":[{"index":1,"message":{"content":"b"}},{"index":0,"message":{"content":"a"}}]}"#
        )

        #expect(response.text == "a")
    }

    @Test(
        arguments: [
            (#""usage":{"prompt_tokens":10,"completion_tokens":5}"#, Usage(inputTokens: 10, outputTokens: 5)),
            (
                #""usage":{"prompt_tokens":10.0,"completion_tokens":5,"prompt_cache_hit_tokens":8}"#,
                Usage(inputTokens: 10, outputTokens: 5, cacheReadTokens: 8)
            ),
            (
                #""x_groq":{"usage":{"prompt_tokens":10,"completion_tokens":5}}"#,
                Usage(inputTokens: 10, outputTokens: 5)
            ),
            (
                #""usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":35,"completion_tokens_details":{"reasoning_tokens":20}}"#,
                Usage(inputTokens: 10, outputTokens: 25, reasoningTokens: 20)
            ),
            (
                #""usage":{"prompt_tokens":10,"completion_tokens":25,"total_tokens":35,"completion_tokens_details":{"reasoning_tokens":20}}"#,
                Usage(inputTokens: 10, outputTokens: 25, reasoningTokens: 20)
            ),
            (#""usage":null"#, nil),
        ] as [(String, Usage?)]
    )
    func `counts with one meaning`(member: String, usage: Usage?) throws {
        #expect(try response(#"{"choices":[{"message":{"content":"a"}}],\#(member)}"#).usage == usage)
    }

    @Test(arguments: ["null", "{}", #""""#, "false"])
    func `takes an error with nothing in it for none`(error: String) throws {
        let choice = #"{"message":{"content":"a"},"delta":{"content":"a"},"finish_reason":"stop","error":\#(error)}"#
        let chunk = #"{"choices":[\#(choice)]}"#

        #expect(try response(chunk).text == "a")
        #expect(try decoded(ChatStreamDecoder(), [chunk]).text == "a")
    }

    @Test func `tells what failed where an answer has a state and an error`() {
        #expect {
            try response(#"{"status":"failed","error":{"message":"Busy","code":503}}"#)
        } throws: {
            ($0 as? ModelError)?.kind == .overloaded
        }
    }

    @Test(arguments: [
        #"{"ch\u006fices":[{"message":{"c\u006fntent":"a"},"finish_re\u0061son":"st\u006fp"}]}"#,
        #"{"choices":[{"message":{"content":"b"}}],"choices":[{"message":{"content":"b","content":"a"}}]}"#,
        #"{"choices":[{"message":{"content":[{"type":"te\u0078t","text":"a"}],"tool_calls":[]},"error":null}]}"#,
    ])
    func `reads keys however they are written, the last of several`(text: String) throws {
        #expect(try response(text).text == "a")
        #expect(try response(text).finishReason == .stop)
    }

    @Test func `keeps what comes with a call, and a sealed thought, as it came`() throws {
        let sealed = #"[{"type":"reasoning.encrypted","data":"xyz","n":1.0}]"#
        let call = #"{"id":"x","extra_content":{"google":{"s":"é"}},"function":{"name":"f","arguments":{"a":1}}}"#

        let parts = try response(message: #"{"reasoning_details":\#(sealed),"tool_calls":[\#(call)]}"#).message.parts

        #expect(
            parts.map { $0.replay?.value.text } == [
                #"{"reasoning_details":\#(sealed)}"#, #"{"extra_content":{"google":{"s":"é"}}}"#,
            ]
        )
        #expect(parts.last?.toolCall == ToolCall(id: "x", name: "f", arguments: #"{"a":1}"#))
    }

    @Test(arguments: [#"{"hello":1}"#, #"{"object":"error","message":"Bad","code":400}"#])
    func `throws for what is no answer`(text: String) {
        #expect(throws: ModelError.self) { try response(text) }
    }
}
