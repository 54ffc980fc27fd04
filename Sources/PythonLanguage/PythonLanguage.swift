public import SourceCode

/// Python 3.8 to 3.14: reads declarations with their facts, and knows where and how a docstring is written.
///
/// The judge of all it does is CPython; the reading needs none. It knows neither docstring styles nor models.
public struct PythonLanguage: SourceLanguage {
    /// Modules and stub files.
    public let fileExtensions = ["py", "pyi"]
    /// Stub files (PEP 484).
    public let stubExtensions = ["pyi"]

    /// Makes the language; it has no state.
    public init() {}

    /// Reads a module's declarations with their facts.
    ///
    /// - Throws: `SourceError` when the encoding is unknown or broken, or the text is not Python 3.8 to 3.14.
    public func read(_ file: SourceFile) throws(SourceError) -> SourceOutline {
        try read(file, keepsFacts: true)
    }

    /// Reads a module's declarations with their names, places and docstrings alone: no other facts, lines or traits.
    ///
    /// - Throws: `SourceError` in the same cases as ``read(_:)``.
    public func readStructure(_ file: SourceFile) throws(SourceError) -> SourceOutline {
        try read(file, keepsFacts: false)
    }

    private func read(_ file: SourceFile, keepsFacts: Bool) throws(SourceError) -> SourceOutline {
        guard file.bytes.count < Int(UInt32.max) - 64 else {
            throw SourceError(.tooLarge, path: file.path, line: 1, column: 1, reason: "the file is larger than 4 GiB")
        }
        switch PythonEncoding.detect(file.bytes) {
        case .failure(let problem):
            throw SourceError(
                .encoding,
                path: file.path,
                line: problem.line,
                column: problem.column,
                reason: problem.reason
            )
        case .success(let found):
            return try PythonReader(
                file: file,
                encoding: found.encoding,
                contentStart: found.contentStart,
                keepsFacts: keepsFacts
            ).outline()
        }
    }

    /// What stands between triple quotes.
    public func likelyDocstrings(in file: SourceFile) -> [ByteRange] {
        TripleQuoteScan.literals(in: file.bytes)
    }

    /// The docstring as `inspect.getdoc` gives it; lone surrogates become U+FFFD.
    public func docstring(of declaration: Declaration) -> String? {
        let range = declaration.record.docstring
        guard !range.isEmpty else { return nil }
        let literals = declaration.outline.file.bytes[range.offsets]
        return StringLiteral.value(of: literals, encoding: declaration.outline.encoding).map(cleanedDocstring)
    }

    /// The splices for some docstrings, with quotes, indentation and line ends of their places.
    public func placements(
        of docstrings: [Int: String],
        in outline: SourceOutline,
        options: PlacementOptions
    ) -> Placements {
        DocstringPlacer(outline: outline, options: options).placements(of: docstrings)
    }

    /// The file without its docstrings, each with what it takes to put it back (``PlacementOptions/spellings``).
    ///
    /// Where a body would be empty, or another string would become the docstring, a `pass` stands in.
    public func stripped(_ outline: SourceOutline) -> StrippedFile {
        DocstringStripper(outline: outline).stripped()
    }

    /// The first difference in tokens, comments, or the kinds and depths of statements.
    public func codeDifference(between before: SourceOutline, and after: SourceOutline) -> String? {
        CodeComparison(before: before, after: after).firstDifference()
    }
}
