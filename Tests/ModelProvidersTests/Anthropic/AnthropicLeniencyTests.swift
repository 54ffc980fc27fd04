import LanguageModels
import Testing

@testable import ModelProviders

/// What servers and proxies do otherwise than Anthropic's format has it.
struct AnthropicLeniencyTests {
    private func streamed(_ lines: String) throws -> ModelResponse {
        var decoder = AnthropicStream()
        return try decoder.answer(to: lines)
    }

    private func whole(_ text: String) throws -> ModelResponse {
        try AnthropicAnswer.response(try JSONValue(parsing: text))
    }

    @Test(arguments: [
        ("permission_error", "No", ModelError.Kind.permissionDenied, false),
        ("permission_error", "Country, region, or territory not supported", .regionUnsupported, false),
        ("authentication_error", "No", .unauthorized, false), ("not_found_error", "model: x", .notFound, false),
        ("request_too_large", "Too large", .invalidRequest, false), ("timeout_error", "Late", .serverError, true),
        ("api_error", "Internal", .serverError, true), ("overloaded_error", "Busy", .overloaded, true),
        ("rate_limit_error", "Slow", .rateLimited, true), ("billing_error", "Pay", .quotaExhausted, false),
        ("conflict_error", "Again", .invalidRequest, true), ("invalid_request_error", "No", .invalidRequest, false),
    ])
    func `tells errors inside a stream apart`(type: String, words: String, kind: ModelError.Kind, mayRetry: Bool) {
        let body: JSONValue = ["type": "error", "error": ["type": .string(type), "message": .string(words)]]

        let error = AnthropicFailure.error(FailedAnswer(inStream: body))

        #expect(error.kind == kind)
        #expect(error.isRetryable == mayRetry)
    }

