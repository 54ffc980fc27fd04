/// A model that has others to ask when it fails.
///
/// The models are asked one after another until one answers. A stream goes over to the next model only as long as no
/// piece of an answer has been handed on. Usually each model is a ``RetryingModel``, which has tried its best before.
public struct FallbackModel: WrappingModel {
    /// Decides whether the next model is asked after an error.
    public typealias Rule = @Sendable (ModelError) -> Bool

    private let model: any LanguageModel
    private let others: [any LanguageModel]
    private let rule: Rule

    /// A model with others behind it.
    ///
    /// - Parameters:
    ///   - model: The model that is asked first.
    ///   - others: The models to ask then, in this order.
    ///   - rule: After which errors the next is asked; ``usual(_:)`` by default.
    public init(
        _ model: any LanguageModel,
        otherwise others: [any LanguageModel],
        after rule: @escaping Rule = FallbackModel.usual
    ) {
        self.model = model
        self.others = others
        self.rule = rule
    }

    /// After what another model may well answer: whatever lies with this model, its service, its key or its size.
    ///
    /// Not after what lies with the request or with the caller: invalid requests, prompts and answers that a filter
    /// held back, refusals, cancellation, wrong configuration.
    @Sendable
    public static func usual(_ error: ModelError) -> Bool {
        switch error.kind {
        case .unauthorized, .permissionDenied, .regionUnsupported, .notFound, .unsupported, .contextTooLong,
            .rateLimited, .quotaExhausted, .overloaded, .serverError, .timeout, .connection, .truncatedStream,
            .undecodableAnswer:
            true
        case .invalidRequest, .contentFiltered, .refused, .cancelled, .configuration: false
        }
    }

    /// The first model's.
    public var identity: ModelIdentity { model.identity }

    /// All models, in the order they are asked.
    public var wrappedModels: [any LanguageModel] { [model] + others }

    /// Asks for a whole answer, of the next model where one fails; ``ModelResponse/model`` tells who answered.
    ///
    /// - Throws: The last model's ``ModelError``, with the others in ``ModelError/earlierErrors``, or
    ///   `CancellationError`.
    public func respond(to request: ModelRequest) async throws -> ModelResponse {
        var choice = Choice(models: wrappedModels[...], rule: rule)
        while true {
            let model = choice.model
            do {
                var response = try await model.respond(to: request)
                response.attempts += choice.attempts
                return response
            } catch {
                try choice.goOn(after: error)
            }
        }
    }

    /// Asks for an answer in pieces, of the next model where one fails before its first piece.
    public func stream(_ request: ModelRequest) -> ModelStream {
        ModelStream { FallbackEvents(request: request, choice: Choice(models: wrappedModels[...], rule: rule)) }
    }
}

/// Whose turn it is, and what those before have said.
private struct Choice {
    /// Never empty; the first is the one to ask.
    private var models: ArraySlice<any LanguageModel>
    private let rule: FallbackModel.Rule
    private var errors: [ModelError] = []

    init(models: ArraySlice<any LanguageModel>, rule: @escaping FallbackModel.Rule) {
        self.models = models
        self.rule = rule
    }

    var model: any LanguageModel { models[models.startIndex] }

    var attempts: Int { errors.reduce(0) { $0 + $1.attempts } }

    /// Passes on to the next model.
    ///
    /// - Throws: The error, where there is none or it shall not be asked; `CancellationError`.
    mutating func goOn(after error: any Error) throws {
        try Task.checkCancellation()
        guard let failure = error as? ModelError else { throw error }
        guard models.count > 1, rule(failure) else { throw completed(failure) }
        errors.append(failure)
        models.removeFirst()
    }

    func completed(_ error: ModelError) -> ModelError {
        guard !errors.isEmpty else { return error }
        var error = error
        error.attempts += attempts
        error.earlierErrors = errors + error.earlierErrors
        return error
    }
}

private struct FallbackEvents: AsyncIteratorProtocol {
    private let request: ModelRequest
    private var choice: Choice
    private var opened: OpenedStream?

    init(request: ModelRequest, choice: Choice) {
        self.request = request
        self.choice = choice
    }

    mutating func next(isolation actor: isolated (any Actor)?) async throws -> ModelEvent? {
        while opened == nil {
            do {
                let stream = choice.model.stream(request)
                opened = try await OpenedStream(stream, earlierAttempts: choice.attempts, isolation: actor)
            } catch {
                try choice.goOn(after: error)
            }
        }
        do {
            return try await opened?.next(isolation: actor)
        } catch let error as ModelError {
            throw choice.completed(error)
        }
    }
}
