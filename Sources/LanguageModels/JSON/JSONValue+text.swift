extension JSONValue {
    /// The value as JSON in UTF-8, without white space: members in their order, numbers as they were given.
    public var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.write(self)
        return writer.bytes
    }

    /// The value as JSON text, without white space.
    public var text: String {
        String(decoding: bytes, as: UTF8.self)
    }
}

extension JSONValue: CustomStringConvertible {
    /// The text for people.
    public var description: String { text }
}

/// Writes JSON into memory of its own: appending to an array piece by piece costs several times as much.
private struct JSONWriter: ~Copyable {
    private var memory = UnsafeMutablePointer<UInt8>.allocate(capacity: 512)
    private var capacity = 512
    private var count = 0

    deinit { memory.deallocate() }

    /// What was written.
    var bytes: [UInt8] { Array(UnsafeBufferPointer(start: memory, count: count)) }

    mutating func write(_ value: JSONValue) {
        switch value {
        case .null: append("null")
        case .bool(let value): append(value ? "true" : "false")
        case .number(let number): append(number.text)
        case .string(let text): write(text)
        case .array(let elements): write(elements)
        case .object(let object): write(object)
        }
    }

    private mutating func write(_ elements: [JSONValue]) {
        var separator = UInt8(ascii: "[")
        for element in elements {
            append(separator)
            write(element)
            separator = UInt8(ascii: ",")
        }
        if elements.isEmpty { append(separator) }
        append(UInt8(ascii: "]"))
    }

    private mutating func write(_ object: JSONObject) {
        var separator = UInt8(ascii: "{")
        for (key, value) in object.members {
            append(separator)
            write(key)
            append(UInt8(ascii: ":"))
            write(value)
            separator = UInt8(ascii: ",")
        }
        if object.isEmpty { append(separator) }
        append(UInt8(ascii: "}"))
    }

    /// Copies runs that need no escape as a whole.
    private mutating func write(_ text: String) {
        var text = text
        text.withUTF8 { text in
            append(UInt8(ascii: "\""))
            var start = 0
            while true {
                let index = JSONEscapes.next(in: text, from: start)
                append(UnsafeBufferPointer(rebasing: text[start..<index]))
                guard index < text.count else { break }
                escape(text[index])
                start = index + 1
            }
            append(UInt8(ascii: "\""))
        }
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case 0x0A: append("\\n")
        case 0x0D: append("\\r")
        case 0x09: append("\\t")
        case 0..<0x20: append("\\u00" + String(byte >> 4) + String(byte & 0xF, radix: 16))
        default:
            append(UInt8(ascii: "\\"))
            append(byte)
        }
    }

    private mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { append($0) }
    }

    private mutating func append(_ byte: UInt8) {
        if count == capacity { grow(by: 1) }
        memory[count] = byte
        count &+= 1
    }

    private mutating func append(_ run: UnsafeBufferPointer<UInt8>) {
        guard let start = run.baseAddress else { return }
        if capacity - count < run.count { grow(by: run.count) }
        (memory + count).update(from: start, count: run.count)
        count += run.count
    }

    @inline(never)
    private mutating func grow(by more: Int) {
        capacity = max(capacity * 2, count + more)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        larger.update(from: memory, count: count)
        memory.deallocate()
        memory = larger
    }
}
