import HTTPTransport
import LanguageModels
import Synchronization
import Testing

@testable import ModelProviders

/// Batches that are larger than a service takes, which nothing is sent of.
struct BatchLimitsTests {
    private static let names = ["openai", "anthropic", "gemini"]

    private func model(
        _ name: String,
        _ limits: BatchLimits? = nil,
        _ transport: any Transport
    ) -> any BatchResponding {
        let endpoint = ServiceEndpoint(baseURL: "https://service.example", transport: transport)
        switch name {
        case "openai":
            var service = OpenAIModel("gpt-4o", endpoint: endpoint).service
            service.batchLimits = limits ?? service.batchLimits
            return service
        case "anthropic":
            var model = AnthropicModel("claude-haiku-4-5", endpoint: endpoint)
            model.batchLimits = limits ?? model.batchLimits
            return model
        default:
            var service = GeminiModel("gemini-2.5-flash", endpoint: endpoint).service
            service.batchLimits = limits ?? service.batchLimits
            return service
        }
    }

    private func refusal(_ name: String, _ requests: [BatchRequest], _ limits: BatchLimits? = nil) async -> ModelError?
    {
        let count = Mutex(0)
        let transport = StubTransport { _ in
            count.withLock { $0 += 1 }
            return HTTPResponse(status: 500)
        }
        do {
            _ = try await model(name, limits, transport).submit(requests)
            return nil
        } catch {
            let error = error as? ModelError
            // Where something was sent, the answer is what failed.
            #expect((count.withLock { $0 } == 0) == (error?.kind == .unsupported))
            return error
        }
    }

    private func requests(_ count: Int, words: String = "?") -> [BatchRequest] {
        (0..<count).map { BatchRequest(id: "r\($0)", request: ModelRequest(words)) }
    }

    @Test(arguments: [("openai", 50_000), ("anthropic", 100_000)])
    func `refuses more requests than a service takes`(name: String, most: Int) async {
        let error = await refusal(name, requests(most + 1))

        #expect(error?.message == "a batch takes at most \(most) requests, not \(most + 1); split it")
        #expect(error?.identity?.provider == name)
    }

    @Test(arguments: names)
    func `refuses no requests`(name: String) async {
        #expect(await refusal(name, [])?.message == "a batch needs a request")
    }

    @Test(arguments: names)
    func `refuses more bytes than a service takes`(name: String) async {
        let limits = BatchLimits(requests: 10, bytes: 5000)

        let error = await refusal(name, requests(2, words: String(repeating: "ä", count: 1300)), limits)

        #expect(error?.message == "a batch takes at most 5000 bytes, and this one has more; split it")
        #expect(error?.identity?.provider == name)
    }

    @Test(arguments: names)
    func `sends what a service takes`(name: String) async {
        let limits = BatchLimits(requests: 2, bytes: 5000)

        #expect(await refusal(name, requests(2, words: String(repeating: "ä", count: 1000)), limits)?.status == 500)
    }

    @Test func `knows what the services take`() {
        #expect(BatchLimits.openAI == BatchLimits(requests: 50_000, bytes: 200_000_000))
        #expect(BatchLimits.anthropic == BatchLimits(requests: 100_000, bytes: 256_000_000))
        #expect(BatchLimits.gemini.bytes == 20_000_000)
    }

    @Test func `says where there are no batches, and what to do instead`() throws {
        let transport = StubTransport { _ in HTTPResponse(status: 500) }
        let models: [any LanguageModel] = [
            VertexModel(express: "gemini-2.5-flash", key: "k", transport: transport),
            CohereModel("command-a", key: "k", transport: transport),
            CompatibleModel("llama3.3", service: .ollama, transport: transport),
        ]

        for model in models {
            let error = #expect(throws: ModelError.self) { try RetryingModel(model).batchService() }

            #expect(error?.kind == .unsupported)
            #expect(
                error?.description == """
                    \(model.identity): not supported by the model: there are no batches for \(model.identity.provider); \
                    send the requests side by side with responses(to:), or choose a model of another service
                    """
            )
        }
        #expect(try FormatModels.model("gemini", transport).batchService() is GeminiModel)
    }
}
