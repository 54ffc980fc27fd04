/// Writes JSON as bytes, from front to back: compact, one value after the other, commas in their places.
///
/// ```swift
/// var json = JSONWriter()
/// json.object { json in
///     json.member("path", "a.py")
///     json.array("lines") { json in json.value(1) }
/// }
/// json.endLine()
/// ```
public struct JSONWriter: Sendable {
    /// What is written so far: UTF-8.
    public private(set) var bytes: [UInt8] = []

    private var needsComma = false

    /// Nothing written yet.
    public init() {}

    /// Writes an object as the next value; the closure writes its members.
    public mutating func object(_ members: (inout JSONWriter) -> Void) {
        enclose(UInt8(ascii: "{"), UInt8(ascii: "}"), members)
    }

    /// Writes an array as the next value; the closure writes its elements.
    public mutating func array(_ elements: (inout JSONWriter) -> Void) {
        enclose(UInt8(ascii: "["), UInt8(ascii: "]"), elements)
    }

    /// Writes a string as the next value.
    public mutating func value(_ text: some StringProtocol) {
        separate()
        appendQuoted(text)
        needsComma = true
    }

    /// Writes a string from UTF-8 as the next value; malformed bytes become U+FFFD.
    public mutating func value(utf8 text: some Collection<UInt8>) {
        value(String(decoding: text, as: UTF8.self))
    }

    /// Writes a whole number as the next value.
    public mutating func value(_ number: some BinaryInteger) {
        append(literal: String(number))
    }

    /// Writes `true` or `false` as the next value.
    public mutating func value(_ flag: Bool) {
        append(literal: flag ? "true" : "false")
    }

    /// Writes `null` as the next value.
    public mutating func null() {
        append(literal: "null")
    }

    /// Ends the line, so that the next value begins a line of its own.
    public mutating func endLine() {
        bytes.append(UInt8(ascii: "\n"))
        needsComma = false
    }

    /// Forgets what is written, for reuse of the memory.
    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        needsComma = false
    }

    /// Writes a member's name; its value must follow.
    public mutating func name(_ name: some StringProtocol) {
        separate()
        appendQuoted(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }
}

extension JSONWriter {
    /// Writes a member whose value is a string.
    public mutating func member(_ name: String, _ text: some StringProtocol) {
        self.name(name)
        value(text)
    }

    /// Writes a member whose value is a string, or `null`.
    public mutating func member(_ name: String, _ text: String?) {
        self.name(name)
        if let text { value(text) } else { null() }
    }

    /// Writes a member whose value is a whole number.
    public mutating func member(_ name: String, _ number: some BinaryInteger) {
        self.name(name)
        value(number)
    }

    /// Writes a member whose value is `true` or `false`.
    public mutating func member(_ name: String, _ flag: Bool) {
        self.name(name)
        value(flag)
    }

    /// Writes a member whose value is an array of strings.
    public mutating func member(_ name: String, _ texts: [String]) {
        array(name) { json in
            for text in texts { json.value(text) }
        }
    }

    /// Writes a member whose value is an object.
    public mutating func object(_ name: String, _ members: (inout JSONWriter) -> Void) {
        self.name(name)
        object(members)
    }

    /// Writes a member whose value is an array.
    public mutating func array(_ name: String, _ elements: (inout JSONWriter) -> Void) {
        self.name(name)
        array(elements)
    }
}

extension JSONWriter {
    private mutating func enclose(_ opening: UInt8, _ closing: UInt8, _ content: (inout JSONWriter) -> Void) {
        separate()
        bytes.append(opening)
        needsComma = false
        content(&self)
        bytes.append(closing)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
    }

    private mutating func append(literal: String) {
        separate()
        bytes.append(contentsOf: literal.utf8)
        needsComma = true
    }

    private mutating func appendQuoted(_ text: some StringProtocol) {
        bytes.append(UInt8(ascii: "\""))
        let isDone: Void? = text.utf8.withContiguousStorageIfAvailable { bytes.appendEscaped($0) }
        if isDone == nil { Array(text.utf8).withUnsafeBufferPointer { bytes.appendEscaped($0) } }
        bytes.append(UInt8(ascii: "\""))
    }
}

extension [UInt8] {
    /// Appends UTF-8 with what RFC 8259 wants escaped; runs without any are copied whole.
    fileprivate mutating func appendEscaped(_ text: UnsafeBufferPointer<UInt8>) {
        var start = 0
        for (index, byte) in text.enumerated() where byte < 0x20 || byte == 0x22 || byte == 0x5C {
            append(contentsOf: text[start..<index])
            appendEscape(of: byte)
            start = index + 1
        }
        append(contentsOf: text[start...])
    }

    private mutating func appendEscape(of byte: UInt8) {
        switch byte {
        case 0x22: append(contentsOf: #"\""#.utf8)
        case 0x5C: append(contentsOf: #"\\"#.utf8)
        case 0x0A: append(contentsOf: #"\n"#.utf8)
        case 0x0D: append(contentsOf: #"\r"#.utf8)
        case 0x09: append(contentsOf: #"\t"#.utf8)
        case 0x08: append(contentsOf: #"\b"#.utf8)
        case 0x0C: append(contentsOf: #"\f"#.utf8)
        default:
            let digits = Array("0123456789abcdef".utf8)
            append(contentsOf: #"\u00"#.utf8)
            append(digits[Int(byte >> 4)])
            append(digits[Int(byte & 15)])
        }
    }
}
