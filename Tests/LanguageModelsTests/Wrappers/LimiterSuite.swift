import LanguageModels
import TestSupport

/// A suite about limiters: each of its tests has a clock of its own.
protocol LimiterSuite {
    var clock: ManualClock { get }
}

extension LimiterSuite {
    func limiter(_ change: (inout RateLimits) -> Void) -> RateLimiter {
        var limits = RateLimits()
        change(&limits)
        return RateLimiter(limits, clock: clock)
    }

    func response(_ change: (inout ModelResponse) -> Void = { _ in }) -> ModelResponse {
        var response = ModelResponse(parts: [.text("ok")], finishReason: .stop)
        change(&response)
        return response
    }

    /// A model that notes when each request arrives, answering with the number in its prompt.
    func noting(_ arrivals: Shared<[Duration]>, _ answer: ModelResponse? = nil) -> ScriptedModel {
        ScriptedModel { [clock] _ in
            arrivals.change { $0.append(clock.elapsed) }
            return answer.map { .response($0) } ?? .text("ok")
        }
    }

    /// Sends so many requests at once while the clock goes from wake to wake.
    func send(_ count: Int, to model: some LanguageModel) async throws {
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
}
