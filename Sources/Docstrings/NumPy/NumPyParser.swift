/// Reads NumPy's style: titles underlined at the margin.
enum NumPyParser {
    static func parse(_ text: String) -> Docstring {
        let lines = DocstringLines(text)
        var builder = DocstringBuilder(.doubleBackticks)
        let titles = (0..<lines.count).filter { isTitle($0, in: lines) }
        let first = titles.first ?? lines.count
        let position = builder.takeSummary(of: lines, before: first)
        builder.describe(Deprecations.take(from: lines, position..<max(first, position), into: &builder))
        for (index, title) in titles.enumerated() {
            let end = index + 1 < titles.count ? titles[index + 1] : lines.count
            read(String(lines[title].content), lines, title + 2..<max(end, title + 2), into: &builder)
        }
        return builder.built
    }

    /// Whether a line is underlined over three characters at least, with text that could be a title.
    private static func isTitle(_ index: Int, in lines: DocstringLines) -> Bool {
        guard index + 1 < lines.count, lines[index].indent == 0, lines[index + 1].indent == 0 else { return false }
        let title = lines[index].content.utf8
        let line = lines[index + 1].content.utf8
        guard let mark = line.first, mark == UInt8(ascii: "-") || mark == UInt8(ascii: "=") else { return false }
        return line.count >= 3 && line.allSatisfy { $0 == mark } && title.first?.isWordLike == true
    }

    private static func read(
        _ title: String,
        _ lines: DocstringLines,
        _ range: Range<Int>,
        into builder: inout DocstringBuilder
    ) {
        guard let section = DocstringBuilder.entrySection(title: title) else {
            return builder.add(builder.section(title: title, text: lines.text(range)))
        }
        let entries = lines.entries(range).map { range in
            let head = lines[range.lowerBound].content
            let text = lines.text(range.lowerBound + 1..<range.upperBound)
            return entry(head, text, in: section, builder)
        }
        builder.add(section.with(entries))
    }

    private static func entry(
        _ head: Substring,
        _ text: String,
        in section: Docstring.Section,
        _ builder: DocstringBuilder
    ) -> Docstring.Entry {
        if section.isOfSubjects { return Docstring.Entry(type: String(head), text: builder.text(text)) }
        let parts = splitAtSpacedColon(head)
        switch section {
        case .returns, .yields:
            guard let parts else { return Docstring.Entry(type: String(head), text: builder.text(text)) }
            return Docstring.Entry(names: names(parts.name), type: String(parts.type), text: builder.text(text))
        default:
            guard let parts else { return builder.entry(names(head), type: nil, text: text) }
            let (type, defaultValue) = splitDefault(parts.type)
            var result = builder.entry(names(parts.name), type: String(type), text: text)
            if let defaultValue { result.defaultValue = String(defaultValue) }
            return result
        }
    }

    private static func names(_ text: Substring) -> [String] {
        text.split(separator: ",").map { String($0.trimmed) }
    }

    private static func splitAtSpacedColon(_ head: Substring) -> (name: Substring, type: Substring)? {
        guard let range = head.firstRange(of: " : ") else { return nil }
        return (head[..<range.lowerBound].trimmed, head[range.upperBound...].trimmed)
    }

    /// Splits `int, default=3`, `int, default: 3` or `int, default 3`.
    private static func splitDefault(_ type: Substring) -> (type: Substring, defaultValue: Substring?) {
        guard let range = type.firstRange(of: ", default") else { return (type, nil) }
        let value = type[range.upperBound...].drop { " =:".contains($0) }
        return (type[..<range.lowerBound], value)
    }
}

extension Substring {
    /// Where some ASCII text stands first.
    func firstRange(of text: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].utf8.starts(with: text.utf8) {
                return start..<utf8.index(start, offsetBy: text.utf8.count)
            }
            start = utf8.index(after: start)
        }
        return nil
    }
}
