import HTTPTransport
import LanguageModels
import Testing

@testable import ModelProviders

/// What servers do otherwise than Chat Completions has it, in streams and whole answers alike.
struct ChatLeniencyTests {
    private func streamed(_ chunks: String...) async -> Result<ModelResponse, ModelError> {
        let body = chunks.map { $0.hasPrefix("event:") ? $0 + "\n\n" : "data: \($0)\n\n" }.joined()
        let endpoint = ServiceEndpoint.openAI(key: "k", transport: ScriptedTransport(body))
        do {
            return .success(try await OpenAIModel("gpt-4o", endpoint: endpoint).stream(ModelRequest("?")).response())
        } catch {
            return .failure(error as? ModelError ?? ModelError(.undecodableAnswer, "\(error)"))
        }
    }

    private func failure(_ result: Result<ModelResponse, ModelError>) -> ModelError? {
        if case .failure(let error) = result { error } else { nil }
    }

    @Test func `keeps words and usage that stand beside an error`() async {
        let error = failure(
            await streamed(
                #"{"id":"c","choices":[{"index":0,"delta":{"content":"a"}}]}"#,
                #"{"id":"c","error":{"code":502,"message":"Gone"},"choices":[{"index":0,"delta":{"content":"b"},"finish_reason":"error"}],"usage":{"prompt_tokens":3,"completion_tokens":2}}"#,
                "[DONE]"
            )
        )

        #expect(error?.kind == .serverError)
        #expect(error?.isRetryable == false)
        #expect(error?.partialResponse?.text == "ab")
        #expect(error?.partialResponse?.usage == Usage(inputTokens: 3, outputTokens: 2))
    }

    @Test(arguments: [
        ("event: error\ndata: {\"message\":\"Busy\",\"code\":503}", ModelError.Kind.overloaded, true),
        ("event: error\ndata: {\"code\":\"context_length_exceeded\"}", .contextTooLong(limit: nil, count: nil), false),
        ("event: error\ndata: Rate limit reached", .rateLimited, true),
        ("event: error\ndata: upstream went away", .serverError, true),
        (#"{"error":{"message":"No such thing","type":"invalid_request_error","code":null}}"#, .invalidRequest, false),
        (#"{"error":{"message":"Broken","type":"invalid_request_error","code":500}}"#, .serverError, true),
        (#"{"error":{"message":"No","type":"permission_error"}}"#, .permissionDenied, false),
        (#"{"error":{"message":"Too long","code":"string_above_max_length"}}"#, .invalidRequest, false),
    ])
    func `tells errors inside a stream apart`(chunk: String, kind: ModelError.Kind, isRetryable: Bool) async {
        let error = failure(await streamed(chunk))

        #expect(error?.kind == kind)
        #expect(error?.isRetryable == isRetryable)
    }

    @Test(arguments: [
        (#"{"prompt_tokens":"3","completion_tokens":"2.0"}"#, 3, 2), (#"{"prompt_tokens":3.0}"#, 3, 0),
        (#"{"completion_tokens":2}"#, 0, 2), (#"{"prompt_tokens":null,"completion_tokens":2}"#, 0, 2),
        (#"{"input_tokens":3,"output_tokens":2}"#, 3, 2),
    ])
    func `counts what is written otherwise`(usage: String, input: Int, output: Int) throws {
        let usage = try read(#"{"usage":\#(usage)}"#) { Usage(chat: $0) }

        #expect(usage == Usage(inputTokens: input, outputTokens: output))
    }

    /// Each row: the message, and the pieces of a stream that come in another order.
    @Test(arguments: [
        (
            #"{"content":"a","reasoning":"r","tool_calls":[{"id":"t","function":{"name":"f","arguments":"{}"}}]}"#,
            [
                #"{"tool_calls":[{"index":0,"id":"t","function":{"name":"f","arguments":"{}"}}]}"#,
                #"{"content":"a"}"#, #"{"reasoning":"r"}"#,
            ]
        ),
        (#"{"content":"a","refusal":"no"}"#, [#"{"refusal":"no"}"#, #"{"content":"a"}"#]),
        (#"{"content":"a","tool_calls":[]}"#, [#"{"content":"a","tool_calls":null}"#]),
    ])
    func `gives the parts of a stream in the order of the whole answer`(message: String, pieces: [String]) throws {
        let whole = try read(#"{"id":"c","choices":[{"message":\#(message),"finish_reason":""}]}"#) {
            try ChatAnswer($0).response()
        }

        let chunks = pieces.map { #"{"id":"c","choices":[{"delta":\#($0),"finish_reason":""}]}"# }

        #expect(try decoded(ChatStreamDecoder(), chunks + ["[DONE]"]) == whole)
    }

    @Test(arguments: [
        (#"{"reasoning_content":"","reasoning":"r"}"#, "r"), (#"{"reasoning_content":null,"reasoning":"r"}"#, "r"),
        (#"{"reasoning_content":"c","reasoning":"r"}"#, "c"),
        (#"{"reasoning":"","reasoning_details":[{"text":"d"}]}"#, "d"),
    ])
    func `finds the reasoning in each of its places`(message: String, reasoning: String) throws {
        #expect(try read(message) { ChatWords($0).reasoning } == reasoning)
    }

    @Test(arguments: [("PerMinute", ModelError.Kind.rateLimited), ("PerDay", .quotaExhausted)])
    func `reads the errors of Gemini's surface as Gemini's`(quota: String, kind: ModelError.Kind) throws {
        let body = #"""
            [{"error":{"code":429,"message":"You exceeded your current quota.","status":"RESOURCE_EXHAUSTED","details":[
            {"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{"quotaId":"Requests\#(quota)"}]},
            {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"34.4s"}]}}]
            """#

        let error = OpenAIFailure.error(FailedAnswer(status: 429, body: Array(body.utf8)))

        #expect(error.kind == kind)
        #expect(error.retryAfter == .milliseconds(34_400))
    }

    @Test func `learns the model's name late`() throws {
        let response = try decoded(
            ChatStreamDecoder(),
            [
                #"{"id":"c","model":"","choices":[{"delta":{"role":"assistant"}}]}"#,
                #"{"id":"c","model":"gpt-5-mini","choices":[{"delta":{"content":"a"},"finish_reason":"stop"}]}"#,
                #"{"id":"","model":"","choices":[]}"#,
            ]
        )

        #expect(response.id == "c")
        #expect(response.model == "gpt-5-mini")
    }

    @Test func `reads a finished stream although a chunk with an error follows the end mark`() async {
        let result = await streamed(
            #"{"id":"c","choices":[{"delta":{"content":"a"},"finish_reason":"stop"}]}"#,
            "[DONE]",
            #"{"error":{"message":"x"}}"#
        )

        #expect((try? result.get().text) == "a")
    }
}
