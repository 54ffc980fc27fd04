/// A configuration file in YAML or JSON, read with every mistake reported at its line.
struct ConfigurationFile {
    private(set) var configuration = ModelConfiguration()
    /// The names that stand under `providers`, those with mistakes too.
    private(set) var providerNames: Set<String> = []
    private var reader: ConfigurationReader
    private let surroundings: Surroundings

    /// What a file's meaning depends on beside itself.
    struct Surroundings {
        /// Where key files are looked up.
        var sources: ConfigurationSources
        /// The names of providers that the program registers itself.
        var registered: Set<String> = []
    }

    /// What is wrong, in the order of the lines.
    var problems: [ConfigurationProblem] { reader.sortedProblems }

    /// Reads a file's bytes; the path is for messages, and what relative paths begin from.
    init(_ bytes: [UInt8], path: String, in surroundings: Surroundings) {
        reader = ConfigurationReader(path: path)
        self.surroundings = surroundings
        do throws(ConfigurationProblem) {
            guard let root = try YAMLNode.parse(bytes), !root.isNull else { return }
            readRoot(root)
        } catch {
            reader.report(line: error.line, error.message)
        }
    }

    private static let names = [
        "model", "provider", "model_type", "max_tokens", "temperature", "timeout", "request_timeout", "max_retries",
        "retry_delay", "requests_per_minute", "tokens_per_minute", "concurrency", "providers",
    ]
    private static let subjects = [
        "provider": "the provider", "model_type": "the provider", "timeout": "the time", "request_timeout": "the time",
    ]

    private mutating func readRoot(_ root: YAMLNode) {
        var provider: YAMLNode?
        let members = reader.members(of: root, called: "the file")
        reader.reportRepetitions(in: members, of: Self.subjects)
        for member in members {
            if member.name == "provider" || member.name == "model_type" { provider = member.value }
            read(member)
        }
        if let provider, let name = configuration.defaultProvider, !knows(name) {
            reader.report(provider, unknownProvider(name))
        }
    }

    private mutating func read(_ member: ConfigurationReader.Member) {
        let most = Int(Int32.max)
        switch member.name {
        case "model": configuration.defaultModel = reader.text(member)
        case "provider", "model_type": configuration.defaultProvider = reader.text(member)
        case "max_tokens": configuration.maximumTokens = reader.integer(member, 1...most)
        case "temperature": configuration.temperature = reader.number(member, 0...2)
        case "timeout", "request_timeout": configuration.timeout = reader.duration(member, from: 0.001)
        case "max_retries":
            configuration.maximumRetries = reader.integer(member, 0...100) ?? configuration.maximumRetries
        case "retry_delay":
            configuration.retryDelay = reader.duration(member, from: 0) ?? configuration.retryDelay
        case "requests_per_minute": configuration.requestsPerMinute = reader.integer(member, 1...most)
        case "tokens_per_minute": configuration.tokensPerMinute = reader.integer(member, 1...most)
        case "concurrency":
            configuration.maximumConcurrency = reader.integer(member, 1...10_000) ?? configuration.maximumConcurrency
        case "providers": readProviders(member.value)
        default: reader.reportUnknown(member, among: Self.names)
        }
    }

    private mutating func readProviders(_ node: YAMLNode) {
        guard !node.isNull else { return }
        for var member in reader.members(of: node, called: "providers", ignoresCase: true) {
            member.name = member.name.lowercased()
            providerNames.insert(member.name)
            var section = ProviderSection(member, in: surroundings)
            configuration.providers[member.name] = section.settings(by: &reader)
        }
    }
}

extension ConfigurationFile {
    /// Whether a name means a service: one that is known, that stands in the file, or that the program registers.
    func knows(_ name: String) -> Bool {
        let name = name.lowercased()
        if providerNames.contains(name) || surroundings.registered.contains(name) { return true }
        return (ProviderKind(named: name) ?? .compatible) != .compatible || CompatibleService.named(name) != nil
    }

    /// What is to be said about a name that means none.
    func unknownProvider(_ name: String) -> String {
        let kinds = ProviderKind.allCases.filter { $0 != .compatible }.map(\.rawValue)
        let names = kinds + CompatibleService.names + providerNames.union(surroundings.registered).sorted()
        let hint = ConfigurationReader.hint(for: name, among: names)
        let otherwise = (hint.hasSuffix("?") ? " If not, " : ", or ") + "describe it under providers"
        return "provider \(name.maskingKeys()) is not known; " + hint + otherwise
    }
}
