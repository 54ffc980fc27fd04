import LanguageModels
import TestSupport
import Testing

/// Who waits, in what order, and that nobody is forgotten.
struct RateLimiterQueueTests {
    private let clock = ManualClock()

    private func limiter(concurrency: Int, requestsPerMinute: Int? = nil) -> RateLimiter {
        var limits = RateLimits()
        limits.maximumConcurrency = concurrency
        limits.requestsPerMinute = requestsPerMinute
        return RateLimiter(limits, clock: clock)
    }

    @Test(.timeLimit(.minutes(15)))
    func `serves ten thousand in the order they came`() async throws {
        let limiter = limiter(concurrency: 1)
        let gate = Gate()
        let order = Shared<[Int]>([])
        let model = RateLimitedModel(
            ScriptedModel { request in
                order.change { $0.append(Int(request.messages[0].text) ?? -1) }
                try await gate.pass()
                return .text("ok")
            },
            limiter: limiter
        )

        let tasks = await startedInTurn(10_000, limiter) { try await model.respond(to: ModelRequest("\($0)")) }
        gate.open()
        for task in tasks { _ = try await task.value }

        #expect(order.current == Array(0..<10_000))
        #expect(limiter.status == .init(waiting: 0, running: 0, concurrency: 1))
    }

    /// Starts tasks one after another, each once the one before stands in the queue or has passed it.
    private func startedInTurn(
        _ count: Int,
        _ limiter: RateLimiter,
        _ work: @escaping @Sendable (Int) async throws -> ModelResponse
    ) async -> [Task<ModelResponse, any Error>] {
        var tasks: [Task<ModelResponse, any Error>] = []
        for index in 0..<count {
            tasks.append(Task { try await work(index) })
            _ = await eventually { limiter.status.waiting + limiter.status.running == index + 1 }
        }
        return tasks
    }

    @Test func `lets a large request pass before the small ones behind it`() async throws {
        var limits = RateLimits()
        limits.tokensPerMinute = 60
        let limiter = RateLimiter(limits, clock: clock)
        let order = Shared<[String]>([])
        let model = RateLimitedModel(
            ScriptedModel { request in
                order.change { $0.append(request.messages[0].text) }
                return .response(ModelResponse(parts: [.text("ok")], finishReason: .stop))
            },
            limiter: limiter,
            estimate: { TokenEstimate(input: Int($0.messages[0].text) ?? 0) }
        )
        _ = try await model.respond(to: ModelRequest("50"))
        var running: [Task<ModelResponse, any Error>] = []
        for (index, size) in ["60", "1", "2"].enumerated() {
            running.append(Task { try await model.respond(to: ModelRequest(size)) })
            #expect(await eventually { limiter.status.waiting == index + 1 })
        }

        while limiter.status.waiting > 0 {
            #expect(await eventually { clock.sleepers == 1 || limiter.status.waiting == 0 })
            clock.advanceToNextWake()
        }
        for task in running { _ = try await task.value }

        #expect(order.current == ["50", "60", "1", "2"])
    }

    @Test func `wakes itself once for what waits for the clock, not once for each who waits`() async throws {
        let limiter = limiter(concurrency: 100, requestsPerMinute: 1)
        let model = RateLimitedModel(ScriptedModel { _ in .text("ok") }, limiter: limiter)

        let tasks = (0..<50).map { _ in Task { try await model.respond(to: ModelRequest("?")) } }
        #expect(await eventually { limiter.status.waiting == 49 && clock.sleepers == 1 })
        for task in tasks { task.cancel() }
        for task in tasks { _ = await task.result }

        #expect(limiter.status.waiting == 0 && clock.sleepers == 0)
    }

    @Test func `wakes earlier when room comes back earlier than was expected`() async throws {
        var limits = RateLimits()
        limits.tokensPerMinute = 60
        let limiter = RateLimiter(limits, clock: clock)
        let gate = Gate()
        let arrivals = Shared<[Duration]>([])
        let model = RateLimitedModel(
            ScriptedModel { [clock] _ in
                arrivals.change { $0.append(clock.elapsed) }
                try await gate.pass()
                var response = ModelResponse(parts: [.text("ok")], finishReason: .stop)
                response.usage = Usage(inputTokens: 30, outputTokens: 0)
                return .response(response)
            },
            limiter: limiter,
            estimate: { _ in TokenEstimate(input: 60) }
        )
        let first = Task { try await model.respond(to: ModelRequest("?")) }
        #expect(await eventually { gate.waiting == 1 })
        let second = Task { try await model.respond(to: ModelRequest("?")) }
        #expect(await eventually { clock.sleepers == 1 })

        gate.open()
        _ = try await first.value
        #expect(await eventually { clock.pauses.count == 2 && clock.sleepers == 1 })
        clock.advance(by: .seconds(31))

        _ = try await second.value
        #expect(arrivals.current == [.zero, .seconds(31)])
        #expect(clock.sleepers == 0)
    }

