import LanguageModels
import TestSupport
import Testing

/// What a limiter does when the service pushes back.
struct RateLimiterPressureTests: LimiterSuite {
    let clock = ManualClock()

    @Test func `pauses everybody as long as the service asks`() async throws {
        let arrivals = Shared<[Duration]>([])
        var busy = ModelError(.overloaded, "busy", status: 529)
        busy.retryAfter = .seconds(30)
        let steps = Shared([ScriptedModel.Step.failure(busy), .text("a"), .text("b")])
        let model = ScriptedModel { [clock] _ in
            arrivals.change { $0.append(clock.elapsed) }
            return steps.change { $0.removeFirst() }
        }
        let limited = RateLimitedModel(model, limiter: limiter { $0.maximumConcurrency = 1 })

        let first = Task { try await limited.respond(to: ModelRequest("?")) }
        await #expect(throws: busy) { try await first.value }
        try await send(2, to: limited)

        #expect(arrivals.current.map { Int(($0 / .seconds(1)).rounded()) } == [0, 30, 30])
    }

    @Test func `fails at once while the service wants to be left alone for long`() async throws {
        var limit = ModelError(.rateLimited, "too many", status: 429)
        limit.retryAfter = .seconds(3600)
        let gate = Gate()
        let failure = limit
        let model = ScriptedModel { _ in
            try await gate.pass()
            return .failure(failure)
        }
        let limiter = limiter { $0.maximumConcurrency = 1 }
        let limited = RateLimitedModel(model, limiter: limiter)
        let tasks = (0..<3).map { _ in Task { try await limited.respond(to: ModelRequest("?")) } }
        #expect(await eventually { limiter.status.waiting == 2 && gate.waiting == 1 })

        gate.open()

        for task in tasks {
            let error = await #expect(throws: ModelError.self) { try await task.value }
            #expect(error?.kind == .rateLimited && error?.retryAfter == .seconds(3600))
        }
        clock.advance(by: .seconds(600))
        let error = await #expect(throws: ModelError.self) { try await limited.respond(to: ModelRequest("?")) }
        #expect(error?.retryAfter == .seconds(3000) && error?.attempts == 0)
        #expect(model.requests.count == 1)
        #expect(limiter.status.waiting == 0 && limiter.status.running == 0)
    }

    @Test(arguments: [
        (ModelError.Kind.rateLimited, "", 32), (.overloaded, "", 32), (.serverError, "", 64), (.quotaExhausted, "", 64),
        (.rateLimited, "Limit 10, Requested 11", 64),
    ])
    func `halves its concurrency when the service pushes back`(kind: ModelError.Kind, message: String, left: Int) async
    {
        let gate = Gate()
        let model = ScriptedModel { _ in
            try await gate.pass()
            return .failure(ModelError(kind, message))
        }
        let limiter = RateLimiter(clock: clock)
        let limited = RateLimitedModel(model, limiter: limiter)
        let tasks = (0..<20).map { _ in Task { try? await limited.respond(to: ModelRequest("?")) } }
        #expect(await eventually { gate.waiting == 20 })

        gate.open()
        for task in tasks { _ = await task.value }

        // They were under way together, so they count once.
        #expect(limiter.status.concurrency == left)
    }

    @Test func `grows its concurrency by one for each round, and never below the least`() async throws {
        let steps = Shared(10)
        let model = ScriptedModel { _ in
            let left = steps.change { left in
                left -= 1
                return left
            }
            return left >= 0 ? .failure(ModelError(.rateLimited, "")) : .text("ok")
        }
        let limiter = limiter {
            $0.maximumConcurrency = 16
            $0.minimumConcurrency = 2
        }
        let limited = RateLimitedModel(model, limiter: limiter)
        for _ in 0..<10 { _ = try? await limited.respond(to: ModelRequest("?")) }
        #expect(limiter.status.concurrency == 2)

        // Room that is not used does not grow.
        for _ in 0..<10 { _ = try await limited.respond(to: ModelRequest("?")) }
        #expect(limiter.status.concurrency == 2)

        for round in 3...4 {
            let gate = Gate()
            let waiting = RateLimitedModel(
                ScriptedModel { _ in
                    try await gate.pass()
                    return .text("ok")
                },
                limiter: limiter
            )
            let tasks = (0..<2 * round - 3).map { _ in Task { try await waiting.respond(to: ModelRequest("?")) } }
            #expect(await eventually { gate.waiting == round - 1 })
            gate.open()
            for task in tasks { _ = try await task.value }
            #expect(limiter.status.concurrency == round)
        }
    }
}
