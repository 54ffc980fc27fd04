public import HTTPTransport
public import LanguageModels

/// Finds models by name: makes them with the right address, key and wire format, and wraps them so that they can be
/// depended on.
///
///     let registry = try ProviderRegistry.configured(transport: CurlTransport())
///     let model = try registry.model("anthropic/claude-sonnet-5")
public struct ProviderRegistry: Sendable {
    /// Makes a model of a provider.
    ///
    /// - Throws: ``ModelError`` of kind `configuration` where something is missing.
    public typealias Factory = @Sendable (_ model: String, _ provider: Provider) throws -> any LanguageModel

    /// What a factory needs to make a model.
    public struct Provider: Sendable {
        /// The provider's name.
        public let name: String
        /// How it is configured.
        public let settings: ProviderSettings
        /// The door to the network.
        public let transport: any Transport
        let ring: KeyRing
        /// The configured limit of time for a request; `nil` where there is none.
        let timeout: Duration?

        /// The provider's key.
        ///
        /// - Throws: ``ModelError`` of kind `configuration` where there is none.
        public func key() throws(ModelError) -> Secret {
            if let key = try ring.secret(settings.key, or: defaults.keys) { return key }
            let variable = defaults.keys.first ?? "the key's variable"
            throw ModelError(
                .configuration,
                "\(name): there is no key; set \(variable), or name a key_file or key_command"
            )
        }

        /// The provider's key, where there is one.
        public func keyIfAny() throws(ModelError) -> Secret? {
            try ring.secret(settings.key, or: defaults.keys)
        }

        /// The provider's token, where there is one.
        public func token() throws(ModelError) -> Secret? {
            try ring.secret(settings.token, or: defaults.tokens)
        }

        /// The address that is configured, where one is.
        public var address: String? {
            settings.baseURL ?? ring.variable(defaults.addresses)
        }

        /// A variable of the environment that holds something.
        public func variable(_ names: String...) -> String? {
            ring.variable(names)
        }

        private var defaults: ServiceDefaults { ServiceDefaults(settings.kind, name: name) }
    }

    /// The configuration.
    public let configuration: ModelConfiguration
    private let transport: any Transport
    private let ring: KeyRing
    private let limiters = LimiterTable()
    private var factories: [String: Factory] = [:]

    /// A registry.
    ///
    /// - Parameters:
    ///   - configuration: Which services there are and how they are asked.
    ///   - environment: The variables that may hold keys and addresses.
    ///   - transport: The door to the network, which all models share.
    ///   - sources: Where key files and commands are read.
    public init(
        configuration: ModelConfiguration = ModelConfiguration(),
        environment: [String: String] = [:],
        transport: any Transport,
        sources: ConfigurationSources = .process
    ) {
        self.configuration = configuration
        self.transport = transport
        ring = KeyRing(environment: environment, sources: sources)
    }

    /// A registry by the environment, and by a `.env` and a configuration file where they are named.
    ///
    /// - Parameters:
    ///   - file: The path of a YAML or JSON file; `nil` for none.
    ///   - dotEnv: The path of a `.env` file; `nil` for none.
    ///   - factories: Providers of the program's own, by the names under which the file may speak of them.
    ///   - transport: The door to the network, which all models share.
    ///   - sources: The environment, the files and the shell.
    /// - Returns: The registry.
    /// - Throws: ``ConfigurationError`` with all that is wrong.
    public static func configured(
        file: String? = nil,
        dotEnv: String? = nil,
        registering factories: [String: Factory] = [:],
        transport: any Transport,
        sources: ConfigurationSources = .process
    ) throws -> ProviderRegistry {
        let names = Set(factories.keys)
        let loaded = try ModelConfiguration.load(file: file, dotEnv: dotEnv, registered: names, from: sources)
        var registry = ProviderRegistry(
            configuration: loaded.configuration,
            environment: loaded.environment,
            transport: transport,
            sources: sources
        )
        for (name, factory) in factories { registry.register(name, factory) }
        return registry
    }

    /// Makes a provider known, or replaces one: from now on its name's models come from the factory.
    public mutating func register(_ name: String, _ factory: @escaping Factory) {
        factories[name.lowercased()] = factory
    }

    /// The model with this name, wrapped: waiting its turn by the provider's limits, and asked again where that helps.
    ///
    /// What requests do not say of tokens, temperature and time is taken from the configuration.
    /// A name is `provider/model`, or a model's alone where a default provider is configured or its beginning tells.
    /// Asking for it sends nothing.
    ///
    /// - Parameters:
    ///   - name: The name; `nil` for the configured one.
    ///   - type: The provider, whatever the name says.
    /// - Returns: The model, wrapped.
    /// - Throws: ``ModelError`` of kind `configuration`, which says what is missing.
    public func model(_ name: String? = nil, type: String? = nil) throws(ModelError) -> any LanguageModel {
        let place = try named(place(of: name, type: type))
        let limiter = limiters.limiter(of: place.provider, configuration)
        let limited = RateLimitedModel(try service(place), limiter: limiter)
        let model = RetryingModel(limited, policy: configuration.retryPolicy)
        let usual = configuration.requestOptions
        return usual == RequestOptions() ? model : ConfiguredModel(model, usual: usual)
    }

