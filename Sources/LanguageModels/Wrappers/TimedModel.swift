/// How long the phases of an answer may take; `nil`, the default, stands for no limit.
public struct TimeLimits: Hashable, Sendable {
    /// From a stream's request to the first sign that the service answers.
    public var connect: Duration?
    /// From a stream's request to the first piece of the answer.
    ///
    /// Reasoning models stay silent for minutes.
    public var firstToken: Duration?
    /// Between two events of a stream, while somebody waits for them.
    public var betweenTokens: Duration?
    /// For the whole answer, in pieces or not.
    public var total: Duration?

    /// No limits.
    public init() {}
}

/// A model whose answers must come in time; a request that takes longer is cancelled and fails with
/// ``ModelError/Kind-swift.enum/timeout(_:)``.
///
/// It works for every model, and counts the time in queues underneath. For services alone the transport's own limits
/// do the same at less cost; there the phases of whole answers can be told apart, too.
public struct TimedModel: WrappingModel {
    private let model: any LanguageModel
    private let limits: TimeLimits
    private let time: Timeline

    /// A model with limits of time.
    public init(_ model: any LanguageModel, limits: TimeLimits, clock: any Clock<Duration> = ContinuousClock()) {
        self.model = model
        self.limits = limits
        time = Timeline(clock)
    }

    /// The wrapped model's.
    public var identity: ModelIdentity { model.identity }

    /// The model that is asked.
    public var wrappedModels: [any LanguageModel] { [model] }

    /// Asks for a whole answer in the total time.
    ///
    /// - Throws: ``ModelError``, or `CancellationError`.
    public func respond(to request: ModelRequest) async throws -> ModelResponse {
        let (model, request) = (model, limited(request))
        let response = try await withTimeLimit(limits.total, on: time) { try await model.respond(to: request) }
        guard let response else { throw expired(.total, after: limits.total) }
        return response
    }

    /// Asks for an answer in pieces, each in its time.
    public func stream(_ request: ModelRequest) -> ModelStream {
        ModelStream { TimedEvents(owner: self, stream: model.stream(limited(request))) }
    }

    /// Tells those underneath of the total, so that none gives up sooner by a default of its own.
    private func limited(_ request: ModelRequest) -> ModelRequest {
        var request = request
        request.options.timeout = request.options.timeout ?? limits.total
        return request
    }

    private func expired(_ phase: TimeoutPhase, after limit: Duration?) -> ModelError {
        ModelError(.timeout(phase), "nothing came within \(limit.map { "\($0)" } ?? "the time")", identity: identity)
    }

    private struct TimedEvents: AsyncIteratorProtocol {
        let owner: TimedModel
        private let puller: EventPuller
        private var start: Duration?
        private var hasEvents = false
        private var arrived = ResponseAccumulator()

        init(owner: TimedModel, stream: ModelStream) {
            self.owner = owner
            puller = EventPuller(stream)
        }

        mutating func next(isolation actor: isolated (any Actor)?) async throws -> ModelEvent? {
            let begun = start ?? owner.time.now()
            start = begun
            let tightest = tightest(elapsed: owner.time.now() - begun)
            let puller = puller
            let next = try await withTimeLimit(tightest?.left, on: owner.time) { try await puller.next() }
            guard let next else { throw failure(tightest) }
            hasEvents = true
            if let next { arrived.add(next) }
            return next
        }

        private typealias Deadline = (phase: TimeoutPhase, limit: Duration, left: Duration)

        /// The limit that is reached first if nothing more comes.
        private func tightest(elapsed: Duration) -> Deadline? {
            let limits = owner.limits
            var deadlines: [Deadline] = []
            if !hasEvents, let limit = limits.connect { deadlines.append((.connect, limit, limit - elapsed)) }
            if !arrived.hasContent, let limit = limits.firstToken {
                deadlines.append((.firstToken, limit, limit - elapsed))
            }
            if arrived.hasContent, let limit = limits.betweenTokens {
                deadlines.append((.betweenTokens, limit, limit))
            }
            if let limit = limits.total { deadlines.append((.total, limit, limit - elapsed)) }
            return deadlines.min { $0.left < $1.left }
        }

        private func failure(_ deadline: Deadline?) -> ModelError {
            var error = owner.expired(deadline?.phase ?? .total, after: deadline?.limit)
            if arrived.hasContent { error.partialResponse = arrived.response }
            return error
        }
    }
}
