/// Reads reST: fields at the margin behind running text, and some directives in it.
enum ReSTParser {
    static func parse(_ text: String) -> Docstring {
        let lines = DocstringLines(text)
        var builder = DocstringBuilder(.reST)
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
                builder.add(.other(title: ":\(tag)\(argument.isEmpty ? "" : " ")\(argument):", text: text))
            }
        }
        reader.add(to: &builder)
        return builder.built
    }

    /// `:tag argument: text`.
    private static func field(_ line: DocstringLines.Line) -> (tag: String, argument: Substring, text: Substring)? {
        let content = line.content
        guard line.indent == 0, content.utf8.first == .colon, content.utf8.dropFirst().first?.isWordLike == true else {
            return nil
        }
        guard let close = content.dropFirst().utf8.firstIndex(of: .colon) else { return nil }
        let after = content[content.utf8.index(after: close)...]
        guard after.isEmpty || after.utf8.first?.isWhitespace == true else { return nil }
        let head = content.dropFirst().prefix(upTo: close)
        let tag = head.prefix { $0 != " " }
        return (tag.lowercased(), head.dropFirst(tag.count).trimmed, after.trimmed)
    }

    /// Reads running text: directives that stand for sections, rubrics with what follows, and paragraphs.
    private static func readDescription(
        _ lines: DocstringLines,
        _ range: Range<Int>,
        into builder: inout DocstringBuilder
    ) {
        let starts = range.filter { directive(lines[$0]) != nil }
        builder.describe(lines.text(range.lowerBound..<(starts.first ?? range.upperBound), margin: 0))
        for (index, start) in starts.enumerated() {
            guard let (name, argument) = directive(lines[start]) else { continue }
            let next = index + 1 < starts.count ? starts[index + 1] : range.upperBound
            let end = name == "rubric" ? next : min(lines.endOfIndented(from: start + 1), next)
            builder.add(section(name, argument, lines.text(start + 1..<end), builder))
            builder.describe(lines.text(end..<next, margin: 0))
        }
    }

    private static func section(
        _ directive: Substring,
        _ argument: String,
        _ text: String,
        _ builder: DocstringBuilder
    ) -> Docstring.Section {
        switch directive {
        case "deprecated": .deprecated(version: argument, text: builder.text(text))
        case "note": .notes(builder.text(text))
        case "seealso": .seeAlso(builder.text(text))
        default: builder.section(title: argument, text: text)
        }
    }

    /// `.. name:: argument`, for the directives that stand for sections.
    private static func directive(_ line: DocstringLines.Line) -> (name: Substring, argument: String)? {
        guard line.indent == 0, line.content.hasPrefix(".. "), let range = line.content.firstRange(of: "::") else {
            return nil
        }
        let name = line.content[..<range.lowerBound].dropFirst(3)
        guard ["deprecated", "note", "seealso", "rubric"].contains(name) else { return nil }
        return (name, String(line.content[range.upperBound...].trimmed))
    }
}
