import Documenter
import FoundationEssentials
import HTTPTransport
import LanguageModels
import ModelCatalog
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
            directory: { directory(try ModelCatalogue.builtIn(), loaded.configuration) },
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

    /// Refuses what names no model: nothing at all, a provider alone, and a name that ends behind its provider, as in
    /// `openai/`, or begins with one that nobody knows.
    private static func checkName(_ choice: ModelChoice, in registry: ProviderRegistry) throws(ModelError) {
        guard let name = choice.model ?? registry.configuration.defaultModel else {
            let example = "'--model openai/gpt-5.6'"
            throw ModelError(.configuration, "no model is named; name one, as in \(example), or set DOCENT_MODEL")
        }
        guard !name.allSatisfy(\.isWhitespace) else {
            throw ModelError(.configuration, "the model's name is blank; write provider/model")
        }
        if let type = choice.type { try refuseKind(type, registry.configuration) }
        if choice.type == nil, (try? registry.place(of: name)) == nil { try refuse(name, registry.configuration) }
        let place = try registry.place(of: name, type: choice.type)
        guard place.model.allSatisfy(\.isWhitespace) else { return }
        throw ModelError(.configuration, "'\(place.provider)/' names no model; \(advice(place.provider))")
    }

    /// Says of a name without a known provider what seems to be wrong.
    private static func refuse(_ name: String, _ configuration: ModelConfiguration) throws(ModelError) {
        if let provider = configuration.provider(named: name) {
            throw ModelError(.configuration, "'\(name)' is a provider, not a model; \(advice(provider))")
        }
        guard let slash = name.firstIndex(of: "/") else { return }
        let prefix = String(name[..<slash])
        guard !prefix.allSatisfy(\.isWhitespace) else {
            throw ModelError(.configuration, "'\(name)' names no provider before its slash; write provider/model")
        }
        try refuseKind(prefix, configuration)
        guard let near = Suggestion.nearest(to: prefix, among: configuration.knownProviders) else {
            throw ModelError(.configuration, configuration.unknownProvider(prefix))
        }
        let hint = "did you mean '\(near)\(name[slash...])'?"
        throw ModelError(.configuration, "'\(prefix)' is no provider that is known; \(hint)")
    }

    /// Refuses `compatible`, which is what servers are that only a configuration can describe.
    private static func refuseKind(_ name: String, _ configuration: ModelConfiguration) throws(ModelError) {
        guard name.lowercased() == ProviderKind.compatible.rawValue, configuration.provider(named: name) == nil else {
            return
        }
        let advice = "describe yours in a file for --model-config, with a name, 'type: compatible' and its base_url"
        throw ModelError(.configuration, "'\(name)' is a kind of server, not a provider; \(advice)")
    }

    private static func advice(_ provider: String) -> String {
        "write \(provider)/MODEL; 'docent models --provider \(provider)' lists them"
    }

    private static func list(_ provider: String, in registry: ProviderRegistry) async throws -> [AvailableModel] {
        do {
            guard let listing = try registry.service("", type: provider) as? any ModelListing else {
                throw ModelError(.unsupported, "\(provider) does not list its models")
            }
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
