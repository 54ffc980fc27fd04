#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Which requests fail and how long each takes: a function of the seed and the request's key alone.
struct FaultPlan: Sendable {
    /// A fault, as it was written, and the share of requests that meet it.
    struct Rate: Sendable {
        var name: String
        var fault: Fault
        /// From 0 to 1.
        var share: Double
    }

    /// What tells one request from another.
    enum Key: String, Sendable {
        /// The number of the request, from 1.
        case number
        /// The user's last text, and how often it has been sent.
        case text
    }

    var seed = 0
    var rates: [Rate] = []
    var key = Key.number
    /// Half of the requests take less than this.
    var medianLatency = Duration.zero
    /// Nineteen of twenty requests take less than this; `nil` where all take the median.
    var latency95: Duration?

    /// The fault of the request with this key, and its name.
    ///
    /// The rates lie one behind the other from 0 to 1; the fault is the one in whose stretch the key's fraction falls.
    func fault(forKey key: String) -> Rate? {
        guard !rates.isEmpty else { return nil }
        var rest = Digest.fraction("\(seed)/fault/\(key)")
        for rate in rates {
            if rest < rate.share { return rate }
            rest -= rate.share
        }
        return nil
    }

    /// How long the request with this key takes: a log-normal distribution through the median and the 95th percentile.
    func latency(forKey key: String) -> Duration {
        guard let latency95, medianLatency > .zero else { return medianLatency }
        let spread = log(latency95 / medianLatency) / 1.6448536269514722
        let fraction = Digest.fraction("\(seed)/latency/\(key)")
        let angle = 2 * Double.pi * Digest.fraction("\(seed)/angle/\(key)")
        let normal = sqrt(-2 * log(max(fraction, 1e-12))) * cos(angle)
        return medianLatency * exp(spread * normal)
    }

    /// Whether the connection with this number, from 1, is reset as soon as it stands.
    func refuses(connection number: Int) -> Bool {
        guard let rate = rates.first(where: { $0.fault == .refuse }) else { return false }
        return Digest.fraction("\(seed)/connection/\(number)") < rate.share
    }
}
