public import Docstrings
public import SourceCode

/// Reference pages for a project: one for each module, and an index; the same bytes whatever order files finish in.
///
/// Pages link to each other, so a book is made in two steps, and never holds more than one module's text:
///
/// 1. While files are read, ``facts(of:language:style:)`` takes from each what others need: its first line and its
///    names, as hashes of 16 bytes. ``add(_:)`` collects them.
/// 2. Then each file's outline (read again, or still at hand) becomes a page by ``page(for:language:style:)``.
public struct MarkdownBook: Sendable {
    /// What links to sources begin with, in place of the way from the page to the file, such as
    /// `https://git.example.org/project/blob/main/`; the source's path in the working folder follows.
    public var sourceBase: String?

    let settings: Settings
    let folder: String
    let workingFolder: String
    let modules: [BookModule]
    private let rows: [String: Int]
    private var summaries: [String?]
    private(set) var names = NameTable()

    /// Plans the pages: the sources' names alone decide on those of the pages.
    ///
    /// - Parameters:
    ///   - sources: All files that can get a page.
    ///   - folder: Where the pages go.
    ///   - workingFolder: What relative paths start from, from the file system's root.
    ///   - settings: Whether private and nested declarations are shown.
    public init(sources: [BookSource], folder: String, workingFolder: String, settings: Settings) {
        self.settings = settings
        self.workingFolder = workingFolder
        self.folder = FilePath.absolute(folder, in: workingFolder)
        modules = ModulePlan.modules(for: sources, workingFolder: workingFolder)
        rows = Dictionary(zip(modules.map(\.shownPath), modules.indices), uniquingKeysWith: { first, _ in first })
        summaries = Array(repeating: nil, count: modules.count)
    }

    /// What the other pages and the index need of a module; `nil` for a file that is not among the sources.
    public func facts(
        of outline: SourceOutline,
        language: some SourceLanguage,
        style: some DocstringStyle
    ) -> ModuleFacts? {
        guard let row = rows[outline.file.path] else { return nil }
        let name = modules[row].name
        let shown = ShownDeclarations(of: outline, settings: settings)
        let module = Declaration(outline: outline, row: 0)
        let summary = language.docstring(of: module).map { style.parse($0).summary } ?? ""
        return ModuleFacts(row: row, summary: summary, names: shown.paths.map { NameEntry(path: $0, module: name) })
    }

    /// Takes a module into the index and makes its names known; the order makes no difference.
    public mutating func add(_ facts: ModuleFacts) {
        summaries[facts.row] = facts.summary
        for name in facts.names { names.add(name, module: Int32(facts.row)) }
    }

    /// The page of a module; `nil` for a file that is not among the sources.
    public func page(
        for outline: SourceOutline,
        language: some SourceLanguage,
        style: some DocstringStyle
    ) -> MarkdownPage? {
        guard let row = rows[outline.file.path] else { return nil }
        let writer = PageWriter(book: self, module: row, outline: outline, style: style.name)
        return MarkdownPage(path: modules[row].page, text: writer.text(language: language, style: style))
    }

    /// The page that lists all modules that were added, by name.
    public func index(title: String = "Modules") -> MarkdownPage {
        let links = CrossReferences(book: self)
        let markup = InlineMarkdown(isEpytext: false, link: { links.destination(of: $0) })
        let rows = modules.indices.filter { summaries[$0] != nil }
            .sorted { modules[$0].name.utf8.lexicographicallyPrecedes(modules[$1].name.utf8) }
        let counts = Dictionary(rows.map { (modules[$0].name, 1) }, uniquingKeysWith: +)
        let items = rows.map { row in
            let module = modules[row]
            var item = "- [\(MarkdownText.codeSpan(module.name))](\(MarkdownText.destination(module.page)))"
            if counts[module.name] != 1 { item += " (\(MarkdownText.codeSpan(module.shownPath)))" }
            let summary = summaries[row] ?? ""
            return summary.isEmpty ? item : "\(item): \(markup.markdown(summary).oneLine)"
        }
        let text = "# \(markup.markdown(title))\n\n\(items.joined(separator: "\n"))\n"
        return MarkdownPage(path: "index.md", text: text)
    }
}

/// A page of a book.
public struct MarkdownPage: Hashable, Sendable {
    /// The path in the book's folder.
    public let path: String
    /// The page in CommonMark.
    public let text: String
}

/// What a book keeps of a module until all pages are written.
public struct ModuleFacts: Sendable {
    let row: Int
    let summary: String
    let names: [NameEntry]
}

extension String {
    var oneLine: String { split(separator: "\n").joined(separator: " ") }
}
