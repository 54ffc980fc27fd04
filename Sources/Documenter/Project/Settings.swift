public import SourceCode

/// What a user asks of a run, from options and `[tool.docent]`; each property's initial value is the default.
public struct Settings: Hashable, Sendable {
    /// The name of a style, or `nil` for the project's own majority style, else Google.
    public var style: String?
    /// The longest line, 20 to 1000 characters; `nil` for what the project's formatter is set to, else 88.
    public var lineLength: Int?
    /// Which types stand in docstrings.
    public var types = DocstringContent.Types.auto
    /// Only files that match one of these globs, when there are any.
    public var include: [String] = []
    /// No file or folder that matches one of these globs.
    public var exclude: [String] = []
    /// Document names that begin with an underscore.
    public var documentsPrivate = false
    /// Document functions and classes inside functions.
    public var documentsNested = false
    /// Document `__init__` itself; the class then does not describe its parameters.
    public var documentsInitializers = false
    /// Document tests.
    public var documentsTests = false
    /// Replace docstrings that exist.
    public var overwrites = false
    /// Document where the docstring is data at run time, too.
    public var documentsRuntimeData = false
    /// Document stub files, too.
    public var documentsStubs = false
    /// What happens to bodies on their header's line.
    public var oneLineSuites = PlacementOptions.OneLineSuites.split
    /// How many files are worked on at once; `nil` for the number of processors.
    public var jobs: Int?

    /// The defaults.
    public init() {}
}
