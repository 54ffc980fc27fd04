/// The style of Epydoc and pydoctor: fields such as `@param name: text`, at the end.
///
/// A section without a field of its own gets a title in bold, `B{Examples}`. Inline code is written `C{code}`, a brace that could be read as markup `E{lb}` or `E{rb}`. Names have no stars.
public struct EpytextStyle: DocstringStyle {
    /// The name in options.
    public let name = "epytext"

    /// Makes the style.
    public init() {}

    /// Reads a cleaned docstring of this style.
    public func parse(_ text: String) -> Docstring { EpytextParser.parse(text) }

    /// Writes a docstring down in this style.
    public func render(_ docstring: Docstring, layout: DocstringLayout) -> String {
        TextWriter.rendered(layout, markup: .epytext) { writer in
            let sections = docstring.arranged(by: rank)
            writer.writeOpening(docstring, deprecations: [])
            for section in sections { writeBlock(section, to: &writer) }
            var fields = FieldList(prefix: "@", level: 1)
            let yields = sections.contains { if case .yields = $0 { true } else { false } }
            for section in sections { writeFields(section, yields: yields, fields: &fields, to: &writer) }
        }
    }

    private func rank(_ section: Docstring.Section) -> Int {
        switch section {
        case .methods: 0
        case .other: 1
        case .references: 2
        case .examples: 3
        case .parameters: 4
        case .otherParameters: 5
        case .attributes: 6
        case .yields: 7
        case .returns: 8
        case .receives: 9
        case .raises: 10
        case .warns: 11
        case .notes: 12
        case .seeAlso: 13
        case .deprecated: 14
        }
    }

    /// Writes what stands before the fields.
    private func writeBlock(_ section: Docstring.Section, to writer: inout TextWriter) {
        switch section {
        case .examples(let text), .references(let text), .other(_, let text):
            writer.skipLine()
            writer.line("B{\(section.title)}")
            writer.skipLine()
            writer.write(text)
        case .methods(let entries): writer.writeList("B{\(section.title)}", entries)
        case .parameters, .otherParameters, .attributes, .returns, .yields, .receives, .raises, .warns, .notes,
            .seeAlso, .deprecated:
            break
        }
    }

    private func writeFields(
        _ section: Docstring.Section,
        yields: Bool,
        fields: inout FieldList,
        to writer: inout TextWriter
    ) {
        switch section {
        case .parameters(let entries):
            for entry in entries { fields.write("param", "type", entry.withoutStars, to: &writer) }
        case .otherParameters(let entries):
            for entry in entries { fields.write("keyword", "type", entry.withoutStars, to: &writer) }
        case .attributes(let entries):
            for entry in entries { fields.write("ivar", "type", entry.withoutStars, to: &writer) }
        case .yields(let entries): fields.write("yield", "ytype", result: entries, to: &writer)
        case .returns(let entries): writeReturns(entries, yields: yields, fields: &fields, to: &writer)
        case .receives(let entries): writeNote("Receives", entries.joinedResult, fields: &fields, to: &writer)
        case .raises(let entries):
            for entry in entries.onePerSubject { fields.write("raise", subject: entry, to: &writer) }
        case .warns(let entries):
            for entry in entries { writeNote("Warns", entry, fields: &fields, to: &writer) }
        case .notes(let text): fields.field("note", "", text, to: &writer)
        case .seeAlso(let text): fields.field("see", "", text, to: &writer)
        case .deprecated(let version, let text):
            fields.field("deprecated", "", "Since \(version). \(text)", to: &writer)
        case .methods, .other, .references, .examples: break
        }
    }

    /// Readers refuse a docstring with both `@yield` and `@return`; what a generator returns is a note then.
    private func writeReturns(
        _ entries: [Docstring.Entry],
        yields: Bool,
        fields: inout FieldList,
        to writer: inout TextWriter
    ) {
        if yields {
            writeNote("Returns", entries.joinedResult, fields: &fields, to: &writer)
        } else {
            fields.write("return", "rtype", result: entries, to: &writer)
        }
    }

    private func writeNote(
        _ title: String,
        _ entry: Docstring.Entry?,
        fields: inout FieldList,
        to writer: inout TextWriter
    ) {
        guard let entry else { return }
        let subject = entry.subject.isEmpty ? title : "\(title) `\(entry.subject)`"
        fields.field("note", "", entry.text.isEmpty ? subject + "." : "\(subject): \(entry.text)", to: &writer)
    }
}

extension DocstringStyle where Self == EpytextStyle {
    /// The style of Epydoc and pydoctor.
    public static var epytext: Self { EpytextStyle() }
}

extension Docstring.Entry {
    /// The entry with names as Epytext wants them.
    fileprivate var withoutStars: Docstring.Entry {
        guard names.contains(where: { $0.utf8.first == UInt8(ascii: "*") }) else { return self }
        var result = self
        result.names = names.map { String($0.drop { $0 == "*" }) }
        return result
    }
}
