import HTTPTransport
import LanguageModels
import Testing

@testable import ModelProviders

struct CohereStreamTests {
    private func answer(_ lines: String) throws -> ModelResponse {
        var decoder = CohereStream()
        return try decoder.answer(to: lines)
    }

    @Test func `adds up to what the whole answer says`() throws {
        let whole = try JSONValue(
            parsing: #"""
                {"id":"i","message":{"role":"assistant","content":[{"type":"thinking","thinking":"Let me see."},
                 {"type":"text","text":"Looking."}],"tool_plan":"I will look.","tool_calls":[
                 {"id":"c1","type":"function","function":{"name":"look","arguments":"{\"at\":1}"}},
                 {"id":"c2","type":"function","function":{"name":"now","arguments":"{}"}}]},
                 "finish_reason":"TOOL_CALL","usage":{"billed_units":{"input_tokens":5,"output_tokens":9},
                 "tokens":{"input_tokens":69.0,"output_tokens":10.0,"reasoning_tokens":4},"cached_tokens":48}}
                """#
        )
        let lines = #"""
            {"id":"i","type":"message-start","delta":{"message":{"role":"assistant","content":[],"tool_plan":"","tool_calls":[]}}}
            {"type":"content-start","index":0,"delta":{"message":{"content":{"type":"thinking","thinking":""}}}}
            {"type":"content-delta","index":0,"delta":{"message":{"content":{"thinking":"Let me"}}}}
            {"type":"content-delta","index":0,"delta":{"message":{"content":{"thinking":" see."}}}}
            {"type":"content-end","index":0}
            {"type":"content-start","index":1,"delta":{"message":{"content":{"type":"text","text":""}}}}
            {"type":"content-delta","index":1,"delta":{"message":{"content":{"text":"Looking."}}}}
            {"type":"citation-start","index":0,"delta":{"message":{"citations":{"start":0,"end":1,"text":"L"}}}}
            {"type":"citation-end","index":0}
            {"type":"content-end","index":1}
            {"type":"tool-plan-delta","delta":{"message":{"tool_plan":"I will"}}}
            {"type":"tool-plan-delta","delta":{"message":{"tool_plan":" look."}}}
            {"type":"tool-call-start","index":0,"delta":{"message":{"tool_calls":{"id":"c1","type":"function","function":{"name":"look","arguments":""}}}}}
            {"type":"tool-call-delta","index":0,"delta":{"message":{"tool_calls":{"function":{"arguments":"{\"at\":"}}}}}
            {"type":"tool-call-delta","index":0,"delta":{"message":{"tool_calls":{"function":{"arguments":"1}"}}}}}
            {"type":"tool-call-end","index":0}
            {"type":"tool-call-start","index":1,"delta":{"message":{"tool_calls":{"id":"c2","type":"function","function":{"name":"now","arguments":""}}}}}
            {"type":"tool-call-end","index":1}
            {"type":"debug","prompt":"x"}
            {"type":"message-end","delta":{"finish_reason":"TOOL_CALL","usage":{"billed_units":{"input_tokens":5,"output_tokens":9},"tokens":{"input_tokens":69,"output_tokens":10,"reasoning_tokens":4},"cached_tokens":48}}}
            [DONE]
            """#

        let streamed = try answer(lines)

        #expect(streamed == (try CohereAnswer.response(whole)))
        #expect(streamed.text == "Looking.")
        #expect(streamed.reasoning == "Let me see.")
        #expect(streamed.toolCalls.map(\.arguments) == [#"{"at":1}"#, "{}"])
        #expect(streamed.usage?.inputTokens == 69)
        #expect(streamed.usage?.cacheReadTokens == 48)
        #expect(streamed.usage?.reasoningTokens == 4)
        #expect(streamed.usage?.billedInputTokens == 5)
        #expect(streamed.usage?.billedOutputTokens == 9)
    }

    @Test(arguments: [
        ("COMPLETE", FinishReason.stop), ("STOP_SEQUENCE", .stop), ("MAX_TOKENS", .length), ("TOOL_CALL", .toolCalls),
        ("ERROR_TOXIC", .contentFilter), ("ERROR_LIMIT", .contextWindow), ("NEW", .other),
    ])
    func `says why the model stopped`(raw: String, reason: FinishReason) throws {
        let streamed = try answer(#"{"type":"message-end","delta":{"finish_reason":"\#(raw)","usage":{}}}"#)

        #expect(streamed.finishReason == reason)
        #expect(streamed.rawFinishReason == raw)
        #expect(streamed.usage == nil)
    }

    @Test func `hands over what came before it tells that the answer failed`() throws {
        var decoder = CohereStream()
        var accumulator = ResponseAccumulator()
        let lines = [
            #"{"type":"tool-plan-delta","delta":{"message":{"tool_plan":"I will"}}}"#,
            #"{"type":"message-end","delta":{"finish_reason":"ERROR","error":"bad tool","error_type":"INVALID","usage":{}}}"#,
        ]
        for line in lines {
            for event in try decoder.decode(ServerSentEvent(data: Array(line.utf8))) { accumulator.add(event) }
        }

        let error = #expect(throws: ModelError.self) { try decoder.finish() }

        #expect(accumulator.response.finishReason == .error)
        #expect(accumulator.response.message.parts == [CohereAnswer.plan("I will")])
        #expect(error?.kind == .serverError)
        #expect(error?.message == "bad tool")
        #expect(error?.code == "INVALID")
    }

    @Test(arguments: ["ERROR", "TIMEOUT"])
    func `reads a whole answer that failed as an error`(reason: String) {
        let error = #expect(throws: ModelError.self) {
            try CohereAnswer.response(["message": ["content": []], "finish_reason": .string(reason)])
        }

        #expect(error?.kind == .serverError)
        #expect(error?.code == reason)
    }

    @Test func `knows a stream that broke off`() {
        let error = #expect(throws: ModelError.self) {
            try answer(#"{"type":"content-delta","index":0,"delta":{"message":{"content":{"text":"I"}}}}"#)
        }

        #expect(error?.kind == .truncatedStream)
    }

    @Test func `throws a bare message in the stream`() {
        let error = #expect(throws: ModelError.self) { try answer(#"{"message":"internal server error"}"#) }

        #expect(error?.kind == .serverError)
    }

    @Test func `reads content that is a plain text`() throws {
        let answer = try CohereAnswer.response(["message": ["content": "Hi"], "finish_reason": "COMPLETE"])

        #expect(answer.text == "Hi")
    }
}
