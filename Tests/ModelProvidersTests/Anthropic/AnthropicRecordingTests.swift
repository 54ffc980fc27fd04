import HTTPTransport
import LanguageModels
import Testing

@testable import ModelProviders

/// Recordings that are no answers to questions: counts and batches.
@Suite(.enabled(if: WireFixtures.areThere, "no recordings: set DOCENT_WIRE_FIXTURES to their folder"))
struct AnthropicRecordingTests {
    private let home = "https://api.anthropic.com/v1/messages"

    private func recording(_ folder: String, _ name: String) throws -> WireFixture {
        try #require(try WireFixtures.fixture(folder, name))
    }

    @Test func `counts as the recording does`() async throws {
        let fixture = try recording("anthropic", "count-tokens")
        let service = RecordedService(["POST \(home)/count_tokens": fixture.response])
        let model = AnthropicModel(fixture.model, key: "k", transport: service)
        let recorded = try #require(fixture.request)

        let count = try await model.countTokens(of: AnthropicRequestReader(recorded).request())

        #expect(count == fixture.expected["input_tokens"]?.integer)
        let sent = AnthropicDifferences.normalized(try JSONValue(parsing: service.requests.first?.body ?? []))
        #expect(sent == AnthropicDifferences.normalized(recorded))
    }

    @Test func `hands in a batch as the recording does`() async throws {
        let fixture = try recording("anthropic-batch", "1-create")
        let service = RecordedService(["POST \(home)/batches": fixture.response])
        let recorded = try #require(fixture.request?["requests"]?.elements)
        let requests = recorded.map { entry in
            let request = AnthropicRequestReader(entry["params"] ?? [:]).request()
            return BatchRequest(id: entry["custom_id"]?.string ?? "", request: request)
        }

        let model = AnthropicModel("claude-haiku-4-5", key: "k", transport: service)
        let batch = try await model.submit(requests)

        #expect(batch.raw == fixture.expected)
        #expect(batch.status == .running)
        let sent = try JSONValue(parsing: service.requests.first?.body ?? [])["requests"]?.elements ?? []
        #expect(sent.count == recorded.count)
        for (mine, theirs) in zip(sent, recorded) {
            #expect(mine["custom_id"] == theirs["custom_id"])
            let params = (mine["params"] ?? [:], theirs["params"] ?? [:])
            #expect(AnthropicDifferences.normalized(params.0) == AnthropicDifferences.normalized(params.1))
        }
    }

    @Test(arguments: [
        ("2-in-progress", Batch.Status.running, 0), ("3-ended", .completed, 2), ("5-cancel", .cancelling, 0),
    ])
    func `reads how a recorded batch stands`(name: String, status: Batch.Status, succeeded: Int) throws {
        let fixture = try recording("anthropic-batch", name)

        let batch = try #require(Batch(anthropic: JSONValue(parsing: fixture.body)))

        #expect(batch.id == fixture.expected["id"]?.string)
        #expect(batch.status == status)
        #expect(batch.succeeded == succeeded)
    }

    @Test func `reads recorded results`() async throws {
        let ended = try recording("anthropic-batch", "3-ended")
        let fixture = try recording("anthropic-batch", "4-results")
        let url = try #require(ended.expected["results_url"]?.string)
        let service = RecordedService(["GET \(url)": fixture.response])
        let batch = try #require(Batch(anthropic: ended.expected))

        let model = AnthropicModel("claude-haiku-4-5", key: "k", transport: service)
        var results: [String: ModelResponse] = [:]
        for try await result in model.results(of: batch) { results[result.id] = try result.result.get() }

        let lines = fixture.expected["jsonl_lines"]?.elements ?? []
        #expect(results.count == lines.count)
        for line in lines {
            let response = results[line["custom_id"]?.string ?? ""]
            #expect(response?.text == line["parsed"]?["text"]?.string)
            #expect(response?.usage?.inputTokens == line["parsed"]?["usage"]?["input_tokens"]?.integer)
            #expect(response?.finishReason.rawValue == line["parsed"]?["finish_reason"]?.string)
        }
    }
}
