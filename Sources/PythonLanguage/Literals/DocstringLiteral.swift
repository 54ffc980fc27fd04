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
        source(
            forNormalized: normalized(text),
            indentation: indentation,
            lineEnding: lineEnding,
            encoding: encoding,
            oneLineOnly: oneLineOnly
        )
    }

    /// As ``source(for:indentation:lineEnding:encoding:oneLineOnly:)``, for a text that is normalised.
    static func source(
        forNormalized text: String,
        indentation: [UInt8],
        lineEnding: LineEnding,
        encoding: SourceEncoding,
        oneLineOnly: Bool = false
    ) -> Result<[UInt8], Refusal> {
        guard !text.isEmpty else { return .failure(Refusal(description: "the docstring is empty")) }
        let form = Form(of: text)
        if oneLineOnly, form.hasSeveralLines {
            return .failure(Refusal(description: "a docstring of several lines does not fit on one line"))
        }
        let indent = indentation[(indentation.lastIndex(of: 0x0C).map { $0 + 1 } ?? 0)...]
        let lineStart = Array(lineEnding.rawValue.utf8) + indent
        var writer = DocstringLiteralWriter(lineEnd: Array(lineEnding.rawValue.utf8), indentation: indent)
        let laidOut = indent.last == UInt8(ascii: "\t") ? tabbed(text) : text
        let verbatim = form.standsAsItIs ? try? encoding.encode(laidOut).get() : nil
        writer.bytes += verbatim != nil && form.hasBackslashes ? Array("r\"\"\"".utf8) : Array("\"\"\"".utf8)
        if form.beginsOnNextLine { writer.bytes += lineStart }
        if let verbatim { writer.write(verbatim) } else { writer.writeEscaped(text, form: form, encoding: encoding) }
        if form.hasSeveralLines { writer.bytes += lineStart }
        return .success(writer.bytes + Array("\"\"\"".utf8))
    }

    /// A text whose lines, but for the first, are indented by tabs where they are by eight blanks, as in a block of tabs.
    ///
    /// Cleaning expands them again, since such a block begins at a tab stop.
    private static func tabbed(_ text: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for index in lines.indices.dropFirst() {
            let tabs = lines[index].utf8.prefix { $0 == UInt8(ascii: " ") }.count / 8
            if tabs > 0 { lines[index] = String(repeating: "\t", count: tabs) + lines[index].dropFirst(tabs * 8) }
        }
        return lines.joined(separator: "\n")
    }

    /// The text that will be read back: lines end with `\n` (as do VT, FF, NEL, LS and PS become line ends) and carry no
    /// trailing blanks, NUL is gone, tabs and common indentation are cleaned away.
    public static func normalized(_ text: String) -> String {
        if isPlain(text) { return cleanedDocstring(text) }
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

    /// Whether a text is ASCII and holds neither control characters (but for tabs and `\n`) nor trailing blanks.
    private static func isPlain(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            var previous: UInt8 = 0x21
            for byte in bytes {
                guard byte < 0x7F, byte >= 0x20 || byte == 0x0A || byte == 0x09 else { return false }
                if byte == 0x0A, previous == 0x20 || previous == 0x09 { return false }
                previous = byte
            }
            return previous > 0x20 || previous == 0x0A
        }
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

extension DocstringLiteral {
    /// What decides how a normalised text is written.
    struct Form {
        private(set) var hasSeveralLines = false
        private(set) var hasBackslashes = false
        /// Whether the text would be changed by cleaning if it began right behind the quotes.
        private(set) var beginsOnNextLine = false
        /// Whether the text can stand between quotes as it is, in a raw literal if it has backslashes.
        private(set) var standsAsItIs = true

        /// Looks at a normalised text, which is not empty.
        init(of text: String) {
            var text = text
            let isSurelyFlush = text.withUTF8 { look(at: $0) }
            beginsOnNextLine = hasSeveralLines && !isSurelyFlush && cleanedDocstring(text) != text
            let first = text.utf8.first
            let last = text.utf8.last
            if first == UInt8(ascii: "\""), !beginsOnNextLine { standsAsItIs = false }
            let endsBadly = last == UInt8(ascii: "\"") || last == UInt8(ascii: "\\")
            if endsBadly, !hasSeveralLines { standsAsItIs = false }
        }

        /// Notes what the bytes hold; tells whether neither the first nor all other lines begin with blanks.
        private mutating func look(at bytes: UnsafeBufferPointer<UInt8>) -> Bool {
            var quotes = 0
            var hasFlushLine = false
            var previous: UInt8 = 0
            for byte in bytes {
                switch byte {
                case 0x0A: hasSeveralLines = true
                case 0..<0x20, 0x7F: standsAsItIs = false
                case UInt8(ascii: "\\"): hasBackslashes = true
                default: break
                }
                quotes = byte == UInt8(ascii: "\"") ? quotes + 1 : 0
                if quotes == 3 { standsAsItIs = false }
                if previous == 0x0A, byte > 0x20, byte < 0x7F { hasFlushLine = true }
                previous = byte
            }
            return hasFlushLine && bytes[0] > 0x20 && bytes[0] < 0x7F
        }
    }
}
