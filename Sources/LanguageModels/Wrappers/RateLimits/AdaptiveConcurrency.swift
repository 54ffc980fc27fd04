/// How many requests may be under way at once.
///
/// One more for each round of successes, half as many when the service pushes back.
struct AdaptiveConcurrency {
    private let minimum: Int
    private let maximum: Int
    /// How many may be under way at present.
    private(set) var current: Int
    /// Successes since it last changed; as many as are under way at once are a round.
    private var successes = 0
    /// Requests admitted no later than this one were under way when the service last pushed back.
    private var reference: UInt64 = 0

    init(minimum: Int, maximum: Int) {
        self.minimum = max(minimum, 1)
        self.maximum = max(maximum, self.minimum)
        current = self.maximum
    }

    /// A request succeeded while so many, itself counted, were under way.
    ///
    /// Room that is not used does not grow.
    mutating func succeed(inFlight: Int) {
        guard inFlight >= current, current < maximum else { return }
        successes += 1
        guard successes >= current else { return }
        current += 1
        successes = 0
    }

    /// The service pushed a request back; many that were under way together count once.
    mutating func backOff(admission: UInt64, latest: UInt64) {
        guard admission > reference else { return }
        current = max(current / 2, minimum)
        successes = 0
        reference = latest
    }
}
