/// How many requests may be under way at once: one more for each round of successes, half as many when the service
/// pushes back.
struct AdaptiveConcurrency {
    private let minimum: Double
    private let maximum: Double
    private var limit: Double
    /// Requests admitted before this one were under way when the limit was last halved.
    private var reference: UInt64 = 0

    init(minimum: Int, maximum: Int) {
        self.minimum = Double(max(minimum, 1))
        self.maximum = max(Double(maximum), self.minimum)
        limit = self.maximum
    }

    var current: Int { Int(limit) }

    /// A request succeeded while so many, itself counted, were under way. Room that is not used does not grow.
    mutating func succeed(inFlight: Int) {
        guard inFlight >= current else { return }
        limit = min(limit + 1 / limit, maximum)
    }

    /// The service pushed a request back; many that were under way together count once.
    mutating func backOff(admission: UInt64, latest: UInt64) {
        guard admission > reference else { return }
        limit = max(limit / 2, minimum)
        reference = latest
    }
}
