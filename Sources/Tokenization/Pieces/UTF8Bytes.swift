/// Questions about bytes that may or may not be UTF-8.
enum UTF8Bytes {
    /// Whether the bytes are valid UTF-8, as the Unicode standard has it.
    static func areValid(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let start = bytes.baseAddress else { return true }
        var index = 0
        while index < bytes.count {
            if index &+ 8 <= bytes.count {
                let word = UnsafeRawPointer(start + index).loadUnaligned(as: UInt64.self)
                if word & 0x8080_8080_8080_8080 == 0 {
                    index &+= 8
                    continue
                }
            }
            let length = lengthOfCharacter(at: index, in: bytes)
            guard length > 0 else { return false }
            index &+= length
        }
        return true
    }

    /// How many bytes at the end are the beginning of a character that is not there yet: 0 to 3.
    static func incompleteCount(atEndOf bytes: some BidirectionalCollection<UInt8>) -> Int {
        let tail = Array(bytes.suffix(3))
        guard let place = tail.lastIndex(where: { $0 & 0xC0 != 0x80 }), 0xC2...0xF4 ~= tail[place] else { return 0 }
        let count = tail.count - place
        guard count < wantedLength(tail[place]) else { return 0 }
        return count == 1 || secondBytes(after: tail[place]).contains(tail[place + 1]) ? count : 0
    }

    /// The length of the character that begins here, 0 where there is no valid one.
    private static func lengthOfCharacter(at index: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        let lead = bytes[index]
        if lead < 0x80 { return 1 }
        let length = wantedLength(lead)
        guard lead >= 0xC2, lead <= 0xF4, index + length <= bytes.count,
            secondBytes(after: lead).contains(bytes[index + 1])
        else { return 0 }
        for offset in 2..<max(length, 2) where bytes[index + offset] & 0xC0 != 0x80 { return 0 }
        return length
    }

    private static func wantedLength(_ lead: UInt8) -> Int {
        lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0x80 ? 2 : 1
    }

    private static func secondBytes(after lead: UInt8) -> ClosedRange<UInt8> {
        switch lead {
        case 0xE0: 0xA0...0xBF
        case 0xED: 0x80...0x9F
        case 0xF0: 0x90...0xBF
        case 0xF4: 0x80...0x8F
        default: 0x80...0xBF
        }
    }
}
