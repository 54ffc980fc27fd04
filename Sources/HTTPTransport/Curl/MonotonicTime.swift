import Glibc

/// A moment of the clock that only goes forward, in nanoseconds.
struct MonotonicTime: Comparable, Hashable, Sendable {
    static let distantFuture = MonotonicTime(nanoseconds: .max)

    var nanoseconds: Int64

    static var now: MonotonicTime {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return MonotonicTime(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    static func < (left: MonotonicTime, right: MonotonicTime) -> Bool { left.nanoseconds < right.nanoseconds }

    /// The moment so much later, or the distant future where there is no limit.
    func advanced(by duration: Duration?) -> MonotonicTime {
        guard let duration else { return .distantFuture }
        let (sum, isTooLarge) = nanoseconds.addingReportingOverflow(duration.clampedNanoseconds)
        return isTooLarge ? .distantFuture : MonotonicTime(nanoseconds: sum)
    }

    /// The milliseconds from another moment to this one, rounded up, between 0 and a day.
    func milliseconds(since other: MonotonicTime) -> Int32 {
        guard self > other else { return 0 }
        let gap = (nanoseconds - other.nanoseconds - 1) / 1_000_000 + 1
        return Int32(min(gap, 86_400_000))
    }
}

extension Duration {
    /// The length in nanoseconds, between 0 and what 64 bits hold.
    fileprivate var clampedNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        guard seconds < Int64.max / 1_000_000_000 else { return .max }
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }

    /// The length in milliseconds, between 1 and what 31 bits hold.
    var clampedMilliseconds: Int {
        Int(max(1, min(clampedNanoseconds / 1_000_000, Int64(Int32.max))))
    }
}
