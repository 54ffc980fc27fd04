import HTTPTransport

/// Reads how one provider is asked: a section under `providers`.
struct ProviderSection {
    private typealias Member = ConfigurationReader.Member

    private let section: ConfigurationReader.Member
    private let surroundings: ConfigurationFile.Surroundings
    private var address: YAMLNode?

    private var name: String { section.name }

    /// The section of a provider, which its member names.
    init(_ section: ConfigurationReader.Member, in surroundings: ConfigurationFile.Surroundings) {
        self.section = section
        self.surroundings = surroundings
    }

    /// The settings; `nil` where it cannot be told what kind of service they are for.
    ///
    /// Everything else is checked then, too.
    mutating func settings(by reader: inout ConfigurationReader) -> ProviderSettings? {
        let members =
            section.value.isNull ? [] : reader.members(of: section.value, called: "provider \(name.maskingKeys())")
        reader.reportRepetitions(in: members, of: Self.subjects)
        let kind = kind(members.first { $0.name == "type" }, &reader)
        var settings = ProviderSettings(kind ?? .compatible)
        for member in members where member.name != "type" {
            read(member, into: &settings, &reader)
            if let kind { check(member, suits: kind, &reader) }
        }
        check(settings, &reader)
        guard let kind else { return nil }
        let isPlaced = address != nil || CompatibleService.named(name) != nil || isRegistered
        if kind == .compatible, !isPlaced, !members.contains(where: { ["base_url", "endpoint"].contains($0.name) }) {
            reader.report(section.key, "provider \(name) needs a base_url, such as https://models.example.org/v1")
        }
        return settings
    }

    private var isRegistered: Bool { surroundings.registered.contains(name) }

    private func kind(_ type: ConfigurationReader.Member?, _ reader: inout ConfigurationReader) -> ProviderKind? {
        guard let type else {
            if let kind = ProviderKind(named: name) { return kind }
            if isRegistered || CompatibleService.named(name) != nil { return .compatible }
            reader.report(
                section.key,
                "provider \(name.maskingKeys()) needs a type: \(Self.kinds.joined(separator: ", "))"
            )
            return nil
        }
        guard let word = reader.text(type) else { return nil }
        if let kind = ProviderKind(named: word) { return kind }
        if CompatibleService.named(word) != nil { return .compatible }
        let hint = ConfigurationReader.hint(for: word, among: Self.kinds)
        reader.report(type.value, "type \(word.maskingKeys()) is not known; \(hint)")
        return nil
    }

    private mutating func read(
        _ member: ConfigurationReader.Member,
        into settings: inout ProviderSettings,
        _ reader: inout ConfigurationReader
    ) {
        switch member.name {
        case "base_url", "endpoint": settings.baseURL = address(member, for: settings.kind, &reader)
        case "key_env", "key_file", "key_command": settings.key = source(member, &reader)
        case "token_env", "token_file", "token_command": settings.token = source(member, &reader)
        case "api_version": settings.apiVersion = reader.text(member)
        case "deployments": settings.deployments = deployments(member, &reader)
        case "project": settings.project = reader.word(member)
        case "organization": settings.organization = reader.text(member)
        case "location": settings.location = reader.text(member)
        case "interface": settings.interface = reader.word(member, among: ["chat", "responses"])
        case "headers": settings.headers = ConfiguredHeaders(member.value, by: &reader).fields
        case "allow_insecure_http": settings.allowsInsecureHTTP = reader.truth(member) ?? false
        case let name where ConfiguredHeaders.isSecret(name) || name == "key":
            let option = name.hasSuffix("token") ? "token" : "key"
            reader.report(
                member.key,
                "\(name): keys do not belong in a file; name where it is with \(option)_env, \(option)_file or \(option)_command"
            )
        default: reader.reportUnknown(member, among: Self.names)
        }
    }
}

