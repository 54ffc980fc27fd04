/// Turns a docstring's prose into CommonMark that reads the same: code spans, roles and addresses keep their meaning,
/// everything else is escaped where CommonMark would take it for markup.
struct InlineMarkdown {
    /// Whether `C{…}` and its relatives are markup.
    let isEpytext: Bool
    /// Where a name in code leads; `nil` for nowhere.
    let link: (String) -> String?

    /// The CommonMark for one paragraph.
    func markdown(_ text: String) -> String {
        var writer = InlineWriter(source: Array(text.utf8), markup: self)
        return String(decoding: writer.write(), as: UTF8.self)
    }

    /// A code span, linked if the name in it leads somewhere.
    func code(_ text: String, target: String? = nil) -> String {
        let span = MarkdownText.codeSpan(text)
        return link(target ?? text).map { "[\(span)](\($0))" } ?? span
    }
}

private struct InlineWriter {
    let source: [UInt8]
    let markup: InlineMarkdown
    private var output: [UInt8] = []
    private var position = 0
    /// Lengths of back-tick runs that nothing closes from here on: looked for once.
    private var unclosed: Set<Int> = []

    init(source: [UInt8], markup: InlineMarkdown) {
        self.source = source
        self.markup = markup
        output.reserveCapacity(source.count + source.count / 8)
    }

    mutating func write() -> [UInt8] {
        while position < source.count { writeNext() }
        dropBlanks()
        return output
    }

    private mutating func writeNext() {
        switch source[position] {
        case 10, 13: writeLineEnd()
        case 96: writeTicks()
        case 58: writeColon()
        case 60: writeAngle()
        case 91: writeBracket()
        case 104 where startsAddress(position) && !followsWord: writeAddress()
        case 65...90 where markup.isEpytext && byte(at: position + 1) == 123 && !followsWord: writeEpytext()
        case let byte: writeCharacter(byte)
        }
    }

    private mutating func writeLineEnd() {
        dropBlanks()
        output.append(10)
        while position < source.count, " \t\n\r".utf8.contains(source[position]) { position += 1 }
    }

    private mutating func dropBlanks() {
        while output.last == 32 || output.last == 9 { output.removeLast() }
    }

    // MARK: Plain characters

    private mutating func writeCharacter(_ byte: UInt8) {
        if isMarkup(byte) { output.append(92) }
        let isNumber = isAtLineStart && (48...57).contains(byte)
        output += byte == 0 ? [0xEF, 0xBF, 0xBD] : [byte]
        position += 1
        if isNumber { writeNumberEnd() }
    }

    /// A number at a line's start would begin a list with its `.` or `)`.
    private mutating func writeNumberEnd() {
        while let digit = byte(at: position), (48...57).contains(digit) {
            output.append(digit)
            position += 1
        }
        guard let end = byte(at: position), end == 46 || end == 41 else { return }
        output += [92, end]
        position += 1
    }

    private func isMarkup(_ byte: UInt8) -> Bool {
        switch byte {
        case 36, 42, 60, 91, 92, 93, 96, 124, 126: true  // $ * < [ \ ] ` | ~
        case 35, 43, 45, 61, 62: isAtLineStart  // # + - = >
        case 38: self.byte(at: position + 1).map { $0 == 35 || MarkdownText.isAlphanumeric($0) } ?? false  // &
        case 95: !(followsWord && self.byte(at: position + 1).map(MarkdownText.isAlphanumeric) == true)  // _
        default: false
        }
    }

    private var isAtLineStart: Bool { output.isEmpty || output.last == 10 }

    private var followsWord: Bool { position > 0 && MarkdownText.isAlphanumeric(source[position - 1]) }

    private func byte(at offset: Int) -> UInt8? { source.indices.contains(offset) ? source[offset] : nil }

    // MARK: Code

    private mutating func writeTicks() {
        let count = source[position...].prefix { $0 == 96 }.count
        guard let (content, end) = span(from: position + count, ticks: count) else {
            for _ in 0..<count { output += [92, 96] }
            position += count
            return
        }
        let suffix = source[end...].prefix { $0 == 95 }.count
        position = end
        if count == 1, suffix == 1 || suffix == 2, !MarkdownText.isAlphanumeric(byte(at: end + suffix) ?? 32) {
            position += suffix
            output += reference(content).utf8
        } else {
            output += markup.code(content).utf8
        }
    }

    private mutating func span(from start: Int, ticks: Int) -> (content: String, end: Int)? {
        guard !unclosed.contains(ticks) else { return nil }
        var offset = start
        while let tick = source[offset...].firstIndex(of: 96) {
            let count = source[tick...].prefix { $0 == 96 }.count
            if count == ticks { return (Self.joined(source[start..<tick]), tick + count) }
            offset = tick + count
        }
        unclosed.insert(ticks)
        return nil
    }

