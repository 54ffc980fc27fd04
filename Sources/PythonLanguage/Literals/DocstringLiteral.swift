public import SourceCode

/// Writes docstrings as Python literals: the inverse of ``StringLiteral`` up to the cleaning of indentation.
///
/// Quotes are always `"""`. A text with backslashes becomes a raw literal where that is possible, else each backslash is
/// doubled. Control characters, and characters that the file's encoding lacks, become `\u` escapes.
public enum DocstringLiteral {
    /// Why a text cannot be written.
    public struct Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        /// What is wrong, without a full stop.
        public let description: String
    }

    /// The bytes of a literal whose cleaned value is the ``normalized(_:)`` text.
    ///
    /// The first line carries no indentation: it goes where the caller puts the literal. Texts of several lines have the
    /// closing quotes on a line of their own; empty lines carry no blanks. A text whose first line is indented, or whose
    /// other lines all are, begins on the line behind the opening quotes, which alone keeps it as it is.
    ///
    /// - Parameters:
    ///   - text: The docstring; its lines may end in any way.
    ///   - indentation: What precedes the block's statements; only what follows the last form feed counts.
    ///   - lineEnding: How the file's lines end.
    ///   - encoding: The file's encoding.
    ///   - oneLineOnly: Whether to refuse a text of several lines, as for a body on its header's line.
    /// - Returns: The literal with its quotes, or why there is none.
    public static func source(
        for text: String,
        indentation: [UInt8],
        lineEnding: LineEnding,
        encoding: SourceEncoding,
        oneLineOnly: Bool = false
    ) -> Result<[UInt8], Refusal> {
        let text = normalized(text)
        guard !text.isEmpty else { return .failure(Refusal(description: "the docstring is empty")) }
        let hasSeveralLines = text.utf8.contains(0x0A)
        if oneLineOnly, hasSeveralLines {
            return .failure(Refusal(description: "a docstring of several lines does not fit on one line"))
        }
        let beginsOnNextLine = hasSeveralLines && cleanedDocstring(text) != text
        let indent = indentation[(indentation.lastIndex(of: 0x0C).map { $0 + 1 } ?? 0)...]
        let isAtQuotes = (start: !beginsOnNextLine, end: !hasSeveralLines)
        var writer = DocstringLiteralWriter(lineEnding: lineEnding, indentation: indent, encoding: encoding)
        writer.isRaw = allowsRaw(text, isAtQuotes: isAtQuotes, encoding: encoding)
        writer.open(onNextLine: beginsOnNextLine)
        writer.write(text, isAtQuotes: isAtQuotes)
        writer.close(onNextLine: hasSeveralLines)
        return .success(writer.bytes)
    }

    /// The text that will be read back: lines end with `\n` (as do VT, FF, NEL, LS and PS become line ends) and carry no
    /// trailing blanks, NUL is gone, tabs and common indentation are cleaned away.
    public static func normalized(_ text: String) -> String {
        var utf8: [UInt8] = []
        utf8.reserveCapacity(text.utf8.count)
        var solidEnd = 0
        var isBehindReturn = false
        for scalar in text.unicodeScalars {
            let value = scalar.value
            defer { isBehindReturn = value == 0x0D }
            if value == 0 || value == 0x0A && isBehindReturn { continue }
            if isLineEnd(value) {
                utf8.removeLast(utf8.count - solidEnd)
                utf8.append(0x0A)
                solidEnd = utf8.count
                continue
            }
            if value < 0x80 { utf8.append(UInt8(value)) } else { utf8 += scalar.utf8 }
            if !isBlank(value) { solidEnd = utf8.count }
        }
        utf8.removeLast(utf8.count - solidEnd)
        return cleanedDocstring(String(decoding: utf8, as: UTF8.self))
    }

    /// Whether a raw literal is called for and can hold the text.
    private static func allowsRaw(
        _ text: String,
        isAtQuotes: (start: Bool, end: Bool),
        encoding: SourceEncoding
    ) -> Bool {
        let utf8 = text.utf8
        guard utf8.contains(UInt8(ascii: "\\")), !text.contains("\"\"\"") else { return false }
        if isAtQuotes.start, utf8.first == UInt8(ascii: "\"") { return false }
        if isAtQuotes.end, utf8.last == UInt8(ascii: "\"") || utf8.last == UInt8(ascii: "\\") { return false }
        return text.unicodeScalars.allSatisfy(encoding.canShow)
    }

    private static func isLineEnd(_ value: UInt32) -> Bool {
        switch value {
        case 0x0A...0x0D, 0x85, 0x2028, 0x2029: true
        default: false
        }
    }

    /// White space by Python's `str.isspace`, line ends aside.
    private static func isBlank(_ value: UInt32) -> Bool {
        switch value {
        case 0x09, 0x1C...0x20, 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: true
        default: false
        }
    }
}
