/// What a docstring says, in no particular style: a summary, extended text and ordered sections.
public struct Docstring: Hashable, Sendable {
    /// One sentence on one line, with its full stop.
    public var summary: String
    /// Paragraphs, lists and examples between the summary and the first section, verbatim; empty if there is none.
    public var description: String
    /// The sections in order.
    public var sections: [Section]

    /// Makes a docstring.
    public init(summary: String, description: String = "", sections: [Section] = []) {
        self.summary = summary
        self.description = description
        self.sections = sections
    }

    /// A part of a docstring with a subject of its own.
    public enum Section: Hashable, Sendable {
        case parameters([Entry])
        /// NumPy's "Other Parameters", Google's "Keyword Args".
        case otherParameters([Entry])
        case returns([Entry])
        case yields([Entry])
        case receives([Entry])
        /// Entries whose type is the exception.
        case raises([Entry])
        case warns([Entry])
        case attributes([Entry])
        case methods([Entry])
        /// Kept as it is, never wrapped.
        case examples(String)
        case notes(String)
        case references(String)
        case seeAlso(String)
        case deprecated(version: String, text: String)
        /// A section of another name, kept as it is.
        case other(title: String, text: String)
    }

    /// A name, a type, or both, with what is said of them.
    public struct Entry: Hashable, Sendable {
        /// The names, with stars where the signature has them; several where a style lists several; empty if unnamed.
        public var names: [String]
        /// The type's text; `nil` if none is given.
        public var type: String?
        /// Whether the entry says `optional`.
        public var isOptional: Bool
        /// The default's source text; `nil` if none is given.
        public var defaultValue: String?
        /// What is said, paragraphs separated by empty lines; may be empty.
        public var text: String

        /// Makes an entry.
        public init(names: [String] = [], type: String? = nil, text: String = "") {
            self.names = names
            self.type = type
            isOptional = false
            defaultValue = nil
            self.text = text
        }

        /// Makes an entry for one name.
        public init(_ name: String, type: String? = nil, text: String = "") {
            self.init(names: [name], type: type, text: text)
        }
    }
}
