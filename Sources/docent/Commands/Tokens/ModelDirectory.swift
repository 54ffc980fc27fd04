import Documenter
import LanguageModels
import ModelCatalog

/// The names of providers, as the registry of models knows them.
struct ProviderNames: Sendable {
    /// All that are known.
    var all: [String]
    /// The provider that a name, or another's word for it, means; `nil` where nobody knows it.
    var provider: @Sendable (_ name: String) -> String?
    /// The service behind a provider: another one only for names of the configuration's own.
    var service: @Sendable (_ provider: String) -> String

    /// That a name is none of them.
    func error(_ name: String) -> InputError {
        let near = Suggestion.nearest(to: name, among: all)
        let hint = near.map { "did you mean \($0)?" } ?? "there are \(all.joined(separator: ", "))"
        return InputError("\(VisibleText.of(name)) is no provider that is known; \(hint)")
    }
}

/// The catalogue, and who is known as a provider in front of a model's name.
struct ModelDirectory: Sendable {
    var catalogue: ModelCatalogue
    var names: ProviderNames
    /// What each provider of a configuration calls models in names of the user's own.
    var deployments: [String: [String: String]] = [:]

    /// The provider that a name means, as the catalogue calls it where it knows it.
    func provider(_ name: String) throws(InputError) -> String {
        let name = name.lowercased()
        guard !catalogue.providers.contains(name) else { return name }
        guard let provider = names.provider(name) else {
            var known = names
            known.all += catalogue.providers.filter { !names.all.contains($0) }
            throw known.error(name)
        }
        let service = names.service(provider)
        return catalogue.provider(named: service) ?? service
    }

    /// The models of a provider; of all where none is named.
    func models(of provider: String?) throws(InputError) -> [ModelProfile] {
        guard let provider else { return catalogue.models }
        let name = try self.provider(provider)
        let models = catalogue.models.filter { $0.provider == name }
        guard !models.isEmpty else {
            let known = catalogue.providers.joined(separator: ", ")
            throw InputError("the catalogue has no models of \(VisibleText.of(provider)); it has those of \(known)")
        }
        return models
    }

    /// The model that a name means; what stands in front of its first slash must be a provider, and a type is
    /// one in other words.
    func model(_ name: String, type: String? = nil) throws(InputError) -> NamedModel {
        guard let match = try match(type.map { type throws(InputError) in try full(name, of: type) } ?? name) else {
            throw InputError("the catalogue has no model like '\(VisibleText.of(name))'; see 'docent models'")
        }
        return NamedModel(match: match)
    }

    /// A name with a provider in front, which may stand there already.
    private func full(_ name: String, of type: String) throws(InputError) -> String {
        let wanted = try provider(type)
        let prefix = name.contains("/") ? String(name.prefix { $0 != "/" }) : ""
        return (try? provider(prefix)) == wanted ? name : "\(type)/\(name)"
    }

    private func match(_ name: String) throws(InputError) -> ModelMatch? {
        let parts = name.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        // Gemini's own names begin with `models/`.
        guard parts.count == 2, parts[0] != "models", !catalogue.hasName(name) else { return try bare(name) }
        guard !parts[0].allSatisfy(\.isWhitespace) else {
            throw InputError("'\(VisibleText.of(name))' names no provider before its slash; write provider/model")
        }
        guard !parts[1].allSatisfy({ $0.isWhitespace || $0 == "/" }) else {
            throw InputError("'\(VisibleText.of(name))' names no model; write provider/model")
        }
        let identity = ModelIdentity(provider: try provider(parts[0]), model: parts[1])
        let own = names.provider(parts[0]).flatMap { deployments[$0] } ?? [:]
        return catalogue.naming(own).match(identity)
    }

    /// A model's name without a provider: what the catalogue calls so, else what a provider of the configuration does.
    private func bare(_ name: String) throws(InputError) -> ModelMatch? {
        let owner = deployments.keys.sorted().first { provider in
            deployments[provider]?.keys.contains { $0.lowercased() == name.lowercased() } == true
        }
        guard let owner, !catalogue.hasName(name) else { return catalogue.match(name) }
        return try match("\(owner)/\(name)")
    }
}
