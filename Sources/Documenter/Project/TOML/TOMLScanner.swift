/// Reads keys and values from bytes, from front to back.
struct TOMLScanner {
    /// Why something cannot be read, and on which line.
    struct Failure: Error {
        let line: Int
        let message: String
    }

    /// Deeper nesting is nobody's configuration, and would exhaust the stack.
    static let maximumDepth = 100

    let bytes: [UInt8]
    var index = 0
    var line = 1
    /// The key of the statement, as far as it is read.
    var statementKey: [String] = []
    /// Quotes of which it is known that no closing triple follows.
    private var unclosedQuotes: Set<UInt8> = []

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
    }

    var byte: UInt8? { index < bytes.count ? bytes[index] : nil }

    func byte(after distance: Int) -> UInt8? {
        index + distance < bytes.count ? bytes[index + distance] : nil
    }

    func failure(_ message: String) -> Failure { Failure(line: line, message: message) }

    mutating func skip(_ expected: Unicode.Scalar) -> Bool {
        guard byte == UInt8(ascii: expected) else { return false }
        index += 1
        return true
    }

    mutating func skipBlanks() {
        while byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { index += 1 }
    }

    /// Takes a line end, and says whether there was one.
    mutating func skipLineEnd() -> Bool {
        if byte == UInt8(ascii: "\r"), byte(after: 1) == UInt8(ascii: "\n") { index += 1 }
        guard byte == UInt8(ascii: "\n") else { return false }
        index += 1
        line += 1
        return true
    }

    mutating func skipComment() throws(Failure) {
        guard byte == UInt8(ascii: "#") else { return }
        while let next = byte, next != UInt8(ascii: "\n") {
            if next == UInt8(ascii: "\r"), byte(after: 1) == UInt8(ascii: "\n") { return }
            guard next >= 0x20 && next != 0x7F || next == UInt8(ascii: "\t") else {
                throw failure("a comment holds a control character")
            }
            index += 1
        }
    }

    mutating func skipBlanksAndLines() throws(Failure) {
        repeat {
            skipBlanks()
            try skipComment()
        } while skipLineEnd()
    }

    mutating func skipRestOfLine() {
        while byte != nil, byte != UInt8(ascii: "\n") { index += 1 }
        _ = skipLineEnd()
    }

    // MARK: - Keys

    mutating func key(isStatement: Bool) throws(Failure) -> [String] {
        var parts: [String] = []
        repeat {
            skipBlanks()
            parts.append(try keyPart())
            if isStatement { statementKey = parts }
            guard parts.count <= Self.maximumDepth else { throw failure("a key has too many parts") }
            skipBlanks()
        } while skip(".")
        return parts
    }

    private mutating func keyPart() throws(Failure) -> String {
        switch byte {
        case UInt8(ascii: "\""): return try basicString()
        case UInt8(ascii: "'"): return try literalString()
        default:
            let start = index
            while let next = byte, next.isBareKeyByte { index += 1 }
            guard index > start else { throw failure("a key is expected") }
            return String(decoding: bytes[start..<index], as: UTF8.self)
        }
    }

    // MARK: - Strings

    mutating func string() throws(Failure) -> String {
        guard let quote = byte else { throw failure("a string is expected") }
        let isMultiline = byte(after: 1) == quote && byte(after: 2) == quote
        if isMultiline { return try multilineString(quote) }
        return quote == UInt8(ascii: "'") ? try literalString() : try basicString()
    }

    private mutating func literalString() throws(Failure) -> String {
        index += 1
        let start = index
        while let next = byte, next != UInt8(ascii: "'") {
            guard !next.isForbiddenInString else { throw unclosed("'") }
            index += 1
        }
        guard byte != nil else { throw unclosed("'") }
        defer { index += 1 }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private mutating func basicString() throws(Failure) -> String {
        index += 1
        var text: [UInt8] = []
        while let next = byte, next != UInt8(ascii: "\"") {
            guard !next.isForbiddenInString else { throw unclosed("\"") }
            if next == UInt8(ascii: "\\") {
                try appendEscape(to: &text)
            } else {
                text.append(next)
                index += 1
            }
        }
        guard byte != nil else { throw unclosed("\"") }
        index += 1
        return String(decoding: text, as: UTF8.self)
    }

    private func unclosed(_ quote: String) -> Failure {
        let isOnLine = byte == nil || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
        return failure(isOnLine ? "a string is not closed with \(quote)" : "a string holds a control character")
    }

    private mutating func multilineString(_ quote: UInt8) throws(Failure) -> String {
        let start = line
        index += 3
        guard !unclosedQuotes.contains(quote) else { throw neverClosed(quote, from: start) }
        _ = skipLineEnd()
        var text: [UInt8] = []
        while let next = byte {
            if next == quote, byte(after: 1) == quote, byte(after: 2) == quote {
                return closed(text, quote: quote)
            } else if next == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                if !skipEscapedLineEnd() { try appendEscape(to: &text) }
            } else if skipLineEnd() {
                text.append(UInt8(ascii: "\n"))
            } else if next.isForbiddenInString {
                throw failure("a string holds a control character")
            } else {
                text.append(next)
                index += 1
            }
        }
        unclosedQuotes.insert(quote)
        throw neverClosed(quote, from: start)
    }

    /// Up to two quotes may stand in front of the closing three.
    private mutating func closed(_ text: [UInt8], quote: UInt8) -> String {
        index += 3
        var text = text
        for _ in 0..<2 where byte == quote {
            text.append(quote)
            index += 1
        }
        return String(decoding: text, as: UTF8.self)
    }

    private func neverClosed(_ quote: UInt8, from start: Int) -> Failure {
        let quotes = String(repeating: Character(Unicode.Scalar(quote)), count: 3)
        return Failure(line: start, message: "a string is not closed with \(quotes)")
    }

    /// A backslash at the end of a line takes all white space behind it away.
    private mutating func skipEscapedLineEnd() -> Bool {
        var ahead = self
        ahead.index += 1
        ahead.skipBlanks()
        guard ahead.skipLineEnd() else { return false }
        repeat { ahead.skipBlanks() } while ahead.skipLineEnd()
        (index, line) = (ahead.index, ahead.line)
        return true
    }

    private mutating func appendEscape(to text: inout [UInt8]) throws(Failure) {
        index += 1
        guard let letter = byte else { throw failure("a string is not closed") }
        index += 1
        switch letter {
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): text.append(letter)
        case UInt8(ascii: "u"): text += try scalar(digits: 4)
        case UInt8(ascii: "U"): text += try scalar(digits: 8)
        default: throw failure("a string holds an unknown escape; write '…' or double its backslash")
        }
    }

    private mutating func scalar(digits: Int) throws(Failure) -> [UInt8] {
        let end = index + digits
        guard end <= bytes.count, bytes[index..<end].allSatisfy(\.isHexDigit) else {
            throw failure("a \\u escape needs \(digits) hexadecimal digits")
        }
        let value = UInt32(String(decoding: bytes[index..<end], as: UTF8.self), radix: 16)
        guard let scalar = value.flatMap(Unicode.Scalar.init) else { throw failure("a \\u escape is no character") }
        index = end
        return Array(String(scalar).utf8)
    }
}

extension UInt8 {
    fileprivate var isBareKeyByte: Bool { isWordByte || self == UInt8(ascii: "-") }
    fileprivate var isHexDigit: Bool { Unicode.Scalar(self).properties.isASCIIHexDigit }
    fileprivate var isForbiddenInString: Bool { self < 0x20 && self != UInt8(ascii: "\t") || self == 0x7F }

    /// A letter, a digit or an underscore of ASCII.
    var isWordByte: Bool {
        isDigit || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) || self == UInt8(ascii: "_")
    }

    /// A digit of ASCII.
    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
