import LanguageModels
import Testing

struct RateLimiterTests {
    private let clock = ManualClock()

    private func limiter(_ change: (inout RateLimits) -> Void) -> RateLimiter {
        var limits = RateLimits()
        change(&limits)
        return RateLimiter(limits, clock: clock)
    }

    private func response(_ change: (inout ModelResponse) -> Void = { _ in }) -> ModelResponse {
        var response = ModelResponse(parts: [.text("ok")], finishReason: .stop)
        change(&response)
        return response
    }

    /// A model that notes when each request arrives, answering with the number in its prompt.
    private func noting(_ arrivals: Shared<[Duration]>, _ answer: ModelResponse? = nil) -> ScriptedModel {
        ScriptedModel { [clock] _ in
            arrivals.change { $0.append(clock.elapsed) }
            return answer.map { .response($0) } ?? .text("ok")
        }
    }

    /// Sends so many requests at once while the clock goes from wake to wake.
    private func send(_ count: Int, to model: some LanguageModel) async throws {
        let done = Shared(0)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<count {
                group.addTask {
                    defer { done.change { $0 += 1 } }
                    _ = try await model.respond(to: ModelRequest("?"))
                }
            }
            while done.current < count {
                _ = await eventually { clock.sleepers > 0 || done.current == count }
                clock.advanceToNextWake()
            }
            try await group.waitForAll()
        }
    }

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

    @Test func `lets through so many requests a minute`() async throws {
        let arrivals = Shared<[Duration]>([])
        let limiter = limiter { $0.requestsPerMinute = 6 }

        try await send(9, to: RateLimitedModel(noting(arrivals), limiter: limiter))

        let seconds = arrivals.current.map { Int(($0 / Duration.milliseconds(1)).rounded()) }
        #expect(seconds == [0, 0, 0, 0, 0, 0, 10_000, 20_000, 30_000])
    }

    @Test func `lets through so many tokens a minute, and puts the estimate right`() async throws {
        let arrivals = Shared<[Duration]>([])
        let limiter = limiter {
            $0.tokensPerMinute = 60
            $0.maximumConcurrency = 1
        }
        let answer = response { $0.usage = Usage(inputTokens: 10, outputTokens: 20) }
        let model = RateLimitedModel(
            noting(arrivals, answer),
            limiter: limiter,
            estimate: { _ in TokenEstimate(input: 10, output: 10) }
        )

        try await send(4, to: model)

        // 60 fit; each was thought to need 20 and took 30, a token comes each second.
        let seconds = arrivals.current.map { Int(($0 / Duration.milliseconds(1)).rounded()) }
        #expect(seconds == [0, 0, 20_000, 50_000])
    }

    @Test func `admits what is larger than the allowance when that is full`() async throws {
        let arrivals = Shared<[Duration]>([])
        let limiter = limiter { $0.tokensPerMinute = 60 }
        let model = RateLimitedModel(
            noting(arrivals),
            limiter: limiter,
            estimate: { _ in TokenEstimate(input: 1, output: 89) }
        )

        try await send(2, to: model)

        // The usage of the answer is 2: what was taken too much has come back.
        #expect(arrivals.current.count == 2)
        #expect(limiter.status == .init(waiting: 0, running: 0, concurrency: 64))
    }

    @Test(arguments: [true, false])
    func `keeps the others a minute from what is larger than the allowance, no longer`(isTold: Bool) async throws {
        let arrivals = Shared<[Duration]>([])
        let limiter = limiter {
            $0.tokensPerMinute = 60
            $0.maximumConcurrency = 1
        }
        let answer = response { $0.usage = isTold ? Usage(inputTokens: 6000, outputTokens: 0) : nil }
        let model = RateLimitedModel(
            noting(arrivals, answer),
            limiter: limiter,
            estimate: { _ in TokenEstimate(input: 6000) }
        )

        try await send(3, to: model)

        // Each waits until all is there, and takes it.
        #expect(arrivals.current.map { Int(($0 / .seconds(1)).rounded()) } == [0, 60, 120])
    }

    @Test func `owes no more than a minute's allowance, however much was underestimated`() async throws {
        let arrivals = Shared<[Duration]>([])
        let limiter = limiter { $0.tokensPerMinute = 60 }
        let answer = response { $0.usage = Usage(inputTokens: 10, outputTokens: 5000) }
        let gate = Gate()
        let model = RateLimitedModel(
            ScriptedModel { [clock] _ in
                arrivals.change { $0.append(clock.elapsed) }
                try await gate.pass()
                return .response(answer)
            },
            limiter: limiter,
            estimate: { _ in TokenEstimate(input: 6) }
        )
        let first = (0..<9).map { _ in Task { try await model.respond(to: ModelRequest("?")) } }
        #expect(await eventually { gate.waiting == 9 })
        gate.open()
        for task in first { _ = try await task.value }

        try await send(1, to: model)

        // Back from the debt of a minute, and the six that it needs.
        #expect(arrivals.current.last.map { Int(($0 / .seconds(1)).rounded()) } == 66)
    }

    @Test func `gives back what a refused request of any size had taken`() async throws {
        let refusal = ModelError(.contextTooLong(limit: 9, count: 6000), "", status: 400)
        let steps = Shared([ScriptedModel.Step.failure(refusal)])
        let arrivals = Shared<[Duration]>([])
        let model = RateLimitedModel(
            ScriptedModel { [clock] _ in
                arrivals.change { $0.append(clock.elapsed) }
                return steps.change { $0.popLast() } ?? .text("ok")
            },
            limiter: limiter { $0.tokensPerMinute = 60 },
            estimate: { _ in TokenEstimate(input: 6000) }
        )

        await #expect(throws: ModelError.self) { try await model.respond(to: ModelRequest("?")) }
        try await send(1, to: model)

        #expect(arrivals.current == [.zero, .zero])
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

    @Test func `gives up waiting after the longest wait`() async throws {
        let gate = Gate()
        let model = ScriptedModel { _ in
            try await gate.pass()
            return .text("ok")
        }
        let limiter = limiter {
            $0.maximumConcurrency = 1
            $0.maximumWait = .seconds(5)
        }
        let limited = RateLimitedModel(model, limiter: limiter)
        let first = Task { try await limited.respond(to: ModelRequest("?")) }
        #expect(await eventually { gate.waiting == 1 })
        let second = Task { try await limited.respond(to: ModelRequest("?")) }
        #expect(await eventually { clock.sleepers == 1 && limiter.status.waiting == 1 })

        clock.advance(by: .seconds(5))

        let error = await #expect(throws: ModelError.self) { try await second.value }
        #expect(error?.kind == .timeout(.queue) && error?.isRetryable == false && error?.attempts == 0)
        gate.open()
        #expect(try await first.value.text == "ok")
        #expect(limiter.status == .init(waiting: 0, running: 0, concurrency: 1))
    }
}
