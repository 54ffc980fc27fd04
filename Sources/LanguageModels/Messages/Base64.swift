/// Bytes as text, by RFC 4648 with padding.
package enum Base64 {
    private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The text of bytes.
    package static func text(of bytes: [UInt8]) -> String {
        let count = (bytes.count + 2) / 3 * 4
        return String(unsafeUninitializedCapacity: count) { buffer in
            var place = 0
            for start in stride(from: 0, to: bytes.count, by: 3) {
                let rest = bytes.count - start
                let first = UInt32(bytes[start]) << 16
                let second = rest > 1 ? UInt32(bytes[start + 1]) << 8 : 0
                let bits = first | second | (rest > 2 ? UInt32(bytes[start + 2]) : 0)
                buffer[place] = letters[Int(bits >> 18)]
                buffer[place + 1] = letters[Int(bits >> 12 & 63)]
                buffer[place + 2] = rest > 1 ? letters[Int(bits >> 6 & 63)] : UInt8(ascii: "=")
                buffer[place + 3] = rest > 2 ? letters[Int(bits & 63)] : UInt8(ascii: "=")
                place += 4
            }
            return place
        }
    }

    /// The bytes of a text; `nil` for what is no base64.
    ///
    /// White space, missing padding and the letters of addresses (`-`, `_`) are let pass.
    package static func bytes(of text: some StringProtocol) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count / 4 * 3)
        var bits: UInt32 = 0
        var count = 0
        for letter in text.utf8 where letter != UInt8(ascii: "=") && letter > 0x20 {
            guard let value = value(of: letter) else { return nil }
            bits = bits << 6 | value
            count += 1
            guard count.isMultiple(of: 4) else { continue }
            bytes.append(UInt8(bits >> 16 & 255))
            bytes.append(UInt8(bits >> 8 & 255))
            bytes.append(UInt8(bits & 255))
        }
        switch count % 4 {
        case 0: return bytes
        case 2: return bytes + [UInt8(bits >> 4 & 255)]
        case 3: return bytes + [UInt8(bits >> 10 & 255), UInt8(bits >> 2 & 255)]
        default: return nil
        }
    }

    private static func value(of letter: UInt8) -> UInt32? {
        switch letter {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(letter) - 65
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(letter) - 71
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(letter) + 4
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: nil
        }
    }
}
