/// Reads Google's style: headers with a colon at the margin, indented contents below.
enum GoogleParser {
    static func parse(_ text: String) -> Docstring {
        let lines = DocstringLines(text)
        var builder = DocstringBuilder(.singleBackticks)
        let headers = (0..<lines.count).filter { isHeader($0, in: lines) }
        var position = builder.takeSummary(of: lines, before: headers.first ?? lines.count)
        for header in headers {
            describe(lines, position..<max(position, header), into: &builder)
            let end = lines.endOfIndented(from: header + 1)
            read(String(lines[header].content.dropLast()), lines, header + 1..<end, into: &builder)
            position = end
        }
        describe(lines, min(position, lines.count)..<lines.count, into: &builder)
        return builder.built
    }

    /// Whether a line is a header that is known, or one of a few capitalized words, with indented text below.
    private static func isHeader(_ index: Int, in lines: DocstringLines) -> Bool {
        let line = lines[index]
        guard line.indent == 0, line.content.utf8.last == .colon, line.content.utf8.count > 1 else { return false }
        let next = lines.firstText(from: index + 1)
        guard next < lines.count, lines[next].indent > 0 else { return false }
        return titles.contains(line.content.dropLast().lowercased())
    }

    /// Adds lines to the description, but for directives on deprecation.
    private static func describe(_ lines: DocstringLines, _ range: Range<Int>, into builder: inout DocstringBuilder) {
        builder.describe(Deprecations.take(from: lines, range, into: &builder))
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
        switch section {
        case .returns, .yields, .receives: builder.add(section.with([result(lines, range, builder)]))
        default:
            let entries = lines.entries(range).map { entry(lines, $0, builder, isNamed: !section.isOfSubjects) }
            builder.add(section.with(entries))
        }
    }

    /// `name (type): text` or `Exception: text`.
    private static func entry(
        _ lines: DocstringLines,
        _ range: Range<Int>,
        _ builder: DocstringBuilder,
        isNamed: Bool
    ) -> Docstring.Entry {
        let first = lines[range.lowerBound].content
        let parts = first.splitAtColon ?? (first, "")
        let text = lines.text(parts.after, followedBy: range.lowerBound + 1..<range.upperBound)
        guard isNamed else { return Docstring.Entry(type: String(parts.before.trimmed), text: builder.text(text)) }
        let (names, type) = nameAndType(parts.before.trimmed)
        return builder.entry(names, type: type, text: text)
    }

    private static func nameAndType(_ text: Substring) -> (names: [String], type: String?) {
        guard text.utf8.last == UInt8(ascii: ")"), let open = text.utf8.firstIndex(of: UInt8(ascii: "(")) else {
            return (text.split(separator: ",").map { String($0.trimmed) }, nil)
        }
        let names = text[..<open].split(separator: ",").map { String($0.trimmed) }
        return (names, String(text[text.utf8.index(after: open)...].dropLast().trimmed))
    }

    /// `type: text`, where a type is what stands before a colon on the first line and reads like one.
    private static func result(
        _ lines: DocstringLines,
        _ range: Range<Int>,
        _ builder: DocstringBuilder
    ) -> Docstring.Entry {
        let start = lines.firstText(from: range.lowerBound)
        guard start < range.upperBound else { return Docstring.Entry() }
        let first = lines[start].content
        let rest = start + 1..<range.upperBound
        if let parts = first.splitAtColon, readsAsType(parts.before) {
            let text = lines.text(parts.after, followedBy: rest)
            return Docstring.Entry(type: String(parts.before.trimmed), text: builder.text(text))
        }
        return Docstring.Entry(text: builder.text(lines.text(first, followedBy: rest)))
    }

    /// Whether blanks stand only inside brackets or beside `|` and `,`.
    private static func readsAsType(_ text: Substring) -> Bool {
        var depth = 0
        var previous: UInt8 = .colon
        var isSeparated = true
        for byte in text.trimmed.utf8 {
            if "([{".utf8.contains(byte) { depth += 1 }
            if ")]}".utf8.contains(byte) { depth -= 1 }
            if depth == 0, previous == .blank, byte != UInt8(ascii: "|"), !isSeparated { return false }
            if byte != .blank { isSeparated = byte == UInt8(ascii: "|") || byte == UInt8(ascii: ",") }
            if byte == .backtick { return false }
            previous = byte
        }
        return !text.isEmpty
    }

    private static let titles = Set(
        """
        args/arguments/parameters/params/keyword args/keyword arguments/other parameters/other params/other args/\
        other arguments/returns/return/yields/yield/receives/raises/exceptions/except/warns/attributes/methods/\
        example/examples/note/notes/references/see also/todo/attention/caution/danger/error/hint/important/tip/\
        warning/warnings/type parameters/functions/classes/modules/type aliases
        """.split(separator: "/").map(String.init)
    )
}

extension Docstring.Section {
    /// Whether its entries are exceptions or warnings.
    var isOfSubjects: Bool {
        switch self {
        case .raises, .warns: true
        default: false
        }
    }
}
