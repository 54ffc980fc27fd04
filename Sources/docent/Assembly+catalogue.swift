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
        let configuration = try choice.configuration.map(namesOnly) ?? ModelConfiguration()
        return directory(catalogue, configuration)
    }

    /// A catalogue with the names of a configuration.
    static func directory(_ catalogue: ModelCatalogue, _ configuration: ModelConfiguration) -> ModelDirectory {
        let deployments = configuration.providers.mapValues(\.deployments)
        return ModelDirectory(catalogue: catalogue, names: names(configuration), deployments: deployments)
    }

    /// Reads a configuration where nobody is asked anything: then no key is needed, so that no file of keys need be
    /// there, and no variable counts.
    private static func namesOnly(file: String) throws -> ModelConfiguration {
        let sources = ConfigurationSources(environment: [:]) { path in
            path == file ? try ConfigurationSources.process.readFile(path) : Array("unread".utf8)
        }
        return try ModelConfiguration.load(file: file, from: sources).configuration
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
