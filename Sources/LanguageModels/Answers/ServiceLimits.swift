/// What a service said about its limits with an answer or an error, as values.
public struct ServiceLimits: Hashable, Sendable {
    /// One of a service's allowances.
    public struct Allowance: Hashable, Sendable {
        /// How much is allowed in a window, usually a minute.
        public var limit: Int?
        /// How much is left of it.
        public var remaining: Int?
        /// The time until it is full again, counted from when the answer came.
        public var timeUntilReset: Duration?

        /// An allowance of which nothing is known.
        public init(limit: Int? = nil, remaining: Int? = nil, timeUntilReset: Duration? = nil) {
            self.limit = limit
            self.remaining = remaining
            self.timeUntilReset = timeUntilReset
        }
    }

    /// Requests in a window.
    public var requests = Allowance()
    /// Tokens in a window, of input and output together.
    public var tokens = Allowance()
    /// Tokens of input, where the service counts them apart (Anthropic).
    public var inputTokens = Allowance()
    /// Tokens of output, where the service counts them apart (Anthropic).
    public var outputTokens = Allowance()

    /// Nothing known.
    public init() {}
}
