import Synchronization

/// A clock that stands still until it is told to go on, and remembers who waited how long.
public final class ManualClock: Clock {
    /// A moment, as the time since the clock was made.
    public struct Instant: InstantProtocol {
        /// The time since then.
        public var offset: Duration

        /// A moment.
        public init(offset: Duration) { self.offset = offset }

        /// A later moment.
        public func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        /// The time from this moment to another.
        public func duration(to other: Instant) -> Duration { other.offset - offset }
        /// Whether a moment is the earlier one.
        public static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
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

    /// A clock at zero; an eager one moves on by itself for whoever wants to sleep.
    public init(isEager: Bool = false) {
        self.isEager = isEager
    }

    /// The moment it is.
    public var now: Instant { Instant(offset: elapsed) }
    /// The time since the clock was made.
    public var elapsed: Duration { state.withLock(\.now) }
    /// A nanosecond.
    public var minimumResolution: Duration { .nanoseconds(1) }
    /// How many sleep.
    public var sleepers: Int { state.withLock(\.sleepers.count) }
    /// How long everybody wanted to sleep, in order.
    public var pauses: [Duration] { state.withLock(\.pauses) }

    /// Sleeps until the clock has been moved on that far.
    public func sleep(until deadline: Instant, tolerance: Duration?) async throws {
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

    /// Goes on, and wakes whose time has come.
    public func advance(by duration: Duration) {
        advance(to: elapsed + duration)
    }

    /// Goes on to when the next sleeper wakes; `false` where nobody sleeps.
    @discardableResult
    public func advanceToNextWake() -> Bool {
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
