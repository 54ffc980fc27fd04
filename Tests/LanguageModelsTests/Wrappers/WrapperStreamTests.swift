import LanguageModels
import TestSupport
import Testing

/// What must hold for every wrapper; a new one is a line in the list.
struct WrapperStreamTests {
    typealias Wrapper = @Sendable (any LanguageModel) -> any LanguageModel

    static var limits: TimeLimits {
        var limits = TimeLimits()
        (limits.connect, limits.firstToken) = (.seconds(10), .seconds(20))
        (limits.betweenTokens, limits.total) = (.seconds(30), .seconds(40))
        return limits
    }

    static let wrappers: [(name: String, wrap: Wrapper)] = [
        ("none", { $0 }),
        ("retrying", { RetryingModel($0, clock: ManualClock()) }),
        ("rate limited", { RateLimitedModel($0, limiter: RateLimiter(clock: ManualClock())) }),
        ("fallback", { FallbackModel($0, otherwise: [ScriptedModel([])]) }),
        ("hedged", { HedgedModel($0, second: ScriptedModel([]), after: .seconds(1), clock: ManualClock()) }),
        ("timed", { TimedModel($0, limits: limits, clock: ManualClock()) }),
        (
            "all",
            { model in
                let clock = ManualClock()
                let limited = RateLimitedModel(model, limiter: RateLimiter(clock: clock))
                let retrying = RetryingModel(limited, clock: clock)
                let timed = TimedModel(retrying, limits: limits, clock: clock)
                return FallbackModel(HedgedModel(timed, after: .seconds(1), clock: clock), otherwise: [model])
            }
        ),
    ]

    @Test(arguments: wrappers.map(\.name))
    func `streams what adds up to the answer`(name: String) async throws {
        let wrap = try #require(Self.wrappers.first { $0.name == name }?.wrap)
        var random = SystemRandomNumberGenerator()
        for _ in 0..<50 {
            let response = ModelResponse.random(using: &random)
            let model = wrap(ScriptedModel([.response(response), .response(response)]))

            #expect(try await model.stream(ModelRequest("?")).response() == response)
            #expect(try await model.respond(to: ModelRequest("?")) == response)
        }
    }

    @Test(arguments: wrappers.map(\.name))
    func `passes the error, what came before it, and the end`(name: String) async throws {
        let wrap = try #require(Self.wrappers.first { $0.name == name }?.wrap)
        let broken = ModelError(.invalidRequest, "broken")
        let pieces: [ModelEvent] = [.delta(part: 0, .text("a")), .delta(part: 0, .text("b"))]
        let model = wrap(ScriptedModel([.events(pieces, failure: broken), .failure(broken), .events([])]))

        var iterator = model.stream(ModelRequest("?")).makeAsyncIterator()
        #expect(try await iterator.next() == pieces[0])
        #expect(try await iterator.next() == pieces[1])
        await #expect(throws: broken) { try await iterator.next() }
        #expect(try await iterator.next() == nil)
        #expect(try await iterator.next() == nil)
        await #expect(throws: broken) { try await model.respond(to: ModelRequest("?")) }
        var empty = model.stream(ModelRequest("?")).makeAsyncIterator()
        #expect(try await empty.next() == nil)
        #expect(try await empty.next() == nil)
    }

    @Test(arguments: wrappers.map(\.name), [false, true])
    func `ends with its task, and ends what is underneath`(name: String, isStream: Bool) async throws {
        let wrap = try #require(Self.wrappers.first { $0.name == name }?.wrap)
        let gate = Gate()
        let model = wrap(
            ScriptedModel { _ in
                try await gate.pass()
                return .text("late")
            }
        )
        let task = Task {
            if isStream { return try await model.stream(ModelRequest("?")).response() }
            return try await model.respond(to: ModelRequest("?"))
        }
        #expect(await eventually { gate.waiting == 1 })

        task.cancel()

        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(gate.waiting == 0)
    }

    @Test(arguments: wrappers.map(\.name))
    func `sends nothing before the first element is asked for`(name: String) throws {
        let wrap = try #require(Self.wrappers.first { $0.name == name }?.wrap)
        let model = ScriptedModel([.text("a")])

        _ = wrap(model).stream(ModelRequest("?")).makeAsyncIterator()

        #expect(model.requests.isEmpty)
    }
}
