import HTTPTransport
import LanguageModels
import Testing

@testable import ModelProviders

struct BatchWarningTests {
    private static let services: [@Sendable (any Transport) -> any BatchResponding] = [
        { OpenAIModel("gpt-5", endpoint: .openAI(key: "k", transport: $0), interface: .responses) },
        { AnthropicModel("claude-haiku-4-5", key: "k", transport: $0) },
        { GeminiModel("gemini-2.5-flash", key: "k", transport: $0) },
    ]

    @Test(arguments: services.indices)
    func `says what was dropped from which request, in the batch and in its results`(index: Int) async throws {
        let transport = StubTransport { HTTPResponse(status: 200, body: Array(Self.body($0.url).utf8)) }
        let service = Self.services[index](transport)
        var request = ModelRequest("?")
        request.options.seed = 1
        request.options.stop = ["a", "b", "c", "d", "e", "f"]

        var batch = try await service.submit([
            BatchRequest(id: "a", request: request), BatchRequest(id: "b", request: ModelRequest("?")),
        ])
        let cancelled = try await service.cancel(batch)
        batch.status = .completed
        var warnings: [String: [RequestWarning]] = [:]
        for try await result in service.results(of: batch) { warnings[result.id] = try result.result.get().warnings }

        #expect(batch.warnings.keys.sorted() == ["a"])
        #expect(batch.warnings["a"]?.isEmpty == false)
        #expect(cancelled.warnings == batch.warnings)
        #expect(warnings == ["a": batch.warnings["a"] ?? [], "b": []])
    }

    private static func body(_ url: String) -> String {
        switch url {
        case _ where url.hasSuffix("/files"): #"{"id":"file"}"#
        case _ where url.hasSuffix("/files/out/content"):
            ["a", "b"].map { id in
                #"{"custom_id":"\#(id)","response":{"status_code":200,"body":\#(Answers.responses)}}"# + "\n"
            }.joined()
        case _ where url.contains("/messages/batches/x/results"):
            ["a", "b"].map { id in
                #"{"custom_id":"\#(id)","result":{"type":"succeeded","message":"#
                    + #"{"id":"m","content":[{"type":"text","text":"Hi"}],"stop_reason":"end_turn"}}}"# + "\n"
            }.joined()
        case _ where url.contains("/messages/batches"):
            #"{"id":"x","processing_status":"ended","results_url":"/v1/messages/batches/x/results"}"#
        case _ where url.contains("generativelanguage"):
            #"{"name":"batches/x","metadata":{"state":"BATCH_STATE_SUCCEEDED"},"done":true,"#
                + #""response":{"inlinedResponses":{"inlinedResponses":[\#(inlined("a")),\#(inlined("b"))]}}}"#
        default: #"{"id":"x","status":"completed","output_file_id":"out","request_counts":{"total":2,"completed":2}}"#
        }
    }

    private static func inlined(_ id: String) -> String {
        #"{"metadata":{"key":"\#(id)"},"response":{"candidates":[{"content":{"parts":[{"text":"Hi"}]},"#
            + #""finishReason":"STOP"}]}}"#
    }
}
