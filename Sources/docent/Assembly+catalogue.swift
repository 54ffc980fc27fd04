import LanguageModels
import ModelCatalog
import ModelProviders

extension Assembly {
    /// The built-in catalogue, with a user's own list and deployments over it, and the providers that are known.
    static func directory(_ choice: CatalogueChoice) throws -> ModelDirectory {
        var catalogue = try ModelCatalogue.builtIn()
        if let path = choice.list {
            let document = try YAMLDocument(try FileInput.system.bytes(path), path: path)
            do throws(CatalogError) {
                catalogue = try catalogue.overlaid(with: document.value, from: path)
            } catch {
                throw error.located(in: document.lines())
            }
        }
        var configuration = ModelConfiguration()
        if let path = choice.configuration {
            configuration = try ModelConfiguration.load(file: path).configuration
            let deployments = configuration.providers.values.map(\.deployments)
            catalogue = catalogue.naming(deployments.reduce(into: [:]) { $0.merge($1) { first, _ in first } })
        }
        return ModelDirectory(catalogue: catalogue, names: names(configuration))
    }

    private static func names(_ configuration: ModelConfiguration) -> ProviderNames {
        ProviderNames(
            all: configuration.knownProviders,
            provider: { configuration.provider(named: $0) },
            service: { provider in
                guard let kind = configuration.kind(of: provider), kind != .compatible else { return provider }
                return kind.rawValue
            }
        )
    }
}
