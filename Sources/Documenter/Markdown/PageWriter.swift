import Docstrings
import SourceCode

/// The declarations of a module that its page shows: with the settings' leave also private and nested ones.
struct ShownDeclarations {
    /// Rows of the outline, the module first.
    let rows: [Int]
    /// The path of each row.
    let paths: [String]

    init(of outline: SourceOutline, settings: Settings) {
        let limits = Visibility(of: outline, file: []).limits
        var allPaths: [String] = []
        var rows: [Int] = []
        for (row, record) in outline.tables.declarations.enumerated() {
            let parent = record.parent < 0 ? "" : allPaths[Int(record.parent)]
            let name = outline.text(record.name)
            allPaths.append(parent.isEmpty ? name : "\(parent).\(name)")
            let isInside = record.traits.contains(.isNested) || limits[row].contains(.isScript)
            if isInside && !settings.documentsNested { continue }
            if limits[row].contains(.isPrivate) && !settings.documentsPrivate { continue }
            rows.append(row)
        }
        self.rows = rows
        paths = rows.map { allPaths[$0] }
    }
}

/// Writes the page of one module.
struct PageWriter {
    private let module: BookModule
    private let outline: SourceOutline
    private let shown: ShownDeclarations
    private let isEpytext: Bool
    private let references: CrossReferences
    /// The link to the source, up to the line.
    private let sourcePath: String
    private let sourceLabel: String

    init(book: MarkdownBook, module: Int, outline: SourceOutline, style: String) {
        self.module = book.modules[module]
        self.outline = outline
        isEpytext = style == "epytext"
        sourcePath = Self.sourcePath(of: book.modules[module], in: book)
        let fileName = String(FilePath.name(book.modules[module].source[...]))
        sourceLabel = InlineMarkdown(isEpytext: false) { _ in nil }.markdown(fileName)
        shown = ShownDeclarations(of: outline, settings: book.settings)
        references = CrossReferences(book: book, module: module, ownNames: Set(shown.paths.filter { !$0.isEmpty }))
    }

    func text(language: some SourceLanguage, style: some DocstringStyle) -> String {
        let entries = zip(shown.rows, shown.paths).map { row, path in
            let declaration = Declaration(outline: outline, row: row)
            return Entry(
                declaration: declaration,
                path: path,
                docstring: language.docstring(of: declaration).map(style.parse)
            )
        }
        var parts = entries.map(text)
        if !parts.isEmpty { parts[0] += contents(entries) }
        return parts.joined(separator: "\n")
    }

    private struct Entry {
        let declaration: Declaration
        let path: String
        let docstring: Docstring?
    }

    private func text(of entry: Entry) -> String {
        let isModule = entry.declaration.kind == .module
        let blocks = [
            heading(entry.declaration, entry.path),
            isModule ? "" : MarkdownText.fence(signature(entry.declaration), language: "python"),
            bases(of: entry),
            entry.docstring.map { DocstringMarkdown(markup: markup(for: entry)).markdown($0) } ?? "",
            sourceLink(entry.declaration),
        ]
        return blocks.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
    }

    // MARK: Contents

    /// What the module itself declares, with links and summaries.
    private func contents(_ entries: [Entry]) -> String {
        let own = entries.filter { $0.declaration.record.parent == 0 && $0.declaration.record.ordinal == 1 }
        guard own.count > 1 else { return "" }
        let summaries = Dictionary(
            entries.compactMap { entry in entry.docstring.map { (entry.path, $0.summary) } },
            uniquingKeysWith: { first, _ in first }
        )
        let items = own.map { entry in
            let link = "- [\(MarkdownText.codeSpan(entry.path))](\(CrossReferences.anchor(entry.path)))"
            let summary = summaries[entry.path] ?? ""
            return summary.isEmpty ? link : "\(link): \(markup(for: entry).markdown(summary).oneLine)"
        }
        return "\n" + items.joined(separator: "\n") + "\n"
    }

    // MARK: Heading

