import LanguageModels
import TestSupport
import Testing

/// What a limiter learns of a service's limits from its answers.
struct RateLimiterLearningTests: LimiterSuite {
    let clock = ManualClock()

    @Test func `looks again within an hour, whatever nonsense is said of limits`() async throws {
        let answer = response {
            $0.limits.tokens = ServiceLimits.Allowance(limit: 10, remaining: 9, timeUntilReset: .seconds(3_000_000_000))
        }
        let limiter = limiter { $0.maximumConcurrency = 1 }
        let model = RateLimitedModel(ScriptedModel { _ in .response(answer) }, limiter: limiter)
        _ = try await model.respond(to: ModelRequest("?"))

        let waiting = Task { try await model.respond(to: ModelRequest("?")) }
        #expect(await eventually { clock.sleepers > 0 })
        waiting.cancel()

        await #expect(throws: CancellationError.self) { try await waiting.value }
        #expect(clock.pauses.allSatisfy { $0 <= .seconds(3601) })
    }

    @Test func `learns limits from answers`() async throws {
        let arrivals = Shared<[Duration]>([])
        let answer = response {
            $0.limits.requests = .init(limit: 60, remaining: 0, timeUntilReset: .seconds(60))
        }
        let model = RateLimitedModel(noting(arrivals, answer), limiter: limiter { $0.maximumConcurrency = 1 })

        try await send(3, to: model)

        let seconds = arrivals.current.map { Int(($0 / Duration.milliseconds(1)).rounded()) }
        #expect(seconds == [0, 1000, 2000])
    }

    @Test func `learns of windows that are longer than a minute, or fill at once`() async throws {
        let day = Shared<[Duration]>([])
        let daily = response {
            $0.limits.requests = .init(limit: 1440, remaining: 0, timeUntilReset: .seconds(86_400))
        }
        try await send(2, to: RateLimitedModel(noting(day, daily), limiter: limiter { $0.maximumConcurrency = 1 }))
        let start = clock.elapsed
        let burst = Shared<[Duration]>([])
        let short = response { $0.limits.requests = .init(limit: 6, remaining: 0, timeUntilReset: .seconds(3)) }
        try await send(2, to: RateLimitedModel(noting(burst, short), limiter: limiter { $0.maximumConcurrency = 1 }))

        #expect(day.current.map { Int(($0 / .seconds(1)).rounded()) } == [0, 60])
        #expect(burst.current.map { Int((($0 - start) / .seconds(1)).rounded()) } == [0, 3])
    }

    @Test func `waits when others have used up the account's tokens`() async throws {
        let arrivals = Shared<[Duration]>([])
        let answer = response {
            $0.usage = Usage(inputTokens: 10, outputTokens: 0)
            $0.limits.inputTokens = .init(limit: 600, remaining: 5)
        }
        let model = RateLimitedModel(
            noting(arrivals, answer),
            limiter: limiter { $0.maximumConcurrency = 1 },
            estimate: { _ in TokenEstimate(input: 10) }
        )

        try await send(2, to: model)

        #expect(arrivals.current.map { Int(($0 / .milliseconds(1)).rounded()) } == [0, 500])
    }

    @Test func `counts what is under way when it learns of a limit for the first time`() async throws {
        let gates = ["a": Gate(), "b": Gate()]
        let limiter = RateLimiter(clock: clock)
        let model = RateLimitedModel(
            ScriptedModel { request in
                try await gates[request.messages[0].text, default: Gate()].pass()
                var response = ModelResponse(parts: [.text("ok")], finishReason: .stop)
                response.usage = Usage(inputTokens: 500, outputTokens: 0)
                response.limits.inputTokens = .init(limit: 600)
                return .response(response)
            },
            limiter: limiter,
            estimate: { _ in TokenEstimate(input: 500) }
        )
        let (a, b) = (
            Task { try await model.respond(to: ModelRequest("a")) },
            Task { try await model.respond(to: ModelRequest("b")) }
        )
        #expect(await eventually { limiter.status.running == 2 })
        gates["a"]?.open()
        _ = try await a.value

        // Of the 600, b has 500.
        let c = Task { try await model.respond(to: ModelRequest("c")) }
        #expect(await eventually { limiter.status.running + limiter.status.waiting == 2 })
        #expect(limiter.status.waiting == 1)

        for task in [b, c] {
            task.cancel()
            _ = await task.result
        }
    }

    @Test func `believes no answer that knows nothing of the requests behind it`() async throws {
        let gates = ["a": Gate(), "b": Gate()]
        let remaining = ["a": 3, "b": 2]
        let limiter = RateLimiter(clock: clock)
        let model = RateLimitedModel(
            ScriptedModel { request in
                let name = request.messages[0].text
                try await gates[name, default: Gate()].pass()
                var response = ModelResponse(parts: [.text("ok")], finishReason: .stop)
                response.limits.requests = .init(limit: 60, remaining: remaining[name])
                return .response(response)
            },
            limiter: limiter
        )
        func start(_ name: String) async -> Task<ModelResponse, any Error> {
            let before = limiter.status.running + limiter.status.waiting
            let task = Task { try await model.respond(to: ModelRequest(name)) }
            #expect(await eventually { limiter.status.running + limiter.status.waiting == before + 1 })
            return task
        }
        let (a, b) = (await start("a"), await start("b"))
        gates["a"]?.open()
        _ = try await a.value

        // Of the three that were left, two are taken; the late answer tells of two, but was written before.
        var others = [await start("c"), await start("d")]
        #expect(await eventually { limiter.status.running == 3 })
        gates["b"]?.open()
        _ = try await b.value
        others += [await start("e"), await start("f")]

        #expect(limiter.status.running == 3 && limiter.status.waiting == 1)
        for task in others {
            task.cancel()
            _ = await task.result
        }
    }
}
