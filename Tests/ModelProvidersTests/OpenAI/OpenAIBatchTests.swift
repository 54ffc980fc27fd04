import HTTPTransport
import LanguageModels
import Testing

@testable import ModelProviders

struct OpenAIBatchTests {
    private func model(_ transport: ScriptedTransport) -> OpenAIModel {
        OpenAIModel("gpt-4o", endpoint: .openAI(key: "k", transport: transport))
    }

    @Test func `uploads the requests as lines and begins the batch`() async throws {
        let transport = ScriptedTransport(
            #"{"id":"file-1"}"#,
            #"{"id":"batch_1","status":"validating","request_counts":{"total":0,"completed":0,"failed":0}}"#
        )

        let batch = try await model(transport).submit([
            BatchRequest(id: "a", request: ModelRequest("1")), BatchRequest(id: "b", request: ModelRequest("2")),
        ])

        #expect(batch.id == "batch_1")
        #expect(batch.status == .pending)
        #expect(batch.total == nil)
        let upload = try #require(transport.requests.first)
        let boundary = try #require(upload.headers["content-type"]?.split(separator: "=").last)
        let lines = ["a", "b"].enumerated().map { index, id in
            #"{"custom_id":"\#(id)","method":"POST","url":"/v1/chat/completions","body":{"model":"gpt-4o","#
                + #""messages":[{"role":"user","content":"\#(index + 1)"}]}}"# + "\n"
        }
        let form =
            "--\(boundary)\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n--\(boundary)\r\n"
            + "Content-Disposition: form-data; name=\"file\"; filename=\"batch.jsonl\"\r\n"
            + "Content-Type: application/jsonl\r\n\r\n\(lines.joined())\r\n--\(boundary)--\r\n"
        #expect(String(decoding: upload.body ?? [], as: UTF8.self) == form)
        #expect(transport.requests.map(\.url).last == "https://api.openai.com/v1/batches")
        #expect(
            transport.lastBody
                == ["input_file_id": "file-1", "endpoint": "/v1/chat/completions", "completion_window": "24h"]
        )
    }

    @Test(arguments: [[], ["a", "a"]])
    func `refuses batches that the service would`(ids: [String]) async {
        let requests = ids.map { BatchRequest(id: $0, request: ModelRequest("?")) }

        await #expect(throws: ModelError.self) { try await model(ScriptedTransport()).submit(requests) }
    }

    @Test func `gives an answer or an error for everyone, whatever file they are in`() async throws {
        let transport = ScriptedTransport(
            #"{"custom_id":"b","response":{"status_code":200,"request_id":"q","body":\#(Answers.chat)},"error":null}"#
                + "\n\n"
                + #"{"custom_id":"r","response":{"status_code":200,"body":\#(Answers.responses)},"error":{}}"# + "\n",
            #"{"custom_id":"e","response":{"status_code":429,"body":{"error":{"message":"Slow"}}},"error":null}"# + "\n"
                + #"{"custom_id":"n","response":{"status_code":503,"request_id":"","body":null},"error":null}"# + "\n"
                + #"{"custom_id":"x","response":null,"error":{"code":"batch_expired","message":"Too late."}}"#,
            #"{"custom_id":"x"}"# + "\n" + #"{"custom_id":"b"}"# + "\n" + #"{"custom_id":"m"}"#
        )
        var batch = Batch(id: "batch_1", status: .expired)
        batch.total = 6
        batch.raw = ["output_file_id": "f-out", "error_file_id": "f-err", "input_file_id": "f-in"]

        var results: [String: BatchResult] = [:]
        for try await result in model(transport).results(of: batch) { results[result.id] = result }

        #expect(try results["b"]?.result.get().text == "Hi")
        #expect(try results["b"]?.result.get().requestID == "q")
        #expect(try results["r"]?.result.get().text == "Hi")
        #expect(results["e"]?.failure?.kind == .rateLimited)
        #expect(results["e"]?.failure?.status == 429)
        #expect(results["x"]?.failure?.kind == .timeout(.total))
        #expect(results["m"]?.failure?.kind == .timeout(.total))
        #expect(results["n"]?.failure?.kind == .overloaded)
        #expect(results["n"]?.failure?.requestID == nil)
        #expect(results.count == 6)
        #expect(
            transport.requests.map(\.url) == [
                "https://api.openai.com/v1/files/f-out/content", "https://api.openai.com/v1/files/f-err/content",
                "https://api.openai.com/v1/files/f-in/content",
            ]
        )
    }

    @Test func `asks again for a batch that was described before its end`() async throws {
        let transport = ScriptedTransport(
            #"{"id":"b1","status":"completed","output_file_id":"f","request_counts":{"total":1,"completed":1,"failed":0}}"#,
            #"{"custom_id":"a","response":{"status_code":200,"body":\#(Answers.chat)}}"#
        )

        var ids: [String] = []
        for try await result in model(transport).results(of: Batch(id: "b1", status: .running)) {
            ids.append(result.id)
        }

        #expect(ids == ["a"])
    }

    @Test func `gives no results before the end`() async {
        let transport = ScriptedTransport(#"{"id":"b1","status":"in_progress"}"#)

        await #expect(throws: ModelError.self) {
            for try await _ in model(transport).results(of: Batch(id: "b1", status: .running)) {}
        }
    }

    @Test(arguments: [
        ("validating", Batch.Status.pending), ("in_progress", .running), ("finalizing", .running),
        ("completed", .completed), ("failed", .failed), ("expired", .expired), ("cancelling", .cancelling),
        ("cancelled", .cancelled),
    ])
    func `knows how a batch stands`(word: String, status: Batch.Status) async throws {
        let body = #"{"id":"b","status":"\#(word)","errors":{"data":[{"message":"Bad line.","line":3}]}}"#

        let batch = try await model(ScriptedTransport(body)).batch(id: "b")

        #expect(batch.status == status)
        #expect(batch.failure == "line 3: Bad line")
    }

    @Test func `cancels`() async throws {
        let transport = ScriptedTransport(#"{"id":"b","status":"cancelling"}"#)

        let batch = try await model(transport).cancel(Batch(id: "b", status: .running))

        #expect(batch.status == .cancelling)
        #expect(transport.requests.first?.url == "https://api.openai.com/v1/batches/b/cancel")
        #expect(transport.requests.first?.method == "POST")
    }
}

extension BatchResult {
    fileprivate var failure: ModelError? {
        if case .failure(let error) = result { error } else { nil }
    }
}
