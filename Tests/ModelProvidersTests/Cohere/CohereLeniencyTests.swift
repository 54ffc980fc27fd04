import HTTPTransport
import LanguageModels
import Testing

@testable import ModelProviders

/// What servers do otherwise than Cohere's chat has it.
struct CohereLeniencyTests {
    private func streamed(_ lines: String) throws -> ModelResponse {
        var decoder = CohereStream()
        return try decoder.answer(to: lines)
    }

    @Test func `takes a bare message under status 200 for an error`() async {
        let transport = ScriptedTransport(#"{"id":"i","message":"too many tokens: 9 > 8"}"#)

        let error = await #expect(throws: ModelError.self) {
            try await CohereModel("command-a-03-2025", key: "k", transport: transport).respond(to: ModelRequest("?"))
        }

        #expect(error?.kind == .contextTooLong(limit: 8, count: nil))
    }

    @Test func `reads what is written otherwise, whole and in pieces`() throws {
        let whole = try CohereAnswer.response(
            try JSONValue(
                parsing:
                    #"{"id":"i","message":{"content":[{"text":"a"}],"tool_plan":"p q","tool_calls":[{"id":"","function":{"name":"f","arguments":{"x":1}}}]},"usage":{"tokens":{"input_tokens":"3","output_tokens":1.5}}}"#
            )
        )
        let streamed = try streamed(
            #"""
            {"type":"message-start","id":"i"}
            {"type":"content-start","index":0,"delta":{"message":{"content":{"type":"text","text":""}}}}
            {"type":"content-delta","index":0,"delta":{"message":{"content":{"text":"a"}}}}
            {"type":"tool-plan-delta","delta":{"message":{"tool_plan":"p"}}}
            {"type":"tool-call-start","index":0,"delta":{"message":{"tool_calls":{"id":"","function":{"name":"f"}}}}}
            {"type":"tool-call-delta","index":0,"delta":{"message":{"tool_calls":{"function":{"arguments":{"x":1}}}}}}
            {"type":"tool-plan-delta","delta":{"message":{"tool_plan":" q"}}}
            {"type":"message-end","delta":{"usage":{"tokens":{"input_tokens":"3","output_tokens":1.5}}}}
            """#
        )

        #expect(whole == streamed)
        #expect(whole.text == "a")
        #expect(whole.toolCalls == [ToolCall(id: "call_1", name: "f", arguments: #"{"x":1}"#)])
        #expect(whole.finishReason == .toolCalls)
        #expect(whole.usage == Usage(inputTokens: 3, outputTokens: 2))
    }

    @Test func `reads the limits of trial keys`() {
        let headers: HTTPHeaders = ["x-trial-endpoint-call-limit": "40", "x-trial-endpoint-call-remaining": "38"]

        #expect(ServiceLimits(headers).requests == .init(limit: 40, remaining: 38))
    }

    @Test func `keeps nothing of blocks that say nothing of themselves but their words`() throws {
        let content: JSONValue = [nil, [:], ["thinking": "t"], ["type": nil, "text": "a"], "b", ["id": "x"]]

        let response = try CohereAnswer.response(["message": ["content": content], "finish_reason": "COMPLETE"])

        #expect(response.message.parts == [MessagePart(.reasoning("t")), .text("a"), .text("b")])
    }
}
