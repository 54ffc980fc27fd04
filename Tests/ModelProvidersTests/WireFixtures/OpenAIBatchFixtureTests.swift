import HTTPTransport
import LanguageModels
import Testing

@testable import ModelProviders

/// OpenAI's recorded batch from upload to results, and its recorded count of tokens.
@Suite(.enabled(if: WireFixtures.areThere, "no recordings: set DOCENT_WIRE_FIXTURES to their folder"))
struct OpenAIBatchFixtureTests {
    private func fixture(_ name: String) throws -> WireFixture {
        try #require(try WireFixtures.fixture("openai-batch", name))
    }

    private func model(_ transport: ScriptedTransport, _ name: String = "gpt-5-nano") -> OpenAIModel {
        OpenAIModel(name, endpoint: .openAI(key: "k", transport: transport), interface: .responses)
    }

    @Test func `submits as recorded`() async throws {
        let created = try fixture("2-batch-create")
        let transport = ScriptedTransport([try fixture("1-file-upload").response, created.response])

        let batch = try await model(transport).submit([BatchRequest(id: "0", request: ModelRequest("2+2?"))])

        #expect(transport.lastBody == created.request)
        #expect(batch.id == created.expected["id"]?.string)
        #expect(batch.status == .pending)
        #expect(batch.raw == (try JSONValue(parsing: created.body)))
    }

    @Test(arguments: [("3-batch-in-progress", Batch.Status.running), ("4-batch-completed", .completed)])
    func `reads how the batch stands`(name: String, status: Batch.Status) async throws {
        let fixture = try fixture(name)
        let counts = fixture.expected["request_counts"]

        let batch = try await model(ScriptedTransport([fixture.response])).batch(id: "b")

        #expect(batch.status == status)
        #expect(batch.total == counts?["total"]?.integer)
        #expect(batch.succeeded == counts?["completed"]?.integer)
        #expect(batch.failed == counts?["failed"]?.integer)
    }

    @Test func `reads the recorded results`() async throws {
        let output = try fixture("5-output-file")
        let facts = output.expected["jsonl_lines"]?.elements ?? []
        let transport = ScriptedTransport([try fixture("4-batch-completed").response, output.response])

        var results: [BatchResult] = []
        for try await result in model(transport).results(of: Batch(id: "b", status: .running)) {
            results.append(result)
        }

        #expect(results.count == facts.count)
        for (result, facts) in zip(results, facts) {
            let response = try result.result.get()
            let parsed = facts["parsed"]
            #expect(result.id == facts["custom_id"]?.string)
            #expect(response.text == parsed?["text"]?.string)
            #expect(response.finishReason.rawValue == parsed?["finish_reason"]?.string)
            #expect(response.usage?.inputTokens == parsed?["usage"]?["input_tokens"]?.integer)
            #expect(response.usage?.reasoningTokens == parsed?["usage"]?["reasoning_tokens"]?.integer)
        }
        print("wire fixtures, results of openai-batch: \(results.count) of \(facts.count)")
    }

    @Test func `counts tokens as recorded`() async throws {
        let fixture = try #require(try WireFixtures.fixture("openai-responses", "count-input-tokens"))
        let transport = ScriptedTransport([fixture.response])
        let recorded = try #require(fixture.request)

        let count = try await model(transport, fixture.model).countTokens(
            of: ResponsesRequestReader(recorded).request()
        )

        #expect(count == fixture.expected["input_tokens"]?.integer)
        #expect(transport.lastBody == recorded)
    }
}
