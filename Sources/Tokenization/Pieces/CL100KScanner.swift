/// The pieces of cl100k_base.
///
/// `(?i:'[sdmt]|'ll|'ve|'re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]|\s+(?!\S)|\s`
enum CL100KScanner: PieceScanner {
    static var blockRule: BlockRule? { .cl100k }

    static func end(ofPieceAt index: Int, in text: TextBytes) -> Int {
        let contraction = text.contraction(at: index, ignoringCase: true)
        if contraction > 0 { return index &+ contraction }
        if let end = endOfASCIIPiece(from: index, in: text) { return end }
        return endOfAnyPiece(from: index, in: text)
    }

    /// The end of a piece of ASCII alone; `nil` where something beyond it follows.
    @inline(__always)
    private static func endOfASCIIPiece(from index: Int, in text: TextBytes) -> Int? {
        let first = text.start[index]
        guard first < 0x80 else { return nil }
        if first &- 0x30 < 10 { return text.end(ofASCIINumbersFrom: index) }
        let isLetter = (first | 0x20) &- 0x61 < 26
        let next = text.byte(index &+ 1)
        if isLetter || ((next | 0x20) &- 0x61 < 26 && next < 0x80 && first != 0x0A && first != 0x0D) {
            let end = text.end(ofASCIILettersFrom: index &+ 1, lowerCaseOnly: false)
            return text.byte(end) < 0x80 ? end : nil
        }
        if next >= 0x80 { return nil }
        if text.classes.ofASCII(first).contains(.space) {
            guard first == 0x20, text.isPunctuation(next), index &+ 1 < text.count else {
                return text.end(ofASCIISpaceFrom: index, newlinesFirst: false)
            }
        }
        var end = text.end(ofASCIIPunctuationFrom: index &+ 1)
        if text.byte(end) >= 0x80 { return nil }
        while text.isNewline(end) { end &+= 1 }
        return end
    }

    @inline(never)
    private static func endOfAnyPiece(from index: Int, in text: TextBytes) -> Int {
        let first = text.character(index)
        if first.kind.contains(.letter) { return endOfLetters(from: index, in: text) }
        if first.kind.contains(.number) { return text.end(ofNumbersFrom: index) }
        let next = text.character(index &+ first.length)
        if next.kind.contains(.letter), !text.isNewline(index) {
            return endOfLetters(from: index &+ first.length, in: text)
        }
        if !first.kind.contains(.space) { return endOfOthers(from: index, in: text) }
        if text.byte(index) == 0x20, index &+ 1 < text.count, next.kind.isDisjoint(with: .plain) {
            return endOfOthers(from: index &+ 1, in: text)
        }
        return endOfSpace(from: index, in: text)
    }

    @inline(__always)
    private static func endOfLetters(from index: Int, in text: TextBytes) -> Int {
        let end = text.end(ofASCIILettersFrom: index, lowerCaseOnly: false)
        return text.byte(end) < 0x80 ? end : text.end(ofRun: .letter, from: end)
    }

    @inline(__always)
    private static func endOfOthers(from index: Int, in text: TextBytes) -> Int {
        var end = text.end(ofOthersFrom: index)
        while text.isNewline(end) { end &+= 1 }
        return end
    }

    private static func endOfSpace(from index: Int, in text: TextBytes) -> Int {
        let space = text.space(from: index)
        if space.end == text.count { return space.end }
        if let newlineEnd = space.newlineEnd { return newlineEnd }
        return space.lastStart == index ? space.end : space.lastStart
    }
}
