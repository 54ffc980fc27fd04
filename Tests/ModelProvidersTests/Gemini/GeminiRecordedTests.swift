import HTTPTransport
import LanguageModels
import Testing

@testable import ModelProviders

/// Recorded counts, lists and batches, which are no questions with answers.
@Suite(.enabled(if: WireFixtures.areThere, "no recordings: set DOCENT_WIRE_FIXTURES to their folder"))
struct GeminiRecordedTests {
    @Test func `counts tokens as recorded`() async throws {
        let fixture = try #require(try WireFixtures.fixture("gemini", "count-tokens-system"))
        let service = ScriptedService([fixture.response])
        let recorded = try #require(fixture.request)
        let reader = GeminiRequestReader(recorded["generateContentRequest"] ?? .null, rules: .rules(for: "gemini-3.5"))
        let request = try reader.request()

        let count = try await service.model("gemini-3.5-flash").countTokens(of: request)

        #expect(count == fixture.expected["totalTokens"]?.integer)
        #expect(GeminiDifferences.normalized(service.bodies[0]) == GeminiDifferences.normalized(recorded))
    }

    @Test func `lists models as recorded, page after page`() async throws {
        let fixture = try #require(try WireFixtures.fixture("gemini", "list-models"))
        let last = #"{"models":[{"name":"models/last","inputTokenLimit":7}]}"#
        let service = ScriptedService([fixture.response, HTTPResponse(status: 200, body: Array(last.utf8))])

        let models = try await service.model().availableModels()

        #expect(models.count == fixture.expected["models"]?.integer.map { $0 + 1 })
        #expect("models/\(models[0].name)" == fixture.expected["first"]?.string)
        #expect(models.last == AvailableModel(name: "last", maximumInputTokens: 7))
        let token = try #require(fixture.expected["next_page_token"]?.string)
        #expect(service.urls[1].hasSuffix("/models?pageSize=1000&pageToken=\(token)"))
    }

    @Test func `makes a batch, follows it and reads its results as recorded`() async throws {
        let fixtures = try WireFixtures.all(in: "gemini-batch")
        let service = ScriptedService(fixtures.map(\.response))
        let model = service.model()
        let recorded = try #require(fixtures[0].request)
        let items = recorded["batch"]?["inputConfig"]?["requests"]?["requests"]?.elements ?? []
        let requests = try items.enumerated().map { index, item in
            let reader = GeminiRequestReader(item["request"] ?? .null, rules: .rules(for: "gemini-2.5-flash"))
            return BatchRequest(id: String(index), request: try reader.request())
        }

        let created = try await model.submit(requests)
        let running = try await model.batch(id: created.id)
        let done = try await model.batch(id: created.id)
        var results: [BatchResult] = []
        for try await result in model.results(of: done) { results.append(result) }

        // Ours names the key `key`, and leaves an empty `generationConfig` out; the name for people is free.
        let sent = service.bodies[0]["batch"]?["inputConfig"]?["requests"]?["requests"]?.elements ?? []
        #expect(sent.map { $0["request"] } == items.map { $0["request"].map(GeminiDifferences.normalized) })
        #expect(sent.map { $0["metadata"]?["key"] } == items.map { $0["metadata"]?["custom_id"] })
        #expect([created.status, running.status, done.status] == [.pending, .running, .completed])
        let expected = try #require(fixtures[2].expected["responses"]).elements.map { $0["parsed"] ?? .null }
        #expect(results.map(\.id) == ["0", "1"])
        for (result, facts) in zip(results, expected) {
            let response = try result.result.get()
            #expect(response.text == facts["text"]?.string)
            #expect(response.id == facts["id"]?.string)
            #expect(response.finishReason.rawValue == facts["finish_reason"]?.string)
            #expect(response.usage?.inputTokens == facts["usage"]?["input_tokens"]?.integer)
            #expect(response.usage?.outputTokens == facts["usage"]?["output_tokens"]?.integer)
            #expect(response.usage?.reasoningTokens == facts["usage"]?["reasoning_tokens"]?.integer)
        }
    }
}