    @Test func `waits on when the service asks for more time meanwhile`() async throws {
        let limiter = limiter(concurrency: 4, requestsPerMinute: 2)
        let gate = Gate()
        var busy = ModelError(.rateLimited, "busy", status: 429)
        busy.retryAfter = .seconds(90)
        let failure = busy
        let steps = Shared([ScriptedModel.Step.text("a"), .failure(failure), .text("b")])
        let model = RateLimitedModel(
            ScriptedModel { _ in
                let step = steps.change { $0.removeFirst() }
                try await gate.pass()
                return step
            },
            limiter: limiter
        )
        let tasks = (0..<2).map { _ in Task { try await model.respond(to: ModelRequest("?")) } }
        #expect(await eventually { gate.waiting == 2 })
        let third = Task { try await model.respond(to: ModelRequest("?")) }
        #expect(await eventually { clock.sleepers == 1 })

        gate.open()
        for task in tasks { _ = await task.result }
        clock.advance(by: .seconds(31))
        #expect(await eventually { clock.pauses.count == 2 && clock.sleepers == 1 })
        #expect(limiter.status.waiting == 1)
        clock.advance(by: .seconds(60))

        #expect(try await third.value.text == "b")
    }

    @Test(arguments: [0, 1, 2])
    func `lets a cancelled task leave at once, from anywhere in the queue`(place: Int) async throws {
        let limiter = limiter(concurrency: 10, requestsPerMinute: 1)
        let model = RateLimitedModel(ScriptedModel { _ in .text("ok") }, limiter: limiter)
        _ = try await model.respond(to: ModelRequest("?"))
        var tasks: [Task<ModelResponse, any Error>] = []
        for index in 0..<3 {
            tasks.append(Task { try await model.respond(to: ModelRequest("?")) })
            #expect(await eventually { limiter.status.waiting == index + 1 && clock.sleepers == 1 })
        }

        tasks[place].cancel()

        await #expect(throws: CancellationError.self) { try await tasks[place].value }
        #expect(limiter.status.waiting == 2)
        for left in [1, 0] {
            #expect(await eventually { clock.sleepers == 1 })
            clock.advanceToNextWake()
            #expect(await eventually { limiter.status.waiting == left && limiter.status.running == 0 })
        }
        #expect(clock.elapsed > .seconds(119) && clock.elapsed < .seconds(121))
    }

    @Test func `does not begin for a task that is cancelled already`() async {
        let model = ScriptedModel([.text("ok")])
        let limited = RateLimitedModel(model, limiter: limiter(concurrency: 1))
        let gate = Gate()
        let task = Task {
            try? await gate.pass()
            return try await limited.respond(to: ModelRequest("?"))
        }
        task.cancel()

        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(model.requests.isEmpty)
    }

    @Test func `gets back the place of a stream that ends, fails, or is dropped`() async throws {
        let limiter = limiter(concurrency: 1)
        let broken = ModelError(.connection, "")
        let model = ScriptedModel([
            .text("a b c"), .events([.delta(part: 0, .text("x"))], failure: broken), .text("a b c"), .text("last"),
        ])
        let limited = RateLimitedModel(model, limiter: limiter)

        _ = try await limited.stream(ModelRequest("?")).response()
        #expect(limiter.status.running == 0)
        await #expect(throws: broken) { try await limited.stream(ModelRequest("?")).response() }
        #expect(limiter.status.running == 0)
        for try await _ in limited.stream(ModelRequest("?")) {
            #expect(limiter.status.running == 1)
            break
        }
        #expect(limiter.status.running == 0)
        #expect(try await limited.stream(ModelRequest("?")).response().text == "last")
    }

    /// Nobody may be left behind whatever happens at the same time: thousands wait for places and for the clock, and a
    /// third of them is cancelled at any point.
    @Test(.timeLimit(.minutes(15)), arguments: 0..<4)
    func `loses no wake-up in any crowd`(seed: Int) async throws {
        let limiter = limiter(concurrency: 5, requestsPerMinute: seed % 2 == 0 ? 600 : nil)
        let model = RateLimitedModel(
            ScriptedModel { _ in
                for _ in 0..<Int.random(in: 0..<4) { await Task.yield() }
                return switch Int.random(in: 0..<10) {
                case 0: .failure(ModelError(.rateLimited, ""))
                case 1: .failure(ModelError(.connection, ""))
                default: .text("ok")
                }
            },
            limiter: limiter
        )
        let done = Shared(0)
        let count = 3000

        let tasks = (0..<count).map { index in
            Task {
                defer { done.change { $0 += 1 } }
                if index % 2 == 0 { return try await model.respond(to: ModelRequest("?")) }
                return try await model.stream(ModelRequest("?")).response()
            }
        }
        let canceller = Task {
            for index in (0..<count).shuffled().prefix(count / 3) {
                tasks[index].cancel()
                await Task.yield()
            }
        }
        while done.current < count {
            clock.advanceToNextWake()
            await Task.yield()
        }
        await canceller.value

        for task in tasks {
            let result = await task.result
            let isExpected = (try? result.get().text == "ok") ?? (result.error is CancellationError)
            #expect(isExpected || result.error is ModelError)
        }
        #expect(limiter.status.waiting == 0 && limiter.status.running == 0)
    }
}

extension Result {
    fileprivate var error: Failure? {
        if case .failure(let error) = self { error } else { nil }
    }
}
