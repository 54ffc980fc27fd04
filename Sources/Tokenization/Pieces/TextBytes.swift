/// The bytes of a text in UTF-8, with the looks ahead that scanners need.
///
/// It does not own the memory.
struct TextBytes {
    let start: UnsafePointer<UInt8>
    let count: Int
    let classes: CharacterClasses

    /// A character: its class and its length in bytes; at the end of the text it has no class and no length.
    struct Character {
        let kind: CharacterClass
        let length: Int
    }

    init(_ buffer: UnsafeBufferPointer<UInt8>, _ classes: CharacterClasses) {
        // An empty buffer may have no address; nothing is read from this one then.
        start = buffer.baseAddress ?? UnsafePointer(bitPattern: 64).unsafelyUnwrapped
        count = buffer.count
        self.classes = classes
    }

    @inline(__always)
    func byte(_ index: Int) -> UInt8 {
        index < count ? start[index] : 0
    }

    @inline(__always)
    func character(_ index: Int) -> Character {
        guard index < count else { return Character(kind: [], length: 0) }
        let byte = start[index]
        if byte < 0x80 { return Character(kind: classes.ofASCII(byte), length: 1) }
        if index &+ 4 <= count {
            // The usual lengths first: three bytes and two.
            let word = UnsafeRawPointer(start + index).loadUnaligned(as: UInt32.self).bigEndian
            if word & 0xF0C0_C000 == 0xE080_8000 {
                let value = word &>> 12 & 0xF000 | word &>> 10 & 0xFC0 | word &>> 8 & 0x3F
                return Character(kind: classes.ofScalar(value), length: 3)
            }
            if word & 0xE0C0_0000 == 0xC080_0000 {
                return Character(kind: classes.ofScalar(word &>> 18 & 0x7C0 | word &>> 16 & 0x3F), length: 2)
            }
        }
        return wideCharacter(index, byte)
    }

    /// Decodes a character beyond ASCII; a byte that belongs to none stands alone and has no class.
    @inline(never)
    private func wideCharacter(_ index: Int, _ lead: UInt8) -> Character {
        let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
        guard lead >= 0xC2, lead <= 0xF4, index &+ length <= count else { return Character(kind: [], length: 1) }
        var value = UInt32(lead) & (0xFF &>> UInt32(length &+ 1))
        var offset = 1
        while offset < length {
            let byte = start[index &+ offset]
            guard byte & 0xC0 == 0x80 else { return Character(kind: [], length: 1) }
            value = value &<< 6 | UInt32(byte & 0x3F)
            offset &+= 1
        }
        guard value < 0x110000 else { return Character(kind: [], length: 1) }
        return Character(kind: classes.ofScalar(value), length: length)
    }

    /// The end of the run of characters of these classes.
    @inline(__always)
    func end(ofRun kinds: CharacterClass, from index: Int) -> Int {
        var index = index
        while true {
            let character = character(index)
            if character.kind.isDisjoint(with: kinds) { return index }
            index &+= character.length
        }
    }

    /// The end of the run of ASCII letters, eight at a time.
    @inline(__always)
    func end(ofASCIILettersFrom index: Int, lowerCaseOnly: Bool) -> Int {
        var index = index
        while index &+ 8 <= count {
            let word = UnsafeRawPointer(start + index).loadUnaligned(as: UInt64.self).littleEndian
            let others = Self.nonLetters(word, lowerCaseOnly: lowerCaseOnly)
            if others != 0 { return index &+ others.trailingZeroBitCount &>> 3 }
            index &+= 8
        }
        while index < count {
            let byte = lowerCaseOnly ? start[index] : start[index] | 0x20
            guard byte &- 0x61 < 26, start[index] < 0x80 else { return index }
            index &+= 1
        }
        return index
    }

    /// The highest bit of each byte that is no ASCII letter.
    @inline(__always)
    private static func nonLetters(_ word: UInt64, lowerCaseOnly: Bool) -> UInt64 {
        let high: UInt64 = 0x8080_8080_8080_8080
        let folded = lowerCaseOnly ? word & ~high : (word & ~high) | 0x2020_2020_2020_2020
        let fromA = folded &+ 0x1F1F_1F1F_1F1F_1F1F
        let pastZ = folded &+ 0x0505_0505_0505_0505
        return ~(fromA & ~pastZ & ~word) & high
    }
}
