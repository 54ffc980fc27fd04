/// Who waits, who is under way, and who is next: the limiter without its lock and its clock.
///
/// Times are seconds on the limiter's line.
///
/// Every call costs the same however many wait. Those who wait are numbered in the order they came and kept by number,
/// so one who leaves leaves no trace, and the next is found by counting on. Nobody polls: the first in the queue alone
/// waits for the clock, and only where time, not another's end, is what it waits for.
struct LimiterQueue {
    typealias Ticket = UInt64

    /// What one who waits is told.
    enum Signal: Sendable {
        /// It is your turn; the number counts admissions.
        case admitted(UInt64)
        /// You are the first: knock again at this time, or when you are told something else.
        case lead(until: Double)
        /// You have left the queue.
        case left
        /// Nobody's turn will come soon.
        case refused(ModelError)
    }

    /// A continuation to resume once the lock is free.
    struct Wakeup: Sendable {
        let continuation: CheckedContinuation<Signal, Never>
        let signal: Signal
    }

    private struct Waiter {
        let estimate: TokenEstimate
        var continuation: CheckedContinuation<Signal, Never>?
    }

    private let longestPause: Double
    private var buckets: AllowanceBuckets
    private var concurrency: AdaptiveConcurrency
    private var waiters: [Ticket: Waiter] = [:]
    /// Told while nobody was listening; picked up by the next ``listen(_:_:)``.
    private var unheard: [Ticket: Signal] = [:]
    private var first: Ticket = 0
    private var next: Ticket = 0
    private var leader: (ticket: Ticket, deadline: Double)?
    private var pausedUntil = 0.0
    private var pauseError: ModelError?
    private var admissions: UInt64 = 0
    private var inFlight = 0
    private var expected = TokenEstimate()

    init(_ limits: RateLimits, now: Double) {
        longestPause = limits.longestPause.inSeconds
        concurrency = AdaptiveConcurrency(minimum: limits.minimumConcurrency, maximum: limits.maximumConcurrency)
        buckets = AllowanceBuckets(
            requestsPerMinute: limits.requestsPerMinute,
            tokensPerMinute: limits.tokensPerMinute,
            now: now
        )
    }

    var status: RateLimiter.Status {
        RateLimiter.Status(waiting: waiters.count, running: inFlight, concurrency: concurrency.current)
    }

    // MARK: Those who wait

    /// Puts a request at the end of the queue.
    mutating func enter(_ estimate: TokenEstimate) -> Ticket {
        let ticket = next
        next += 1
        waiters[ticket] = Waiter(estimate: estimate)
        return ticket
    }

    /// The number of a ticket's admission, where its turn has come before anybody listened.
    mutating func admission(of ticket: Ticket) -> UInt64? {
        guard case .admitted(let admission)? = unheard[ticket] else { return nil }
        unheard[ticket] = nil
        return admission
    }

    /// Has a continuation resumed with the next signal for a ticket.
    mutating func listen(_ ticket: Ticket, _ continuation: CheckedContinuation<Signal, Never>) -> Wakeup? {
        if let signal = unheard.removeValue(forKey: ticket) {
            return Wakeup(continuation: continuation, signal: signal)
        }
        guard waiters[ticket] != nil else { return Wakeup(continuation: continuation, signal: .left) }
        waiters[ticket]?.continuation = continuation
        return nil
    }

    /// Takes a ticket out of the queue; harmless where its turn has come already.
    mutating func leave(_ ticket: Ticket, now: Double) -> [Wakeup] {
        guard let waiter = waiters.removeValue(forKey: ticket) else { return [] }
        unheard[ticket] = nil
        let own = waiter.continuation.map { [Wakeup(continuation: $0, signal: .left)] } ?? []
        return own + advance(now: now)
    }

    /// The leader's time has come.
    mutating func knock(_ ticket: Ticket, now: Double) -> [Wakeup] {
        if leader?.ticket == ticket { leader = nil }
        return advance(now: now)
    }

    // MARK: Those who are under way

