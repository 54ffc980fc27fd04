/// How a docstring stands in its file: what is lost when it is taken out, so that it can be put back byte for byte.
public struct DocstringSpelling: Hashable, Sendable {
    /// The docstring as readers see it.
    public let text: String
    /// The bytes that go when it is taken out: its literals with quotes and parentheses, and as far as nothing else is on
    /// its line, the semicolon, the indentation and the line end.
    public let source: [UInt8]
    /// What stands in its place while it is gone (`pass`, where a body would be empty); mostly nothing.
    public let standIn: [UInt8]
    /// What stands between the end of the declaration's header, or the module's begin, and the docstring: it stays.
    public let lead: [UInt8]

    /// Makes a spelling.
    public init(text: String, source: [UInt8], standIn: [UInt8], lead: [UInt8]) {
        self.text = text
        self.source = source
        self.standIn = standIn
        self.lead = lead
    }
}

/// A file whose docstrings are taken out, and how they stood.
public struct StrippedFile: Sendable {
    /// The file without docstrings.
    public let file: SourceFile
    /// Each docstring that is gone, by its declaration's row.
    public let spellings: [Int: DocstringSpelling]

    /// Makes a stripped file.
    public init(file: SourceFile, spellings: [Int: DocstringSpelling]) {
        self.file = file
        self.spellings = spellings
    }
}
