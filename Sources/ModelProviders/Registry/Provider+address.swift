extension ProviderRegistry {
    /// Whether a provider's requests go to the service itself, rather than to another server in its place: a gateway,
    /// a simulator, a server of one's own.
    ///
    /// - Parameter provider: A name of the configuration's own, or a service's.
    /// - Returns: `false` as well for registered factories and local servers, of which nothing is known.
    public func isAtOwnAddress(_ provider: String) -> Bool {
        self.provider(provider).map(\.isAtOwnAddress) ?? false
    }
}

extension ProviderRegistry.Provider {
    /// Whether no address is configured but one of the service's own.
    fileprivate var isAtOwnAddress: Bool {
        guard let address else {
            return settings.kind != .compatible || CompatibleService.named(name)?.needsKey == true
        }
        let (scheme, rest) = ("https://", address.lowercased())
        guard rest.hasPrefix(scheme) else { return false }
        let authority = rest.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
        let host = authority.prefix { $0 != ":" }
        return !authority.contains("@") && hosts.contains { host == $0 || host.hasSuffix(".\($0)") }
    }

    /// The services' own hosts, regions in front of them left out.
    private var hosts: [String] {
        switch settings.kind {
        case .openai: ["api.openai.com"]
        case .azure:
            ["com", "us", "cn"].flatMap { end in
                ["openai", "cognitiveservices", "services.ai"].map { "\($0).azure.\(end)" }
            }
        case .anthropic: ["api.anthropic.com"]
        case .gemini, .vertex: ["googleapis.com"]
        case .cohere: ["api.cohere.com", "api.cohere.ai"]
        case .compatible: []
        }
    }
}
