/// NumPy's style: titles underlined with hyphens, and entries such as `name : type` with their text below.
///
/// Inline code stands in double backticks. A result without a type is given the type `object`, since the style reads
/// the first line of a result as its type.
public struct NumPyStyle: DocstringStyle {
    /// The name in options.
    public let name = "numpy"

    /// Makes the style.
    public init() {}

    /// Reads a cleaned docstring of this style.
    public func parse(_ text: String) -> Docstring { NumPyParser.parse(text) }

    /// Writes a docstring down in this style.
    public func render(_ docstring: Docstring, layout: DocstringLayout) -> String {
        TextWriter.rendered(layout, markup: .doubleBackticks) { writer in
            let sections = docstring.arranged(by: rank)
            writer.writeOpening(docstring, deprecations: sections)
            for section in sections { write(section, to: &writer) }
        }
    }

    private func rank(_ section: Docstring.Section) -> Int {
        switch section {
        case .deprecated: 0
        case .parameters: 1
        case .attributes: 2
        case .methods: 3
        case .returns: 4
        case .yields: 5
        case .receives: 6
        case .otherParameters: 7
        case .raises: 8
        case .warns: 9
        case .other: 10
        case .seeAlso: 11
        case .notes: 12
        case .references: 13
        case .examples: 14
        }
    }

    private func write(_ section: Docstring.Section, to writer: inout TextWriter) {
        if case .deprecated = section { return }
        writer.skipLine()
        writer.line(section.title)
        writer.beginLine()
        writer.append(String(repeating: "-", count: columns(of: Array(section.title.utf8)[...])))
        switch section {
        case .parameters(let entries), .otherParameters(let entries), .receives(let entries),
            .attributes(let entries), .methods(let entries):
            write(entries, to: &writer, head: writeNamedHead)
        case .returns(let entries), .yields(let entries): write(entries, to: &writer, head: writeResultHead)
        case .raises(let entries), .warns(let entries):
            write(entries, to: &writer) { entry, writer in
                writer.append(entry.subject)
                return entry.text
            }
        case .examples(let text), .notes(let text), .references(let text), .seeAlso(let text),
            .deprecated(_, let text), .other(_, let text):
            writer.write(text)
        }
    }

    /// Writes entries: a head, which gives back the text that goes below it, indented.
    private func write(
        _ entries: [Docstring.Entry],
        to writer: inout TextWriter,
        head: (Docstring.Entry, inout TextWriter) -> String
    ) {
        for entry in entries where !entry.isEmpty {
            writer.beginLine()
            let text = head(entry, &writer)
            writer.write(text, level: 1)
        }
    }

    /// `name`, `name : type`, `name : type, optional` or `name : type, default=3`.
    private func writeNamedHead(_ entry: Docstring.Entry, to writer: inout TextWriter) -> String {
        let name = entry.nameList
        writer.append(name)
        let room = writer.room - name.utf8.count - 3
        guard let type = fittingType(entry.type, room: room) else { return entry.textWithDefault }
        let suffix = entry.defaultValue.map { ", default=" + $0 } ?? (entry.isOptional ? ", optional" : "")
        let fits = type.utf8.count + suffix.utf8.count <= room
        writer.append(" : " + type + (fits ? suffix : ""))
        return fits ? entry.text : entry.textWithDefault
    }

    /// `type`, or `name : type` where there is a name.
    private func writeResultHead(_ entry: Docstring.Entry, to writer: inout TextWriter) -> String {
        let name = entry.names.isEmpty ? "" : entry.nameList + " : "
        writer.append(name + (fittingType(entry.type, room: writer.room - name.utf8.count) ?? "object"))
        return entry.text
    }
}

extension DocstringStyle where Self == NumPyStyle {
    /// NumPy's style.
    public static var numpy: Self { NumPyStyle() }
}
