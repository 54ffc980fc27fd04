import PythonLanguage
import SourceCode
import Testing

/// A file with docstrings put in place, and what the placer refused.
struct Placed {
    let file: SourceFile
    let outline: SourceOutline
    let refusals: [String]

    /// Puts texts in place: each belongs to the declaration of a path, the first if there are several.
    init(
        _ file: SourceFile,
        _ texts: [String: String],
        oneLineSuites: PlacementOptions.OneLineSuites = .split,
        separatesClassDocstrings: Bool = false
    ) throws {
        let language = PythonLanguage()
        let before = try language.read(file)
        var options = PlacementOptions()
        options.oneLineSuites = oneLineSuites
        options.separatesClassDocstrings = separatesClassDocstrings
        var rows: [Int: String] = [:]
        for (path, text) in texts {
            rows[try #require(before.declarations.first { $0.path == path }).row] = text
        }
        let placements = language.placements(of: rows, in: before, options: options)
        self.file = file.applying(placements.edits)
        refusals = placements.refusals.map(\.reason)
        outline = try language.read(self.file)
        #expect(language.codeDifference(between: before, and: outline) == nil)
        for edit in placements.edits {
            let declaration = Declaration(outline: outline, row: edit.declaration)
            #expect(language.docstring(of: declaration) == edit.text)
        }
    }

    init(
        _ text: String,
        _ texts: [String: String],
        oneLineSuites: PlacementOptions.OneLineSuites = .split,
        separatesClassDocstrings: Bool = false
    ) throws {
        try self.init(
            SourceFile(text: text),
            texts,
            oneLineSuites: oneLineSuites,
            separatesClassDocstrings: separatesClassDocstrings
        )
    }

    var text: String { String(decoding: file.bytes, as: UTF8.self) }
}
