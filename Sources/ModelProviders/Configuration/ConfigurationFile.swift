/// A configuration file in YAML or JSON, read with every mistake reported at its line.
struct ConfigurationFile {
    private(set) var configuration: ModelConfiguration
    private(set) var problems: [ConfigurationProblem] = []
    private let path: String

    /// Reads a file's bytes on top of a configuration; the path is for messages.
    init(_ bytes: [UInt8], path: String, over base: ModelConfiguration) {
        configuration = base
        self.path = path
        do throws(ConfigurationProblem) {
            guard let root = try YAMLNode.parse(bytes), !root.isNull else { return }
            readRoot(root)
            problems.sort { ($0.line ?? 0) < ($1.line ?? 0) }
        } catch {
            problems.append(ConfigurationProblem(source: path, line: error.line, message: error.message))
        }
    }

    private mutating func readRoot(_ root: YAMLNode) {
        for (name, key, value) in members(of: root, called: "the file") {
            switch name {
            case "model": configuration.defaultModel = text(value, name)
            case "provider", "model_type": configuration.defaultProvider = text(value, name)
            case "max_tokens": configuration.maximumTokens = integer(value, name, 1...Int(Int32.max))
            case "temperature": configuration.temperature = number(value, name, 0...2)
            case "timeout", "request_timeout": configuration.timeout = duration(value, name, from: 0.001)
            case "max_retries":
                configuration.maximumRetries = integer(value, name, 0...100) ?? configuration.maximumRetries
            case "retry_delay": configuration.retryDelay = duration(value, name, from: 0) ?? configuration.retryDelay
            case "requests_per_minute": configuration.requestsPerMinute = integer(value, name, 1...Int(Int32.max))
            case "tokens_per_minute": configuration.tokensPerMinute = integer(value, name, 1...Int(Int32.max))
            case "concurrency":
                configuration.maximumConcurrency = integer(value, name, 1...10_000) ?? configuration.maximumConcurrency
            case "providers": readProviders(value)
            default: report(key, Self.unknown(name, among: Self.rootNames))
            }
        }
    }

    private mutating func readProviders(_ node: YAMLNode) {
        for (name, key, value) in members(of: node, called: "providers") {
            if let settings = provider(name.lowercased(), key: key, value) {
                configuration.providers[name.lowercased()] = settings
            }
        }
    }

    private mutating func provider(_ name: String, key: YAMLNode, _ node: YAMLNode) -> ProviderSettings? {
        let members = node.isNull ? [] : members(of: node, called: "provider \(name)")
        guard let kind = kind(of: name, key: key, type: members.first { $0.name == "type" }?.value) else { return nil }
        var settings = configuration.providers[name] ?? ProviderSettings(kind)
        settings.kind = kind
        for (member, key, value) in members where member != "type" {
            read(member, key: key, value, into: &settings)
        }
        if kind == .compatible, settings.baseURL == nil, CompatibleService.named(name) == nil {
            report(key, "provider \(name) needs a base_url")
        }
        return settings
    }

    private mutating func kind(of name: String, key: YAMLNode, type: YAMLNode?) -> ProviderKind? {
        guard let type else {
            if let kind = ProviderKind(named: name) { return kind }
            if CompatibleService.named(name) == nil {
                report(key, "provider \(name) needs a type: \(Self.kinds)")
                return nil
            }
            return .compatible
        }
        guard let word = text(type, "type") else { return nil }
        if let kind = ProviderKind(named: word) { return kind }
        if CompatibleService.named(word) != nil { return .compatible }
        report(type, "type \(word) is not known; expected is one of \(Self.kinds)")
        return nil
    }

