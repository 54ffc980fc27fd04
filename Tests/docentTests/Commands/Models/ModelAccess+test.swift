import LanguageModels

@testable import docent

extension ModelAccess {
    /// A model that lists nothing and is well, with the shipped catalogue.
    static func of(_ model: any LanguageModel, isAtOwnAddress: Bool = false) -> ModelAccess {
        ModelAccess(
            providers: [],
            model: { model },
            list: { _ in [] },
            health: { HealthReport(identity: ModelIdentity(provider: $0, model: "")) },
            isAtOwnAddress: { isAtOwnAddress },
            directory: { try Assembly.directory(CatalogueChoice()) },
            close: {}
        )
    }
}
