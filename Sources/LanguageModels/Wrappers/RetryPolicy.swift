/// When a failed request is sent again, and how long to wait before.
///
/// Waits grow exponentially and are drawn between nothing and the grown value ("full jitter"), so that those who failed
/// together do not come back together. A hint of the service (`retry-after`, `retry-after-ms`, Gemini's `RetryInfo`)
/// replaces the drawn wait, with up to a tenth on top.
///
/// Never sent again: what was cancelled, keys and permissions, used-up quotas, requests larger than their limit, what
/// the service asks not to send again, and everything of which a part has been delivered.
public struct RetryPolicy: Hashable, Sendable {
    /// The most requests that are sent for one answer, the first counted; 4 by default, 1 for no retries.
    public var maximumAttempts = 4
    /// The longest wait before the second attempt, doubled for each further one; half a second by default.
    public var initialDelay: Duration = .milliseconds(500)
    /// The longest wait that is drawn; 30 seconds by default.
    public var maximumDelay: Duration = .seconds(30)
    /// The longest hint that is followed; 2 minutes by default.
    ///
    /// A longer one ends the attempts, and stands in the error.
    public var longestHint: Duration = .seconds(120)
    /// No attempt begins later than this after the first; 10 minutes by default, `nil` for no limit.
    public var totalTime: Duration? = .seconds(600)

    /// The defaults.
    public init() {}

    /// The defaults with another number of attempts.
    public init(maximumAttempts: Int) {
        self.maximumAttempts = maximumAttempts
    }

    /// Decides whether and when a request is sent again.
    ///
    /// - Parameters:
    ///   - error: What went wrong last.
    ///   - failures: How many attempts have failed, this one counted; at least 1.
    ///   - elapsed: The time since the first attempt began.
    ///   - jitter: A random number, at least 0 and below 1.
    /// - Returns: The wait before the next attempt, or `nil` where there shall be none.
    public func delay(after error: ModelError, failures: Int, elapsed: Duration, jitter: Double) -> Duration? {
        guard failures < maximumAttempts, mayRetry(error) else { return nil }
        let delay: Duration
        if let hint = error.retryAfter, hint > .zero {
            guard hint <= longestHint else { return nil }
            delay = hint + hint * (jitter / 10)
        } else {
            delay = min(initialDelay * (1 << min(failures - 1, 30)), maximumDelay) * jitter
        }
        if let totalTime, elapsed + delay > totalTime { return nil }
        return delay
    }

    private func mayRetry(_ error: ModelError) -> Bool {
        switch error.kind {
        case .unauthorized, .permissionDenied, .quotaExhausted, .cancelled: false
        default: error.isRetryable && !error.asksForMoreThanItsLimit
        }
    }
}

extension ModelError {
    /// Whether the service refused a request because it alone is larger than the limit (`Limit 30000, Requested
    /// 34012`): waiting does not make it fit.
    public var asksForMoreThanItsLimit: Bool {
        guard kind == .rateLimited else { return false }
        guard let limit = number(behind: "limit"), let requested = number(behind: "requested") else { return false }
        return requested > limit
    }

    /// The first whole number that stands right behind a word, with at most a colon and spaces between.
    private func number(behind word: String) -> Int? {
        let words = message.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "," }
        return zip(words, words.dropFirst()).lazy.compactMap { before, number in
            // Thousands may be set apart by commas.
            before == word ? Int(number.prefix { $0.isNumber || $0 == "," }.filter(\.isNumber)) : nil
        }.first
    }
}
