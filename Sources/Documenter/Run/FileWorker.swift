import Docstrings
import SourceCode

/// Documents one file: reads, selects, asks the author, lays out, proves, writes.
struct FileWorker: Sendable {
    let settings: Settings
    let mode: RunMode
    let languages: LanguageTable
    let author: any DocstringAuthor
    let style: any DocstringStyle
    let roots: RootPaths
    let writer: AtomicWriter

    /// Does the work; whatever goes wrong is in the result, and the file is then what it was.
    @Sendable
    func result(for file: ProjectFile) async -> FileResult {
        var result = FileResult(path: file.path)
        guard let language = languages.language(for: file.path) else { return result }
        do {
            let contents = try FileContents.read(file)
            result.byteCount = contents.bytes.count
            let outline = try language.read(SourceFile(path: file.path, bytes: contents.bytes))
            result.declarationCount = outline.tables.declarations.count
            let verdict = try await documented(outline, file, language, &result)
            guard !verdict.edits.isEmpty else { return result }
            if mode == .write {
                try writer.replace(contents, with: verdict.outline.file.bytes)
            } else {
                try writer.refuseUnwritable(contents)
            }
            record(verdict, outline, &result)
        } catch let error as SourceError {
            result.status = .refused(error)
        } catch let error as FileError {
            result.status = .failed(error.reason)
        } catch {
            result.status = .failed("\(error)")
        }
        return result
    }

    /// The proven edits for a file's declarations; what is skipped and undone goes into the result.
    private func documented(
        _ outline: SourceOutline,
        _ file: ProjectFile,
        _ language: any SourceLanguage,
        _ result: inout FileResult
    ) async throws -> Gate.Verdict {
        var traits = FileTraits(path: roots.relativePath(of: file.path), stubExtensions: language.stubExtensions)
        if file.isVendored { traits.insert(.isVendored) }
        let reasons = Selection(settings).skipReasons(in: outline, file: traits)
        var texts: [Int: String] = [:]
        for (row, reason) in reasons.enumerated() {
            if let reason {
                result.skipped[reason, default: 0] += 1
            } else if let text = try await text(for: Declaration(outline: outline, row: row)) {
                texts[row] = text
            } else {
                result.skipped[.nothingToSay, default: 0] += 1
            }
        }
        guard !texts.isEmpty else { return Gate.Verdict(outline: outline) }
        var options = PlacementOptions()
        options.oneLineSuites = settings.oneLineSuites
        let placements = language.placements(of: texts, in: outline, options: options)
        let unchanged = texts.count - placements.edits.count - placements.refusals.count
        if unchanged > 0 { result.skipped[.documented, default: 0] += unchanged }
        for (row, reason) in placements.refusals {
            result.skipped[.unplaceable, default: 0] += 1
            result.unplaced.append((item(for: Declaration(outline: outline, row: row)), reason))
        }
        let verdict = Gate(language: language, outline: outline).verdict(on: placements.edits)
        for (edit, reason) in verdict.undone {
            result.undone.append((item(for: Declaration(outline: outline, row: edit.declaration)), reason))
        }
        return verdict
    }

    /// The text of a declaration's docstring, laid out for its place; `nil` if there is nothing to say.
    private func text(for declaration: Declaration) async throws -> String? {
        var layout = layout(for: declaration)
        var target = DocumentationTarget(declaration: declaration, content: content)
        target.maximumSummaryWidth = max(20, layout.lineLength - layout.indentationWidth - 7)
        let docstring = try await author.write(for: target)
        if docstring.summary.isEmpty, docstring.sections.isEmpty { return nil }
        let text = style.render(docstring, layout: layout)
        guard text.utf8.contains(UInt8(ascii: "\\")) else { return text }
        // A raw literal's prefix takes one more character of the first line.
        layout.openingWidth = 4
        return style.render(docstring, layout: layout)
    }

    private var content: DocstringContent {
        var content = DocstringContent()
        content.includesTypes = settings.types == .always || settings.types == .auto && style.name != "google"
        content.classDescribesConstructor = !settings.documentsInitializers
        return content
    }

    private func layout(for declaration: Declaration) -> DocstringLayout {
        let record = declaration.record
        var indentation = declaration.outline.text(record.indentation)
        if record.traits.contains(.isOneLineSuite) { indentation += declaration.outline.indentationUnit }
        var layout = DocstringLayout()
        layout.lineLength = settings.lineLength ?? layout.lineLength
        layout.indentationWidth = indentation.utf8.reduce(0) { $0 + ($1 == UInt8(ascii: "\t") ? 4 : 1) }
        if indentation.hasSuffix("\t") { layout.indentationUnit = "\t" }
        return layout
    }

    private func record(_ verdict: Gate.Verdict, _ outline: SourceOutline, _ result: inout FileResult) {
        result.status = .changed
        if mode == .diff { result.versions = (outline.file, verdict.outline.file) }
        for edit in verdict.edits {
            let declaration = Declaration(outline: outline, row: edit.declaration)
            result.documented.append(item(for: declaration))
            let isSplit = declaration.traits.contains(.isOneLineSuite) && settings.oneLineSuites == .split
            if isSplit { result.splitSuites += 1 }
        }
    }

    private func item(for declaration: Declaration) -> FileResult.Item {
        FileResult.Item(path: declaration.path, line: Int(declaration.record.line))
    }
}
