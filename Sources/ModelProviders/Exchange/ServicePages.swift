import LanguageModels

extension ServiceModel {
    /// All pages of a list: each names the next, which is asked for by a parameter of the address.
    func pages(
        of path: String,
        by parameter: String,
        next: (JSONValue) -> String?
    ) async throws -> [JSONValue] {
        var pages = [try await json("GET", path)]
        var seen: Set<String> = []
        // A service that gives the same pages for ever must not hold the caller for ever.
        while let token = pages.last.flatMap(next), !token.isEmpty, seen.insert(token).inserted, seen.count < 1000 {
            pages.append(try await json("GET", "\(path)&\(parameter)=\(token.pathEncoded)"))
        }
        return pages
    }
}
