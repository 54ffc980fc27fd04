/// A model whose requests wait for their turn at a ``RateLimiter``.
///
/// A stream's turn lasts until the stream ends, fails or is dropped.
public struct RateLimitedModel: WrappingModel {
    /// Tells how many tokens a request is expected to use.
    public typealias Estimator = @Sendable (ModelRequest) -> TokenEstimate

    private let model: any LanguageModel
    private let limiter: RateLimiter
    private let estimate: Estimator

    /// A model behind a limiter.
    ///
    /// - Parameters:
    ///   - model: The model that is asked.
    ///   - limiter: The limiter, the same for all models that share an account's limits.
    ///   - estimate: What a request will use; ``TokenEstimate/init(of:)`` by default.
    public init(
        _ model: any LanguageModel,
        limiter: RateLimiter,
        estimate: @escaping Estimator = { TokenEstimate(of: $0) }
    ) {
        self.model = model
        self.limiter = limiter
        self.estimate = estimate
    }

    /// The wrapped model's.
    public var identity: ModelIdentity { model.identity }

    /// The model that is asked.
    public var wrappedModels: [any LanguageModel] { [model] }

    /// Asks for a whole answer in its turn.
    ///
    /// - Throws: ``ModelError``, or `CancellationError`.
    public func respond(to request: ModelRequest) async throws -> ModelResponse {
        let permit = try await permit(for: request)
        do {
            let response = try await model.respond(to: request)
            permit.finish(.answered(response.usage, response.limits))
            return response
        } catch {
            permit.fail(error)
            throw error
        }
    }

    /// Asks for an answer in pieces in its turn.
    public func stream(_ request: ModelRequest) -> ModelStream {
        ModelStream { RateLimitedEvents(owner: self, request: request) }
    }

    private func permit(for request: ModelRequest) async throws -> Permit {
        try await limiter.permit(for: estimate(request), identity: identity)
    }

    private struct RateLimitedEvents: AsyncIteratorProtocol {
        private enum State {
            case waiting
            case reading(ModelStream.AsyncIterator, Permit)
            case ended
        }

        private let owner: RateLimitedModel
        private let request: ModelRequest
        private var state = State.waiting
        private var usage: Usage?

        init(owner: RateLimitedModel, request: ModelRequest) {
            self.owner = owner
            self.request = request
        }

        mutating func next(isolation actor: isolated (any Actor)?) async throws -> ModelEvent? {
            let current = state
            state = .ended
            switch current {
            case .waiting:
                let permit = try await owner.permit(for: request)
                return try await pull(owner.model.stream(request).makeAsyncIterator(), permit, isolation: actor)
            case .reading(let source, let permit):
                return try await pull(source, permit, isolation: actor)
            case .ended:
                return nil
            }
        }

        private mutating func pull(
            _ source: ModelStream.AsyncIterator,
            _ permit: Permit,
            isolation actor: isolated (any Actor)?
        ) async throws -> ModelEvent? {
            var source = source
            do {
                guard let event = try await source.next(isolation: actor) else {
                    permit.finish(.answered(usage, ServiceLimits()))
                    return nil
                }
                note(event)
                state = .reading(source, permit)
                return event
            } catch {
                permit.fail(error)
                throw error
            }
        }

        private mutating func note(_ event: ModelEvent) {
            switch event {
            case .usage(let usage): self.usage = usage
            case .details(let details): owner.limiter.learn(details.limits)
            case .started, .delta, .part, .finished: break
            }
        }
    }
}
