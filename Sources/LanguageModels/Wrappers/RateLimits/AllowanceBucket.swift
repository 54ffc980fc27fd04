/// An allowance that fills steadily and that requests take from.
///
/// Times are seconds on the limiter's line.
struct AllowanceBucket {
    /// How much fits.
    private(set) var capacity: Double
    /// How much is in it; below zero where more was taken than had been expected, at most by what fits.
    private(set) var level: Double
    private var rate: Double
    private var updated: Double
    /// What was used and does not show in the level, which has a bound: it counts again under another limit, unless it
    /// has come back by then at the rate.
    private var hidden: (amount: Double, rate: Double) = (0, 0)
    /// When the service says that all is there again, and how much will have been taken by then.
    private var full: (time: Double, taken: Double)?

    /// A full bucket that fills in a minute.
    init(perMinute limit: Int, now: Double) {
        capacity = Double(limit)
        level = capacity
        rate = capacity / 60
        updated = now
    }

    /// Adds what has come since the last time.
    mutating func refill(at now: Double) {
        level = min(capacity, level + (now - updated) * rate)
        hidden.amount -= (now - updated) * hidden.rate
        if hidden.amount <= 0 { hidden = (0, 0) }
        updated = now
        if let full, full.time <= now {
            level = max(level, capacity - max(full.taken, 0))
            self.full = nil
        }
    }

    /// How long until so much can be taken, just after refilling; 0 for now.
    ///
    /// More than fits can be taken when the bucket is full, and empties it.
    func wait(for cost: Double) -> Double {
        let need = min(cost, capacity)
        // A billionth of a token is rounding, not a reason to wait once more.
        guard level + 1e-9 < need else { return 0 }
        let steady = (need - level) / rate
        guard let full, capacity - full.taken >= need else { return steady }
        return min(steady, max(full.time - updated, 0))
    }

    /// Takes a cost out, at most what fits.
    mutating func take(_ cost: Double) {
        change(by: -min(cost, capacity))
        hide(excess(of: cost))
    }

    /// Puts right what was taken for a request that turned out to cost otherwise.
    mutating func correct(_ cost: Double, to actual: Double) {
        change(by: min(cost, capacity) - min(actual, capacity))
        hide(excess(of: actual) - excess(of: cost))
    }

    /// The debt is bounded: a service's window is over some time, whatever was used in it.
    private mutating func change(by amount: Double) {
        level = max(min(capacity, level + amount), -capacity)
        full?.taken -= amount
    }

    private func excess(of cost: Double) -> Double { max(cost - capacity, 0) }

    /// Remembers what was taken beyond what fits, for a minute: it comes back as fast as it can be taken again.
    private mutating func hide(_ amount: Double) {
        guard amount != 0 else { return }
        hidden.amount = max(hidden.amount + amount, 0)
        hidden.rate = max(hidden.rate, rate, hidden.amount / 60)
    }

    /// Takes over a limit: what was used stays used.
    private mutating func change(limit: Double) {
        // A limit that stays the same changes nothing, not even by rounding.
        if limit != capacity {
            let exact = level - hidden.amount + (limit - capacity)
            level = max(exact, -limit)
            hidden = (level - exact, max(hidden.rate, rate))
        }
        capacity = limit
        rate = capacity / 60
    }

    /// Puts right what is believed by what the service says, just after refilling.
    ///
    /// What remains there is known but for the requests in flight, which it may have counted or not.
    mutating func learn(_ allowance: ServiceLimits.Allowance, inFlight: Double) {
        if let limit = allowance.limit, limit > 0 { change(limit: Double(limit)) }
        guard let remaining = allowance.remaining else { return }
        hidden = (0, 0)
        let left = min(max(Double(remaining), 0), capacity)
        level = min(max(level, left - inFlight), left)
        guard let reset = allowance.timeUntilReset.map({ min($0.inSeconds, Self.longestWindow) }), reset >= 0 else {
            return
        }
        full = (updated + reset, inFlight)
        // A window that is longer than a minute shows in how long the used part takes to come back.
        guard reset > 0, capacity > left else { return }
        rate = min(capacity / 60, max((capacity - left) / reset, capacity / Self.longestWindow))
    }

    /// No window is longer than a day; what says otherwise must not stop everybody.
    private static let longestWindow = 86_400.0
}

extension Duration {
    /// The seconds, to some ten-millionths over years.
    var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}