    private func heading(_ declaration: Declaration, _ path: String) -> String {
        guard declaration.kind != .module else { return "# \(MarkdownText.codeSpan(module.name))" }
        let depth = path.utf8.lazy.filter { $0 == 46 }.count
        let level = String(repeating: "#", count: min(2 + depth, 6))
        let ordinal = declaration.record.ordinal
        let anchor = ordinal == 1 ? path : "\(path)-\(ordinal)"
        let kind = declaration.kind == .class ? "class " : ""
        return "\(level) <a id=\"\(anchor)\"></a>\(kind)\(MarkdownText.codeSpan(path))\(role(of: declaration))"
    }

    private func role(of declaration: Declaration) -> String {
        let traits = declaration.traits
        if traits.contains(.isOverload) { return " (overload)" }
        if traits.contains(.isProperty) { return " (property)" }
        if traits.contains(.isSetter) { return " (setter)" }
        return traits.contains(.isDeleter) ? " (deleter)" : ""
    }

    // MARK: Signature

    /// The decorators and the header as they stand in the source, without the header's colon and the block's indentation.
    private func signature(_ declaration: Declaration) -> String {
        let record = declaration.record
        let whole = outline.text(ByteRange(Int(record.extent.start), Int(record.header.end)))
        let text = whole.hasSuffix(":") ? whole.dropLast().trimmedEnd : whole[...]
        let lines = text.lines
        guard lines.count > 1 else { return String(text) }
        return outdented(lines, by: margin(at: Int(record.extent.start))).joined(separator: "\n")
    }

    /// The blanks in front of an offset, back to its line's start.
    private func margin(at offset: Int) -> ArraySlice<UInt8> {
        let bytes = outline.file.bytes[..<offset]
        return bytes.suffix(bytes.reversed().prefix { $0 == 32 || $0 == 9 }.count)
    }

    /// Takes the margin from the lines behind the first, unless a line has less, or text in quotes goes over lines.
    private func outdented(_ lines: [Substring], by margin: ArraySlice<UInt8>) -> [Substring] {
        let rest = lines.dropFirst()
        let isPlain =
            rest.allSatisfy { $0.isBlankLine || $0.utf8.starts(with: margin) }
            && lines.allSatisfy { !$0.contains("\"\"\"") && !$0.contains("'''") && $0.utf8.last != 92 }
        guard isPlain else { return lines }
        return lines.prefix(1) + rest.map { $0.isBlankLine ? "" : Substring($0.utf8.dropFirst(margin.count)) }
    }

    // MARK: Docstring

    private func markup(for entry: Entry) -> InlineMarkdown {
        var references = references
        references.scope = entry.path
        references.hidden = Set(entry.declaration.parameters.map(\.name) + entry.declaration.fields.map(\.name))
            .union(entry.docstring?.sections.flatMap(\.entryNames) ?? [])
        let links = references
        return InlineMarkdown(isEpytext: isEpytext, link: { links.destination(of: $0) })
    }

    /// The base classes that have a place in the book; the signature names them all, without links.
    private func bases(of entry: Entry) -> String {
        var references = references
        references.scope = entry.path
        let linked = entry.declaration.bases.compactMap { base in
            references.destination(of: base).map { "[\(MarkdownText.codeSpan(base))](\($0))" }
        }
        return linked.isEmpty ? "" : "Derived from \(linked.joined(separator: ", "))."
    }

    // MARK: Source

    private func sourceLink(_ declaration: Declaration) -> String {
        let line = declaration.record.line
        return "[Source: \(sourceLabel), line \(line)](\(sourcePath)#L\(line))"
    }

    private static func sourcePath(of module: BookModule, in book: MarkdownBook) -> String {
        if let base = book.sourceBase {
            let path = FilePath.relative(from: FilePath.absolute("", in: book.workingFolder), to: module.source)
            return base + MarkdownText.destination(path)
        }
        let folder = FilePath.folder(book.folder + "/" + module.page)
        return MarkdownText.destination(FilePath.relative(from: folder, to: module.source))
    }
}

extension Docstring.Section {
    /// The names that the section itself explains.
    fileprivate var entryNames: [String] {
        switch self {
        case .parameters(let entries), .otherParameters(let entries), .attributes(let entries):
            entries.flatMap(\.names)
        case .returns, .yields, .receives, .raises, .warns, .methods, .examples, .notes, .references, .seeAlso,
            .deprecated, .other:
            []
        }
    }
}