    private mutating func read(_ name: String, key: YAMLNode, _ value: YAMLNode, into settings: inout ProviderSettings)
    {
        switch name {
        case "base_url", "endpoint": settings.baseURL = address(value, name)
        case "key_env": settings.key = text(value, name).map(KeySource.environment)
        case "key_file": settings.key = text(value, name).map(KeySource.file)
        case "key_command": settings.key = text(value, name).map(KeySource.command)
        case "token_env": settings.token = text(value, name).map(KeySource.environment)
        case "token_file": settings.token = text(value, name).map(KeySource.file)
        case "token_command": settings.token = text(value, name).map(KeySource.command)
        case "api_version": settings.apiVersion = text(value, name)
        case "deployments": settings.deployments = texts(value, name)
        case "project": settings.project = text(value, name)
        case "organization": settings.organization = text(value, name)
        case "location": settings.location = text(value, name)
        case "interface": settings.interface = word(value, name, among: ["chat", "responses"])
        case "headers": settings.headers = texts(value, name)
        case "allow_insecure_http": settings.allowsInsecureHTTP = truth(value, name) ?? false
        case "key", "api_key", "token":
            report(
                key,
                "keys do not belong in a file; name where it is with \(name == "token" ? "token" : "key")_env, _file or _command"
            )
        default: report(key, Self.unknown(name, among: Self.providerNames))
        }
    }
}

extension ConfigurationFile {
    private static let rootNames = [
        "model", "provider", "max_tokens", "temperature", "timeout", "max_retries", "retry_delay",
        "requests_per_minute", "tokens_per_minute", "concurrency", "providers",
    ]

    private static let providerNames = [
        "type", "base_url", "key_env", "key_file", "key_command", "token_env", "token_file", "token_command",
        "api_version", "deployments", "project", "organization", "location", "interface", "headers",
        "allow_insecure_http",
    ]

    private static var kinds: String { ProviderKind.allCases.map(\.rawValue).joined(separator: ", ") }

    private static func unknown(_ name: String, among names: [String]) -> String {
        "\(name) is not known here; expected is one of \(names.joined(separator: ", "))"
    }

    private mutating func report(_ node: YAMLNode, _ message: String) {
        problems.append(ConfigurationProblem(source: path, line: node.line, message: message))
    }

    private mutating func members(
        of node: YAMLNode,
        called name: String
    ) -> [(name: String, key: YAMLNode, value: YAMLNode)] {
        guard case .mapping(let pairs) = node.content else {
            report(node, "\(name) must be a mapping of names to values")
            return []
        }
        var seen: Set<String> = []
        return pairs.compactMap { key, value in
            guard let name = key.scalar else {
                report(key, "a name is expected here")
                return nil
            }
            guard seen.insert(name).inserted else {
                report(key, "\(name) stands here twice")
                return nil
            }
            return (name, key, value)
        }
    }

    private mutating func text(_ node: YAMLNode, _ name: String) -> String? {
        guard let text = node.scalar, !text.isEmpty, !node.isNull else {
            report(node, "\(name) must be a text")
            return nil
        }
        return text
    }

    private mutating func texts(_ node: YAMLNode, _ name: String) -> [String: String] {
        var texts: [String: String] = [:]
        for (key, _, value) in members(of: node, called: name) { texts[key] = text(value, key) }
        return texts
    }

    private mutating func word(_ node: YAMLNode, _ name: String, among words: [String]) -> String? {
        guard let word = text(node, name) else { return nil }
        guard words.contains(word) else {
            report(node, "\(name) must be one of \(words.joined(separator: ", ")), not \(word)")
            return nil
        }
        return word
    }

    private mutating func address(_ node: YAMLNode, _ name: String) -> String? {
        guard let text = text(node, name) else { return nil }
        guard text.hasPrefix("https://") || text.hasPrefix("http://") else {
            report(node, "\(name) must be an address that begins with https://")
            return nil
        }
        return text
    }

    private mutating func truth(_ node: YAMLNode, _ name: String) -> Bool? {
        switch node.scalar?.lowercased() {
        case "true", "yes", "on": return true
        case "false", "no", "off": return false
        default:
            report(node, "\(name) must be true or false")
            return nil
        }
    }

    private mutating func integer(_ node: YAMLNode, _ name: String, _ range: ClosedRange<Int>) -> Int? {
        guard let value = node.scalar.flatMap({ Int($0) }), range.contains(value) else {
            report(node, "\(name) must be a whole number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return value
    }

    private mutating func number(_ node: YAMLNode, _ name: String, _ range: ClosedRange<Double>) -> Double? {
        guard let value = node.scalar.flatMap(Double.init), range.contains(value) else {
            report(node, "\(name) must be a number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return value
    }

    private mutating func duration(_ node: YAMLNode, _ name: String, from least: Double) -> Duration? {
        number(node, name, least...86_400).map { .seconds($0) }
    }
}
