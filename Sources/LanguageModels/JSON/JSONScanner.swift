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
struct JSONScanner: ~Copyable {
    /// The values in their order, the whole text's first; in memory of the scanner's own, where a note costs least.
    private(set) var nodes: UnsafeMutablePointer<JSONNode>
    let bytes: UnsafeBufferPointer<UInt8>
    private var capacity: Int
    private var count = 0
    private var position = 0
    private var depth = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        capacity = min(bytes.count / 8 + 8, 4096)
        nodes = .allocate(capacity: capacity)
    }

    deinit { nodes.deallocate() }

    mutating func document() throws(JSONSyntaxError) {
        guard bytes.count < UInt32.max else { throw failure("the text is longer than 4 GiB") }
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { position = 3 }
        try value()
        skipSpace()
        guard isAtEnd else { throw failure("something stands behind the value") }
    }

    private func failure(_ reason: String) -> JSONSyntaxError {
        JSONSyntaxError(reason: reason, offset: position)
    }

    /// The byte at the position; behind the end zero, which stands nowhere in JSON.
    private var current: UInt8 {
        position < bytes.count ? bytes[position] : 0
    }

    private var isAtEnd: Bool { position == bytes.count }

    private mutating func skipSpace() {
        while current <= 0x20, Self.isSpace(current) { position += 1 }
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    /// Notes a value that holds no others and ends in front of the position.
    private mutating func note(_ kind: JSONNode.Kind, from start: Int) {
        if count == capacity { grow() }
        let (start, end) = (UInt32(truncatingIfNeeded: start), UInt32(truncatingIfNeeded: position))
        nodes[count] = JSONNode(start: start, end: end, next: UInt32(truncatingIfNeeded: count + 1), kind: kind)
        count += 1
    }

    @inline(never)
    private mutating func grow() {
        let larger = UnsafeMutablePointer<JSONNode>.allocate(capacity: capacity * 2)
        larger.update(from: nodes, count: count)
        nodes.deallocate()
        nodes = larger
        capacity *= 2
    }

    // Calls would cost as much as what they do: values are read where arrays and objects are, strings where values are.
    @inline(__always)
    private mutating func value() throws(JSONSyntaxError) {
        skipSpace()
        switch current {
        case UInt8(ascii: "{"): try container(.object, until: UInt8(ascii: "}"))
        case UInt8(ascii: "["): try container(.array, until: UInt8(ascii: "]"))
        case UInt8(ascii: "\""): try string()
        case UInt8(ascii: "t"): try word("true", .yes)
        case UInt8(ascii: "f"): try word("false", .no)
        case UInt8(ascii: "n"): try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number()
        default: throw failure(isAtEnd ? "the text ends where a value is expected" : "no value starts like this")
        }
    }

    private mutating func container(_ kind: JSONNode.Kind, until end: UInt8) throws(JSONSyntaxError) {
        guard depth < 512 else { throw failure("nested deeper than 512") }
        let index = count
        note(kind, from: position)
        depth += 1
        position += 1
        var held: UInt32 = 0
        skipSpace()
        if current == end {
            position += 1
        } else {
            repeat {
                if kind == .object { try key() }
                try value()
                held += 1
            } while try continues(until: end)
        }
        depth -= 1
        nodes[index].end = held
        nodes[index].next = UInt32(truncatingIfNeeded: count)
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
        let byte = current
        guard byte == end || byte == UInt8(ascii: ",") else {
            throw failure(
                isAtEnd ? "the text ends inside an array or object" : "a comma or a closing bracket is expected"
            )
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
        while Self.isDigit(current) { position += 1 }
        return position - start
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }

    @inline(__always)
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
            default:
                throw failure(isAtEnd ? "the text ends inside a string" : "a control character stands in a string")
            }
        }
    }

    private mutating func escape() throws(JSONSyntaxError) {
        guard !isAtEnd else { throw failure("the text ends inside a string") }
        let byte = current
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
