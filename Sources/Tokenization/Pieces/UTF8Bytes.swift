/// Questions about bytes that may or may not be UTF-8.
enum UTF8Bytes {
    /// Whether the bytes are valid UTF-8, as the Unicode standard has it.
    static func areValid(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let start = bytes.baseAddress else { return true }
        var index = 0
        while index < bytes.count {
            if start[index] < 0x80 { index = endOfASCII(from: index, start, count: bytes.count) }
            guard index < bytes.count else { break }
            let isInside = index &+ 4 <= bytes.count
            let length = isInside ? lengthOfWideCharacter(at: start + index) : lengthOfCharacter(at: index, in: bytes)
            guard length > 0 else { return false }
            index &+= length
        }
        return true
    }

    /// The end of the run of ASCII, 32 bytes at a time.
    @inline(__always)
    private static func endOfASCII(from index: Int, _ start: UnsafePointer<UInt8>, count: Int) -> Int {
        var index = index
        while index &+ 32 <= count {
            let words = UnsafeRawPointer(start + index).loadUnaligned(as: SIMD4<UInt64>.self)
            let all = words.lowHalf | words.highHalf
            guard (all[0] | all[1]) & 0x8080_8080_8080_8080 == 0 else { break }
            index &+= 32
        }
        while index < count, start[index] < 0x80 { index &+= 1 }
        return index
    }

    /// The length of the character beyond ASCII that begins here, with four bytes to look at; 0 where it is not valid.
    @inline(__always)
    private static func lengthOfWideCharacter(at start: UnsafePointer<UInt8>) -> Int {
        let word = UnsafeRawPointer(start).loadUnaligned(as: UInt32.self).littleEndian
        if word & 0xC0E0 == 0x80C0 { return word & 0x1E == 0 ? 0 : 2 }
        if word & 0xC0C0F0 == 0x8080E0 {
            // Not what two bytes would hold, and no surrogate.
            let top = word & 0x200F
            return top == 0 || top == 0x200D ? 0 : 3
        }
        return lengthOfCharacter(at: 0, in: UnsafeBufferPointer(start: start, count: 4))
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
