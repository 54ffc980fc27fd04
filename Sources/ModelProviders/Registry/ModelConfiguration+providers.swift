import LanguageModels

extension ModelConfiguration {
    /// The names of all providers that are known: the services, the compatible servers whose address is known, and those
    /// of this configuration's own.
    public var knownProviders: [String] {
        let names = ProviderKind.allCases.filter { $0 != .compatible }.map(\.rawValue) + CompatibleService.names
        return names + providers.keys.filter { !names.contains($0) }.sorted()
    }

    /// The provider that a name means, whatever its case: a name of this configuration's own itself, others' words for
    /// a service the service's name; `nil` where nobody knows it.
    public func provider(named name: String) -> String? {
        let name = name.lowercased()
        if providers[name] != nil { return name }
        if let kind = ProviderKind(named: name), kind != .compatible { return kind.rawValue }
        return CompatibleService.named(name) == nil ? nil : name
    }

    /// The kind of a provider, `nil` where nobody knows it.
    public func kind(of provider: String) -> ProviderKind? {
        if let settings = providers[provider.lowercased()] { return settings.kind }
        guard let name = self.provider(named: provider) else { return nil }
        return ProviderKind(rawValue: name) ?? .compatible
    }

    /// That a provider is not known, and which may be meant, or which there are.
    public func unknownProvider(_ name: String) -> String {
        let near = NamesLike(name).among(knownProviders)
        let hint =
            near.isEmpty
            ? "there are \(knownProviders.joined(separator: ", "))" : "did you mean \(near.joined(separator: " or "))?"
        return "\(name) is no provider that is known; \(hint)"
    }
}
