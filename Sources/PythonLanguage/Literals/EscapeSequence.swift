/// What a backslash and the bytes behind it mean in a literal that is not raw.
enum EscapeSequence {
    /// A code point, perhaps a surrogate.
    case codePoint(UInt32)
    /// Nothing: the backslash joins two lines.
    case lineContinuation
    /// No escape: the backslash stays.
    case unknown
    /// What is wrong, in CPython's words.
    case mistake(String)

    /// Reads the escape sequence whose backslash is at an offset, and the offset behind it.
    static func read(
        in bytes: UnsafeBufferPointer<UInt8>,
        at backslash: Int,
        isBytes: Bool
    ) -> (meaning: EscapeSequence, end: Int) {
        let index = backslash + 1
        guard index < bytes.count else { return (.unknown, index) }
        let letter = bytes[index]
        if let simple = simpleEscape(letter) { return (.codePoint(simple), index + 1) }
        switch letter {
        case 0x0A: return (.lineContinuation, index + 1)
        case 0x0D:
            let isPair = index + 1 < bytes.count && bytes[index + 1] == 0x0A
            return (.lineContinuation, index + (isPair ? 2 : 1))
        case UInt8(ascii: "0")...UInt8(ascii: "7"): return octal(in: bytes, from: index)
        case UInt8(ascii: "x") where isBytes:
            return hexadecimal(in: bytes, from: index, digits: 2, "invalid \\x escape")
        case UInt8(ascii: "x"): return hexadecimal(in: bytes, from: index, digits: 2, "truncated \\xXX escape")
        case UInt8(ascii: "u") where !isBytes:
            return hexadecimal(in: bytes, from: index, digits: 4, "truncated \\uXXXX escape")
        case UInt8(ascii: "U") where !isBytes:
            return hexadecimal(in: bytes, from: index, digits: 8, "truncated \\UXXXXXXXX escape")
        case UInt8(ascii: "N") where !isBytes: return named(in: bytes, from: index)
        default: return (.unknown, index)
        }
    }

    private static func simpleEscape(_ letter: UInt8) -> UInt32? {
        switch letter {
        case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): UInt32(letter)
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "t"): 0x09
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "a"): 0x07
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "v"): 0x0B
        default: nil
        }
    }

    /// One to three octal digits; values above 0o377 are allowed, with a warning, and mean what they say.
    private static func octal(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> (EscapeSequence, Int) {
        var value: UInt32 = 0
        var index = start
        while index < min(start + 3, bytes.count), bytes[index] & 0xF8 == 0x30 {
            value = value << 3 | UInt32(bytes[index] & 7)
            index += 1
        }
        return (.codePoint(value), index)
    }

    private static func hexadecimal(
        in bytes: UnsafeBufferPointer<UInt8>,
        from letter: Int,
        digits: Int,
        _ complaint: String
    ) -> (EscapeSequence, Int) {
        var value: UInt32 = 0
        for index in letter + 1..<letter + 1 + digits {
            guard index < bytes.count, let digit = digit(bytes[index]) else { return (.mistake(complaint), index) }
            value = value << 4 | digit
        }
        let end = letter + 1 + digits
        return (value > 0x10FFFF ? .mistake("illegal Unicode character") : .codePoint(value), end)
    }

    private static func digit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case 0x30...0x39: UInt32(byte - 0x30)
        case 0x41...0x46, 0x61...0x66: UInt32(byte & 0xF) + 9
        default: nil
        }
    }

    private static func named(in bytes: UnsafeBufferPointer<UInt8>, from letter: Int) -> (EscapeSequence, Int) {
        var end = letter + 2
        while end < bytes.count, bytes[end] != UInt8(ascii: "}") { end += 1 }
        guard end < bytes.count, end > letter + 2, bytes[letter + 1] == UInt8(ascii: "{") else {
            return (.mistake("malformed \\N character escape"), min(end, bytes.count))
        }
        let name = UnsafeBufferPointer(rebasing: bytes[letter + 2..<end])
        guard let scalar = CharacterNames.scalar(named: name) else {
            return (.mistake("unknown Unicode character name"), end + 1)
        }
        return (.codePoint(scalar.value), end + 1)
    }
}
