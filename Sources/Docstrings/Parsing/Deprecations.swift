/// Finds `.. deprecated:: version` with its indented text.
enum Deprecations {
    /// Moves directives of some lines into sections and gives back the other lines as text.
    static func take(
        from lines: DocstringLines,
        _ range: Range<Int>,
        into builder: inout DocstringBuilder
    ) -> String {
        let marker = ".. deprecated::"
        var kept: [String] = []
        var position = range.lowerBound
        while position < range.upperBound {
            let line = lines[position]
            guard line.indent == 0, line.content.hasPrefix(marker) else {
                kept.append(line.text(withoutIndent: 0))
                position += 1
                continue
            }
            let end = min(lines.endOfIndented(from: position + 1), range.upperBound)
            let version = String(line.content.dropFirst(marker.utf8.count).trimmed)
            builder.add(.deprecated(version: version, text: builder.text(lines.text(position + 1..<end))))
            while kept.last?.isEmpty == true { kept.removeLast() }
            if !kept.isEmpty { kept.append("") }
            position = end
        }
        while kept.first?.isEmpty == true { kept.removeFirst() }
        while kept.last?.isEmpty == true { kept.removeLast() }
        return kept.joined(separator: "\n")
    }
}
