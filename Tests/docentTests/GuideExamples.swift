import Foundation
import HTTPTransport
import LanguageModels
import ModelCatalog
import ModelProviders
import Tokenization

/// The examples of `Documentation/swift.md`, word for word; what needs no service is run, too.
enum GuideExamples {
    static func conversation(_ model: some LanguageModel, print: (String) -> Void) async throws -> ModelRequest {
        var conversation = ModelRequest("Name a river", system: "Answer in one word")

        var answer = ResponseAccumulator()
        for try await event in model.stream(conversation) {
            answer.add(event)
            if case .delta(_, .text(let piece)) = event { print(piece) }
        }
        print("\(answer.response.finishReason), \(answer.response.usage?.totalTokens ?? 0) tokens")

        conversation = conversation.followed(by: answer.response, then: .user("And a longer one?"))
        return conversation
    }

    static func keeping(_ conversation: ModelRequest) throws -> ModelRequest {
        let stored = try JSONEncoder().encode(conversation.messages)

        var later = ModelRequest(messages: try JSONDecoder().decode([Message].self, from: stored))
        later.messages.append(.user("And the longest?"))
        return later
    }

    typealias City = DocumentedExamples.City

    static func picture(_ model: some LanguageModel, png: [UInt8]) async throws -> (String, String) {
        let photo = Media(.bytes(png), type: "image/png")
        let question = ModelRequest(messages: [.user([.text("Which city is this?"), .image(photo)])])

        let words = try await model.complete(question)
        let city = try await model.completeStructured(question, as: City.self).value
        return (words, city.name)
    }

    struct Place: Decodable {
        var city: String
    }

    static func tools(_ model: some LanguageModel, print: (String) -> Void) async throws -> ToolConversation {
        let parameters = JSONValue.object(properties: ["city": ["type": "string"]])
        let weather = ExecutableTool(Tool(name: "weather", parameters: parameters), taking: Place.self) { place in
            guard place.city != "Atlantis" else { throw ToolError("there is no such city") }
            return "sunny in \(place.city)"
        }

        let talk = try await model.respond(to: ModelRequest("Weather in Lima?"), using: [weather])
        print("\(talk.response.text) (\(talk.rounds) answers, \(talk.usage?.totalTokens ?? 0) tokens)")
        return talk
    }

    static func toolStream(
        _ model: some LanguageModel,
        weather: ExecutableTool,
        print: (String) -> Void
    ) async throws {
        for try await event in model.stream(ModelRequest("Weather in Lima?"), using: [weather]) {
            switch event {
            case .answer(.delta(_, .text(let piece))): print(piece)
            case .call(let call): print("\(call.name) \(call.arguments)")
            case .result(let result): print("\(result.name): \(result.text)")
            case .answered(let answer, let round): print("answer \(round): \(answer.finishReason)")
            case .finished(let talk): print("\(talk.messages.count) messages")
            default: break
            }
        }
    }

    static func wrapped(_ registry: ProviderRegistry) throws -> any LanguageModel {
        let first = try registry.model("anthropic/claude-sonnet-5")
        let second = try registry.model("openai/gpt-5-mini")

        let sure = FallbackModel(first, otherwise: [second])
        let quick = HedgedModel(sure, second: second, after: .seconds(3))
        var limits = TimeLimits()
        limits.total = .seconds(30)
        let model = TimedModel(quick, limits: limits)
        return model
    }

    static func limited(_ registry: ProviderRegistry) throws -> any LanguageModel {
        var limits = RateLimits()
        limits.requestsPerMinute = 500
        let limiter = RateLimiter(limits)
        let service = try registry.service("openai/gpt-5-mini")
        let model = RetryingModel(RateLimitedModel(service, limiter: limiter), policy: RetryPolicy(maximumAttempts: 5))
        return model
    }

    static func errors(_ model: some LanguageModel, print: (String) -> Void) async throws {
        do {
            print(try await model.complete("Hello"))
        } catch let error as ModelError {
            switch error.kind {
            case .unauthorized, .configuration: print("settings: \(error)")
            case .rateLimited, .overloaded: print("again in \(error.retryAfter ?? .seconds(60))")
            default: print("\(error), request \(error.requestID ?? "without id")")
            }
        }
    }

