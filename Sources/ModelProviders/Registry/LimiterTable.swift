import LanguageModels
import Synchronization

/// One limiter for each provider, which all its models share.
final class LimiterTable: Sendable {
    private let limiters = Mutex<[String: RateLimiter]>([:])

    /// The provider's limiter, made when it is first asked for.
    func limiter(of provider: String, _ configuration: ModelConfiguration) -> RateLimiter {
        limiters.withLock { limiters in
            if let limiter = limiters[provider] { return limiter }
            var limits = RateLimits()
            limits.requestsPerMinute = configuration.requestsPerMinute
            limits.tokensPerMinute = configuration.tokensPerMinute
            limits.maximumConcurrency = configuration.maximumConcurrency
            let limiter = RateLimiter(limits)
            limiters[provider] = limiter
            return limiter
        }
    }
}
