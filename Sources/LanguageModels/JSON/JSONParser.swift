/// What is wrong with a text that should have been JSON.
public struct JSONSyntaxError: Error, Hashable, CustomStringConvertible {
    /// What was expected or is not allowed.
    public let reason: String
    /// Where, in bytes from the start.
    public let offset: Int

    /// The text for people.
    public var description: String { "not JSON: \(reason) at byte \(offset)" }
}

extension JSONValue {
    /// Reads one JSON value (RFC 8259) that may have white space around it.
    ///
    /// Malformed UTF-8 and lone surrogates inside strings become U+FFFD, since a service's answer is not lost for one
    /// broken character. Nesting is read to a depth of 512.
    ///
    /// - Throws: ``JSONSyntaxError``.
    public init(parsing bytes: some Sequence<UInt8>) throws(JSONSyntaxError) {
        let result =
            bytes.withContiguousStorageIfAvailable { Self.parsed($0) }
            ?? Array(bytes).withUnsafeBufferPointer(Self.parsed)
        self = try result.get()
    }

    /// Reads one JSON value from a text.
    ///
    /// - Throws: ``JSONSyntaxError``.
    public init(parsing text: String) throws(JSONSyntaxError) {
        try self.init(parsing: text.utf8)
    }

    private static func parsed(_ buffer: UnsafeBufferPointer<UInt8>) -> Result<JSONValue, JSONSyntaxError> {
        var parser = JSONParser(bytes: buffer)
        return Result { () throws(JSONSyntaxError) in try parser.document() }
    }
}

/// A recursive-descent reader over bytes that outlive it.
private struct JSONParser {
    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0
    var depth = 0

    init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    mutating func document() throws(JSONSyntaxError) -> JSONValue {
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { position = 3 }
        let value = try value()
        skipSpace()
        guard position == bytes.count else { throw failure("something stands behind the value") }
        return value
    }

    private func failure(_ reason: String) -> JSONSyntaxError {
        JSONSyntaxError(reason: reason, offset: position)
    }

    private var current: UInt8? {
        position < bytes.count ? bytes[position] : nil
    }

    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }

    private mutating func value() throws(JSONSyntaxError) -> JSONValue {
        skipSpace()
        switch current {
        case UInt8(ascii: "{"): return try nested { parser throws(JSONSyntaxError) in try parser.object() }
        case UInt8(ascii: "["): return try nested { parser throws(JSONSyntaxError) in try parser.array() }
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case let byte? where byte == UInt8(ascii: "-") || Self.isDigit(byte): return .number(try number())
        case nil: throw failure("the text ends where a value is expected")
        default: throw failure("no value starts like this")
        }
    }

    private mutating func nested(
        _ read: (inout JSONParser) throws(JSONSyntaxError) -> JSONValue
    ) throws(JSONSyntaxError) -> JSONValue {
        guard depth < 512 else { throw failure("nested deeper than 512") }
        depth += 1
        position += 1
        let value = try read(&self)
        depth -= 1
        return value
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONSyntaxError) -> JSONValue {
        let end = position + word.utf8CodeUnitCount
        guard end <= bytes.count else { throw failure("the text ends inside a word") }
        for index in 0..<word.utf8CodeUnitCount where bytes[position + index] != word.utf8Start[index] {
            throw failure("\(word) is expected")
        }
        position = end
        return value
    }

    private mutating func object() throws(JSONSyntaxError) -> JSONValue {
        var members: [(key: String, value: JSONValue)] = []
        skipSpace()
        if current == UInt8(ascii: "}") {
            position += 1
            return .object(JSONObject())
        }
        while true {
            skipSpace()
            guard current == UInt8(ascii: "\"") else { throw failure("a key in quotes is expected") }
            let key = try string()
            skipSpace()
            guard current == UInt8(ascii: ":") else { throw failure("a colon is expected") }
            position += 1
            members.append((key, try value()))
            guard try continues(until: UInt8(ascii: "}")) else { return .object(JSONObject(members)) }
        }
    }

    private mutating func array() throws(JSONSyntaxError) -> JSONValue {
        var elements: [JSONValue] = []
        skipSpace()
        if current == UInt8(ascii: "]") {
            position += 1
            return .array([])
        }
        while true {
            elements.append(try value())
            guard try continues(until: UInt8(ascii: "]")) else { return .array(elements) }
        }
    }

    /// Takes the comma or the closing bracket behind an element.
    private mutating func continues(until end: UInt8) throws(JSONSyntaxError) -> Bool {
        skipSpace()
        guard let byte = current else { throw failure("the text ends inside an array or object") }
        guard byte == end || byte == UInt8(ascii: ",") else {
            throw failure("a comma or a closing bracket is expected")
        }
        position += 1
        return byte != end
    }

    private mutating func number() throws(JSONSyntaxError) -> JSONNumber {
        let start = position
        if current == UInt8(ascii: "-") { position += 1 }
        let leading = current
        let whole = digits()
        guard whole > 0 else { throw failure("a digit is expected") }
        guard whole == 1 || leading != UInt8(ascii: "0") else { throw failure("a number starts with a zero") }
        if current == UInt8(ascii: ".") {
            position += 1
            guard digits() > 0 else { throw failure("a digit is expected") }
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            position += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
            guard digits() > 0 else { throw failure("a digit is expected") }
        }
        return JSONNumber(verbatim: String(decoding: bytes[start..<position], as: UTF8.self))
    }

    private mutating func digits() -> Int {
        let start = position
        while let byte = current, Self.isDigit(byte) { position += 1 }
        return position - start
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }

    private mutating func string() throws(JSONSyntaxError) -> String {
        position += 1
        let start = position
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                defer { position += 1 }
                return String(decoding: bytes[start..<position], as: UTF8.self)
            }
            if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
            guard byte >= 0x20 else { throw failure("a control character stands in a string") }
            position += 1
        }
        throw failure("the text ends inside a string")
    }

    /// Reads on from the first backslash of a string that began at `start`.
    private mutating func escapedString(from start: Int) throws(JSONSyntaxError) -> String {
        var text = Array(bytes[start..<position])
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                position += 1
                try escape(into: &text)
            case 0..<0x20:
                throw failure("a control character stands in a string")
            default:
                text.append(byte)
                position += 1
            }
        }
        throw failure("the text ends inside a string")
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONSyntaxError) {
        guard let byte = current else { throw failure("the text ends inside a string") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text.append(contentsOf: String(try escapedScalar()).utf8)
        default: throw failure("no escape is written like this")
        }
    }

    /// The character of `\uXXXX`, or of two that form a surrogate pair; U+FFFD for half a pair.
    private mutating func escapedScalar() throws(JSONSyntaxError) -> Character {
        let first = try codeUnit()
        guard UTF16.isLeadSurrogate(first) else { return character(UInt32(first)) }
        guard position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
            bytes[position + 1] == UInt8(ascii: "u")
        else { return "\u{FFFD}" }
        let mark = position
        position += 2
        let second = try codeUnit()
        guard UTF16.isTrailSurrogate(second) else {
            position = mark
            return "\u{FFFD}"
        }
        return character(0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00))
    }

    private func character(_ value: UInt32) -> Character {
        Character(Unicode.Scalar(value) ?? "\u{FFFD}")
    }

    private mutating func codeUnit() throws(JSONSyntaxError) -> UInt16 {
        guard position + 4 <= bytes.count,
            let unit = UInt16(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16),
            bytes[position] != UInt8(ascii: "+")
        else { throw failure("four hexadecimal digits are expected") }
        position += 4
        return unit
    }
}
