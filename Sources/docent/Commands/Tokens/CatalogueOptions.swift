import LanguageModels
import ModelCatalog

/// Which catalogue of models a command reads.
struct CatalogueChoice: Hashable, Sendable {
    /// A user's own list over the built-in one, in JSON or YAML.
    var list: String?
    /// A configuration file, whose providers and deployments count as names.
    var configuration: String?
}

/// A command that reads the catalogue.
protocol CatalogueReading: Command {
    /// What its options say about the catalogue.
    var catalogue: CatalogueChoice { get set }
}

extension CatalogueReading {
    /// The options that every command has that reads the catalogue, in help under a heading.
    static func catalogueOptions(in group: String = "Which models") -> [Option<Self>] {
        [
            .text("catalog", "FILE", "Your own list of models, over the built-in one") { $0.catalogue.list = $1 }
                .completing(.files).group(group)
        ]
    }
}

extension CommandContext {
    /// The day by the context's clock.
    var today: CalendarDay { CalendarDay(secondsSince1970: services.secondsSince1970()) }
}

/// A model that some options name, and what is known of it.
struct NamedModel {
    let match: ModelMatch

    /// What is to be said about the model beside its figures.
    func notes(in catalogue: ModelCatalogue, on today: CalendarDay) -> [String] {
        let retirement = catalogue.retirement(of: match.profile, on: today).map { "\($0)" }
        let guess = match.isAssumed ? match.note : nil
        return [guess, retirement].compactMap(\.self)
    }
}
