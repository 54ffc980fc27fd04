import LanguageModels
import ModelCatalog
import ModelProviders

extension Assembly {
    /// The built-in catalogue, with a user's own list and deployments over it.
    static func catalogue(_ choice: CatalogueChoice) throws -> ModelCatalogue {
        var catalogue = try ModelCatalogue.builtIn()
        if let path = choice.list {
            let list = try JSONValue(yaml: try FileInput.system.bytes(path), path: path)
            catalogue = try catalogue.overlaid(with: list, from: path)
        }
        guard let path = choice.configuration else { return catalogue }
        let configuration = try ModelConfiguration.load(file: path).configuration
        let deployments = configuration.providers.values.map(\.deployments)
        return catalogue.naming(deployments.reduce(into: [:]) { $0.merge($1) { first, _ in first } })
    }
}
