/// Text that a terminal shows and never obeys: source code and file names are not to be trusted.
enum VisibleText {
    /// A text with every control character spelled out, but for tabs.
    static func of(_ text: String) -> String {
        var result: [UInt8] = []
        append(Array(text.utf8)[...], to: &result)
        return String(decoding: result, as: UTF8.self)
    }

    /// Appends UTF-8 with control characters as `^[` or `<U+202E>` and malformed bytes as `<FF>`; tabs stay.
    static func append(_ bytes: ArraySlice<UInt8>, to result: inout [UInt8]) {
        guard !bytes.allSatisfy({ ($0 >= 0x20 && $0 < 0x7F) || $0 == 0x09 }) else {
            return result.append(contentsOf: bytes)
        }
        var decoder = UTF8.ForwardParser()
        var iterator = bytes.makeIterator()
        var position = bytes.startIndex
        while true {
            switch decoder.parseScalar(from: &iterator) {
            case .valid(let encoded):
                append(UTF8.decode(encoded), to: &result)
                position += encoded.count
            case .error(let length):
                for byte in bytes[position..<position + length] { result += "<\(hexadecimal(byte, digits: 2))>".utf8 }
                position += length
            case .emptyInput:
                return
            }
        }
    }

    private static func append(_ scalar: Unicode.Scalar, to result: inout [UInt8]) {
        switch scalar.value {
        case 0x09: result.append(0x09)
        case 0..<0x20, 0x7F: result += [UInt8(ascii: "^"), UInt8(scalar.value ^ 0x40)]
        case 0x80..<0xA0, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF:
            result += "<U+\(hexadecimal(scalar.value, digits: 4))>".utf8
        default: result += UTF8.encode(scalar).map(Array.init) ?? []
        }
    }

    private static func hexadecimal(_ number: some BinaryInteger, digits: Int) -> String {
        let text = String(number, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
