import Synchronization

/// A clock that stands still until it is told to go on, and remembers who waited how long.
final class ManualClock: Clock {
    struct Instant: InstantProtocol {
        var offset: Duration

        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private struct Sleeper {
        let deadline: Duration
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now = Duration.zero
        var sleepers: [Int: Sleeper] = [:]
        var next = 0
        var cancelled: Set<Int> = []
        var pauses: [Duration] = []
    }

    /// Whether whoever wants to sleep makes the time pass instead.
    private let isEager: Bool
    private let state = Mutex(State())

    init(isEager: Bool = false) {
        self.isEager = isEager
    }

    var now: Instant { Instant(offset: elapsed) }
    var elapsed: Duration { state.withLock(\.now) }
    var minimumResolution: Duration { .nanoseconds(1) }
    var sleepers: Int { state.withLock(\.sleepers.count) }
    /// How long everybody wanted to sleep, in order.
    var pauses: [Duration] { state.withLock(\.pauses) }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try Task.checkCancellation()
        let id = state.withLock { state in
            state.pauses.append(deadline.offset - state.now)
            state.next += 1
            return state.next
        }
        guard !isEager else { return advance(to: deadline.offset) }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let result: Result<Void, any Error>? = state.withLock { state in
                    if state.cancelled.remove(id) != nil { return .failure(CancellationError()) }
                    if deadline.offset <= state.now { return .success(()) }
                    state.sleepers[id] = Sleeper(deadline: deadline.offset, continuation: continuation)
                    return nil
                }
                if let result { continuation.resume(with: result) }
            }
        } onCancel: {
            let sleeper = state.withLock { state in
                let sleeper = state.sleepers.removeValue(forKey: id)
                if sleeper == nil { state.cancelled.insert(id) }
                return sleeper
            }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }

    func advance(by duration: Duration) {
        advance(to: elapsed + duration)
    }

    /// Goes on to when the next sleeper wakes; `false` where nobody sleeps.
    @discardableResult
    func advanceToNextWake() -> Bool {
        guard let next = state.withLock({ $0.sleepers.values.map(\.deadline).min() }) else { return false }
        advance(to: next)
        return true
    }

    private func advance(to time: Duration) {
        let woken = state.withLock { state in
            state.now = max(state.now, time)
            let due = state.sleepers.filter { $0.value.deadline <= state.now }
            for id in due.keys { state.sleepers[id] = nil }
            return due.values.sorted { $0.deadline < $1.deadline }
        }
        for sleeper in woken { sleeper.continuation.resume() }
    }
}

/// Lets other tasks run until something is so; `false` where it does not come about.
func eventually(_ condition: () -> Bool) async -> Bool {
    for _ in 0..<2_000_000 {
        if condition() { return true }
        await Task.yield()
    }
    return condition()
}

/// A value that tasks share.
final class Shared<Value: Sendable>: Sendable {
    private let value: Mutex<Value>

    init(_ value: Value) { self.value = Mutex(value) }

    var current: Value { value.withLock { $0 } }

    @discardableResult
    func change<Result: Sendable>(_ change: (inout Value) -> Result) -> Result { value.withLock { change(&$0) } }
}

/// A door that stays shut until it is opened, for those who wait at it; cancellation lets them out.
final class Gate: Sendable {
    private let clock = ManualClock()

    var waiting: Int { clock.sleepers }

    func open() { clock.advance(by: .seconds(1)) }

    func pass() async throws { try await clock.sleep(until: .init(offset: .seconds(1)), tolerance: nil) }
}
