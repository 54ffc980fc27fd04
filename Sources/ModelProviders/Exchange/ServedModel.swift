import HTTPTransport
import LanguageModels

/// A public model that has its work done by a service of its own: what all of them would forward is written here once.
///
/// The protocols below it are for services that can do more than answer, each for a little more than the one before.
protocol ServedModel: LanguageModel, Closable {
    associatedtype Service: LanguageModel & Closable

    /// What does the work.
    var service: Service { get }
}

extension ServedModel {
    /// The provider and the model's name.
    public var identity: ModelIdentity { service.identity }

    /// Asks for a whole answer.
    ///
    /// - Throws: ``ModelError``, or `CancellationError`.
    public func respond(to request: ModelRequest) async throws -> ModelResponse {
        try await service.respond(to: request)
    }

    /// Asks for an answer in pieces.
    public func stream(_ request: ModelRequest) -> ModelStream { service.stream(request) }

    /// Closes the transport, for all models that use it.
    public func close() async { await service.close() }
}

/// A served model that can be looked for and checked.
protocol ListedModel: ServedModel, ModelListing, HealthChecking where Service: ModelListing & HealthChecking {}

extension ListedModel {
    /// The models that the service lists for this account.
    ///
    /// - Throws: ``ModelError``, or `CancellationError`.
    public func availableModels() async throws -> [AvailableModel] { try await service.availableModels() }

    /// Asks the service, at no cost, whether address, key and name are right.
    public func checkHealth() async -> HealthReport { await service.checkHealth() }
}

/// A listed model whose service counts tokens.
protocol CountingModel: ListedModel, TokenCounting where Service: TokenCounting {}

extension CountingModel {
    /// The tokens of the request's messages, tools and schema, as the service counts them; free.
    ///
    /// - Throws: ``ModelError``, or `CancellationError`.
    public func countTokens(of request: ModelRequest) async throws -> Int {
        try await service.countTokens(of: request)
    }
}

/// A counting model whose service answers batches.
protocol BatchingModel: CountingModel, BatchResponding where Service: BatchResponding {}

extension BatchingModel {
    /// Hands in requests to be answered within 24 hours, as many as the service takes at once.
    ///
    /// - Throws: ``ModelError``, or `CancellationError`.
    public func submit(_ requests: [BatchRequest]) async throws -> Batch { try await service.submit(requests) }

    /// How a batch stands.
    ///
    /// - Throws: ``ModelError``, or `CancellationError`.
    public func batch(id: String) async throws -> Batch { try await service.batch(id: id) }

    /// What came of a batch that has ended.
    public func results(of batch: Batch) -> BatchResults { service.results(of: batch) }

    /// Asks the service to stop a batch.
    ///
    /// - Throws: ``ModelError``, or `CancellationError`.
    public func cancel(_ batch: Batch) async throws -> Batch { try await service.cancel(batch) }
}

extension ServiceModel: LanguageModel, Closable {
    /// Closes the transport, for all models that use it.
    func close() async { await endpoint.transport.close() }
}
