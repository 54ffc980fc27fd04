import FoundationEssentials
import HTTPTransport
import LanguageModels
import ModelProviders

extension Assembly {
    /// Reads the configuration that a choice names, and puts the services together.
    static func models(_ choice: ModelChoice) throws -> ModelAccess {
        let dotEnv = choice.environmentFile ?? (FileManager.default.fileExists(atPath: ".env") ? ".env" : nil)
        let loaded = try ModelConfiguration.load(file: choice.configuration, dotEnv: dotEnv)
        let transport = CurlTransport()
        let registry = ProviderRegistry(
            configuration: loaded.configuration,
            environment: loaded.environment,
            transport: transport
        )
        return ModelAccess(
            providers: try providers(of: registry, choice),
            model: {
                try checkName(choice, in: registry)
                return try registry.model(choice.model, type: choice.type)
            },
            options: loaded.configuration.requestOptions,
            list: { provider in try await list(provider, in: registry) },
            health: { provider in await health(of: provider, in: registry, choice) },
            isAtOwnAddress: {
                let place = try? registry.place(of: choice.model, type: choice.type)
                return place.map { registry.isAtOwnAddress($0.provider) } ?? false
            },
            close: { await transport.close() }
        )
    }

    /// The providers that are configured, or the one that the options name.
    private static func providers(of registry: ProviderRegistry, _ choice: ModelChoice) throws -> [String] {
        if choice.model != nil { try checkName(choice, in: registry) }
        if let type = choice.type { return [try registry.place(of: choice.model ?? "", type: type).provider] }
        guard let model = choice.model else { return registry.providers }
        return [try registry.place(of: model).provider]
    }

    /// Refuses a name that ends behind its provider, as in `openai/`.
    private static func checkName(_ choice: ModelChoice, in registry: ProviderRegistry) throws(ModelError) {
        let place = try registry.place(of: choice.model, type: choice.type)
        guard place.model.allSatisfy(\.isWhitespace) else { return }
        let advice = "write \(place.provider)/MODEL; 'docent models --provider \(place.provider)' lists them"
        throw ModelError(.configuration, "'\(place.provider)/' names no model; \(advice)")
    }

    private static func list(_ provider: String, in registry: ProviderRegistry) async throws -> [AvailableModel] {
        let service = try registry.service("", type: provider)
        guard let listing = service as? any ModelListing else {
            throw ModelError(.unsupported, "\(provider) does not list its models")
        }
        do {
            return try await listing.availableModels()
        } catch var error as ModelError {
            error.identity?.model = "models"
            throw error
        }
    }

    /// How the chosen model does, where it is the provider's, else whether the provider lists its models.
    private static func health(
        of provider: String,
        in registry: ProviderRegistry,
        _ choice: ModelChoice
    ) async -> HealthReport {
        let start = ContinuousClock.now
        var identity = ModelIdentity(provider: provider, model: "")
        do {
            let name = choice.model ?? registry.configuration.defaultModel
            if let name, let place = try? registry.place(of: name, type: choice.type), place.provider == provider {
                identity = place
                try checkName(choice, in: registry)
                if let model = try registry.service(name, type: choice.type) as? any HealthChecking {
                    return await model.checkHealth()
                }
            }
            _ = try await list(provider, in: registry)
            return HealthReport(identity: identity, latency: ContinuousClock.now - start)
        } catch {
            let problem =
                error as? ModelError ?? ModelError(error is CancellationError ? .cancelled : .configuration, "\(error)")
            return HealthReport(identity: identity, problem: problem)
        }
    }
}
