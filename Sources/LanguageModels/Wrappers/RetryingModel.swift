/// A model that is asked again when an answer fails for a reason that may pass.
///
/// A stream is begun again only as long as no piece of its answer has been handed on; until then the few events in
/// front of it are held back. Answers and errors tell how many attempts they took (``ModelResponse/attempts``).
/// Put it around a ``RateLimitedModel``, so that every attempt waits for its turn.
public struct RetryingModel: WrappingModel {
    private let model: any LanguageModel
    private let policy: RetryPolicy
    private let time: Timeline
    private let jitter: @Sendable () -> Double

    /// A model that is asked again.
    ///
    /// - Parameters:
    ///   - model: The model that is asked.
    ///   - policy: When, how often and how soon.
    ///   - clock: Measures and waits.
    ///   - jitter: Gives random numbers, at least 0 and below 1.
    public init(
        _ model: any LanguageModel,
        policy: RetryPolicy = RetryPolicy(),
        clock: any Clock<Duration> = ContinuousClock(),
        jitter: @escaping @Sendable () -> Double = { .random(in: 0..<1) }
    ) {
        self.model = model
        self.policy = policy
        self.time = Timeline(clock)
        self.jitter = jitter
    }

    /// The wrapped model's.
    public var identity: ModelIdentity { model.identity }

    /// The model that is asked.
    public var wrappedModels: [any LanguageModel] { [model] }

    /// Asks for a whole answer, again where that may help.
    ///
    /// - Throws: The last attempt's ``ModelError``, or `CancellationError`.
    public func respond(to request: ModelRequest) async throws -> ModelResponse {
        var retries = retries()
        while true {
            do {
                var response = try await model.respond(to: request)
                response.attempts += retries.attempts
                return response
            } catch {
                try await retries.pause(after: error)
            }
        }
    }

    /// Asks for an answer in pieces, again where that may help and nothing has been handed on.
    public func stream(_ request: ModelRequest) -> ModelStream {
        ModelStream { RetryingEvents(model: model, request: request, retries: retries()) }
    }

    private func retries() -> Retries {
        Retries(policy: policy, time: time, jitter: jitter)
    }
}

/// The failed attempts of one request.
struct Retries {
    let policy: RetryPolicy
    let time: Timeline
    let jitter: @Sendable () -> Double
    private let start: Duration
    private var failures = 0
    /// How many requests have been sent by the failed attempts, also by wrappers underneath.
    private(set) var attempts = 0

    init(policy: RetryPolicy, time: Timeline, jitter: @escaping @Sendable () -> Double) {
        self.policy = policy
        self.time = time
        self.jitter = jitter
        start = time.now()
    }

    /// Waits for the next attempt's time.
    ///
    /// - Throws: The error, where there shall be no other attempt; `CancellationError`.
    mutating func pause(after error: any Error) async throws {
        try Task.checkCancellation()
        guard var failure = error as? ModelError else { throw error }
        failures += 1
        attempts += failure.attempts
        let elapsed = time.now() - start
        guard let delay = policy.delay(after: failure, failures: failures, elapsed: elapsed, jitter: jitter()) else {
            failure.attempts = attempts
            throw failure
        }
        try await time.sleep(delay)
    }
}

private struct RetryingEvents: AsyncIteratorProtocol {
    let model: any LanguageModel
    let request: ModelRequest
    var retries: Retries
    private var opened: OpenedStream?

    init(model: any LanguageModel, request: ModelRequest, retries: Retries) {
        self.model = model
        self.request = request
        self.retries = retries
    }

    mutating func next(isolation actor: isolated (any Actor)?) async throws -> ModelEvent? {
        while opened == nil {
            do {
                let attempts = retries.attempts
                opened = try await OpenedStream(model.stream(request), earlierAttempts: attempts, isolation: actor)
            } catch {
                try await retries.pause(after: error)
            }
        }
        do {
            return try await opened?.next(isolation: actor)
        } catch var error as ModelError {
            error.attempts += retries.attempts
            throw error
        }
    }
}
