/// How often a batch is looked at until it has ended.
public struct BatchPolling: Hashable, Sendable {
    /// The time before the first look; 10 seconds by default, more than nothing.
    public var initialInterval: Duration = .seconds(10)
    /// By how much each interval is longer than the one before; 1.5 by default, at least 1.
    public var growth = 1.5
    /// The longest interval; 5 minutes by default, more than nothing.
    public var maximumInterval: Duration = .seconds(300)
    /// The time in which the batch must have ended; `nil`, the default, for as long as its service takes (usually 24
    /// hours at most).
    public var totalTime: Duration?
    /// When a look that fails is repeated, counted anew after each that does not; by default up to ten are made within
    /// an hour, up to 5 minutes apart.
    public var retries: RetryPolicy = {
        var retries = RetryPolicy(maximumAttempts: 10)
        retries.initialDelay = .seconds(5)
        retries.maximumDelay = .seconds(300)
        retries.longestHint = .seconds(600)
        retries.totalTime = .seconds(3600)
        return retries
    }()

    /// The defaults.
    public init() {}

    /// The interval that follows one.
    func interval(after interval: Duration) -> Duration {
        min(interval * growth, maximumInterval)
    }
}
