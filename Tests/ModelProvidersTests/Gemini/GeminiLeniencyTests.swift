import LanguageModels
import Testing

@testable import ModelProviders

/// What servers and proxies do otherwise than Gemini's format mostly has it.
struct GeminiLeniencyTests {
    private func whole(_ body: String) throws -> ModelResponse {
        try GeminiAnswer.response(from: try JSONValue(parsing: body))
    }

    private func streamed(_ lines: String) throws -> ModelResponse {
        var decoder = GeminiDecoder()
        return try decoder.answer(to: lines)
    }

    @Test func `reads the first of several candidates, wherever it stands`() throws {
        let whole = try whole(
            #"""
            {"candidates":[{"index":1,"content":{"parts":[{"text":"two"}]},"finishReason":"MAX_TOKENS"},
            {"index":0,"content":{"parts":[{"text":"one"}]},"finishReason":"STOP"}]}
            """#
        )
        let streamed = try streamed(
            #"""
            {"candidates":[{"content":{"parts":[{"text":"o"}]}},{"index":1,"content":{"parts":[{"text":"t"}]}}]}
            {"candidates":[{"index":1,"content":{"parts":[{"text":"wo"}]}}]}
            {"candidates":[{"index":1,"finishReason":"MAX_TOKENS"},{"content":{"parts":[{"text":"ne"}]}}]}
            {"candidates":[{"index":0,"finishReason":"STOP"}]}
            {"candidates":[{"index":1,"finishReason":"SAFETY"}]}
            """#
        )

        #expect(whole.text == "one" && whole.finishReason == .stop)
        #expect(streamed.text == "one" && streamed.finishReason == .stop)
    }

    @Test func `takes an only candidate for the first, whatever its number`() throws {
        #expect(try whole(#"{"candidates":[{"index":3,"content":{"parts":[{"text":"a"}]}}]}"#).text == "a")
    }

    @Test func `finds out late who answers`() throws {
        let streamed = try streamed(
            #"""
            {"candidates":[{"content":{"parts":[{"text":"a"}]}}],"modelVersion":""}
            {"candidates":[{"content":{"parts":[{"text":"b"}]}}],"modelVersion":"m"}
            {"candidates":[{"finishReason":"STOP"}],"responseId":"r","modelVersion":"m"}
            """#
        )

        #expect(streamed.text == "ab" && streamed.model == "m" && streamed.id == "r")
    }

    @Test func `forgets no count because of a null`() throws {
        let streamed = try streamed(
            #"""
            {"usageMetadata":{"promptTokenCount":4,"thoughtsTokenCount":7,"candidatesTokenCount":1}}
            {"candidates":[{"finishReason":"STOP"}],"usageMetadata":{"thoughtsTokenCount":null,"candidatesTokenCount":2}}
            """#
        )

        #expect(streamed.usage == Usage(inputTokens: 4, outputTokens: 9, reasoningTokens: 7))
    }

    @Test(arguments: ["{}", "null", "[]", #"{"promptTokenCount":null}"#])
    func `tells no figures where there are none`(usage: String) throws {
        let body = #"{"candidates":[{"finishReason":"STOP"}],"usageMetadata":\#(usage)}"#

        #expect(try whole(body).usage == nil)
        #expect(try streamed(body).usage == nil)
    }

    @Test(arguments: ["null", "{}", "false", #""""#])
    func `takes an error with nothing in it for none`(error: String) throws {
        #expect(try streamed(#"{"candidates":[{"finishReason":"STOP"}],"error":\#(error)}"#).finishReason == .stop)
    }

    @Test(arguments: [#""{\"x\":1}""#, #"{"x":1}"#])
    func `reads arguments that are a text`(arguments: String) throws {
        let response = try whole(
            #"{"candidates":[{"content":{"parts":[{"functionCall":{"name":"f","args":\#(arguments)}}]}}]}"#
        )

        #expect(response.toolCalls.map(\.arguments) == [#"{"x":1}"#])
    }

    @Test(arguments: [
        "https://g.example", "https://g.example/", "https://g.example/v1beta", "https://g.example/v1beta/",
        "https://g.example/v1beta/models",
    ])
    func `finds the service however its address is written`(baseURL: String) async throws {
        let body = #"{"candidates":[{"content":{"parts":[{"text":"a"}]},"finishReason":"STOP"}]}"#
        let service = RecordedService(json: ["POST https://g.example/v1beta/models/gemini-3-pro:generateContent": body])
        let model = GeminiModel("gemini-3-pro", key: "k", baseURL: baseURL, transport: service)

        #expect(try await model.respond(to: ModelRequest("Hi")).text == "a")
    }

    @Test func `leaves the path of a proxy as it is`() async throws {
        let body = #"{"candidates":[{"content":{"parts":[{"text":"a"}]},"finishReason":"STOP"}]}"#
        let service = RecordedService(json: ["POST https://p.example/google/models/gemini-3-pro:generateContent": body])
        let model = GeminiModel("gemini-3-pro", key: "k", baseURL: "https://p.example/google", transport: service)

        #expect(try await model.respond(to: ModelRequest("Hi")).text == "a")
    }
}
