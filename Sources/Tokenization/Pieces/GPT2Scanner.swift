/// The pieces of r50k_base, p50k_base, p50k_edit and the Claude tokenizer of 2023.
///
/// `'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s`
enum GPT2Scanner: PieceScanner {
    static func end(ofPieceAt index: Int, in text: TextBytes) -> Int {
        let contraction = text.contraction(at: index, ignoringCase: false)
        if contraction > 0 { return index &+ contraction }
        let hasSpace = text.byte(index) == 0x20
        let begin = hasSpace ? index &+ 1 : index
        let kind = text.character(begin).kind
        if kind.contains(.letter) {
            return text.end(ofRun: .letter, from: text.end(ofASCIILettersFrom: begin, lowerCaseOnly: false))
        }
        if kind.contains(.number) { return text.end(ofRun: .number, from: begin) }
        if !kind.contains(.space), begin < text.count { return text.end(ofOthersFrom: begin) }
        let space = text.space(from: index)
        return space.end == text.count || space.lastStart == index ? space.end : space.lastStart
    }
}
