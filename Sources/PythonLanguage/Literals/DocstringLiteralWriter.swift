import SourceCode

/// What stands between a docstring literal's quotes, as it grows.
struct DocstringLiteralWriter {
    var bytes: [UInt8] = []

    private let lineEnd: [UInt8]
    private let indentation: ArraySlice<UInt8>

    init(lineEnd: [UInt8], indentation: ArraySlice<UInt8>) {
        self.lineEnd = lineEnd
        self.indentation = indentation
        bytes.reserveCapacity(512)
    }

    /// Writes a text that needs no escapes, in the file's encoding.
    mutating func write(_ text: [UInt8]) {
        var start = 0
        while let end = text[start...].firstIndex(of: 0x0A) {
            write(line: text[start..<end])
            bytes += lineEnd
            start = end + 1
        }
        write(line: text[start...])
    }

    private mutating func write(line: ArraySlice<UInt8>) {
        if line.startIndex > 0, !line.isEmpty { bytes += indentation }
        bytes += line
    }

    /// Writes a text for a literal that is not raw, escaping what has to be.
    ///
    /// Quotes right beside the opening or closing ones are escaped, as is every group of three.
    mutating func writeEscaped(_ text: String, form: DocstringLiteral.Form, encoding: SourceEncoding) {
        var quotes = 0
        var isBesideQuotes = !form.beginsOnNextLine
        var isBehindLineEnd = false
        for scalar in text.unicodeScalars {
            if scalar == "\n" {
                write(quotes: &quotes, escapingAll: isBesideQuotes)
                bytes += lineEnd
                isBehindLineEnd = true
                isBesideQuotes = false
                continue
            }
            if isBehindLineEnd { bytes += indentation }
            isBehindLineEnd = false
            if scalar == "\"" {
                quotes += 1
                continue
            }
            write(quotes: &quotes, escapingAll: isBesideQuotes)
            isBesideQuotes = false
            write(scalar, encoding: encoding)
        }
        write(quotes: &quotes, escapingAll: isBesideQuotes || !form.hasSeveralLines)
    }

    private mutating func write(quotes: inout Int, escapingAll: Bool) {
        let escaped = escapingAll ? quotes : quotes - quotes % 3
        for index in 0..<quotes {
            if index < escaped { bytes.append(UInt8(ascii: "\\")) }
            bytes.append(UInt8(ascii: "\""))
        }
        quotes = 0
    }

    private mutating func write(_ scalar: Unicode.Scalar, encoding: SourceEncoding) {
        if scalar.isASCII {
            guard scalar.value >= 0x20, scalar.value != 0x7F else { return writeNumber(of: scalar) }
            if scalar == "\\" { bytes.append(UInt8(ascii: "\\")) }
            bytes.append(UInt8(scalar.value))
        } else if let upperHalf = encoding.upperHalf {
            guard let index = upperHalf.firstIndex(of: scalar.value) else { return writeNumber(of: scalar) }
            bytes.append(UInt8(0x80 + index))
        } else {
            bytes += scalar.utf8
        }
    }

    /// Writes a character as `\uXXXX` or `\UXXXXXXXX`.
    private mutating func writeNumber(of scalar: Unicode.Scalar) {
        let digits = String(scalar.value, radix: 16)
        let isShort = digits.utf8.count <= 4
        let zeros = String(repeating: "0", count: (isShort ? 4 : 8) - digits.utf8.count)
        bytes += ((isShort ? "\\u" : "\\U") + zeros + digits).utf8
    }
}
