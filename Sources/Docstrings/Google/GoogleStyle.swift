/// Google's style: `Args:`, `Returns:`, `Raises:`, and entries such as `name (type): text`.
///
/// Inline code stands in single backticks. A type with a colon in it is left out, since readers split an entry at its
/// first colon. Several results are one entry with a tuple's type; parameters of all kinds stand in `Args:`.
public struct GoogleStyle: DocstringStyle {
    /// The name in options.
    public let name = "google"

    /// Makes the style.
    public init() {}

    /// Reads a cleaned docstring of this style.
    public func parse(_ text: String) -> Docstring { GoogleParser.parse(text) }

    /// Writes a docstring down in this style.
    public func render(_ docstring: Docstring, layout: DocstringLayout) -> String {
        TextWriter.rendered(layout, markup: .singleBackticks) { writer in
            let sections = docstring.withoutOtherParameters.arranged(by: rank)
            writer.writeOpening(docstring, deprecations: sections)
            for section in sections { write(section, to: &writer) }
        }
    }

    private func rank(_ section: Docstring.Section) -> Int {
        switch section {
        case .deprecated: 0
        case .parameters, .otherParameters: 1
        case .returns: 2
        case .yields: 3
        case .receives: 4
        case .raises: 5
        case .warns: 6
        case .attributes: 7
        case .methods: 8
        case .notes: 9
        case .examples: 10
        case .seeAlso: 11
        case .references: 12
        case .other: 13
        }
    }

    private func write(_ section: Docstring.Section, to writer: inout TextWriter) {
        switch section {
        case .deprecated: break
        case .parameters(let entries), .otherParameters(let entries):
            write("Args:", entries, to: &writer, as: writeNamed)
        case .attributes(let entries): write("Attributes:", entries, to: &writer, as: writeNamed)
        case .methods(let entries): write("Methods:", entries, to: &writer, as: writeNamed)
        case .returns(let entries): write("Returns:", [entries.joinedResult], to: &writer, as: writeResult)
        case .yields(let entries): write("Yields:", [entries.joinedResult], to: &writer, as: writeResult)
        case .receives(let entries): write("Receives:", [entries.joinedResult], to: &writer, as: writeResult)
        case .raises(let entries): write("Raises:", entries, to: &writer, as: writeSubject)
        case .warns(let entries): write("Warns:", entries, to: &writer, as: writeSubject)
        case .notes(let text): write("Note:", text, to: &writer)
        case .examples(let text): write("Examples:", text, to: &writer)
        case .seeAlso(let text): write("See Also:", text, to: &writer)
        case .references(let text): write("References:", text, to: &writer)
        case .other(let title, let text): write(title + ":", text, to: &writer)
        }
    }

    private func write(_ header: String, _ text: String, to writer: inout TextWriter) {
        writer.skipLine()
        writer.line(header)
        writer.write(text, level: 1)
    }

    private func write(
        _ header: String,
        _ entries: [Docstring.Entry?],
        to writer: inout TextWriter,
        as writeEntry: (Docstring.Entry, inout TextWriter) -> Void
    ) {
        writer.skipLine()
        writer.line(header)
        for case let entry? in entries where !entry.isEmpty { writeEntry(entry, &writer) }
    }

    /// Writes `name (type, optional): Text. Defaults to 3.`.
    private func writeNamed(_ entry: Docstring.Entry, to writer: inout TextWriter) {
        writer.beginLine(level: 1)
        writer.append(entry.nameList)
        let suffix = entry.isOptional ? ", optional" : ""
        let room = writer.room - writer.column - suffix.utf8.count - 4
        if let type = fittingType(entry.type, room: room), !type.utf8.contains(.colon) {
            writer.append(" (\(type)\(suffix))")
        }
        writer.append(":")
        writer.writeBehind(textWithDefault(entry), level: 2)
    }

    /// A default without blanks stands as it is, as Google's readers expect it; another one in backticks.
    private func textWithDefault(_ entry: Docstring.Entry) -> String {
        guard let value = entry.defaultValue else { return entry.text }
        let isPlain = value.utf8.allSatisfy { $0.isWordLike || "_.'\"-+()[]".utf8.contains($0) }
        return isPlain ? entry.text(adding: "Defaults to \(value).") : entry.textWithDefault
    }

    /// Writes `ValueError: If …`.
    private func writeSubject(_ entry: Docstring.Entry, to writer: inout TextWriter) {
        writer.beginLine(level: 1)
        writer.append(entry.subject + ":")
        writer.writeBehind(entry.text, level: 2)
    }

    /// `type: Text.`, or text whose first sentence has no colon on its first line.
    private func writeResult(_ entry: Docstring.Entry, to writer: inout TextWriter) {
        let room = writer.room - writer.width(level: 1) - 1
        if let type = fittingType(entry.type, room: room), !type.utf8.contains(.colon) {
            writer.line(type + ":", level: 1)
            writer.writeBehind(entry.text, level: 2)
        } else {
            writer.writeWithoutLabel(entry.text.isEmpty ? entry.nameList : entry.text, level: 2)
        }
    }
}

extension DocstringStyle where Self == GoogleStyle {
    /// Google's style.
    public static var google: Self { GoogleStyle() }
}

extension Docstring {
    /// The docstring with its other parameters among the parameters.
    fileprivate var withoutOtherParameters: Docstring {
        guard sections.contains(where: { if case .otherParameters = $0 { true } else { false } }) else { return self }
        var result = self
        result.sections = sections.map { section in
            if case .otherParameters(let entries) = section { .parameters(entries) } else { section }
        }
        return result
    }
}
