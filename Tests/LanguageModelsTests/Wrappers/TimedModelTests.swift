import LanguageModels
import TestSupport
import Testing

struct TimedModelTests {
    private let clock = ManualClock()

    /// Gives events, each when the clock has gone on by its delay.
    private func timed(_ events: [(Duration, ModelEvent)], _ limits: (inout TimeLimits) -> Void) -> TimedModel {
        var timeLimits = TimeLimits()
        // So that there is always a limit that sleeps.
        timeLimits.total = .seconds(1000)
        limits(&timeLimits)
        return TimedModel(SlowModel(events: events, clock: clock), limits: timeLimits, clock: clock)
    }

    /// Runs a stream while the clock goes from wake to wake.
    private func result(_ model: TimedModel) async -> Result<ModelResponse, any Error> {
        let task = Task { try await model.stream(ModelRequest("?")).response() }
        let isDone = Shared(false)
        let observer = Task {
            _ = await task.result
            isDone.change { $0 = true }
        }
        while !isDone.current {
            // The model and the limit.
            _ = await eventually { clock.sleepers == 2 || isDone.current }
            clock.advanceToNextWake()
        }
        await observer.value
        return await task.result
    }

    @Test(arguments: [TimeoutPhase.connect, .firstToken, .betweenTokens, .total])
    func `tells which phase took too long`(phase: TimeoutPhase) async {
        let events: [(Duration, ModelEvent)] = [
            (.seconds(2), .started(id: "1", model: nil)), (.seconds(4), .delta(part: 0, .text("a"))),
            (.seconds(8), .delta(part: 0, .text("b"))), (.seconds(1), .finished(.stop, raw: nil)),
        ]
        let model = timed(events) { limits in
            switch phase {
            case .connect: limits.connect = .seconds(1)
            case .firstToken: limits.firstToken = .seconds(5)
            case .betweenTokens: limits.betweenTokens = .seconds(7)
            case .total, .queue: limits.total = .seconds(14)
            }
        }

        let result = await result(model)

        let error = #expect(throws: ModelError.self) { try result.get() }
        #expect(error?.kind == .timeout(phase))
        let arrived = [TimeoutPhase.betweenTokens: "a", .total: "ab"][phase]
        #expect(error?.partialResponse?.text == arrived)
    }

    @Test func `lets pass what comes in time`() async throws {
        let events: [(Duration, ModelEvent)] = [
            (.seconds(2), .started(id: "1", model: nil)), (.seconds(4), .delta(part: 0, .text("a"))),
            (.seconds(8), .delta(part: 0, .text("b"))), (.seconds(1), .finished(.stop, raw: nil)),
        ]
        let model = timed(events) { limits in
            limits.connect = .seconds(3)
            limits.firstToken = .seconds(7)
            limits.betweenTokens = .seconds(9)
            limits.total = .seconds(16)
        }

        #expect(try await result(model).get().text == "ab")
    }

    @Test func `cancels a whole answer that takes too long`() async {
        let gate = Gate()
        let model = ScriptedModel { _ in
            try await gate.pass()
            return .text("late")
        }
        var limits = TimeLimits()
        limits.total = .seconds(30)
        let timed = TimedModel(model, limits: limits, clock: clock)
        let task = Task { try await timed.respond(to: ModelRequest("?")) }
        #expect(await eventually { gate.waiting == 1 && clock.sleepers == 1 })

        clock.advance(by: .seconds(30))

        let error = await #expect(throws: ModelError.self) { try await task.value }
        #expect(
            error?.description == "scripted/model: no answer in time (total): nothing came within 30.0 seconds; try "
                + "again, or allow more time"
        )
        #expect(gate.waiting == 0)
        #expect(model.requests.first?.options.timeout == .seconds(30))
    }

    @Test func `passes cancellation on`() async {
        let gate = Gate()
        let model = ScriptedModel { _ in
            try await gate.pass()
            return .text("late")
        }
        var limits = TimeLimits()
        limits.total = .seconds(30)
        let task = Task { [clock] in
            try await TimedModel(model, limits: limits, clock: clock).stream(ModelRequest("?")).response()
        }
        #expect(await eventually { gate.waiting == 1 && clock.sleepers == 1 })

        task.cancel()

        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(gate.waiting == 0 && clock.sleepers == 0)
    }

    @Test func `gives up where no time is left`() async {
        var limits = TimeLimits()
        limits.total = .zero
        let model = TimedModel(ScriptedModel([.text("a")]), limits: limits, clock: clock)

        let error = await #expect(throws: ModelError.self) { try await model.respond(to: ModelRequest("?")) }
        #expect(error?.kind == .timeout(.total))
    }
}

private struct SlowModel: LanguageModel {
    let identity = ModelIdentity(provider: "slow", model: "model")
    let events: [(Duration, ModelEvent)]
    let clock: ManualClock

    func respond(to request: ModelRequest) async throws -> ModelResponse {
        try await stream(request).response()
    }

    func stream(_ request: ModelRequest) -> ModelStream {
        ModelStream { SlowEvents(events: events[...], clock: clock) }
    }

    private struct SlowEvents: AsyncIteratorProtocol {
        var events: ArraySlice<(Duration, ModelEvent)>
        let clock: ManualClock

        mutating func next(isolation actor: isolated (any Actor)?) async throws -> ModelEvent? {
            guard let (delay, event) = events.popFirst() else { return nil }
            try await clock.sleep(until: clock.now.advanced(by: delay), tolerance: nil)
            return event
        }
    }
}