    /// A request has ended.
    mutating func finish(
        _ end: RateLimiter.Ending,
        of permit: (estimate: TokenEstimate, admission: UInt64),
        now: Double
    ) -> [Wakeup] {
        let together = inFlight
        inFlight -= 1
        expected = expected - permit.estimate
        switch end {
        case .answered(let usage, let limits):
            if let usage {
                let actual = TokenEstimate(input: usage.inputTokens, output: usage.outputTokens)
                buckets.correct(permit.estimate, to: actual)
            }
            concurrency.succeed(inFlight: together)
            learn(limits, now: now)
        case .failed(let error):
            // A request that the service turned away has used no tokens.
            if let status = error.status, status >= 400 { buckets.correct(permit.estimate, to: TokenEstimate()) }
            if error.isPushback { backOff(error, admission: permit.admission, now: now) }
            learn(error.limits, now: now)
        case .abandoned:
            break
        }
        return refuseDuringLongPause(now: now) + advance(now: now)
    }

    /// Takes over what the service says of its limits.
    mutating func learn(_ limits: ServiceLimits, now: Double) {
        buckets.learn(limits, inFlight: expected, requests: inFlight, now: now)
    }

    private mutating func backOff(_ error: ModelError, admission: UInt64, now: Double) {
        concurrency.backOff(admission: admission, latest: admissions)
        guard let hint = error.retryAfter?.inSeconds, now + hint > pausedUntil else { return }
        pausedUntil = now + hint
        pauseError = error
    }

    // MARK: Whose turn it is

    /// Admits as many from the front as there is room for, and sees to it that the next is woken in time.
    mutating func advance(now: Double) -> [Wakeup] {
        var wakeups: [Wakeup] = []
        while let ticket = front(), let waiter = waiters[ticket], inFlight < concurrency.current {
            let wait = max(pausedUntil - now, buckets.wait(for: waiter.estimate, now: now))
            guard wait <= 0 else {
                lead(ticket, until: now + wait, &wakeups)
                break
            }
            admit(ticket, waiter, &wakeups)
        }
        return wakeups
    }

    private mutating func front() -> Ticket? {
        while first < next, waiters[first] == nil { first += 1 }
        return first < next ? first : nil
    }

    private mutating func admit(_ ticket: Ticket, _ waiter: Waiter, _ wakeups: inout [Wakeup]) {
        waiters[ticket] = nil
        buckets.take(waiter.estimate)
        inFlight += 1
        admissions += 1
        expected = expected + waiter.estimate
        tell(.admitted(admissions), ticket, waiter.continuation, &wakeups)
    }

    /// Has the first wait for the clock, unless it does and will wake early enough.
    private mutating func lead(_ ticket: Ticket, until deadline: Double, _ wakeups: inout [Wakeup]) {
        if let leader, leader.ticket == ticket, leader.deadline <= deadline { return }
        leader = (ticket, deadline)
        let continuation = waiters[ticket]?.continuation
        waiters[ticket]?.continuation = nil
        tell(.lead(until: deadline), ticket, continuation, &wakeups)
    }

    private mutating func tell(
        _ signal: Signal,
        _ ticket: Ticket,
        _ continuation: CheckedContinuation<Signal, Never>?,
        _ wakeups: inout [Wakeup]
    ) {
        if let continuation {
            wakeups.append(Wakeup(continuation: continuation, signal: signal))
        } else {
            unheard[ticket] = signal
        }
    }

    // MARK: Pauses that are too long to wait for

    /// The error for a request that comes while the service wants to be left alone for long.
    func refusal(now: Double) -> ModelError? {
        let left = pausedUntil - now
        guard left > longestPause, var error = pauseError else { return nil }
        error.retryAfter = .seconds(left)
        error.attempts = 0
        return error
    }

    private mutating func refuseDuringLongPause(now: Double) -> [Wakeup] {
        guard let error = refusal(now: now) else { return [] }
        var wakeups: [Wakeup] = []
        for ticket in waiters.keys.sorted() {
            let continuation = waiters.removeValue(forKey: ticket)?.continuation
            tell(.refused(error), ticket, continuation, &wakeups)
        }
        return wakeups
    }
}

extension ModelError {
    /// Whether the service says that it is asked too much, not that this request is too large.
    fileprivate var isPushback: Bool {
        (kind == .rateLimited || kind == .overloaded) && !asksForMoreThanItsLimit
    }
}