extension ProviderSection {
    private static let names = [
        "type", "base_url", "endpoint", "key_env", "key_file", "key_command", "token_env", "token_file",
        "token_command", "api_version", "deployments", "project", "organization", "location", "interface", "headers",
        "allow_insecure_http",
    ]
    private static let subjects = [
        "base_url": "the address", "endpoint": "the address",
        "key_env": "the key", "key_file": "the key", "key_command": "the key",
        "token_env": "the token", "token_file": "the token", "token_command": "the token",
    ]
    private static let kinds = ProviderKind.allCases.map(\.rawValue)
    /// The services for which an option means something, where it does not for all.
    private static let owners: [String: [ProviderKind]] = [
        "api_version": [.azure], "location": [.vertex], "project": [.openai, .vertex], "organization": [.openai],
        "interface": [.openai, .azure, .compatible],
        "token_env": [.azure, .anthropic, .vertex], "token_file": [.azure, .anthropic, .vertex],
        "token_command": [.azure, .anthropic, .vertex],
    ]

    private func check(
        _ member: ConfigurationReader.Member,
        suits kind: ProviderKind,
        _ reader: inout ConfigurationReader
    ) {
        guard let owners = Self.owners[member.name], !owners.contains(kind), !isRegistered else { return }
        let names = owners.map(\.rawValue).joined(separator: ", ")
        reader.report(
            member.key,
            "\(member.name) means nothing to a provider of type \(kind.rawValue), only to \(names); take it away"
        )
    }

    private func check(_ settings: ProviderSettings, _ reader: inout ConfigurationReader) {
        guard let address, let url = settings.baseURL, ServiceAddress.isInsecure(url), !settings.allowsInsecureHTTP
        else {
            return
        }
        reader.report(
            address,
            "plain http to another machine would send the key in the clear; use https, or say allow_insecure_http: true"
        )
    }

    private mutating func address(
        _ member: ConfigurationReader.Member,
        for kind: ProviderKind,
        _ reader: inout ConfigurationReader
    ) -> String? {
        guard let text = reader.text(member) else { return nil }
        let node = member.value
        guard text.lowercased().hasPrefix("https://") || text.lowercased().hasPrefix("http://"),
            !text.contains(where: \.isWhitespace), (try? RequestTarget(text, allowsInsecureHTTP: true)) != nil
        else {
            reader.report(node, "\(member.name) must be an address such as https://host/path, not \(node.described)")
            return nil
        }
        let address = ServiceAddress(text)
        if address.origin.contains("@") {
            reader.report(node, "\(member.name) must have no name and password; \(Self.placesOfKeys)")
        }
        if text.contains("#") || address.query.keys.contains(where: { $0 != "api-version" || kind != .azure }) {
            reader.report(node, "\(member.name) must end with the path; take away what follows it, keys above all")
        }
        self.address = node
        return text
    }

    private static let placesOfKeys = "name where the key is with key_env, key_file or key_command"

    /// Where a key is: in a variable, in a file that is there, or behind a command.
    private func source(_ member: ConfigurationReader.Member, _ reader: inout ConfigurationReader) -> KeySource? {
        guard let text = reader.text(member, isSecret: true) else { return nil }
        if member.name.hasSuffix("_command") { return .command(text) }
        if member.name.hasSuffix("_file") { return file(text, member, &reader) }
        guard DotEnvFile.isName(text) else {
            let expected = "the name of an environment variable, such as OPENAI_API_KEY"
            reader.report(member.value, "\(member.name) must be \(expected): letters, digits and _; not the key itself")
            return nil
        }
        return .environment(text)
    }

    private func file(
        _ text: String,
        _ member: ConfigurationReader.Member,
        _ reader: inout ConfigurationReader
    ) -> KeySource? {
        let path = surroundings.sources.path(text, besides: reader.path)
        do {
            let contents = String(decoding: try surroundings.sources.readFile(path), as: UTF8.self)
            if Secret(alone: contents) == nil {
                reader.report(member.value, "\(member.name): \(path) must hold one key and nothing else")
            }
        } catch {
            let reason = (error as? ConfigurationProblem)?.message ?? "the file cannot be read"
            let hint = "a relative path begins at the configuration file's folder"
            reader.report(member.value, "\(member.name): \(path.maskingKeys()): \(reason); \(hint)")
        }
        return .file(path)
    }

    private func deployments(
        _ member: ConfigurationReader.Member,
        _ reader: inout ConfigurationReader
    ) -> [String: String] {
        guard !member.value.isNull else { return [:] }
        var deployments: [String: String] = [:]
        for deployment in reader.members(of: member.value, called: member.name) {
            deployments[deployment.name] = reader.text(deployment)
        }
        return deployments
    }
}
