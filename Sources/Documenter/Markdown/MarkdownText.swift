/// The pieces of CommonMark that hold source text without changing it.
enum MarkdownText {
    /// A code span that reads as exactly this text, on one line.
    static func codeSpan(_ text: String) -> String {
        let line = String(decoding: text.utf8.map { $0 == 10 || $0 == 13 ? 32 : $0 }, as: UTF8.self)
        let ticks = String(repeating: "`", count: longestRun(in: line) + 1)
        let isPadded = line.utf8.first == 32 && line.utf8.last == 32 && line.utf8.contains { $0 != 32 }
        let touches = line.utf8.first == 96 || line.utf8.last == 96
        return isPadded || touches ? "\(ticks) \(line) \(ticks)" : ticks + line + ticks
    }

    /// A fenced block of exactly these lines.
    static func fence(_ text: String, language: String) -> String {
        let ticks = String(repeating: "`", count: max(3, longestRun(in: text) + 1))
        return "\(ticks)\(language)\n\(text)\n\(ticks)"
    }

    /// A link's target, with all that could end it or mean something else written as `%XX`.
    static func destination(_ path: String) -> String {
        var result: [UInt8] = []
        for byte in path.utf8 {
            if isPlain(byte) {
                result.append(byte)
            } else {
                result += [37, hexadecimal(byte >> 4), hexadecimal(byte & 15)]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Lines with blanks in front, empty ones left empty.
    static func indented(_ text: String, by width: Int) -> String {
        let blanks = String(repeating: " ", count: width)
        return text.lines
            .map { $0.isEmpty ? "" : blanks + $0 }
            .joined(separator: "\n")
    }

    static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 65...90, 97...122, 128...255: true
        default: false
        }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 65...90, 97...122, 35, 45, 46, 47, 95, 126: true
        default: false
        }
    }

    private static func hexadecimal(_ value: UInt8) -> UInt8 { value < 10 ? 48 + value : 55 + value }

    private static func longestRun(in text: String) -> Int {
        var longest = 0
        var run = 0
        for byte in text.utf8 {
            run = byte == 96 ? run + 1 : 0
            longest = max(longest, run)
        }
        return longest
    }
}
