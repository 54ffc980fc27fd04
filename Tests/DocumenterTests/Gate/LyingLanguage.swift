import PythonLanguage
import SourceCode

/// Python, but for placements, which are spoilt behind the gate's back.
struct LyingLanguage: SourceLanguage {
    let python = PythonLanguage()
    /// Makes another edit of one.
    let spoil: @Sendable (SourceEdit, SourceOutline) -> SourceEdit

    var fileExtensions: [String] { python.fileExtensions }
    var stubExtensions: [String] { python.stubExtensions }

    func read(_ file: SourceFile) throws(SourceError) -> SourceOutline { try python.read(file) }

    func likelyDocstrings(in file: SourceFile) -> [ByteRange] { [] }

    func docstring(of declaration: Declaration) -> String? { python.docstring(of: declaration) }

    func placements(
        of docstrings: [Int: String],
        in outline: SourceOutline,
        options: PlacementOptions
    ) -> Placements {
        var placements = python.placements(of: docstrings, in: outline, options: options)
        placements.edits = placements.edits.map { spoil($0, outline) }
        return placements
    }

    func codeDifference(between before: SourceOutline, and after: SourceOutline) -> String? {
        python.codeDifference(between: before, and: after)
    }
}
