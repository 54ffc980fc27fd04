/// A model that adds something to other models.
public protocol WrappingModel: LanguageModel {
    /// The models underneath, the one that is asked first in front.
    var wrappedModels: [any LanguageModel] { get }
}

extension LanguageModel {
    /// The model itself, or the first underneath its wrappers, as something that only some models are.
    ///
    ///     let counter = model.capability((any TokenCounting).self)
    ///
    /// `nil` where none of them is.
    public func capability<Capability>(_ type: Capability.Type) -> Capability? {
        if let capability = self as? Capability { return capability }
        guard let wrapper = self as? any WrappingModel else { return nil }
        for model in wrapper.wrappedModels {
            if let capability = model.capability(type) { return capability }
        }
        return nil
    }

    /// Asks the service, in a way that costs no tokens, whether the address, the key and the model's name are right.
    ///
    /// A model that cannot tell reports a problem of kind `unsupported`.
    public func health() async -> HealthReport {
        if let checker = capability((any HealthChecking).self) { return await checker.checkHealth() }
        let problem = ModelError(.unsupported, "the model has no health check", identity: identity)
        return HealthReport(identity: identity, problem: problem)
    }

    /// The models that the configured account can see, in the service's order.
    ///
    /// - Throws: ``ModelError``, of kind `unsupported` where the service has no such list, or `CancellationError`.
    public func listedModels() async throws -> [AvailableModel] {
        guard let service = capability((any ModelListing).self) else {
            throw ModelError(.unsupported, "the service does not list its models", identity: identity)
        }
        return try await service.availableModels()
    }

    /// The service as one that takes batches.
    ///
    /// - Throws: ``ModelError`` of kind `unsupported` where it takes none, or none that are known here.
    public func batchService() throws -> any BatchResponding {
        if let service = capability((any BatchResponding).self) { return service }
        let advice = "send the requests side by side with responses(to:), or choose a model of another service"
        throw ModelError(.unsupported, "there are no batches for \(identity.provider); \(advice)", identity: identity)
    }

    /// Ends what runs and gives connections back, underneath all wrappers, where there is something to close.
    ///
    /// The models of a registry share its transport: closing one of them closes all.
    public func closeAll() async {
        if let closable = self as? any Closable { return await closable.close() }
        guard let wrapper = self as? any WrappingModel else { return }
        for model in wrapper.wrappedModels { await model.closeAll() }
    }
}
