import Synchronization

/// What a ``RateLimiter`` keeps to before the service has said anything, and in any case.
public struct RateLimits: Hashable, Sendable {
    /// The most requests in a minute; `nil`, the default, for what the service says.
    public var requestsPerMinute: Int?
    /// The most tokens in a minute, of input and output together; `nil`, the default, for what the service says.
    ///
    /// A request that alone is expected to use more waits for the whole minute's allowance and takes all of it:
    /// expectations are rough, and services do not count what they have cached. One that can never fit is refused by
    /// the service, and not sent again.
    public var tokensPerMinute: Int?
    /// The most requests under way at once; 64 by default.
    public var maximumConcurrency = 64
    /// The fewest requests that may be under way at once however hard the service pushes back; 1 by default.
    public var minimumConcurrency = 1
    /// The longest time to wait in the queue, `nil`, the default, for any; longer fails with a timeout of `queue`.
    public var maximumWait: Duration?
    /// The longest pause that the service may ask of all requests; 2 minutes by default.
    ///
    /// While a longer one lasts, requests fail at once with the service's error.
    public var longestPause: Duration = .seconds(120)

    /// No limits but those of concurrency.
    public init() {}
}

/// Lets requests through one after another as fast as an account's limits allow.
///
/// Requests are admitted strictly in the order they came. Limits are learned from answers and errors
/// (``ServiceLimits``) and kept beside those that the caller set. When the service pushes back (429, 529), all requests
/// pause as long as it asks, and half as many may be under way, growing again by one for each round of successes.
///
/// One limiter serves all models that share an account's limits. Waiting costs no time of a processor, entering and
/// leaving cost the same however many wait, and a cancelled task leaves the queue at once.
public final class RateLimiter: Sendable {
    /// How busy a limiter is.
    public struct Status: Hashable, Sendable {
        /// How many requests wait.
        public let waiting: Int
        /// How many are under way.
        public let running: Int
        /// How many may be under way at present.
        public let concurrency: Int

        package init(waiting: Int, running: Int, concurrency: Int) {
            self.waiting = waiting
            self.running = running
            self.concurrency = concurrency
        }
    }

    /// How a request ended.
    enum Ending: Sendable {
        case answered(Usage?, ServiceLimits)
        case failed(ModelError)
        case abandoned
    }

    private let time: Timeline
    private let maximumWait: Duration?
    private let queue: Mutex<LimiterQueue>

    /// A limiter; by default it knows no limits but those of concurrency until it learns them.
    public init(_ limits: RateLimits = RateLimits(), clock: any Clock<Duration> = ContinuousClock()) {
        let time = Timeline(clock)
        self.time = time
        maximumWait = limits.maximumWait
        queue = Mutex(LimiterQueue(limits, now: time.now().inSeconds))
    }

    /// How busy the limiter is now.
    public var status: Status { queue.withLock { $0.status } }

    /// Waits for a request's turn.
    ///
    /// - Throws: ``ModelError``, of kind `timeout(.queue)` or the service's own, or `CancellationError`.
    func permit(for estimate: TokenEstimate, identity: ModelIdentity) async throws -> Permit {
        try Task.checkCancellation()
        if let refusal = queue.withLock({ $0.refusal(now: now) }) { throw refusal }
        let (ticket, admission) = enter(estimate)
        if let admission { return Permit(self, estimate, admission) }
        let permit = try await withTimeLimit(maximumWait, on: time) { try await self.wait(ticket, for: estimate) }
        guard let permit else { throw expired(identity) }
        return permit
    }

    /// Takes over what the service says of its limits while an answer is on its way.
    func learn(_ limits: ServiceLimits) {
        change { queue in
            queue.learn(limits, now: now)
            return queue.advance(now: now)
        }
    }

    fileprivate func finish(_ ending: Ending, _ estimate: TokenEstimate, _ admission: UInt64) {
        change { $0.finish(ending, of: (estimate, admission), now: now) }
    }

    private var now: Double { time.now().inSeconds }

    /// Changes the queue, and wakes whom that concerns once the lock is free.
    private func change(_ change: (inout LimiterQueue) -> [LimiterQueue.Wakeup]) {
        for wakeup in queue.withLock({ change(&$0) }) { wakeup.continuation.resume(returning: wakeup.signal) }
    }

    private func enter(_ estimate: TokenEstimate) -> (ticket: LimiterQueue.Ticket, admission: UInt64?) {
        var entry: (ticket: LimiterQueue.Ticket, admission: UInt64?) = (0, nil)
        change { queue in
            entry.ticket = queue.enter(estimate)
            let wakeups = queue.advance(now: now)
            entry.admission = queue.admission(of: entry.ticket)
            return wakeups
        }
        return entry
    }

    private func wait(_ ticket: LimiterQueue.Ticket, for estimate: TokenEstimate) async throws -> Permit {
        let signal = await withTaskCancellationHandler {
            var signal = await self.signal(for: ticket)
            while case .lead(let deadline) = signal { signal = await self.lead(ticket, until: deadline) }
            return signal
        } onCancel: {
            change { $0.leave(ticket, now: now) }
        }
        switch signal {
        case .admitted(let admission): return Permit(self, estimate, admission)
        case .refused(let error): throw error
        case .left, .lead: throw CancellationError()
        }
    }

    /// Waits for the clock on behalf of the queue, until the ticket is told something.
    private func lead(_ ticket: LimiterQueue.Ticket, until deadline: Double) async -> LimiterQueue.Signal {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                // Rounded up: the clock must not be a billionth short when it wakes.
                // After an hour at most it is looked again, since limits change.
                let pause = Duration.nanoseconds(Int64(min(max(deadline - self.now, 0), 3600) * 1e9) + 1)
                guard (try? await self.time.sleep(pause)) != nil else { return }
                self.change { $0.knock(ticket, now: self.now) }
            }
            let signal = await self.signal(for: ticket)
            group.cancelAll()
            return signal
        }
    }

    private func signal(for ticket: LimiterQueue.Ticket) async -> LimiterQueue.Signal {
        await withCheckedContinuation { continuation in
            change { queue in queue.listen(ticket, continuation).map { [$0] } ?? [] }
        }
    }

    private func expired(_ identity: ModelIdentity) -> ModelError {
        let wait = maximumWait.map { "\($0)" } ?? "the time"
        var error = ModelError(.timeout(.queue), "no turn in the queue within \(wait)", identity: identity)
        error.attempts = 0
        error.shouldRetry = false
        return error
    }
}

/// A request's place among those under way; given back when it is told how the request ended, or when it is dropped.
final class Permit: Sendable {
    private let limiter: RateLimiter
    private let estimate: TokenEstimate
    private let admission: UInt64
    private let isReturned = Atomic(false)

    init(_ limiter: RateLimiter, _ estimate: TokenEstimate, _ admission: UInt64) {
        self.limiter = limiter
        self.estimate = estimate
        self.admission = admission
    }

    deinit {
        finish(.abandoned)
    }

    /// Gives the place back; only the first time counts.
    func finish(_ ending: RateLimiter.Ending) {
        guard !isReturned.exchange(true, ordering: .relaxed) else { return }
        limiter.finish(ending, estimate, admission)
    }

    /// Gives the place back after an error.
    func fail(_ error: any Error) {
        finish((error as? ModelError).map(RateLimiter.Ending.failed) ?? .abandoned)
    }
}
