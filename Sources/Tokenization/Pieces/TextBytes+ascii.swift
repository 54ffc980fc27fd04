/// Runs of ASCII, for the pieces that most texts are made of; each gives `nil` where a character beyond ASCII follows,
/// which may belong to the run.
extension TextBytes {
    /// Whether a byte is ASCII and neither a letter nor a number nor white space.
    @inline(__always)
    func isPunctuation(_ byte: UInt8) -> Bool {
        byte < 0x80 && classes.ofASCII(byte).isDisjoint(with: .plain)
    }

    /// The end of the run of punctuation.
    @inline(__always)
    func end(ofASCIIPunctuationFrom index: Int) -> Int {
        var end = index
        while end < count, isPunctuation(start[end]) { end &+= 1 }
        return end
    }

    /// The end of up to three digits.
    @inline(__always)
    func end(ofASCIINumbersFrom index: Int) -> Int? {
        var end = index &+ 1
        while end < index &+ 3, byte(end) &- 0x30 < 10 { end &+= 1 }
        return end < index &+ 3 && byte(end) >= 0x80 ? nil : end
    }

    /// The end of a piece of white space, of which the last character is left to a word that follows.
    ///
    /// With `newlinesFirst` a piece ends behind its last newline even at the end of the text.
    @inline(__always)
    func end(ofASCIISpaceFrom index: Int, newlinesFirst: Bool) -> Int? {
        var end = index
        var newlineEnd = 0
        while true {
            end = self.end(ofSpacesFrom: end)
            let byte = byte(end)
            guard byte &- 0x09 < 5 else { break }
            end &+= 1
            if byte == 0x0A || byte == 0x0D { newlineEnd = end }
        }
        if byte(end) >= 0x80 { return nil }
        if newlineEnd > 0, newlinesFirst || end < count { return newlineEnd }
        return end == count || end &- index == 1 ? end : end &- 1
    }

    /// The end of the run of spaces, eight at a time.
    @inline(__always)
    private func end(ofSpacesFrom index: Int) -> Int {
        var index = index
        while index &+ 8 <= count {
            let word = UnsafeRawPointer(start + index).loadUnaligned(as: UInt64.self).littleEndian
            let others = word ^ 0x2020_2020_2020_2020
            if others != 0 { return index &+ others.trailingZeroBitCount &>> 3 }
            index &+= 8
        }
        while index < count, start[index] == 0x20 { index &+= 1 }
        return index
    }
}
