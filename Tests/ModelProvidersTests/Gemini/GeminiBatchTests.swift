import HTTPTransport
import LanguageModels
import Synchronization
import Testing

@testable import ModelProviders

struct GeminiBatchTests {
    @Test func `hands requests in with their ids as keys`() async throws {
        let service = ScriptedService([.init(status: 200, body: Self.operation("PENDING"))])
        let model = service.model()

        let batch = try await model.submit([
            BatchRequest(id: "a", request: ModelRequest("One?")), BatchRequest(id: "b", request: ModelRequest("Two?")),
        ])

        #expect(service.urls == ["https://g.example/v1beta/models/gemini-2.5-flash:batchGenerateContent"])
        #expect(batch.id == "batches/x1" && batch.status == .pending && batch.total == 2)
        let requests = try #require(service.bodies[0]["batch"]?["inputConfig"]?["requests"]?["requests"])
        #expect(
            requests == [
                ["request": Self.question("One?"), "metadata": ["key": "a"]],
                ["request": Self.question("Two?"), "metadata": ["key": "b"]],
            ]
        )
        #expect(service.bodies[0]["batch"]?["displayName"] == "2 requests")
    }

    @Test(arguments: [
        ("BATCH_STATE_PENDING", Batch.Status.pending), ("BATCH_STATE_RUNNING", .running),
        ("BATCH_STATE_SUCCEEDED", .completed), ("BATCH_STATE_FAILED", .failed), ("BATCH_STATE_CANCELLED", .cancelled),
        ("BATCH_STATE_EXPIRED", .expired), ("JOB_STATE_SUCCEEDED", .completed),
    ])
    func `knows how a batch stands`(state: String, status: Batch.Status) async throws {
        let body = #"{"name":"batches/x1","metadata":{"state":"\#(state)"}}"#
        let service = ScriptedService([.init(status: 200, body: Array(body.utf8))])

        let batch = try await service.model().batch(id: "batches/x1")

        #expect(batch.status == status)
        #expect(service.urls == ["https://g.example/v1beta/batches/x1"])
        // The answer may hold all results, which take their time.
        #expect(service.requests.map(\.timeouts.total) == [HTTPTimeouts().total])
    }

    @Test func `a failed batch tells why and is no failed question`() async throws {
        let body = #"{"name":"batches/x1","done":true,"error":{"code":3,"message":"Bad input file."}}"#
        let service = ScriptedService([.init(status: 200, body: Array(body.utf8))])

        let batch = try await service.model().batch(id: "batches/x1")

        #expect(batch.status == .failed)
        #expect(batch.failure == "Bad input file")
        #expect(await self.failure { try await Self.all(service.model(), batch) }?.kind == .serverError)
    }

    @Test func `gives inlined results in order, single failures as errors`() async throws {
        let body = #"""
            {"name":"batches/x1","done":true,"metadata":{"state":"BATCH_STATE_SUCCEEDED","batchStats":{"requestCount":"3"}},
            "response":{"inlinedResponses":{"inlinedResponses":[
            {"response":{"candidates":[{"content":{"parts":[{"text":"4"}]},"finishReason":"STOP"}]},"metadata":{"key":"a"}},
            {"error":{"code":8,"message":"Try later."},"metadata":{"key":"b"}},
            {"response":{"candidates":[{"content":{"parts":[{"text":"6"}]},"finishReason":"STOP"}]}}]}}}
            """#
        let service = ScriptedService([.init(status: 200, body: Array(body.utf8))])
        let model = service.model()

        let results = try await Self.all(model, try await model.batch(id: "batches/x1"))

        #expect(results.map(\.id) == ["a", "b", "2"])
        #expect(try results[0].result.get().text == "4")
        #expect(throws: ModelError.self) { try results[1].result.get() }
        if case .failure(let error) = results[1].result {
            #expect(error.kind == .rateLimited && error.identity == model.identity)
        }
        #expect(service.urls.count == 1)
    }

    @Test func `reads a file of results line by line, however it is cut`() async throws {
        let operation = #"""
            {"name":"batches/x1","done":true,"metadata":{"state":"BATCH_STATE_SUCCEEDED"},
            "response":{"responsesFile":"files/out"}}
            """#
        let lines = #"""
            {"key":"a","response":{"candidates":[{"content":{"parts":[{"text":"å"}]},"finishReason":"STOP"}]}}

            {"key":"b","error":{"code":3,"message":"No."}}
            """#
        let service = ScriptedService(
            [.init(status: 200, body: Array(operation.utf8)), .init(status: 200, body: Array(lines.utf8))],
            pieceBytes: 1
        )
        let model = service.model()

        let results = try await Self.all(model, try await model.batch(id: "batches/x1"))

        #expect(results.map(\.id) == ["a", "b"])
        #expect(try results[0].result.get().text == "å")
        #expect(service.urls[1] == "https://g.example/download/v1beta/files/out:download?alt=media")
    }

    @Test func `says that results are missing where a batch was stopped`() async throws {
        let body = #"""
            {"name":"batches/x1","done":true,"metadata":{"state":"BATCH_STATE_CANCELLED","batchStats":{"requestCount":"2"},
            "output":{"inlinedResponses":{"inlinedResponses":[
            {"response":{"candidates":[{"content":{"parts":[{"text":"4"}]},"finishReason":"STOP"}]},"metadata":{"key":"a"}}]}}}}
            """#
        let service = ScriptedService([.init(status: 200, body: Array(body.utf8))])
        let model = service.model()
        let batch = try await model.batch(id: "batches/x1")

        let error = await failure { try await Self.all(model, batch) }

        #expect(error?.kind == .cancelled)
        #expect(error?.message == "batches/x1 is cancelled: 1 of 2 requests have a result")
    }

    @Test func `stops a batch`() async throws {
        let service = ScriptedService([
            .init(status: 200, body: Array("{}".utf8)), .init(status: 200, body: Self.operation("CANCELLED")),
        ])

        let batch = try await service.model().cancel(Batch(id: "batches/x1", status: .running))

        #expect(batch.status == .cancelled)
        #expect(service.urls[0] == "https://g.example/v1beta/batches/x1:cancel")
    }

    @Test func `refuses before sending what is larger than the service takes`() async throws {
        let service = ScriptedService([])
        let request = ModelRequest(String(repeating: "x", count: 20_000_000))

        let error = await failure { _ = try await service.model().submit([BatchRequest(id: "a", request: request)]) }

        #expect(error?.kind == .unsupported)
        #expect(service.urls.isEmpty)
    }

    private static func question(_ text: String) -> JSONValue {
        ["contents": [["role": "user", "parts": [["text": .string(text)]]]], "model": "models/gemini-2.5-flash"]
    }

    private static func operation(_ state: String) -> [UInt8] {
        Array(
            #"{"name":"batches/x1","metadata":{"state":"BATCH_STATE_\#(state)","batchStats":{"requestCount":"2"}}}"#
                .utf8
        )
    }

    @discardableResult
    private static func all(_ model: GeminiModel, _ batch: Batch) async throws -> [BatchResult] {
        var results: [BatchResult] = []
        for try await result in model.results(of: batch) { results.append(result) }
        return results
    }

    private func failure(_ step: () async throws -> Void) async -> ModelError? {
        do {
            try await step()
            return nil
        } catch {
            return error as? ModelError
        }
    }

    private func failure(_ step: () async throws -> [BatchResult]) async -> ModelError? {
        await failure { () async throws -> Void in _ = try await step() }
    }
}

/// A service that gives prepared answers one after another and keeps what it was asked.
final class ScriptedService: Sendable {
    private let answers: Mutex<[HTTPResponse]>
    private let asked = Mutex<[HTTPRequest]>([])
    private let pieceBytes: Int

    init(_ answers: [HTTPResponse], pieceBytes: Int = .max) {
        self.answers = Mutex(answers.reversed())
        self.pieceBytes = pieceBytes
    }

    var urls: [String] { asked.withLock { $0.map(\.url) } }
    var requests: [HTTPRequest] { asked.withLock { $0 } }
    var bodies: [JSONValue] {
        asked.withLock { $0.map { (try? JSONValue(parsing: $0.body ?? [])) ?? .null } }
    }

    var transport: StubTransport {
        StubTransport(pieceBytes: pieceBytes) { request in
            self.asked.withLock { $0.append(request) }
            return self.answers.withLock { $0.popLast() } ?? HTTPResponse(status: 500)
        }
    }

    func model(_ name: String = "gemini-2.5-flash") -> GeminiModel {
        GeminiModel(name, key: "a-secret-key", baseURL: "https://g.example/v1beta", transport: transport)
    }
}
