/// The pieces of o200k_base and o200k_harmony.
///
/// A word is an optional character before it, upper-case letters, lower-case letters and a contraction; letters without
/// case and marks count as both. What backtracking decides in the pattern is decided here by ``Word``.
enum O200KScanner: PieceScanner {
    static var blockRule: BlockRule? { .o200k }

    static func end(ofPieceAt index: Int, in text: TextBytes) -> Int {
        let first = text.byte(index)
        if first < 0x80 {
            let isLetter = (first | 0x20) &- 0x61 < 26
            let begin = isLetter ? index : index &+ 1
            let isPrefix = !isLetter && first &- 0x30 >= 10 && first != 0x0A && first != 0x0D
            if isLetter || isPrefix, let end = endOfASCIIWord(from: begin, in: text) {
                return end &+ text.contraction(at: end, ignoringCase: true)
            }
            if let end = endOfASCIIPiece(from: index, first, in: text) { return end }
        }
        return endOfAnyPiece(from: index, in: text, hasContractions: true)
    }

    /// The end of numbers, punctuation or white space of ASCII alone; `nil` where something beyond it follows.
    @inline(__always)
    private static func endOfASCIIPiece(from index: Int, _ first: UInt8, in text: TextBytes) -> Int? {
        if first &- 0x30 < 10 { return text.end(ofASCIINumbersFrom: index) }
        let next = text.byte(index &+ 1)
        // What begins a word of ASCII alone did not come here: something beyond ASCII follows the word.
        let isWord = (first | 0x20) &- 0x61 < 26 || ((next | 0x20) &- 0x61 < 26 && first != 0x0A && first != 0x0D)
        if isWord || next >= 0x80 { return nil }
        if text.classes.ofASCII(first).contains(.space) {
            guard first == 0x20, text.isPunctuation(next), index &+ 1 < text.count else {
                return text.end(ofASCIISpaceFrom: index, newlinesFirst: true)
            }
        }
        var end = text.end(ofASCIIPunctuationFrom: index &+ 1)
        let follower = text.byte(end)
        if follower >= 0x80 { return nil }
        guard follower == 0x0A || follower == 0x0D || follower == UInt8(ascii: "/") else { return end }
        while text.isNewline(end) || text.byte(end) == UInt8(ascii: "/") { end &+= 1 }
        return end
    }

    /// The end of a word of ASCII letters that nothing beyond ASCII follows; `nil` where it has to be looked at closer.
    @inline(__always)
    private static func endOfASCIIWord(from begin: Int, in text: TextBytes) -> Int? {
        var upperEnd = begin
        while upperEnd < text.count, text.start[upperEnd] &- 0x41 < 26 { upperEnd &+= 1 }
        let end = text.end(ofASCIILettersFrom: upperEnd, lowerCaseOnly: true)
        return end > begin && text.byte(end) < 0x80 ? end : nil
    }

    @inline(never)
    static func endOfAnyPiece(from index: Int, in text: TextBytes, hasContractions: Bool) -> Int {
        let first = text.character(index)
        if let end = endOfWord(from: index, first, in: text) {
            return hasContractions ? end &+ text.contraction(at: end, ignoringCase: true) : end
        }
        if first.kind.contains(.number) { return text.end(ofNumbersFrom: index) }
        if !first.kind.contains(.space) { return endOfOthers(from: index, in: text) }
        let next = index &+ 1
        if text.byte(index) == 0x20, next < text.count, text.character(next).kind.isDisjoint(with: .plain) {
            return endOfOthers(from: next, in: text)
        }
        let space = text.space(from: index)
        if let newlineEnd = space.newlineEnd { return newlineEnd }
        if space.end == text.count { return space.end }
        return space.lastStart == index ? space.end : space.lastStart
    }

    /// Where a run of upper-case letters and the lower-case ones behind it end.
    private struct Word {
        /// The end where at least one letter counts as lower case: `U*W+` of the pattern.
        var mixedEnd: Int?
        /// The end where at least one counts as upper case: `U+W*`.
        var upperEnd: Int?
    }

    private static func word(from index: Int, in text: TextBytes) -> Word {
        var end = index
        var lastLowerEnd: Int?
        while true {
            let character = text.character(end)
            guard character.kind.contains(.upper) else { break }
            end &+= character.length
            if character.kind.contains(.lower) { lastLowerEnd = end }
        }
        let lowerEnd = text.end(ofRun: .lower, from: end)
        let mixedEnd = lowerEnd > end ? lowerEnd : lastLowerEnd
        return Word(mixedEnd: mixedEnd, upperEnd: end > index ? lowerEnd : nil)
    }

    /// The four ways to read a word, in the pattern's order.
    private static func endOfWord(
        from index: Int,
        _ first: TextBytes.Character,
        in text: TextBytes
    ) -> Int? {
        let isPrefix = first.kind.isDisjoint(with: [.letter, .number]) && !text.isNewline(index)
        let behind = isPrefix ? word(from: index &+ first.length, in: text) : Word()
        if let end = behind.mixedEnd { return end }
        let here = word(from: index, in: text)
        return here.mixedEnd ?? behind.upperEnd ?? here.upperEnd
    }

    @inline(__always)
    private static func endOfOthers(from index: Int, in text: TextBytes) -> Int {
        var end = text.end(ofOthersFrom: index)
        while text.isNewline(end) || text.byte(end) == UInt8(ascii: "/") { end &+= 1 }
        return end
    }
}
