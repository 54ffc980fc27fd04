/// The style of Sphinx: reST with a field list such as `:param name: text`.
///
/// Inline code stands in double backticks; in prose, characters that reST would read as markup get a backslash. Types
/// are fields of their own. What has no field is a directive or a rubric before the fields.
public struct ReSTStyle: DocstringStyle {
    /// The name in options.
    public let name = "rest"

    /// Makes the style.
    public init() {}

    /// Reads a cleaned docstring of this style.
    public func parse(_ text: String) -> Docstring { ReSTParser.parse(text) }

    /// Writes a docstring down in this style.
    public func render(_ docstring: Docstring, layout: DocstringLayout) -> String {
        TextWriter.rendered(layout, markup: .reST) { writer in
            let sections = docstring.arranged(by: rank)
            writer.writeOpening(docstring, deprecations: sections)
            for section in sections { writeBlock(section, to: &writer) }
            var fields = FieldList(prefix: ":", level: 1)
            for section in sections { writeFields(section, fields: &fields, to: &writer) }
        }
    }

    private func rank(_ section: Docstring.Section) -> Int {
        switch section {
        case .deprecated: 0
        case .notes: 1
        case .seeAlso: 2
        case .methods: 3
        case .other: 4
        case .references: 5
        case .examples: 6
        case .parameters: 7
        case .otherParameters: 8
        case .attributes: 9
        case .returns: 10
        case .yields: 11
        case .receives: 12
        case .raises: 13
        case .warns: 14
        }
    }

    /// Writes what stands before the fields.
    private func writeBlock(_ section: Docstring.Section, to writer: inout TextWriter) {
        switch section {
        case .notes(let text): write(directive: ".. note::", text, to: &writer)
        case .seeAlso(let text): write(directive: ".. seealso::", text, to: &writer)
        case .examples(let text), .references(let text), .other(_, let text):
            writer.skipLine()
            writer.line(".. rubric:: " + section.title)
            writer.skipLine()
            writer.write(text)
        case .methods(let entries): writer.writeList(".. rubric:: " + section.title, entries)
        case .deprecated, .parameters, .otherParameters, .attributes, .returns, .yields, .receives, .raises, .warns:
            break
        }
    }

    private func write(directive: String, _ text: String, to writer: inout TextWriter) {
        writer.skipLine()
        writer.line(directive)
        writer.skipLine()
        writer.write(text, level: 1)
    }

    private func writeFields(_ section: Docstring.Section, fields: inout FieldList, to writer: inout TextWriter) {
        switch section {
        case .parameters(let entries):
            for entry in entries { fields.write("param", "type", entry, to: &writer) }
        case .otherParameters(let entries):
            for entry in entries { fields.write("keyword", "type", entry, to: &writer) }
        case .attributes(let entries):
            for entry in entries { fields.write("ivar", "vartype", entry, to: &writer) }
        case .returns(let entries): fields.write("returns", "rtype", result: entries, to: &writer)
        case .yields(let entries): fields.write("yields", "ytype", result: entries, to: &writer)
        case .receives(let entries): fields.write("receives", nil, result: entries, to: &writer)
        case .raises(let entries):
            for entry in entries.onePerSubject { fields.write("raises", subject: entry, to: &writer) }
        case .warns(let entries):
            for entry in entries.onePerSubject { fields.write("warns", subject: entry, to: &writer) }
        case .deprecated, .notes, .seeAlso, .methods, .other, .references, .examples: break
        }
    }
}

extension DocstringStyle where Self == ReSTStyle {
    /// The style of Sphinx.
    public static var rest: Self { ReSTStyle() }
}
