import HTTPTransport
import LanguageModels
import Testing

@testable import ModelProviders

struct AnthropicBatchTests {
    private let path = "https://api.anthropic.com/v1/messages/batches"

    private func model(_ service: RecordedService) -> AnthropicModel {
        AnthropicModel("claude-haiku-4-5", key: "secret", transport: service)
    }

    private func body(status: String = "in_progress", counts: String = #""processing":2"#, url: String? = nil) -> String
    {
        let address = url.map { "\"\($0)\"" } ?? "null"
        return #"{"id":"b1","processing_status":"\#(status)","request_counts":{\#(counts)},"results_url":\#(address)}"#
    }

    @Test func `hands in requests as they would be sent alone`() async throws {
        let service = RecordedService(json: ["POST \(path)": body()])
        var second = ModelRequest("Two?")
        second.options.anthropic.betas = ["x-1"]

        let batch = try await model(service).submit([
            BatchRequest(id: "1", request: ModelRequest("One?")), BatchRequest(id: "2", request: second),
        ])

        #expect(batch.id == "b1")
        #expect(batch.status == .running)
        #expect(batch.total == 2)
        let sent = try JSONValue(parsing: service.requests.first?.body ?? [])
        #expect(sent["requests"]?.elements.compactMap { $0["custom_id"]?.string } == ["1", "2"])
        let params: JSONValue = [
            "model": "claude-haiku-4-5", "max_tokens": 64000, "messages": [["role": "user", "content": "Two?"]],
        ]
        #expect(sent["requests"]?[1]?["params"] == params)
        #expect(service.requests.first?.headers["anthropic-beta"] == "x-1")
    }

    @Test(arguments: [
        ([], "a batch needs a request"), (["a", "a"], "the id \"a\" stands twice in the batch"),
        (["a b"], "the id \"a b\" is not taken; ids are up to 64 letters, digits, _ and -"),
    ])
    func `refuses batches that the service would refuse`(ids: [String], reason: String) async {
        let service = RecordedService(json: [:])

        let error = await #expect(throws: ModelError.self) {
            try await model(service).submit(ids.map { BatchRequest(id: $0, request: ModelRequest("?")) })
        }

        #expect(error?.message == reason)
        #expect(service.requests.isEmpty)
    }

    @Test(arguments: [
        ("in_progress", #""processing":2"#, Batch.Status.running), ("canceling", #""processing":2"#, .cancelling),
        ("ended", #""succeeded":1,"errored":1"#, .completed), ("ended", #""succeeded":1,"canceled":1"#, .cancelled),
        ("ended", #""expired":2"#, .expired), ("ended", #""succeeded":1,"expired":1"#, .completed),
    ])
    func `says how a batch stands`(status: String, counts: String, expected: Batch.Status) async throws {
        let service = RecordedService(json: ["GET \(path)/b1": body(status: status, counts: counts)])

        let batch = try await model(service).batch(id: "b1")

        #expect(batch.status == expected)
        #expect(batch.total == 2)
    }

    @Test func `stops a batch`() async throws {
        let service = RecordedService(json: ["POST \(path)/b1/cancel": body(status: "canceling")])

        let batch = try await model(service).cancel(Batch(id: "b1", status: .running))

        #expect(batch.status == .cancelling)
    }

    private let lines = #"""
        {"custom_id":"2","result":{"type":"succeeded","message":{"content":[{"type":"text","text":"Zwei ü"}],"stop_reason":"end_turn"}}}

        {"custom_id":"1","result":{"type":"errored","error":{"type":"error","error":{"type":"invalid_request_error","message":"No."}}}}
        {"custom_id":"3","result":{"type":"canceled"}}
        {"custom_id":"4","result":{"type":"expired"}}
        """#

    @Test func `reads results line by line`() async throws {
        let url = "\(path)/b1/results"
        let service = RecordedService(json: ["GET \(path)/b1": body(status: "ended", url: url), "GET \(url)": lines])

        var texts: [String: String] = [:]
        var kinds: [String: ModelError.Kind] = [:]
        for try await result in model(service).results(of: Batch(id: "b1", status: .running)) {
            switch result.result {
            case .success(let response): texts[result.id] = response.text
            case .failure(let error): kinds[result.id] = error.kind
            }
        }

        #expect(texts == ["2": "Zwei ü"])
        #expect(kinds == ["1": .invalidRequest, "3": .cancelled, "4": .timeout(.total)])
        #expect(service.requests.last?.headers["x-api-key"] == "secret")
    }

    @Test(arguments: [
        "https://elsewhere.example/b1/results", "http://api.anthropic.com/results",
        "https://api.anthropic.com:444/results", "https://api.anthropic.com@elsewhere.example/results",
        "https://api.anthropic.com.elsewhere.example/results",
    ])
    func `gives its key to no other origin`(url: String) async throws {
        let service = RecordedService(json: ["GET \(url)": lines])
        let batch = Batch(id: "b1", status: .completed, raw: ["results_url": .string(url)])

        var count = 0
        for try await _ in model(service).results(of: batch) { count += 1 }

        #expect(count == 4)
        #expect(service.requests.last?.headers.fields.isEmpty == true)
    }

    @Test func `says that there are no results yet`() async {
        let service = RecordedService(json: ["GET \(path)/b1": body()])

        let error = await #expect(throws: ModelError.self) {
            for try await _ in model(service).results(of: Batch(id: "b1", status: .running)) {}
        }

        #expect(error?.message == "batch b1 has no results yet")
    }

    @Test func `reports a line that is no result`() async {
        let url = "\(path)/b1/results"
        let service = RecordedService(json: ["GET \(url)": "<html>"])
        let batch = Batch(id: "b1", status: .completed, raw: ["results_url": .string(url)])

        let error = await #expect(throws: ModelError.self) { for try await _ in model(service).results(of: batch) {} }

        #expect(error?.kind == .undecodableAnswer)
        #expect(error?.answerText == "<html>")
    }
}
