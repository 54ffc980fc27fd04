import Foundation
import HTTPTransport
import LanguageModels
import Testing

@testable import docent_simulate

/// Many requests through a service that fails often: each ends as the plan of faults says, and no other way.
struct StormTests {
    private static let isLong = ProcessInfo.processInfo.environment["DOCENT_LONG_TESTS"] == "1"
    private static let rates = ["429;1ms=0.05", "500=0.02", "503=0.01", "reset=0.02", "truncated=0.01"]

    /// How a request ends.
    private enum Fate: Hashable {
        case answered(String)
        case failed(ModelError.Kind)
    }

    private struct Outcome: Hashable {
        var fate: Fate
        var attempts: Int
    }

    /// In a process of its own, so that what it measures is its own memory.
    @Test func `every request ends once, in the right answer or in the right error`() async throws {
        let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
            try await Self.storm()
        }
        print(String(decoding: result?.standardOutputContent ?? [], as: UTF8.self), terminator: "")
    }

    private static func storm() async throws {
        let count = isLong ? 10_000 : 1000
        var settings = Simulation.Settings()
        settings.plan = FaultPlan(seed: 11, rates: try rates.map(Options.rate), key: .text)
        let service = try SimulatedService(settings)
        let policy = RetryPolicy(maximumAttempts: 4)
        let limited = RateLimitedModel(service.model(.chat, "m"), limiter: RateLimiter())
        // A random number of zero is a pause of zero; the service's hints are kept to.
        let model = RetryingModel(limited, policy: policy, jitter: { 0 })
        let expected = (0..<count).map { outcome(of: $0, settings.plan, attempts: policy.maximumAttempts) }

        var outcomes = [Outcome?](repeating: nil, count: count)
        var repeated = 0
        var resident: [Int] = []
        let requests = (0..<count).map { ModelRequest("ping \($0)") }
        for try await answer in model.responses(to: requests, concurrency: 64) {
            if outcomes[answer.index] != nil { repeated += 1 }
            outcomes[answer.index] = Self.outcome(answer.result)
            resident.append(Self.residentKiB)
        }

        let wrong = (0..<count).filter { outcomes[$0] != expected[$0] }
        #expect(repeated == 0)
        #expect(wrong.isEmpty, "\(wrong.prefix(5).map { "\($0): \(outcomes[$0] as Any), not \(expected[$0])" })")
        let attempts = outcomes.reduce(0) { $0 + ($1?.attempts ?? 0) }
        #expect(attempts == expected.reduce(0) { $0 + $1.attempts })
        #expect(try await Self.answers(of: service) == attempts)
        let growth = resident[count - 1] - resident[count / 10]
        #expect(growth < 32 << 10, "\(growth) KiB more after the first tenth")
        let failures = outcomes.count { if case .failed = $0?.fate { true } else { false } }
        print(
            "storm: \(count) requests, \(attempts) attempts, \(failures) errors as expected;",
            resident[count - 1],
            "KiB"
        )
    }

    private static func outcome(_ result: Result<ModelResponse, any Error>) -> Outcome? {
        switch result {
        case .success(let response): return Outcome(fate: .answered(response.text), attempts: response.attempts)
        case .failure(let error):
            guard let error = error as? ModelError else { return nil }
            return Outcome(fate: .failed(error.kind), attempts: error.attempts)
        }
    }

    /// What the plan makes of a request that is sent again as long as that may help.
    private static func outcome(of number: Int, _ plan: FaultPlan, attempts: Int) -> Outcome {
        var attempt = 1
        while let fault = plan.fault(forKey: "ping \(number)/\(attempt)")?.fault {
            let kind = kind(of: fault)
            if kind == .undecodableAnswer || attempt == attempts {
                return Outcome(fate: .failed(kind), attempts: attempt)
            }
            attempt += 1
        }
        return Outcome(fate: .answered("pong \(number)"), attempts: attempt)
    }

    private static func kind(of fault: Fault) -> ModelError.Kind {
        switch fault {
        case .status(429, _): .rateLimited
        case .status(503, _): .overloaded
        case .status: .serverError
        case .reset: .connection
        default: .undecodableAnswer
        }
    }

    /// How many requests for answers the service has seen.
    private static func answers(of service: SimulatedService) async throws -> Int? {
        let statistics = try await service.transport.send(.init("GET", service.address + "/simulate/statistics"))
        return try JSONValue(parsing: statistics.body)["answers"]?.integer
    }

    /// The memory of this process, the service's included; 0 where the system does not tell.
    private static var residentKiB: Int {
        let statm = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
        return statm.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 * 4 } ?? 0
    }
}