    /// The words of a span, which may stand on several lines, on one.
    private static func joined(_ bytes: ArraySlice<UInt8>) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        guard bytes.contains(10) else { return text }
        return text.split(separator: "\n").map { $0.drop { $0 == " " } }.joined(separator: " ")
    }

    /// reST's `` `text <address>`_ ``, or a reference that is defined elsewhere: its text.
    private func reference(_ content: String) -> String {
        guard let (title, target) = Self.titleAndTarget(content), Self.isAddress(target) else {
            return plain(content)
        }
        return "[\(plain(title))](<\(target)>)"
    }

    private func plain(_ text: String) -> String {
        InlineMarkdown(isEpytext: false) { _ in nil }.markdown(text)
    }

    private static func isAddress(_ target: String) -> Bool {
        (target.hasPrefix("http://") || target.hasPrefix("https://"))
            && !target.utf8.contains { " <>\\\n".utf8.contains($0) }
    }

    private static func titleAndTarget(_ content: String) -> (title: String, target: String)? {
        guard content.utf8.last == 62, let angle = content.utf8.lastIndex(of: 60) else { return nil }
        let title = content[..<angle].drop { $0 == " " }
        let end = title.lastIndex { $0 != " " }.map { title.index(after: $0) } ?? title.startIndex
        return (String(title[..<end]), String(content[content.utf8.index(after: angle)...].dropLast()))
    }

    // MARK: Roles

    /// A role in front of a code span (`` :class:`~pkg.Gate` ``), or just a colon.
    private mutating func writeColon() {
        let name = source[(position + 1)...].prefix {
            $0 == 58 || $0 == 45 || $0 == 95 || MarkdownText.isAlphanumeric($0)
        }
        let tick = name.endIndex
        guard name.last == 58, name.count > 1, !followsWord, byte(at: tick) == 96, byte(at: tick + 1) != 96,
            let (content, end) = span(from: tick + 1, ticks: 1)
        else { return writeCharacter(58) }
        position = end
        output += role(content).utf8
    }

    private func role(_ content: String) -> String {
        if let (title, target) = Self.titleAndTarget(content), !title.isEmpty {
            return markup.code(title, target: target.utf8.first == 126 ? String(target.dropFirst()) : target)
        }
        switch content.utf8.first {
        case 33: return MarkdownText.codeSpan(String(content.dropFirst()))
        case 126:
            let target = content.dropFirst()
            return markup.code(String(target.split(separator: ".").last ?? target), target: String(target))
        default: return markup.code(content)
        }
    }

    // MARK: Addresses

    private func startsAddress(_ offset: Int) -> Bool {
        source[offset...].starts(with: "https://".utf8) || source[offset...].starts(with: "http://".utf8)
    }

    private func addressEnd(_ start: Int) -> Int {
        start + source[start...].prefix { $0 > 32 && $0 != 127 && !"<>\"`\\".utf8.contains($0) }.count
    }

    private mutating func writeAddress() {
        let start = position
        var end = addressEnd(start)
        while end > start, ".,;:!?'*_)]}".utf8.contains(source[end - 1]), !closesParenthesis(start..<end) { end -= 1 }
        output += [60] + source[start..<end] + [62]
        position = end
    }

    /// Whether an address ends with a parenthesis that it opened itself.
    private func closesParenthesis(_ range: Range<Int>) -> Bool {
        guard source[range].last == 41 else { return false }
        return source[range].count { $0 == 40 } >= source[range].count { $0 == 41 }
    }

    private mutating func writeAngle() {
        let start = position + 1
        guard start < source.count, startsAddress(start), byte(at: addressEnd(start)) == 62 else {
            return writeCharacter(60)
        }
        position = addressEnd(start) + 1
        output += source[(start - 1)..<position]
    }

    /// A Markdown link to an address, or just a bracket.
    private mutating func writeBracket() {
        let title = source[(position + 1)...].prefix(200).prefix { !"[]\n`".utf8.contains($0) }
        let start = title.endIndex + 2
        guard !title.isEmpty, byte(at: start - 2) == 93, byte(at: start - 1) == 40, start < source.count,
            startsAddress(start), let end = source[start..<addressEnd(start)].firstIndex(of: 41)
        else { return writeCharacter(91) }
        output += "[\(plain(String(decoding: title, as: UTF8.self)))](<".utf8
        output += source[start..<end] + [62, 41]
        position = end + 1
    }

    // MARK: Epytext

    private mutating func writeEpytext() {
        let tag = source[position]
        guard let end = closingBrace(from: position + 2) else { return writeCharacter(tag) }
        let content = String(decoding: source[(position + 2)..<end], as: UTF8.self)
        position = end + 1
        output += epytext(tag, content).utf8
    }

    private func closingBrace(from start: Int) -> Int? {
        var depth = 1
        for offset in start..<min(source.count, start + 2000) {
            if source[offset] == 123 { depth += 1 }
            if source[offset] == 125 { depth -= 1 }
            if depth == 0 { return offset }
        }
        return nil
    }

    private func epytext(_ tag: UInt8, _ content: String) -> String {
        let parts = Self.titleAndTarget(content)
        switch tag {
        case 67, 77: return MarkdownText.codeSpan(content)
        case 76: return markup.code(parts?.title ?? content, target: parts?.target)
        case 85:
            let target = parts?.target ?? content
            guard Self.isAddress(target) else { return plain(content) }
            return "[\(plain(parts?.title ?? content))](<\(target)>)"
        case 69: return plain(content == "lb" ? "{" : content == "rb" ? "}" : content)
        case 66: return "**\(markup.markdown(content))**"
        case 73: return "*\(markup.markdown(content))*"
        default: return markup.markdown(content)
        }
    }
}
