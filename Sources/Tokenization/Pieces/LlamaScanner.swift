/// The pieces of cl100k's pattern in its older form, which Llama 3 (three digits) and Qwen (one digit) have:
/// white space with a newline ends behind its last newline even at the end of the text.
protocol LlamaScanner: PieceScanner {
    static var digitsAreSingle: Bool { get }
}

extension LlamaScanner {
    static func end(ofPieceAt index: Int, in text: TextBytes) -> Int {
        let first = text.character(index)
        if digitsAreSingle, first.kind.contains(.number) { return index &+ first.length }
        let end = CL100KScanner.end(ofPieceAt: index, in: text)
        guard end == text.count, first.kind.contains(.space) else { return end }
        let space = text.space(from: index)
        return space.end == end ? space.newlineEnd ?? end : end
    }
}

enum ThreeDigitScanner: LlamaScanner {
    static var blockRule: BlockRule? { .cl100k }
    static var digitsAreSingle: Bool { false }
}

enum OneDigitScanner: LlamaScanner {
    static var digitsAreSingle: Bool { true }
}
