import SourceCode

/// A docstring literal as it grows.
struct DocstringLiteralWriter {
    private(set) var bytes: [UInt8] = []
    /// Whether backslashes stand for themselves.
    var isRaw = false

    private let lineEnd: [UInt8]
    private let indentation: ArraySlice<UInt8>
    private let encoding: SourceEncoding

    init(lineEnding: LineEnding, indentation: ArraySlice<UInt8>, encoding: SourceEncoding) {
        lineEnd = Array(lineEnding.rawValue.utf8)
        self.indentation = indentation
        self.encoding = encoding
    }

    /// Writes the prefix and the opening quotes.
    mutating func open(onNextLine: Bool) {
        if isRaw { bytes.append(UInt8(ascii: "r")) }
        appendQuotes()
        if onNextLine { bytes += lineEnd + indentation }
    }

    /// Writes the text, escaping what has to be.
    ///
    /// Quotes right beside the opening or closing ones are escaped, as is every group of three.
    mutating func write(_ text: String, isAtQuotes: (start: Bool, end: Bool)) {
        var quotes = 0
        var isAtStart = isAtQuotes.start
        var isBehindLineEnd = false
        for scalar in text.unicodeScalars {
            if scalar == "\"", !isRaw {
                if isBehindLineEnd { bytes += indentation }
                isBehindLineEnd = false
                quotes += 1
                continue
            }
            write(quotes: &quotes, escapingAll: isAtStart)
            isAtStart = false
            if scalar == "\n" {
                bytes += lineEnd
                isBehindLineEnd = true
                continue
            }
            if isBehindLineEnd { bytes += indentation }
            isBehindLineEnd = false
            write(scalar)
        }
        write(quotes: &quotes, escapingAll: isAtStart || isAtQuotes.end)
    }

    /// Writes the closing quotes.
    mutating func close(onNextLine: Bool) {
        if onNextLine { bytes += lineEnd + indentation }
        appendQuotes()
    }

    private mutating func write(quotes: inout Int, escapingAll: Bool) {
        guard quotes > 0 else { return }
        let escaped = escapingAll ? quotes : quotes - quotes % 3
        for index in 0..<quotes {
            if index < escaped { bytes.append(UInt8(ascii: "\\")) }
            bytes.append(UInt8(ascii: "\""))
        }
        quotes = 0
    }

    private mutating func write(_ scalar: Unicode.Scalar) {
        guard encoding.canShow(scalar) else {
            let digits = String(scalar.value, radix: 16)
            let isShort = digits.utf8.count <= 4
            let zeros = String(repeating: "0", count: (isShort ? 4 : 8) - digits.utf8.count)
            bytes += ((isShort ? "\\u" : "\\U") + zeros + digits).utf8
            return
        }
        if scalar.isASCII {
            if scalar == "\\", !isRaw { bytes.append(UInt8(ascii: "\\")) }
            bytes.append(UInt8(scalar.value))
        } else if let index = encoding.upperHalf?.firstIndex(of: scalar.value) {
            bytes.append(UInt8(0x80 + index))
        } else {
            bytes += scalar.utf8
        }
    }

    private mutating func appendQuotes() {
        for _ in 0..<3 { bytes.append(UInt8(ascii: "\"")) }
    }
}

extension SourceEncoding {
    /// Whether a character can stand in a literal as itself: the encoding has it, and it is no control character.
    func canShow(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar.value >= 0x20 && scalar.value != 0x7F || scalar == "\n" }
        return upperHalf?.contains(scalar.value) ?? true
    }
}
