/// Why a model gave no answer: what to act on, and what to tell people.
///
/// A key never stands in it: ``message`` is what the service wrote, with anything that looks like a key masked.
public struct ModelError: Error, Hashable, Sendable {
    /// What went wrong.
    @nonexhaustive
    public enum Kind: Hashable, Sendable {
        /// The key is missing or wrong.
        case unauthorized
        /// The key may not do this.
        case permissionDenied
        /// The service is not offered where the request comes from.
        case regionUnsupported
        /// There is no such model, deployment or address.
        case notFound
        /// The service does not take the request as it is.
        case invalidRequest
        /// The model cannot do what the request asks; found before anything was sent.
        case unsupported
        /// The prompt does not fit: the most tokens that fit and how many there were, where the service says.
        case contextTooLong(limit: Int?, count: Int?)
        /// Too many requests or tokens in a short time.
        case rateLimited
        /// The account's quota, credit or spending limit is used up; waiting some seconds does not help.
        case quotaExhausted
        /// The service's filter held the prompt or the answer back.
        case contentFiltered
        /// The model declined, where the caller needed an answer of a certain form.
        case refused
        /// The service is too busy.
        case overloaded
        /// The service failed.
        case serverError
        /// Something took longer than allowed.
        case timeout(TimeoutPhase)
        /// The service could not be reached, or the connection broke.
        case connection
        /// The stream ended before the answer did; what had arrived is in ``ModelError/partialResponse``.
        case truncatedStream
        /// The answer cannot be understood; what came is in ``ModelError/answerText``.
        case undecodableAnswer
        /// The service says that somebody cancelled the request.
        case cancelled
        /// The caller's configuration is wrong: an address, a missing key, an unknown provider.
        case configuration
    }

    /// What went wrong.
    public var kind: Kind
    /// What the service, or the one who noticed, said about it, in one line without a full stop.
    public var message: String
    /// The model that was asked, where there was one.
    public var identity: ModelIdentity?
    /// The HTTP status, where one came.
    public var status: Int?
    /// The service's own code or type of the error, where it gave one.
    public var code: String?
    /// The service's id of the request, to quote in a report to its makers.
    public var requestID: String?
    /// How long the service asks to wait before trying again, where it says.
    public var retryAfter: Duration?
    /// The service's own word on whether trying again helps (`x-should-retry`); `nil` where it says nothing.
    public var shouldRetry: Bool?
    /// What the service said about its limits.
    public var limits = ServiceLimits()
    /// What had arrived before a stream broke; `nil` where nothing had.
    public var partialResponse: ModelResponse?
    /// The beginning of an answer that could not be understood, at most 4,096 bytes.
    public var answerText: String?
    /// How many requests were sent before this was given up, the failed one counted.
    public var attempts = 1
    /// What other models said before the one that failed last (``FallbackModel``), in the order they were asked.
    public var earlierErrors: [ModelError] = []

    /// An error of this kind.
    public init(_ kind: Kind, _ message: String, identity: ModelIdentity? = nil, status: Int? = nil) {
        self.kind = kind
        self.message = message
        self.identity = identity
        self.status = status
    }

    /// Whether the same request may succeed when it is sent again.
    ///
    /// Nothing is retried once a part of the answer has been delivered.
    public var isRetryable: Bool {
        if partialResponse != nil { return false }
        if let shouldRetry { return shouldRetry }
        return switch kind {
        case .rateLimited, .overloaded, .serverError, .timeout, .connection, .truncatedStream: true
        case .unauthorized, .permissionDenied, .regionUnsupported, .notFound, .invalidRequest, .unsupported,
            .contextTooLong, .quotaExhausted, .contentFiltered, .refused, .undecodableAnswer, .cancelled,
            .configuration:
            false
        }
    }
}

/// What was waited for when time ran out.
public enum TimeoutPhase: String, Hashable, Sendable, CaseIterable {
    /// The connection.
    case connect
    /// The first byte of the answer.
    case firstToken = "first token"
    /// The next byte of a stream.
    case betweenTokens = "next token"
    /// The whole answer.
    case total
    /// A place in the queue of requests.
    case queue
}
