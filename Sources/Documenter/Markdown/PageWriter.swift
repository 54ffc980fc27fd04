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
    private let book: MarkdownBook
    private let module: BookModule
    private let outline: SourceOutline
    private let shown: ShownDeclarations
    private let isEpytext: Bool
    private let references: CrossReferences

    init(book: MarkdownBook, module: Int, outline: SourceOutline, style: String) {
        self.book = book
        self.module = book.modules[module]
        self.outline = outline
        isEpytext = style == "epytext"
        shown = ShownDeclarations(of: outline, settings: book.settings)
        references = CrossReferences(book: book, module: module, ownNames: Set(shown.paths.filter { !$0.isEmpty }))
    }

    func text(language: some SourceLanguage, style: some DocstringStyle) -> String {
        var text = ""
        for (row, path) in zip(shown.rows, shown.paths) {
            let declaration = Declaration(outline: outline, row: row)
            let docstring = language.docstring(of: declaration).map(style.parse)
            let blocks = [
                heading(declaration, path),
                declaration.kind == .module ? "" : MarkdownText.fence(signature(declaration), language: "python"),
                docstring.map { prose($0, of: declaration, path) } ?? "",
                sourceLink(declaration),
            ]
            if !text.isEmpty { text += "\n" }
            text += blocks.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
        }
        return text
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
        let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
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

    private func prose(_ docstring: Docstring, of declaration: Declaration, _ path: String) -> String {
        var references = references
        references.scope = path
        references.hidden = Set(declaration.parameters.map(\.name) + declaration.fields.map(\.name))
            .union(docstring.sections.flatMap(\.entryNames))
        let links = references
        let markup = InlineMarkup(isEpytext: isEpytext, link: { links.destination(of: $0) })
        return DocstringMarkdown(markup: markup).markdown(docstring)
    }

    // MARK: Source

    private func sourceLink(_ declaration: Declaration) -> String {
        let label = InlineMarkup(isEpytext: false) { _ in nil }.markdown(
            FilePath.name(module.shownPath[...]).description
        )
        let line = declaration.record.line
        return "[Source: \(label), line \(line)](\(sourcePath)#L\(line))"
    }

    private var sourcePath: String {
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
