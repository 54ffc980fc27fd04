public import LanguageModels

extension ModelCatalogue {
    /// The model that a text such as `anthropic/claude-opus-5-5`, or a bare name, means.
    ///
    /// - Returns: `nil` where nothing in the catalogue resembles it.
    public func match(_ name: String) -> ModelMatch? {
        let name = Self.trimmed(name)
        if let slash = name.firstIndex(of: "/"), slash > name.startIndex {
            let identity = ModelIdentity(
                provider: String(name[..<slash]),
                model: String(name[name.index(after: slash)...])
            )
            if providers.contains(NameForms.provider(identity.provider)) { return match(identity) }
        }
        for provider in providers {
            if let match = known(ModelIdentity(provider: provider, model: name)) { return match }
        }
        return providers.lazy.compactMap { kin(of: ModelIdentity(provider: $0, model: name)) }.first
    }

    /// The model of a provider, by its name there.
    ///
    /// In this order: deployments that the user has mapped; the catalogue's own names; other spellings, such as those
    /// of gateways; names with and without a date; at Azure what deployments are usually called; the nearest kin in
    /// the provider's family. The last two are ``ModelMatch/Kind/assumed``.
    ///
    /// - Returns: `nil` where nothing in the catalogue resembles it.
    public func match(_ identity: ModelIdentity) -> ModelMatch? {
        var asked = identity
        asked.provider = NameForms.provider(identity.provider)
        asked.model = Self.trimmed(identity.model)
        guard !asked.model.isEmpty else { return nil }
        guard var match = known(asked) ?? kin(of: asked) ?? foreign(asked) else { return nil }
        match.asked = identity
        return match
    }

    /// The providers that have models, OpenAI's first and Azure's last of the catalogue's own.
    public var providers: [String] {
        let known = ["openai", "anthropic", "gemini", "cohere", "azure"]
        let present = Set(models.map(\.provider))
        return known.filter(present.contains) + present.subtracting(known).sorted()
    }

    /// The provider that a name, or another's word for it, means, as it is called here; `nil` where there are no models
    /// of it.
    public func provider(named name: String) -> String? {
        let name = NameForms.provider(name)
        return providers.contains(name) ? name : nil
    }

    /// Whether a text as a whole is a model's own name, without its provider, or a name of the user's own.
    public func hasName(_ name: String) -> Bool {
        deployments[name.lowercased()] != nil || models.contains { $0.name == name }
    }

    private func known(_ asked: ModelIdentity) -> ModelMatch? {
        if let match = deployed(asked) { return match }
        if let profile = profile(asked) { return ModelMatch(asked, profile, .exact) }
        for form in NameForms.variants(of: asked.model) {
            if let profile = profile(ModelIdentity(provider: asked.provider, model: form)) {
                return ModelMatch(asked, profile, form == asked.model.lowercased() ? .exact : .alias)
            }
        }
        return dated(asked) ?? EncodingOnlyModels.profile(asked).map { ModelMatch(asked, $0, .exact) }
    }

    private func deployed(_ asked: ModelIdentity) -> ModelMatch? {
        guard let target = deployments[asked.model.lowercased()], target.lowercased() != asked.model.lowercased() else {
            return nil
        }
        // Only one step: a map that leads back to itself must not lead in circles.
        var plain = self
        plain.removeDeployments()
        let isFull = target.contains("/")
        let match =
            isFull ? plain.match(target) : plain.match(ModelIdentity(provider: asked.provider, model: target))
        guard var match else { return nil }
        match.asked = asked
        if !match.isAssumed { match.kind = .deployment }
        return match
    }

