extension Docstring.Section {
    /// The title in plain English, as NumPy writes it: "Parameters", "See Also".
    public var title: String {
        switch self {
        case .parameters: "Parameters"
        case .otherParameters: "Other Parameters"
        case .returns: "Returns"
        case .yields: "Yields"
        case .receives: "Receives"
        case .raises: "Raises"
        case .warns: "Warns"
        case .attributes: "Attributes"
        case .methods: "Methods"
        case .examples: "Examples"
        case .notes: "Notes"
        case .references: "References"
        case .seeAlso: "See Also"
        case .deprecated: "Deprecated"
        case .other(let title, _): title
        }
    }

    /// The entries; `nil` for a section of running text.
    public var entries: [Docstring.Entry]? {
        switch self {
        case .parameters(let entries), .otherParameters(let entries), .returns(let entries), .yields(let entries),
            .receives(let entries), .raises(let entries), .warns(let entries), .attributes(let entries),
            .methods(let entries):
            entries
        case .examples, .notes, .references, .seeAlso, .deprecated, .other: nil
        }
    }

    /// The running text; `nil` for a section of entries.
    public var text: String? {
        switch self {
        case .parameters, .otherParameters, .returns, .yields, .receives, .raises, .warns, .attributes, .methods: nil
        case .examples(let text), .notes(let text), .references(let text), .seeAlso(let text),
            .deprecated(_, let text), .other(_, let text):
            text
        }
    }

    /// Whether nothing would be written for it.
    public var isEmpty: Bool {
        if case .deprecated = self { return false }
        if let entries { return entries.allSatisfy(\.isEmpty) }
        return text?.utf8.allSatisfy(\.isWhitespace) ?? true
    }

    /// The same section with other entries; a section of running text stays as it is.
    func with(_ entries: [Docstring.Entry]) -> Self {
        switch self {
        case .parameters: .parameters(entries)
        case .otherParameters: .otherParameters(entries)
        case .returns: .returns(entries)
        case .yields: .yields(entries)
        case .receives: .receives(entries)
        case .raises: .raises(entries)
        case .warns: .warns(entries)
        case .attributes: .attributes(entries)
        case .methods: .methods(entries)
        case .examples, .notes, .references, .seeAlso, .deprecated, .other: self
        }
    }
}

extension Docstring.Entry {
    /// Whether it says nothing at all.
    var isEmpty: Bool { names.isEmpty && type == nil && text.isEmpty }

    /// The names as styles list them.
    var nameList: String { names.count == 1 ? names[0] : names.joined(separator: ", ") }

    /// The exception or warning of an entry: its type, else its name.
    var subject: String { type ?? nameList }

    /// The text, with a last sentence on the default where there is one.
    var textWithDefault: String {
        guard let defaultValue else { return text }
        let code = defaultValue.contains("`") ? "`` \(defaultValue) ``" : "`\(defaultValue)`"
        return text(adding: "Defaults to \(code).")
    }

    /// The text with one more sentence at its end.
    func text(adding sentence: String) -> String {
        guard let last = text.utf8.last else { return sentence }
        return text + (".:!?".utf8.contains(last) ? " " : ". ") + sentence
    }
}

extension Docstring {
    /// The sections that say something, in a style's order; those of one title are joined, since readers keep only one.
    func arranged(by rank: (Section) -> Int) -> [Section] {
        var result: [Section] = []
        for section in sections where !section.isEmpty {
            let twin = result.firstIndex { $0.title == section.title && $0.entries != nil }
            if let twin, let entries = section.entries, let earlier = result[twin].entries {
                result[twin] = result[twin].with(earlier + entries)
            } else {
                let place = result.lastIndex { rank($0) <= rank(section) }.map { $0 + 1 } ?? 0
                result.insert(section, at: place)
            }
        }
        return result
    }

    /// Whether the summary is all there is.
    var isSummaryOnly: Bool { description.isEmpty && sections.allSatisfy(\.isEmpty) }
}

extension [Docstring.Entry] {
    /// One entry for a result that is described in several, as styles want it that know a single result.
    var joinedResult: Docstring.Entry? {
        guard count > 1 else { return first }
        let types = compactMap(\.type)
        var result = Docstring.Entry(type: types.count == count ? "tuple[\(types.joined(separator: ", "))]" : nil)
        result.text = map(\.text).filter { !$0.isEmpty }.joined(separator: " ")
        return result
    }

    /// One entry for each exception, where an entry names several.
    var onePerSubject: [Docstring.Entry] {
        guard contains(where: { $0.subject.utf8.contains(UInt8(ascii: ",")) }) else { return self }
        return flatMap { entry in
            entry.subject.split(separator: ",").map { subject in
                Docstring.Entry(type: String(subject.drop { $0 == " " }), text: entry.text)
            }
        }
    }
}
