/// The pattern that cuts a text into pieces.
enum PiecePattern: Sendable {
    case gpt2
    case cl100k
    case o200k
    case threeDigits
    case oneDigit
    /// GPT-2's with every digit alone: Cohere, StarCoder.
    case loneDigits
    /// Mistral's since tekken: o200k's without contractions, every digit alone.
    case tekken
    case deepSeek
    /// Words that begin with U+2581.
    case markedWords
    /// The whole text is one piece.
    case whole

    /// The end of the piece that begins at `index`, which is inside the text.
    @inline(__always)
    func end(ofPieceAt index: Int, in text: TextBytes) -> Int {
        switch self {
        case .gpt2: GPT2Scanner.end(ofPieceAt: index, in: text)
        case .cl100k: CL100KScanner.end(ofPieceAt: index, in: text)
        case .o200k: O200KScanner.end(ofPieceAt: index, in: text)
        case .threeDigits: ThreeDigitScanner.end(ofPieceAt: index, in: text)
        case .oneDigit: OneDigitScanner.end(ofPieceAt: index, in: text)
        case .loneDigits: LoneDigitScanner.end(ofPieceAt: index, in: text)
        case .tekken: TekkenScanner.end(ofPieceAt: index, in: text)
        case .deepSeek: DeepSeekScanner.end(ofPieceAt: index, in: text)
        case .markedWords: MarkedWordScanner.end(ofPieceAt: index, in: text)
        case .whole: WholeScanner.end(ofPieceAt: index, in: text)
        }
    }

    /// Whether a piece that ends here stays the same whatever is appended to the text.
    ///
    /// What the pattern looks at behind a piece is the rest of a run of white space, the rest of a run of upper-case
    /// letters and marks, the character behind these, and a contraction: less than eight bytes.
    func isFinal(pieceEndingAt end: Int, in text: TextBytes) -> Bool {
        text.end(ofRun: [.space, .upper], from: end) &+ 8 <= text.count
    }
}
