/// Reads `model.vocab` of a `tokenizer.json`: tokens and their ids.
///
/// A decoder's dictionary would take tokens for the same that differ only in how Unicode composes their characters.
struct JSONVocabulary {
    struct Malformed: Error {}

    private let bytes: [UInt8]
    private var index = 0

    /// The tokens in UTF-8 and their ids, in the file's order.
    ///
    /// - Throws: ``Malformed`` where there is no such object of whole numbers.
    static func entries(of bytes: [UInt8]) throws(Malformed) -> [(token: [UInt8], id: Int)] {
        var reader = JSONVocabulary(bytes: bytes)
        guard try reader.enter("model"), try reader.enter("vocab"), reader.take("{") else { throw Malformed() }
        var entries: [(token: [UInt8], id: Int)] = []
        while !reader.take("}") {
            let token = try reader.string()
            guard reader.take(":") else { throw Malformed() }
            entries.append((token, try reader.number()))
            _ = reader.take(",")
        }
        return entries
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    /// Goes to the value of a member of the object that begins here.
    private mutating func enter(_ name: String) throws(Malformed) -> Bool {
        guard take("{") else { return false }
        while !take("}") {
            let key = try string()
            guard take(":") else { throw Malformed() }
            if key == Array(name.utf8) { return true }
            try skipValue()
            _ = take(",")
        }
        return false
    }

    private mutating func skipValue() throws(Malformed) {
        var depth = 0
        repeat {
            guard let byte = next() else { throw Malformed() }
            switch byte {
            case UInt8(ascii: "\""): _ = try string()
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                index += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                index += 1
                guard depth >= 0 else { throw Malformed() }
            case UInt8(ascii: ","), UInt8(ascii: ":"): index += 1
            default: skipWord()
            }
        } while depth > 0
    }

    private mutating func skipWord() {
        while index < bytes.count, !",]}: \n\r\t".utf8.contains(bytes[index]) { index += 1 }
    }

    /// The next byte that is no white space.
    private mutating func next() -> UInt8? {
        while index < bytes.count, bytes[index] <= 0x20 { index += 1 }
        return index < bytes.count ? bytes[index] : nil
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard next() == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    private mutating func number() throws(Malformed) -> Int {
        guard next() != nil else { throw Malformed() }
        let start = index
        skipWord()
        guard let number = Int(String(decoding: bytes[start..<index], as: UTF8.self)) else { throw Malformed() }
        return number
    }

    private mutating func string() throws(Malformed) -> [UInt8] {
        guard take("\"") else { throw Malformed() }
        var text: [UInt8] = []
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
            if bytes[index] == UInt8(ascii: "\\") {
                text += try escaped()
            } else {
                text.append(bytes[index])
                index += 1
            }
        }
        guard take("\"") else { throw Malformed() }
        return text
    }

    private mutating func escaped() throws(Malformed) -> [UInt8] {
        guard index + 1 < bytes.count else { throw Malformed() }
        let kind = bytes[index + 1]
        index += 2
        switch kind {
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "u"):
            var units = [try unit()]
            if 0xD800...0xDBFF ~= units[0], bytes[index...].starts(with: Array(#"\u"#.utf8)) {
                index += 2
                units.append(try unit())
            }
            return Array(String(decoding: units, as: UTF16.self).utf8)
        default: return [kind]
        }
    }

    private mutating func unit() throws(Malformed) -> UInt16 {
        guard index + 4 <= bytes.count,
            let unit = UInt16(String(decoding: bytes[index..<index + 4], as: UTF8.self), radix: 16)
        else { throw Malformed() }
        index += 4
        return unit
    }
}
