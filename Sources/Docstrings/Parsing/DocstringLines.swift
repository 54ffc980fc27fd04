/// The lines of a cleaned docstring, for parsers.
struct DocstringLines {
    struct Line {
        /// Without indentation and trailing blanks.
        let content: Substring
        /// The blanks in front.
        let indent: Int

        var isBlank: Bool { content.isEmpty }

        /// A line as it stood, with less indentation.
        func text(withoutIndent margin: Int) -> String {
            String(repeating: " ", count: content.isEmpty ? 0 : max(indent - margin, 0)) + content
        }
    }

    private(set) var lines: [Line] = []

    init(_ text: String) {
        for line in text.utf8.split(separator: .lineFeed, omittingEmptySubsequences: false) {
            let indent = line.prefix { $0 == .blank || $0 == .tab }.count
            var content = line.dropFirst(indent)
            while let last = content.last, last.isWhitespace { content.removeLast() }
            lines.append(Line(content: Substring(content), indent: indent))
        }
    }

    var count: Int { lines.count }
    subscript(_ index: Int) -> Line { lines[index] }

    /// The first line with text at or behind an index; the number of lines if there is none.
    func firstText(from index: Int) -> Int {
        var index = index
        while index < lines.count, lines[index].isBlank { index += 1 }
        return index
    }

    /// The end of the lines from an index on that are empty or indented.
    func endOfIndented(from index: Int) -> Int {
        var index = index
        while index < lines.count, lines[index].isBlank || lines[index].indent > 0 { index += 1 }
        return index
    }

    /// Lines as a text without their common indentation and without empty lines at both ends.
    func text(_ range: Range<Int>) -> String {
        let used = lines[range].filter { !$0.isBlank }
        guard let margin = used.map(\.indent).min() else { return "" }
        return text(range, margin: margin)
    }

    /// Lines as a text with less indentation and without empty lines at both ends.
    func text(_ range: Range<Int>, margin: Int) -> String {
        var range = range
        while let first = range.first, lines[first].isBlank { range.removeFirst() }
        while let last = range.last, lines[last].isBlank { range.removeLast() }
        return lines[range].map { $0.text(withoutIndent: margin) }.joined(separator: "\n")
    }

    /// Splits indented lines into entries, each beginning with a line at the least indentation.
    func entries(_ range: Range<Int>) -> [Range<Int>] {
        let used = range.filter { !lines[$0].isBlank }
        guard let margin = used.map({ lines[$0].indent }).min() else { return [] }
        let starts = used.filter { lines[$0].indent == margin }
        return starts.indices.map { index in
            starts[index]..<(index + 1 < starts.count ? starts[index + 1] : range.upperBound)
        }
    }

    /// A text that begins on a line and goes on with further ones, which lose their own common indentation.
    func text(_ first: Substring, followedBy range: Range<Int>) -> String {
        let rest = text(range)
        if rest.isEmpty { return String(first) }
        if first.isEmpty { return rest }
        let isApart = range.first.map { lines[$0].isBlank } ?? false
        return first + (isApart ? "\n\n" : "\n") + rest
    }
}

extension Range<Int> {
    fileprivate mutating func removeFirst() { self = lowerBound + 1..<upperBound }
    fileprivate mutating func removeLast() { self = lowerBound..<upperBound - 1 }
}

extension Substring {
    /// What stands before and behind the first colon outside brackets and quotes.
    var splitAtColon: (before: Substring, after: Substring)? {
        var depth = 0
        var quote: UInt8?
        for index in utf8.indices {
            let byte = utf8[index]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") && depth > 0 {
                quote = byte
            } else if "([{".utf8.contains(byte) {
                depth += 1
            } else if ")]}".utf8.contains(byte) {
                depth -= 1
            } else if byte == .colon, depth <= 0 {
                return (self[..<index], self[utf8.index(after: index)...].trimmed)
            }
        }
        return nil
    }

    /// Without blanks at both ends.
    var trimmed: Substring {
        var utf8 = self.utf8
        while let first = utf8.first, first.isWhitespace { utf8.removeFirst() }
        while let last = utf8.last, last.isWhitespace { utf8.removeLast() }
        return Substring(utf8)
    }
}
