/// A model that is asked a second time when the first piece of its answer is long in coming; the quicker answer counts,
/// and the other request is cancelled.
///
/// It cuts the longest waits at the price of requests that are paid twice, so nothing hedges unless it is wrapped in
/// this. A delay that 19 of 20 answers keep costs one request in twenty.
public struct HedgedModel: WrappingModel {
    private let model: any LanguageModel
    private let second: any LanguageModel
    private let delay: Duration
    private let time: Timeline

    /// A model with a second request.
    ///
    /// - Parameters:
    ///   - model: The model that is asked first.
    ///   - second: The model for the second request; `nil` for the same.
    ///   - delay: How long the first request has for its first piece (for a whole answer where that is asked for).
    ///   - clock: Measures and waits.
    public init(
        _ model: any LanguageModel,
        second: (any LanguageModel)? = nil,
        after delay: Duration,
        clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.model = model
        self.second = second ?? model
        self.delay = delay
        time = Timeline(clock)
    }

    /// The first model's.
    public var identity: ModelIdentity { model.identity }

    /// Both models; the second may be the first again.
    public var wrappedModels: [any LanguageModel] { [model, second] }

    /// Asks for a whole answer, a second time where it is long in coming.
    ///
    /// A first request that fails in its time is not followed by a second: that is ``RetryingModel``'s.
    ///
    /// - Throws: ``ModelError``, the first request's where both fail, or `CancellationError`.
    public func respond(to request: ModelRequest) async throws -> ModelResponse {
        let (model, second) = (model, second)
        let hedge = Hedge(
            delay: delay,
            time: time,
            first: { try await model.respond(to: request) },
            second: { try await second.respond(to: request) }
        )
        var (response, earlierAttempts) = try await hedge.quickest()
        response.attempts += earlierAttempts
        return response
    }

    /// Asks for an answer in pieces, a second time where the first piece is long in coming.
    public func stream(_ request: ModelRequest) -> ModelStream {
        let (model, second, delay, time) = (model, second, delay, time)
        return ModelStream {
            HedgedEvents(
                hedge: Hedge(
                    delay: delay,
                    time: time,
                    first: { try await BegunAnswer(model.stream(request)) },
                    second: { try await BegunAnswer(second.stream(request)) }
                )
            )
        }
    }
}

/// An answer of which the first piece has come.
private struct BegunAnswer: Sendable {
    let beginning: [ModelEvent]
    let rest: EventPuller

    init(_ stream: ModelStream) async throws {
        rest = EventPuller(stream)
        beginning = try await rest.beginning()
    }
}

private struct HedgedEvents: AsyncIteratorProtocol {
    private let hedge: Hedge<BegunAnswer>
    private var held: ArraySlice<ModelEvent> = []
    private var rest: EventPuller?

    init(hedge: Hedge<BegunAnswer>) {
        self.hedge = hedge
    }

    mutating func next(isolation actor: isolated (any Actor)?) async throws -> ModelEvent? {
        if rest == nil {
            let (answer, earlierAttempts) = try await hedge.quickest()
            rest = answer.rest
            held = answer.beginning.addingAttempts(earlierAttempts)[...]
        }
        if let event = held.popFirst() { return event }
        return try await rest?.next()
    }
}

/// Two ways to one value, the second taken only when the first takes long.
private struct Hedge<Value: Sendable>: Sendable {
    let delay: Duration
    let time: Timeline
    let first: @Sendable () async throws -> Value
    let second: @Sendable () async throws -> Value

    private enum Outcome: Sendable {
        case due
        case first(Result<Value, any Error>)
        case second(Result<Value, any Error>)
    }

    /// The value that comes first, and how many other attempts were made for it; the other way is cancelled.
    func quickest() async throws -> (value: Value, earlierAttempts: Int) {
        try await withThrowingTaskGroup(of: Outcome.self) { group in
            group.addTask { .first(await result(of: first)) }
            group.addTask {
                try? await time.sleep(delay)
                return .due
            }
            defer { group.cancelAll() }
            var race = Race()
            while let outcome = try await group.next() {
                try Task.checkCancellation()
                switch outcome {
                case .due:
                    race.isHedged = true
                    group.addTask { .second(await result(of: second)) }
                case .first(let result), .second(let result):
                    if case .success(let value) = result { return (value, race.isHedged ? 1 : 0) }
                    if case .first = outcome { race.firstError = result.failure }
                    if case .second = outcome { race.secondError = result.failure }
                    if let error = race.finalError { throw error }
                }
            }
            throw CancellationError()
        }
    }

    private func result(of way: @Sendable () async throws -> Value) async -> Result<Value, any Error> {
        do { return .success(try await way()) } catch { return .failure(error) }
    }
}

/// What is known of two requests.
private struct Race {
    var isHedged = false
    var firstError: (any Error)?
    var secondError: (any Error)?

    /// The error to throw once no request is left that could succeed.
    var finalError: (any Error)? {
        guard let firstError, secondError != nil || !isHedged else { return nil }
        guard isHedged, var error = firstError as? ModelError else { return firstError }
        error.attempts += (secondError as? ModelError)?.attempts ?? 1
        return error
    }
}

extension Result {
    fileprivate var failure: Failure? {
        if case .failure(let error) = self { error } else { nil }
    }
}
