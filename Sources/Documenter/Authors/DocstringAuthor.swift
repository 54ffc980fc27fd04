public import Docstrings
public import SourceCode

/// Writes the docstring of a declaration: from its facts alone, or with a language model.
public protocol DocstringAuthor: Sendable {
    /// Says what is true of a declaration; what is said is checked and laid out by others.
    func write(for target: DocumentationTarget) async throws -> Docstring
}

/// A declaration to document, with what the author must know besides its facts.
public struct DocumentationTarget: Sendable {
    /// The declaration.
    public let declaration: Declaration
    /// What goes into the docstring.
    public let content: DocstringContent
    /// The most characters that the summary may have, its full stop included; 72 by default.
    public var maximumSummaryWidth = 72

    /// Makes a target.
    public init(declaration: Declaration, content: DocstringContent) {
        self.declaration = declaration
        self.content = content
    }
}

/// What goes into a docstring, by style and configuration.
public struct DocstringContent: Hashable, Sendable {
    /// Which types stand in the docstring.
    public enum Types: String, Hashable, Sendable, CaseIterable {
        /// Those that the signature has, in NumPy, reST and Epytext; none in Google, whose guide leaves them to the signature.
        case auto
        /// Those that the signature has.
        case always
        /// None.
        case never
    }

    /// Whether entries carry the signature's types.
    public var includesTypes = true
    /// Whether a class's docstring describes the parameters of its `__init__`, which then gets none itself.
    public var classDescribesConstructor = true

    /// The defaults.
    public init() {}
}