    /// A name without a date, where the catalogue has it with one, and the other way round.
    private func dated(_ asked: ModelIdentity) -> ModelMatch? {
        for form in [asked.model.lowercased()] + NameForms.variants(of: asked.model) {
            let stem = NameForms.undated(form)
            if let stem, let profile = profile(ModelIdentity(provider: asked.provider, model: stem)) {
                return ModelMatch(asked, profile, .assumed, note: Self.note(asked, profile, "of another date"))
            }
            let isLatest = stem == nil || form.hasSuffix("-latest")
            let releases = models.filter {
                $0.provider == asked.provider && NameForms.undated($0.name) == stem ?? form
            }
            guard let newest = releases.max(by: { $0.name < $1.name }) else { continue }
            if isLatest { return ModelMatch(asked, newest, .alias) }
            return ModelMatch(asked, newest, .assumed, note: Self.note(asked, newest, "of another date"))
        }
        return nil
    }

    /// The likeliest model behind a name that the catalogue does not have.
    private func kin(of asked: ModelIdentity) -> ModelMatch? {
        if let profile = named(in: asked) {
            return ModelMatch(asked, profile, .assumed, note: Self.note(asked, profile, "by its name"))
        }
        if asked.provider == "azure" {
            let model = ModelIdentity(provider: "openai", model: asked.model)
            if var match = known(model) {
                match.kind = .assumed
                match.note = Self.note(asked, match.profile, "as OpenAI has it")
                return ModelMatch(asked, match.profile, .assumed, note: match.note)
            }
        }
        guard let profile = relative(of: asked) else { return nil }
        return ModelMatch(asked, profile, .assumed, note: Self.note(asked, profile, "as the nearest of its family"))
    }

    /// The model whose name stands in a deployment's, such as `gpt4o` or `team-gpt-4o-mini-eu`; the longest counts.
    private func named(in asked: ModelIdentity) -> ModelProfile? {
        let name = NameForms.Compact(asked.model)
        var best: (profile: ModelProfile, length: Int)?
        for profile in models where profile.provider == asked.provider {
            let other = NameForms.Compact(profile.name).bytes
            if other.count > best?.length ?? 0, name.contains(other) { best = (profile, other.count) }
        }
        // The rest of the name must not say that it is another version or size.
        let rest = best.map { NameParts(asked.model).all.count - NameParts($0.profile.name).all.count } ?? 0
        return asked.provider == "azure" || rest <= 0 ? best?.profile : nil
    }

    /// The nearest of the family: the most leading parts in common, then the most words, then alive, then the newest.
    private func relative(of asked: ModelIdentity) -> ModelProfile? {
        let parts = NameParts(asked.model)
        let words = Set(parts.words)
        // One letter alone says nothing.
        guard parts.all.count > 1 || parts.words.count > 0 else { return nil }
        var best: (profile: ModelProfile, score: [Int], parts: NameParts)?
        for profile in models where profile.provider == asked.provider {
            let other = NameParts(profile.name)
            let shared = zip(parts.all, other.all).prefix { $0 == $1 }.count
            guard shared > 0 else { continue }
            let common = words.intersection(other.words).count
            let score = [shared, 2 * common - Set(other.words).count, profile.isRetired ? 0 : 1]
            let isBetter =
                best.map { best in
                    score == best.score ? other.isBetter(than: best.parts) : best.score.lexicographicallyPrecedes(score)
                } ?? true
            if isBetter { best = (profile, score, other) }
        }
        return best?.profile
    }

    /// A model of a provider that the catalogue does not know, by what other providers call the same.
    private func foreign(_ asked: ModelIdentity) -> ModelMatch? {
        let known = providers
        guard !known.contains(asked.provider) else { return nil }
        for provider in known {
            guard let match = self.known(ModelIdentity(provider: provider, model: asked.model)) else { continue }
            let note =
                "\(asked): prices and limits of \(asked.provider) are not known; taken as \(match.profile.identity)"
            return ModelMatch(asked, match.profile, .foreign, note: note)
        }
        return nil
    }

    private static func note(_ asked: ModelIdentity, _ profile: ModelProfile, _ reason: String) -> String {
        "\(asked) is not in the catalogue; assumed to be like \(profile.name) (\(reason))"
    }

    private static func trimmed(_ name: String) -> String {
        var name = name[...]
        while name.first?.isWhitespace == true { name.removeFirst() }
        while name.last?.isWhitespace == true { name.removeLast() }
        return String(name)
    }
}
