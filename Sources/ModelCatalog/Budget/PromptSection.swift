/// A part of a prompt that is kept, shrunk or dropped by its importance.
public struct PromptSection: Hashable, Sendable {
    /// What it is, for the list of what was dropped.
    public var name: String
    /// The text.
    public var text: String
    /// How important it is: the lowest goes first; of equals the one that stands later.
    public var priority: Int
    /// Whether it must be there as a whole.
    public var isRequired: Bool
    /// Whether its beginning alone is of use.
    ///
    /// What is cut off is its end.
    public var canShrink: Bool
    /// The fewest tokens of its beginning that are of use; what would be shorter is dropped.
    ///
    /// 1 by default.
    public var smallestUse = 1
    /// Where its declarations end, in bytes of UTF-8 from the start: the best places to cut it.
    ///
    /// None by default; paragraphs and lines need not be told.
    public var declarationEnds: [Int] = []

    /// A section that may be shrunk and dropped, of priority 0, unless something else is said.
    public init(
        _ name: String,
        _ text: String,
        priority: Int = 0,
        isRequired: Bool = false,
        canShrink: Bool = true
    ) {
        self.name = name
        self.text = text
        self.priority = priority
        self.isRequired = isRequired
        self.canShrink = canShrink
    }
}

/// A prompt of sections, in the order in which they stand.
public struct SectionedPrompt: Hashable, Sendable {
    /// The sections.
    public var sections: [PromptSection]
    /// What stands between two sections.
    public var separator: String

    /// A prompt of sections, with an empty line between them unless something else is said.
    public init(_ sections: [PromptSection], separator: String = "\n\n") {
        self.sections = sections
        self.separator = separator
    }
}

/// A prompt that fits, and what it cost.
public struct FittedPrompt: Hashable, Sendable {
    /// A section of which something is there.
    public struct Kept: Hashable, Sendable {
        /// The section's place in the prompt.
        public var index: Int
        /// Its name.
        public var name: String
        /// What is there of it.
        public var text: String
    }

    /// A section of which something is missing.
    public struct Dropped: Hashable, Sendable, CustomStringConvertible {
        /// The section's name.
        public var name: String
        /// The bytes of UTF-8 that are missing from its end.
        public var bytes: Int
        /// About how many tokens these are.
        public var tokens: Int
        /// Whether nothing of it is there.
        public var isWhole: Bool

        /// Such as `examples (812 tokens)` or `end of source (96 tokens)`.
        public var description: String { "\(isWhole ? "" : "end of ")\(name) (\(tokens) tokens)" }
    }

    /// What is there, in order; sections that are empty or dropped are not.
    public var sections: [Kept]
    /// What is not, in the prompt's order.
    public var dropped: [Dropped]
    /// What stands between two sections.
    public var separator: String
    /// The tokens of ``text``.
    public var count: TokenCount

    /// The prompt.
    public var text: String { sections.map(\.text).joined(separator: separator) }
}

/// That what a prompt must have does not fit.
public struct FittingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The tokens that the required sections take, rounded up where that is an estimate.
    public var required: Int
    /// The tokens that there are.
    public var budget: Int
    /// The names of the required sections.
    public var sections: [String]

    /// One line for people.
    public var description: String {
        "the required parts of the prompt (\(sections.joined(separator: ", "))) take \(required) tokens, "
            + "\(required - budget) more than the \(budget) that there are"
    }
}
