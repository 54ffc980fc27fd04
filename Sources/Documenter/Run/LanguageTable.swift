import SourceCode

/// The languages of a run, by file-name ending.
struct LanguageTable: Sendable {
    let languages: [any SourceLanguage]

    var fileExtensions: [String] { languages.flatMap(\.fileExtensions) }

    /// The language of a file; the first for a name without a known ending, which was named on purpose.
    func language(for path: String) -> (any SourceLanguage)? {
        languages.first { language in language.fileExtensions.contains { path.hasSuffix("." + $0) } } ?? languages.first
    }
}
