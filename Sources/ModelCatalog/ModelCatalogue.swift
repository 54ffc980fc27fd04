import CModelCatalog
import LanguageModels

/// The models that are known, and what is known of them.
///
/// This module knows what models hold, cost and can do, how they count, and how a prompt is fitted to them. It touches
/// no network.
public struct ModelCatalogue: Sendable {
    /// The models, as they stand in the list.
    public private(set) var models: [ModelProfile]
    /// The day on which the list was made.
    public let date: CalendarDay?

    /// The list that is part of the program.
    ///
    /// - Throws: ``CatalogError`` where the program was built with a broken list.
    public static func builtIn() throws(CatalogError) -> ModelCatalogue {
        var count = 0
        let start = docent_model_catalog(&count)
        return try ModelCatalogue(parsing: Array(UnsafeBufferPointer(start: start, count: count)))
    }

    /// Reads a list in JSON.
    ///
    /// - Throws: ``CatalogError``, which names the place.
    public init(parsing bytes: [UInt8]) throws(CatalogError) {
        let json: JSONValue
        do throws(JSONSyntaxError) {
            json = try JSONValue(parsing: bytes)
        } catch {
            throw CatalogError(place: "byte \(error.offset)", message: error.reason)
        }
        date = json["generated"]?.string.flatMap { CalendarDay(String($0.prefix(10))) }
        models = []
        for (index, row) in (json["models"]?.elements ?? []).enumerated() {
            models.append(try ModelProfile(row, at: "models[\(index)]"))
        }
    }
}
