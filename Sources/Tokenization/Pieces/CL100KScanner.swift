/// The pieces of cl100k_base.
///
/// `(?i:'[sdmt]|'ll|'ve|'re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]|\s+(?!\S)|\s`
enum CL100KScanner: PieceScanner {
    static func end(ofPieceAt index: Int, in text: TextBytes) -> Int {
        let contraction = text.contraction(at: index, ignoringCase: true)
        if contraction > 0 { return index &+ contraction }
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
