import HTTPTransport
import LanguageModels
import Testing

@testable import ModelProviders

struct AnthropicStreamTests {
    private let start =
        #"{"type":"message_start","message":{"id":"m","model":"c","usage":{"input_tokens":3,"#
        + #""cache_read_input_tokens":5,"cache_creation_input_tokens":7,"output_tokens":1}}}"# + "\n"

    private func answer(_ lines: String) throws -> ModelResponse {
        var decoder = AnthropicStream()
        return try decoder.answer(to: lines)
    }

    @Test func `adds up to what the whole answer says`() throws {
        let whole = try JSONValue(
            parsing: #"""
                {"id":"m","model":"c","type":"message","content":[
                 {"type":"thinking","thinking":"Let me see.","signature":"s1s2"},
                 {"type":"redacted_thinking","data":"d"},
                 {"type":"text","text":"I look.","citations":[{"type":"char_location","cited_text":"x"}]},
                 {"type":"server_tool_use","id":"s","name":"web_search","input":{"query":"q"}},
                 {"type":"text","text":"Now"},
                 {"type":"tool_use","id":"t1","name":"look","input":{"at":"tree"}},
                 {"type":"tool_use","id":"t2","name":"now","input":{}}],
                 "stop_reason":"tool_use",
                 "usage":{"input_tokens":3,"cache_read_input_tokens":5,"cache_creation_input_tokens":7,
                  "output_tokens":9,"cache_creation":{"ephemeral_1h_input_tokens":4,"ephemeral_5m_input_tokens":3},
                  "output_tokens_details":{"thinking_tokens":6}}}
                """#
        )
        let lines =
            start + start + #"""
                {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}
                {"type": "ping"}
                {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Let me"}}
                {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":" see."}   }
                {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"s1"}}
                {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"s2"}}
                {"type":"content_block_stop","index":0}
                {"type":"content_block_start","index":1,"content_block":{"type":"redacted_thinking","data":"d"}}
                {"type":"content_block_stop","index":1}
                {"type":"content_block_start","index":2,"content_block":{"type":"text","text":"","citations":[]}}
                {"type":"content_block_delta","index":2,"delta":{"type":"text_delta","text":"I "}}
                {"type":"content_block_delta","index":2,"delta":{"type":"citations_delta","citation":{"type":"char_location","cited_text":"x"}}}
                {"type":"content_block_delta","index":2,"delta":{"type":"text_delta","text":"look."}}
                {"type":"content_block_stop","index":2}
                {"type":"content_block_start","index":3,"content_block":{"type":"server_tool_use","id":"s","name":"web_search","input":{}}}
                {"type":"content_block_delta","index":3,"delta":{"type":"input_json_delta","partial_json":"{\"query\":"}}
                {"type":"content_block_delta","index":3,"delta":{"type":"input_json_delta","partial_json":"\"q\"}"}}
                {"type":"content_block_stop","index":3}
                {"type":"content_block_start","index":4,"content_block":{"type":"text","text":""}}
                {"type":"content_block_delta","index":4,"delta":{"type":"text_delta","text":"Now"}}
                {"type":"content_block_stop","index":4}
                {"type":"content_block_start","index":5,"content_block":{"type":"tool_use","id":"t1","name":"look","input":{}}}
                {"type":"content_block_start","index":6,"content_block":{"type":"tool_use","id":"t2","name":"now","input":{}}}
                {"type":"content_block_delta","index":5,"delta":{"type":"input_json_delta","partial_json":""}}
                {"type":"content_block_delta","index":5,"delta":{"type":"input_json_delta","partial_json":"{\"at\":"}}
                {"type":"content_block_delta","index":6,"delta":{"type":"input_json_delta","partial_json":""}}
                {"type":"content_block_delta","index":5,"delta":{"type":"input_json_delta","partial_json":"\"tree\"}"}}
                {"type":"content_block_stop","index":5}
                {"type":"content_block_stop","index":6}
                {"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":9,"input_tokens":null,"cache_creation":{"ephemeral_1h_input_tokens":4,"ephemeral_5m_input_tokens":3},"output_tokens_details":{"thinking_tokens":6}}}
                {"type":"some_new_event","index":9}
                {"type":"message_stop"}
                """#

        let streamed = try answer(lines)

        #expect(streamed == (try AnthropicAnswer.response(whole)))
        #expect(streamed.usage?.inputTokens == 15)
        #expect(streamed.usage?.longCacheWriteTokens == 4)
        #expect(streamed.usage?.reasoningTokens == 6)
        #expect(streamed.reasoning == "Let me see.")
        #expect(streamed.toolCalls.map(\.arguments) == [#"{"at":"tree"}"#, "{}"])
    }

    @Test func `gives structured answers of older models as text`() throws {
        let whole: JSONValue = [
            "content": [["type": "tool_use", "id": "t", "name": "answer_in_required_form", "input": ["n": 1]]],
            "stop_reason": "tool_use",
        ]
        let lines = #"""
            {"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t","name":"answer_in_required_form","input":{}}}
            {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\"n\":"}}
            {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"1}"}}
            {"type":"content_block_stop","index":0}
            {"type":"message_delta","delta":{"stop_reason":"tool_use"}}
            {"type":"message_stop"}
            """#

        let streamed = try answer(lines)

        #expect(streamed.text == #"{"n":1}"#)
        #expect(streamed.finishReason == .stop)
        #expect(streamed.toolCalls.isEmpty)
        #expect(streamed == (try AnthropicAnswer.response(whole)))
    }

    @Test(arguments: [
        ("end_turn", FinishReason.stop), ("stop_sequence", .stop), ("max_tokens", .length), ("pause_turn", .pause),
        ("refusal", .refusal), ("model_context_window_exceeded", .contextWindow), ("compaction", .other),
    ])
    func `says why the model stopped`(raw: String, reason: FinishReason) throws {
        let streamed = try answer(start + #"{"type":"message_delta","delta":{"stop_reason":"\#(raw)"}}"#)

        #expect(streamed.finishReason == reason)
        #expect(streamed.rawFinishReason == raw)
        #expect(try AnthropicAnswer.response(["content": [], "stop_reason": .string(raw)]).finishReason == reason)
    }

    @Test func `takes the class of a refusal for no words of it`() throws {
        let details = #""stop_reason":"refusal","stop_details":{"type":"refusal","category":"bio","explanation":null}"#

        let streamed = try answer(#"{"type":"message_delta","delta":{\#(details)}}"#)

        #expect(streamed.finishReason == .refusal)
        #expect(streamed.refusal == nil)
    }

    @Test func `tells why an answer was held back, and does not send that back`() throws {
        let details = #""stop_reason":"refusal","stop_details":{"type":"refusal","category":"bio","explanation":"No."}"#

        let streamed = try answer(#"{"type":"message_delta","delta":{\#(details)}}"#)

        #expect(streamed == (try AnthropicAnswer.response(JSONValue(parsing: #"{"content":[],\#(details)}"#))))
        #expect(streamed.refusal == "No.")
        let blocks = AnthropicBlocks(identity: ModelIdentity(provider: "a", model: "c"))
        #expect(try streamed.message.parts.compactMap(blocks.block).isEmpty)
    }

    @Test(arguments: [
        ("overloaded_error", ModelError.Kind.overloaded, true), ("rate_limit_error", .rateLimited, true),
        ("api_error", .serverError, true), ("invalid_request_error", .invalidRequest, false),
        ("authentication_error", .unauthorized, false), ("something_new", .serverError, true),
    ])
    func `throws errors that come in the stream`(type: String, kind: ModelError.Kind, isRetryable: Bool) {
        let line = #"{"type":"error","error":{"type":"\#(type)","message":"Oh no."},"request_id":"req_1"}"#

        let error = #expect(throws: ModelError.self) { try answer(line) }

        #expect(error?.kind == kind)
        #expect(error?.message == "Oh no")
        #expect(error?.requestID == "req_1")
        #expect(error?.isRetryable == isRetryable)
    }

    @Test func `knows a stream that broke off`() {
        let lines =
            start + #"""
                {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}
                {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"I"}}
                """#

        let error = #expect(throws: ModelError.self) { try answer(lines) }

        #expect(error?.kind == .truncatedStream)
    }

    @Test func `keeps what is in blocks that are never closed`() throws {
        let lines = #"""
            {"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t","name":"look","input":{}}}
            {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\"at\": [\"tr"}}
            {"type":"message_delta","delta":{"stop_reason":"max_tokens"},"usage":{"output_tokens":9}}
            """#

        let streamed = try answer(lines)

        #expect(streamed.toolCalls.map(\.arguments) == [#"{"at": ["tr"#])
        #expect(streamed.finishReason == .length)
    }

    @Test func `keeps blocks that are not known`() throws {
        let lines = #"""
            {"type":"content_block_start","index":0,"content_block":{"type":"compaction","content":null}}
            {"type":"content_block_delta","index":0,"delta":{"type":"compaction_delta","content":"So "}}
            {"type":"content_block_delta","index":0,"delta":{"type":"compaction_delta","content":"far."}}
            {"type":"content_block_stop","index":0}
            {"type":"message_delta","delta":{"stop_reason":"end_turn"}}
            """#

        let part = try answer(lines).message.parts.first

        #expect(part?.content == .other)
        #expect(part?.replay == Replay(format: "anthropic", value: ["type": "compaction", "content": "So far."]))
    }

    @Test func `reports what is no event`() {
        var decoder = AnthropicStream()

        let error = #expect(throws: ModelError.self) {
            try decoder.decode(ServerSentEvent(data: Array("<html>".utf8)))
        }

        #expect(error?.kind == .undecodableAnswer)
        #expect(error?.answerText == "<html>")
    }

    @Test func `makes up ids of calls where a service gives none`() throws {
        let block = #"{"type":"tool_use","name":"look","input":{}}"#
        let lines = #"""
            {"type":"content_block_start","index":0,"content_block":\#(block)}
            {"type":"message_delta","delta":{"stop_reason":"tool_use"}}
            """#

        let streamed = try answer(lines)

        #expect(streamed.toolCalls.map(\.id) == ["call_1"])
        let whole = try AnthropicAnswer.response(
            JSONValue(parsing: #"{"content":[\#(block)],"stop_reason":"tool_use"}"#)
        )
        #expect(streamed == whole)
    }
}
