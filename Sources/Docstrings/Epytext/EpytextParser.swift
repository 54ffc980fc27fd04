/// Reads Epytext: fields at the margin behind running text.
enum EpytextParser {
    static func parse(_ text: String) -> Docstring {
        let lines = DocstringLines(text)
        var builder = DocstringBuilder(.epytext)
        let fields = (0..<lines.count).filter { field(lines[$0]) != nil }
        let end = fields.first ?? lines.count
        let position = builder.takeSummary(of: lines, before: end)
        readDescription(lines, position..<max(position, end), into: &builder)
        var reader = FieldReader()
        for start in fields {
            guard let (tag, argument, first) = field(lines[start]) else { continue }
            let body = start + 1..<lines.endOfIndented(from: start + 1)
            let text = lines.text(first, followedBy: body)
            if !reader.take(tag, argument, text, builder) {
                builder.add(.other(title: "@\(tag)\(argument.isEmpty ? "" : " ")\(argument):", text: text))
            }
        }
        reader.add(to: &builder)
        return builder.built
    }

    /// `@tag argument: text`.
    private static func field(_ line: DocstringLines.Line) -> (tag: String, argument: Substring, text: Substring)? {
        let content = line.content
        guard line.indent == 0, content.utf8.first == UInt8(ascii: "@"),
            content.utf8.dropFirst().first?.isWordLike == true, let close = content.utf8.firstIndex(of: .colon)
        else { return nil }
        let head = content.dropFirst().prefix(upTo: close)
        let tag = head.prefix { $0 != " " }
        let after = content[content.utf8.index(after: close)...]
        return (tag.lowercased(), head.dropFirst(tag.count).trimmed, after.trimmed)
    }

    /// Reads running text; a title in bold on a line of its own begins a section.
    private static func readDescription(
        _ lines: DocstringLines,
        _ range: Range<Int>,
        into builder: inout DocstringBuilder
    ) {
        let titles = range.filter { lines[$0].indent == 0 && isTitle(lines[$0].content) }
        builder.describe(lines.text(range.lowerBound..<(titles.first ?? range.upperBound), margin: 0))
        for (index, title) in titles.enumerated() {
            let end = index + 1 < titles.count ? titles[index + 1] : range.upperBound
            let name = String(lines[title].content.dropFirst(2).dropLast())
            builder.add(builder.section(title: name, text: lines.text(title + 1..<end)))
        }
    }

    /// Whether a line is `B{Title}`.
    private static func isTitle(_ line: Substring) -> Bool {
        line.hasPrefix("B{") && line.hasSuffix("}") && !line.dropFirst(2).dropLast().utf8.contains(UInt8(ascii: "}"))
    }
}