    @Test func `is done when the message is`() throws {
        let response = try streamed(
            #"""
            {"type":"message_start","message":{"id":"m","content":[],"usage":{"input_tokens":1}}}
            {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"a"}}
            {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":2}}
            {"type":"message_stop"}
            {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"b"}}
            {"type":"error","error":{"type":"api_error","message":"x"}}
            """#
        )

        #expect(response.text == "a")
        #expect(response.usage == Usage(inputTokens: 1, outputTokens: 2))
    }

    @Test(arguments: [("null", ""), ("\"Hi\"", "Hi"), ("[]", "")])
    func `reads content that is no list`(content: String, text: String) throws {
        let response = try whole(#"{"type":"message","content":\#(content),"stop_reason":"end_turn"}"#)

        #expect(response.text == text)
        #expect(response.finishReason == .stop)
    }

    @Test func `reads arguments that are a text`() throws {
        let response = try whole(
            #"{"content":[{"type":"tool_use","id":"","name":"f","input":"{\"x\":1}"}],"stop_reason":null}"#
        )

        #expect(response.toolCalls == [ToolCall(id: "call_1", name: "f", arguments: #"{"x":1}"#)])
        #expect(response.finishReason == .toolCalls)
    }

    @Test func `adds up to the whole answer, whatever is in it`() throws {
        let whole = try whole(
            #"""
            {"id":"m","model":"c","content":[{"type":"thinking","thinking":""},{"type":"tool_use","name":"f","input":{}},
            {"type":"server_tool_use","id":"s","name":"web_search","input":{"query":"x"}},
            {"type":"text","text":""},{"type":"text","text":"a"}],"usage":{"input_tokens":1,"output_tokens":2}}
            """#
        )
        let streamed = try streamed(
            #"""
            {"type":"message_start","message":{"id":"m","model":"c","content":[],"usage":{"input_tokens":1,"output_tokens":1}}}
            {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":""}}
            {"type":"content_block_stop","index":0}
            {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":null,"name":"f","input":{}}}
            {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":""}}
            {"type":"content_block_stop","index":1}
            {"type":"content_block_start","index":2,"content_block":{"type":"server_tool_use","id":"s","name":"web_search","input":{}}}
            {"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"{\"query\":\"x\"}"}}
            {"type":"content_block_stop","index":2}
            {"type":"content_block_start","index":3,"content_block":{"type":"text","text":""}}
            {"type":"content_block_stop","index":3}
            {"type":"content_block_start","index":4,"content_block":{"type":"text","text":""}}
            {"type":"content_block_delta","index":4,"delta":{"type":"text_delta","text":"a"}}
            {"type":"message_delta","delta":{},"usage":{"output_tokens":2}}
            {"type":"message_stop"}
            """#
        )

        #expect(streamed == whole)
        #expect(whole.finishReason == .toolCalls)
    }

    @Test func `keeps blocks apart that have the same number`() throws {
        let streamed = try streamed(
            #"""
            {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}
            {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"a"}}
            {"type":"content_block_stop","index":0}
            {"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t1","name":"f","input":{}}}
            {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\"x\":1}"}}
            {"type":"content_block_stop","index":0}
            {"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t2","name":"g","input":{}}}
            {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{}"}}
            {"type":"content_block_stop","index":0}
            {"type":"message_delta","delta":{"stop_reason":"tool_use"}}
            {"type":"message_stop"}
            """#
        )

        #expect(streamed.text == "a")
        #expect(
            streamed.toolCalls == [
                ToolCall(id: "t1", name: "f", arguments: #"{"x":1}"#), ToolCall(id: "t2", name: "g"),
            ]
        )
    }

    @Test func `sends back who called a tool, where that was not the model itself`() throws {
        let caller = #""caller":{"type":"code_execution_20250825","tool_id":"s"}"#
        let call = #"{"type":"tool_use","id":"t","name":"f","input":{"x":1},\#(caller)}"#
        let direct = #"{"type":"tool_use","id":"u","name":"f","input":{},"caller":{"type":"direct"}}"#
        let whole = try whole(#"{"content":[\#(call),\#(direct)],"stop_reason":"tool_use"}"#)
        let streamed = try streamed(
            #"""
            {"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t","name":"f","input":{},\#(caller)}}
            {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\"x\":"}}
            {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"1}"}}
            {"type":"content_block_stop","index":0}
            {"type":"content_block_start","index":1,"content_block":\#(direct)}
            {"type":"content_block_stop","index":1}
            {"type":"message_delta","delta":{"stop_reason":"tool_use"}}
            """#
        )

        #expect(streamed == whole)
        let blocks = AnthropicBlocks(identity: ModelIdentity(provider: "a", model: "c"))
        let sent = try whole.message.parts.compactMap(blocks.block)
        #expect(sent == [try JSONValue(parsing: call), ["type": "tool_use", "id": "u", "name": "f", "input": [:]]])
    }

    @Test func `keeps what an earlier change of the message said`() throws {
        let streamed = try streamed(
            #"""
            {"type":"message_start","message":{"id":"m","usage":{"input_tokens":3,"cache_read_input_tokens":5,"output_tokens":1}}}
            {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"a"}}
            {"type":"message_delta","delta":{"stop_reason":"max_tokens"},"usage":{"output_tokens":7}}
            {"type":"message_delta","delta":{"stop_reason":null},"usage":{"output_tokens":9,"cache_read_input_tokens":null}}
            {"type":"message_delta","delta":{}}
            {"type":"message_stop"}
            """#
        )

        #expect(streamed.finishReason == .length)
        #expect(streamed.usage == Usage(inputTokens: 8, outputTokens: 9, cacheReadTokens: 5))
    }

    @Test func `keeps nothing of blocks that say nothing of themselves but their words`() throws {
        let content: JSONValue = [nil, [:], ["type": nil, "text": "a"], "b", ["id": "x"]]
        let whole = try AnthropicAnswer.response(["content": content, "stop_reason": "end_turn"])
        let streamed = try streamed(
            #"""
            {"type":"content_block_start","index":0,"content_block":null}
            {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"a"}}
            {"type":"content_block_stop","index":0}
            {"type":"content_block_start","index":1}
            {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"b"}}
            {"type":"content_block_start","index":2,"content_block":{}}
            {"type":"content_block_delta","index":2,"delta":{"type":"new_delta","x":1}}
            {"type":"content_block_stop","index":2}
            {"type":"message_delta","delta":{"stop_reason":"end_turn"}}
            """#
        )

        #expect(whole.message.parts == [.text("a"), .text("b")])
        #expect(streamed == whole)
    }
}
