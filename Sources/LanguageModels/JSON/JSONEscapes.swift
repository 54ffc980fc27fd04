/// What is written with a backslash in the strings of JSON.
enum JSONEscapes {
    /// The place of the next byte that cannot stand for itself in a string: a quote, a backslash or a control character;
    /// the end if there is none.
    static func next(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var position = start
        let raw = UnsafeRawBufferPointer(bytes)
        while position + 8 <= raw.count {
            let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: position, as: UInt64.self))
            let marks = special(word)
            guard marks == 0 else { return position + marks.trailingZeroBitCount / 8 }
            position += 8
        }
        while position < bytes.count, !isSpecial(bytes[position]) { position += 1 }
        return position
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    /// Eight bytes at once: the lowest bit that is set belongs to the first byte that cannot stand for itself.
    private static func special(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quotes = word ^ (ones &* 0x22)
        let backslashes = word ^ (ones &* 0x5C)
        let found = (word &- ones &* 0x20) & ~word | (quotes &- ones) & ~quotes | (backslashes &- ones) & ~backslashes
        return found & (ones &* 0x80)
    }

    /// The byte that a letter behind a backslash stands for; `nil` for `u` and what is no escape.
    static func meaning(of letter: UInt8) -> UInt8? {
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): letter
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: nil
        }
    }

    /// The number of four hexadecimal digits, `nil` if one of them is none.
    static func codeUnit(in bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> UInt16? {
        var unit: UInt16 = 0
        for byte in bytes[position..<position + 4] {
            guard let digit = digit(byte) else { return nil }
            unit = unit << 4 | digit
        }
        return unit
    }

    private static func digit(_ byte: UInt8) -> UInt16? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }

    /// What a string that was scanned says; no escape is shorter than what it stands for.
    static func resolved(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        String(unsafeUninitializedCapacity: bytes.count) { text in
            var (position, count) = (0, 0)
            while position < bytes.count {
                let byte = bytes[position]
                position += 1
                guard byte == UInt8(ascii: "\\") else {
                    text[count] = byte
                    count += 1
                    continue
                }
                for unit in scalar(in: bytes, &position).utf8 {
                    text[count] = unit
                    count += 1
                }
            }
            return count
        }
    }

    /// The character behind a backslash, which may be written as a surrogate pair; U+FFFD for half a pair.
    private static func scalar(in bytes: UnsafeBufferPointer<UInt8>, _ position: inout Int) -> Unicode.Scalar {
        let letter = bytes[position]
        position += 1
        if let meaning = meaning(of: letter) { return Unicode.Scalar(meaning) }
        let first = codeUnit(in: bytes, at: position) ?? 0xD800
        position += 4
        guard UTF16.isLeadSurrogate(first) else { return Unicode.Scalar(first) ?? "\u{FFFD}" }
        guard position + 6 <= bytes.count, bytes[position] == UInt8(ascii: "\\"),
            bytes[position + 1] == UInt8(ascii: "u"), let second = codeUnit(in: bytes, at: position + 2),
            UTF16.isTrailSurrogate(second)
        else { return "\u{FFFD}" }
        position += 6
        return Unicode.Scalar(0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)) ?? "\u{FFFD}"
    }
}
