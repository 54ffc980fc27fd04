import LanguageModels
import TestSupport
import Testing

/// Who may go when, by the limits that the caller set.
struct RateLimiterTests: LimiterSuite {
    let clock = ManualClock()

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
