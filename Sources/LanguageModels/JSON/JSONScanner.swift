/// Where a value stands in a JSON text; what it holds follows it, for each member of an object a string and a value.
struct JSONNode: Sendable {
    enum Kind: UInt8, Sendable {
        case null, no, yes, number
        /// A string without escapes.
        case string
        case escapedString
        case array, object
    }

    /// The first byte; of a string the one behind its quote.
    var start: UInt32
    /// Behind the last byte, of a string its closing quote; of an array or an object how many it holds instead.
    var end: UInt32
    /// The number of the node behind this value and all that it holds.
    var next: UInt32
    var kind: Kind
}

/// Reads JSON (RFC 8259) from left to right and notes where its values stand.
struct JSONScanner {
    /// The values in their order, the whole text's first.
    var nodes: [JSONNode] = []
    let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    private var depth = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    mutating func document() throws(JSONSyntaxError) {
        guard bytes.count < UInt32.max else { throw failure("the text is longer than 4 GiB") }
        nodes.removeAll(keepingCapacity: true)
        nodes.reserveCapacity(min(bytes.count / 8 + 8, 4096))
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { position = 3 }
        try value()
        skipSpace()
        guard position == bytes.count else { throw failure("something stands behind the value") }
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

    /// Notes a value that holds no others and ends in front of the position.
    private mutating func note(_ kind: JSONNode.Kind, from start: Int) {
        let next = UInt32(truncatingIfNeeded: nodes.count + 1)
        let (start, end) = (UInt32(truncatingIfNeeded: start), UInt32(truncatingIfNeeded: position))
        nodes.append(JSONNode(start: start, end: end, next: next, kind: kind))
    }

    private mutating func value() throws(JSONSyntaxError) {
        skipSpace()
        switch current {
        case UInt8(ascii: "{"): try container(.object, until: UInt8(ascii: "}"))
        case UInt8(ascii: "["): try container(.array, until: UInt8(ascii: "]"))
        case UInt8(ascii: "\""): try string()
        case UInt8(ascii: "t"): try word("true", .yes)
        case UInt8(ascii: "f"): try word("false", .no)
        case UInt8(ascii: "n"): try word("null", .null)
        case let byte? where byte == UInt8(ascii: "-") || Self.isDigit(byte): try number()
        case nil: throw failure("the text ends where a value is expected")
        default: throw failure("no value starts like this")
        }
    }

    private mutating func container(_ kind: JSONNode.Kind, until end: UInt8) throws(JSONSyntaxError) {
        guard depth < 512 else { throw failure("nested deeper than 512") }
        let index = nodes.count
        note(kind, from: position)
        depth += 1
        position += 1
        var count: UInt32 = 0
        skipSpace()
        if current == end {
            position += 1
        } else {
            repeat {
                if kind == .object { try key() }
                try value()
                count += 1
            } while try continues(until: end)
        }
        depth -= 1
        nodes[index].end = count
        nodes[index].next = UInt32(truncatingIfNeeded: nodes.count)
    }

    private mutating func key() throws(JSONSyntaxError) {
        skipSpace()
        guard current == UInt8(ascii: "\"") else { throw failure("a key in quotes is expected") }
        try string()
        skipSpace()
        guard current == UInt8(ascii: ":") else { throw failure("a colon is expected") }
        position += 1
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

    private mutating func word(_ word: StaticString, _ kind: JSONNode.Kind) throws(JSONSyntaxError) {
        let (start, end) = (position, position + word.utf8CodeUnitCount)
        guard end <= bytes.count else { throw failure("the text ends inside a word") }
        for index in start..<end where bytes[index] != word.utf8Start[index - start] {
            throw failure("\(word) is expected")
        }
        position = end
        note(kind, from: start)
    }

    private mutating func number() throws(JSONSyntaxError) {
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
        note(.number, from: start)
    }

    private mutating func digits() -> Int {
        let start = position
        while let byte = current, Self.isDigit(byte) { position += 1 }
        return position - start
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }

    private mutating func string() throws(JSONSyntaxError) {
        position += 1
        let start = position
        var kind = JSONNode.Kind.string
        while true {
            position = JSONEscapes.next(in: bytes, from: position)
            switch current {
            case UInt8(ascii: "\""):
                note(kind, from: start)
                return position += 1
            case UInt8(ascii: "\\"):
                kind = .escapedString
                position += 1
                try escape()
            case nil: throw failure("the text ends inside a string")
            default: throw failure("a control character stands in a string")
            }
        }
    }

    private mutating func escape() throws(JSONSyntaxError) {
        guard let byte = current else { throw failure("the text ends inside a string") }
        position += 1
        if byte == UInt8(ascii: "u") {
            guard position + 4 <= bytes.count, JSONEscapes.codeUnit(in: bytes, at: position) != nil else {
                throw failure("four hexadecimal digits are expected")
            }
            position += 4
        } else if JSONEscapes.meaning(of: byte) == nil {
            throw failure("no escape is written like this")
        }
    }
}