    static func models(key: String, transport: any Transport) -> [any LanguageModel] {
        let openAI = OpenAIModel("gpt-5-mini", key: key, transport: transport)
        let claude = AnthropicModel("claude-sonnet-5", key: key, transport: transport)
        let local = CompatibleModel("llama3.3", service: .ollama, transport: transport)
        let house = CompatibleService(name: "house", baseURL: "https://models.example.org/v1")
        let own = CompatibleModel("small", service: house, key: key, transport: transport)
        return [openAI, claude, local, own]
    }

    struct ShoutingModel: WrappingModel {
        var model: any LanguageModel

        var identity: ModelIdentity { model.identity }
        var wrappedModels: [any LanguageModel] { [model] }

        func respond(to request: ModelRequest) async throws -> ModelResponse {
            var response = try await model.respond(to: request)
            response.message.parts = [.text(response.text.uppercased())]
            return response
        }

        func stream(_ request: ModelRequest) -> ModelStream { model.stream(request) }
    }

    static func registered(_ registry: ProviderRegistry) throws -> any LanguageModel {
        var registry = registry
        registry.register("shouting") { name, provider in
            ShoutingModel(model: CompatibleModel(name, service: .ollama, transport: provider.transport))
        }
        let model = try registry.model("shouting/llama3.3")
        return model
    }

    static func many(_ model: some LanguageModel, print: (String) -> Void) async throws {
        let requests = ["Lima", "Quito", "Bogota"].map { ModelRequest("The river of \($0)") }
        for try await answer in model.responses(to: requests, concurrency: 8, order: .asRequested) {
            switch answer.result {
            case .success(let response): print("\(answer.index): \(response.text)")
            case .failure(let error): print("\(answer.index): \(error)")
            }
        }
    }

    static func batch(
        _ model: some LanguageModel,
        _ requests: [ModelRequest],
        print: (String) -> Void
    ) async throws {
        let service = try model.batchService()
        let items = requests.enumerated().map { BatchRequest(id: "line-\($0)", request: $1) }
        let batch = try await service.submit(items)
        var polling = BatchPolling()
        polling.totalTime = .seconds(24 * 3600)
        for try await item in service.results(waitingFor: batch, polling: polling) {
            switch item.result {
            case .success(let response): print("\(item.id): \(response.text)")
            case .failure(let error): print("\(item.id): \(error)")
            }
        }
    }

    static func questions(_ model: some LanguageModel, print: (String) -> Void) async throws {
        let health = await model.health()
        if let problem = health.problem { print("\(problem)") }
        let names = try await model.listedModels().map(\.name)
        let counter = model.capability((any TokenCounting).self)
        let tokens = try await counter?.countTokens(of: ModelRequest("Hello"))
        print("\(names) \(tokens ?? 0)")
    }

    static func budget(_ source: String, print: (String) -> Void) throws -> FittedPrompt {
        let catalogue = try ModelCatalogue.builtIn()
        guard let profile = catalogue.match("openai/gpt-4o")?.profile else { throw ToolError("no such model") }
        let counter = RequestCounter(in: catalogue)

        let request = ModelRequest("Explain this:\n" + source)
        let report = TokenBudget.validate(request, for: profile, counting: counter)
        print("\(report.prompt.count) tokens, fits: \(report.fits), exact: \(report.prompt.isExact)")
        let cost = profile.prices?.cost(of: Usage(inputTokens: report.prompt.count, outputTokens: 500))
        print("\(cost?.total.description ?? "unknown")")

        let prompt = SectionedPrompt([
            PromptSection("question", "Explain this:", isRequired: true),
            PromptSection("source", source, canShrink: true),
        ])
        let fitted = try TokenBudget.fit(prompt, into: 100, counting: counter.meter(for: profile))
        print("\(fitted.count.count) tokens, without \(fitted.dropped)")
        return fitted
    }
}
