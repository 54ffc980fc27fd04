/// Reads the fields of a message of Protocol Buffers, one after another.
struct ProtobufReader {
    enum Value {
        case number(UInt64)
        case float(Float)
        case bytes(ArraySlice<UInt8>)
    }

    struct Malformed: Error {}

    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    /// The next field and its number; `nil` at the end.
    ///
    /// - Throws: ``Malformed`` for what is no message.
    mutating func next() throws(Malformed) -> (field: UInt64, value: Value)? {
        guard !rest.isEmpty else { return nil }
        let key = try number()
        let value: Value
        switch key & 7 {
        case 0: value = .number(try number())
        case 1: value = .bytes(try take(8))
        case 2: value = .bytes(try take(try number()))
        case 5:
            let bits = try take(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            value = .float(Float(bitPattern: bits))
        default: throw Malformed()
        }
        guard key >> 3 > 0 else { throw Malformed() }
        return (key >> 3, value)
    }

    private mutating func number() throws(Malformed) -> UInt64 {
        var number: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard let byte = rest.popFirst() else { throw Malformed() }
            number |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return number }
        }
        throw Malformed()
    }

    private mutating func take(_ count: UInt64) throws(Malformed) -> ArraySlice<UInt8> {
        guard count <= UInt64(rest.count) else { throw Malformed() }
        let taken = rest.prefix(Int(count))
        rest.removeFirst(Int(count))
        return taken
    }
}