    /// The model with this name as its service offers it, without waiting and asking again.
    ///
    /// An empty name beside a `type` stands for the service itself, to ask for what concerns no model, as its list.
    ///
    /// - Throws: ``ModelError`` of kind `configuration`, which says what is missing.
    public func service(_ name: String? = nil, type: String? = nil) throws(ModelError) -> any LanguageModel {
        let place = try place(of: name, type: type)
        return try service(type != nil && name == "" ? place : named(place))
    }

    /// The provider and the model that a name means.
    ///
    /// - Throws: ``ModelError`` of kind `configuration` where the name does not tell its provider.
    public func place(of name: String?, type: String? = nil) throws(ModelError) -> ModelIdentity {
        guard let name = name ?? configuration.defaultModel else {
            throw ModelError(.configuration, "no model is named; name one, or set DOCENT_MODEL")
        }
        let parsed = ModelName(name) { isProvider($0) }
        if let type = type.map(canonical) {
            guard isProvider(type) else { throw unknownProvider(type) }
            let isPrefixed = parsed.provider.map(canonical) == type
            return ModelIdentity(provider: type, model: isPrefixed ? parsed.model : name)
        }
        let fallback = configuration.defaultProvider ?? ModelName.provider(of: parsed.model)
        guard let provider = (parsed.provider ?? fallback).map(canonical) else { throw unknownPlace(name) }
        guard isProvider(provider) else { throw unknownProvider(provider) }
        return ModelIdentity(provider: provider, model: parsed.model)
    }

    /// The names of all providers that can be asked: those that are configured or registered, and those for which the
    /// environment has a key or an address.
    public var providers: [String] {
        let known = ProviderKind.allCases.map(\.rawValue).filter { $0 != "compatible" } + CompatibleService.names
        let ready = known.filter { name in
            let defaults = ServiceDefaults(ProviderKind(rawValue: name) ?? .compatible, name: name)
            return ring.variable(defaults.keys + defaults.tokens + defaults.addresses) != nil
        }
        // Gemini's key is Vertex's, too; one that nobody configured is not offered for it.
        return Set(ready.filter { $0 != "vertex" } + configuration.providers.keys + factories.keys).sorted()
    }
}

extension ProviderRegistry {
    private func isProvider(_ name: String) -> Bool {
        factories[name] != nil || configuration.provider(named: name) != nil
    }

    /// The name under which a provider is known: the kind's own, unless the configuration uses the name itself.
    private func canonical(_ name: String) -> String {
        let name = name.lowercased()
        guard factories[name] == nil, configuration.providers[name] == nil else { return name }
        return configuration.provider(named: name) ?? ModelIdentity.usualProvider(name)
    }

    /// The place, where it names a model.
    private func named(_ place: ModelIdentity) throws(ModelError) -> ModelIdentity {
        guard place.model.allSatisfy({ $0.isWhitespace || $0 == "/" }) else { return place }
        let words = "\(place.provider)/ names no model; write the model's name behind it"
        throw ModelError(.configuration, words)
    }

    private func unknownProvider(_ name: String) -> ModelError {
        ModelError(.configuration, configuration.unknownProvider(name))
    }

    /// That a name tells no provider: what stands in front of its slash, where it has one, was meant for one.
    private func unknownPlace(_ name: String) -> ModelError {
        guard let slash = name.firstIndex(of: "/"), slash > name.startIndex else {
            return ModelError(.configuration, "it cannot be told whose model \(name) is; write provider/\(name)")
        }
        var error = unknownProvider(String(name[..<slash]))
        error.message += error.message.hasSuffix("?") ? " Where" : "; where"
        error.message += " the slash is part of the model's own name, write provider/\(name)"
        return error
    }

    /// What is known of a provider; `nil` for those of factories, which are not configured.
    func provider(_ name: String) -> Provider? {
        let name = canonical(name)
        return factories[name] == nil ? configured(name) : nil
    }

    private func configured(_ name: String) -> Provider {
        let kind = configuration.kind(of: name) ?? .compatible
        let settings = configuration.providers[name] ?? ProviderSettings(kind)
        return Provider(
            name: name,
            settings: settings,
            transport: transport,
            ring: ring,
            timeout: configuration.timeout
        )
    }

    private func service(_ place: ModelIdentity) throws(ModelError) -> any LanguageModel {
        let provider = configured(place.provider)
        do {
            if let factory = factories[place.provider] { return try factory(place.model, provider) }
            return try provider.model(place.model)
        } catch var error as ModelError {
            error.identity = error.identity ?? place
            throw error
        } catch {
            throw ModelError(.configuration, "\(error)", identity: place)
        }
    }
}

extension ModelConfiguration {
    /// How often and how soon a failed request is sent again.
    var retryPolicy: RetryPolicy {
        var policy = RetryPolicy(maximumAttempts: maximumRetries + 1)
        policy.initialDelay = retryDelay
        policy.maximumDelay = max(policy.maximumDelay, retryDelay)
        return policy
    }
}
