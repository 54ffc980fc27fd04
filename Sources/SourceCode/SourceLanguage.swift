/// A programming language: reads declarations with facts, and knows where and how a docstring is written.
public protocol SourceLanguage: Sendable {
    /// File-name endings without the dot; those of ``stubExtensions`` included.
    var fileExtensions: [String] { get }
    /// Endings of files that hold interfaces only (`pyi`).
    var stubExtensions: [String] { get }

    /// Reads a file's declarations with their facts.
    ///
    /// - Throws: `SourceError` with the line and the reason when the file cannot be understood in full.
    func read(_ file: SourceFile) throws(SourceError) -> SourceOutline

    /// Reads a file's declarations with their names, places and docstrings alone, which is what a proof needs.
    ///
    /// - Throws: `SourceError` in the same cases as ``read(_:)``.
    func readStructure(_ file: SourceFile) throws(SourceError) -> SourceOutline

    /// Stretches of a file that are most likely docstrings, found without reading the file in full: good for surveys only.
    func likelyDocstrings(in file: SourceFile) -> [ByteRange]

    /// The docstring's text as the language's own implementation sees it, cleaned of indentation; `nil` without one.
    func docstring(of declaration: Declaration) -> String?

    /// The splices that put texts in place, in file order; what cannot be placed is left out with its reason.
    ///
    /// A docstring that says the same already is left as it is, byte for byte; another text takes over its quotes.
    func placements(of docstrings: [Int: String], in outline: SourceOutline, options: PlacementOptions) -> Placements

    /// The first difference in code, comments or structure between two versions of a file, docstrings aside.
    func codeDifference(between before: SourceOutline, and after: SourceOutline) -> String?
}

extension SourceLanguage {
    /// All that ``read(_:)`` finds.
    ///
    /// - Throws: `SourceError` in the same cases as ``read(_:)``.
    public func readStructure(_ file: SourceFile) throws(SourceError) -> SourceOutline { try read(file) }
}

/// How docstrings are put into a file.
public struct PlacementOptions: Sendable {
    /// What to do with a body that stands on its header's line.
    public enum OneLineSuites: String, Hashable, Sendable, CaseIterable {
        /// Leave it on its line and put a one-line docstring in front of it, changing no byte.
        case keep
        /// Break the line behind the colon, the only change to white space that Docent ever makes.
        case split
    }

    /// What to do with one-line suites; splits by default.
    public var oneLineSuites = OneLineSuites.split
    /// Whether a blank line follows a new class docstring, as PEP 257 (D204) and Python's formatters want; so by default.
    public var separatesClassDocstrings = true
    /// How docstrings stood that were taken out of the file, by row: the same text goes back as it was, unless its place has
    /// changed or holds another docstring.
    public var spellings: [Int: DocstringSpelling] = [:]

    /// The defaults.
    public init() {}
}
