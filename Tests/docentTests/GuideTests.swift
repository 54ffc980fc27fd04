import HTTPTransport
import LanguageModels
import ModelCatalog
import ModelProviders
import Synchronization
import Testing

/// The guide's examples do what it says.
struct GuideTests {
    private final class Printed: Sendable {
        private let text = Mutex("")
        var lines: String { text.withLock(\.self) }

        func print(_ line: String) { text.withLock { $0 += line + "\n" } }
    }

    private let printed = Printed()

    @Test func `streams a conversation and goes on with it`() async throws {
        let model = ScriptedModel([.text("Rimac")])

        let next = try await GuideExamples.conversation(model, print: printed.print)

        #expect(printed.lines == "Rimac\nstop, 2 tokens\n")
        #expect(next.messages.map(\.role) == [.system, .user, .assistant, .user])
    }

    @Test func `keeps a conversation`() throws {
        var conversation = ModelRequest("Name a river", system: "Answer in one word")
        conversation.messages.append(.assistant("Rimac"))

        let later = try GuideExamples.keeping(conversation)

        #expect(later.messages == conversation.messages + [.user("And the longest?")])
    }

    @Test func `shows a picture`() async throws {
        let model = ScriptedModel([.text("Lima"), .text(#"{"name": "Lima", "population": 1}"#)])

        let (words, city) = try await GuideExamples.picture(model, png: [1])

        #expect([words, city] == ["Lima", "Lima"])
    }

    @Test func `runs tools, and tells the model what goes wrong in them`() async throws {
        let calls = ["Lima", "Atlantis"].map { ToolCall(id: $0, name: "weather", arguments: #"{"city": "\#($0)"}"#) }
        let model = ScriptedModel([.calls(calls), .text("Sunny")])

        let talk = try await GuideExamples.tools(model, print: printed.print)

        #expect(printed.lines == "Sunny (2 answers, 2 tokens)\n")
        let results = talk.messages[2].parts.compactMap { part -> String? in
            if case .toolResult(let result) = part.content { "\(result.text) \(result.isError)" } else { nil }
        }
        #expect(results == ["sunny in Lima false", "there is no such city true"])
    }

    @Test func `tells what tools do as it happens`() async throws {
        let model = ScriptedModel([.calls([ToolCall(id: "1", name: "weather")]), .text("Sunny")])
        let weather = ExecutableTool(Tool(name: "weather")) { _ in "sunny" }

        try await GuideExamples.toolStream(model, weather: weather, print: printed.print)

        #expect(
            printed.lines == "answer 1: toolCalls\nweather {}\nweather: sunny\nSunny\nanswer 2: stop\n4 messages\n"
        )
    }

    @Test func `makes wrapped models of a registry, and of services without one`() throws {
        let transport = StubTransport { _ in HTTPResponse(status: 500) }
        let keys = ["ANTHROPIC_API_KEY": "k", "OPENAI_API_KEY": "k"]
        let registry = ProviderRegistry(environment: keys, transport: transport)

        #expect(try GuideExamples.wrapped(registry).identity.description == "anthropic/claude-sonnet-5")
        #expect(try GuideExamples.limited(registry).identity.description == "openai/gpt-5-mini")
        #expect(
            GuideExamples.models(key: "k", transport: transport).map(\.identity.description)
                == ["openai/gpt-5-mini", "anthropic/claude-sonnet-5", "ollama/llama3.3", "house/small"]
        )
    }

    @Test(arguments: [
        (ModelError(.unauthorized, "no key"), "settings: the key was not accepted: no key"),
        (ModelError(.overloaded, "too busy"), "again in 60.0 seconds"),
        (ModelError(.refused, "I will not"), "the model declined: I will not, request without id"),
    ])
    func `acts on errors`(error: ModelError, words: String) async throws {
        try await GuideExamples.errors(ScriptedModel([.failure(error)]), print: printed.print)

        #expect(printed.lines.hasPrefix(words))
    }

    @Test func `registers a provider`() async throws {
        let model = try GuideExamples.registered(
            ProviderRegistry(transport: ScriptedService.answering("hello"))
        )

        #expect(try await model.complete("?") == "HELLO")
    }

    @Test func `asks many questions at a time`() async throws {
        let model = ScriptedModel { request in
            request.messages[0].text.hasSuffix("Quito") ? .failure(ToolError("none")) : .text("yes")
        }

        try await GuideExamples.many(model, print: printed.print)

        #expect(printed.lines == "0: yes\n1: none\n2: yes\n")
    }

    @Test func `waits for a batch`() async throws {
        let requests = ["Lima", "Quito"].map { ModelRequest("The river of \($0)") }

        try await GuideExamples.batch(QuickBatches(), requests, print: printed.print)

        #expect(printed.lines == "line-0: yes\nline-1: the model declined: no\n")
    }

    @Test func `asks services what they are, as far as they say`() async throws {
        try await GuideExamples.questions(ScriptedModel([]), print: printed.print)

        #expect(printed.lines == "[\"model\"] 0\n")
    }

    @Test func `counts, prices and cuts a prompt`() throws {
        let source = String(repeating: "let x = 1\n", count: 100)

        let fitted = try GuideExamples.budget(source, print: printed.print)

        #expect(printed.lines.contains("fits: true, exact: true"))
        #expect(fitted.count.count <= 100)
        #expect(fitted.dropped.map(\.name) == ["source"])
    }

    @Test func `greets`() async throws {
        let model = ScriptedModel([.text("Hello"), .failure(ModelError(.overloaded, "too busy"))])

        #expect(try await model.complete("Hi") == "Hello")
        await #expect(throws: ModelError.self) { try await model.complete("Hi") }
        #expect(model.requests.count == 2)
    }

    @Test func `speaks the wire format`() async throws {
        let transport = StubTransport { request in
            #expect(request.url.hasSuffix("/chat/completions"))
            let answer = #"{"choices": [{"finish_reason": "stop", "message": {"content": "Hello"}}]}"#
            return HTTPResponse(status: 200, headers: ["content-type": "application/json"], body: Array(answer.utf8))
        }
        let model = CompatibleModel("m", service: .ollama, transport: transport)

        #expect(try await model.complete("Hi") == "Hello")
    }
}

/// A model whose batches end at once, with two results.
private struct QuickBatches: LanguageModel, BatchResponding {
    let identity = ScriptedModel.defaultIdentity

    func respond(to request: ModelRequest) async throws -> ModelResponse { throw CancellationError() }
    func stream(_ request: ModelRequest) -> ModelStream { ModelStream([]) }
    func submit(_ requests: [BatchRequest]) async throws -> Batch { Batch(id: "b", status: .completed) }
    func batch(id: String) async throws -> Batch { Batch(id: id, status: .completed) }
    func cancel(_ batch: Batch) async throws -> Batch { batch }

    func results(of batch: Batch) -> BatchResults {
        BatchResults {
            let results = Mutex(
                [
                    BatchResult(
                        id: "line-0",
                        result: .success(ModelResponse(parts: [.text("yes")], finishReason: .stop))
                    ),
                    BatchResult(id: "line-1", result: .failure(ModelError(.refused, "no"))),
                ][...]
            )
            return { results.withLock { $0.popFirst() } }
        }
    }
}

private enum ScriptedService {
    /// A service in OpenAI's format that always says the same.
    static func answering(_ text: String) -> StubTransport {
        StubTransport { _ in
            let answer = #"{"choices": [{"finish_reason": "stop", "message": {"content": "\#(text)"}}]}"#
            return HTTPResponse(status: 200, headers: ["content-type": "application/json"], body: Array(answer.utf8))
        }
    }
}
