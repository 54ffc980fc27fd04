/// The pieces of GPT-2's pattern after every digit was set apart, as in the files of Cohere and StarCoder.
enum LoneDigitScanner: PieceScanner {
    static func end(ofPieceAt index: Int, in text: TextBytes) -> Int {
        let first = text.character(index)
        if first.kind.contains(.number) { return index &+ first.length }
        if first.kind.contains(.space) {
            // A digit ends the part that the pattern sees, so nothing of the white space is left for it.
            let space = text.space(from: index)
            if text.character(space.end).kind.contains(.number) { return space.end }
        }
        return GPT2Scanner.end(ofPieceAt: index, in: text)
    }
}

/// The pieces of Mistral's since tekken.
enum TekkenScanner: PieceScanner {
    static func end(ofPieceAt index: Int, in text: TextBytes) -> Int {
        let first = text.character(index)
        if first.kind.contains(.number) { return index &+ first.length }
        return O200KScanner.endOfAnyPiece(from: index, in: text, hasContractions: false)
    }
}

/// Words that begin with U+2581, which stands for a space.
enum MarkedWordScanner: PieceScanner {
    static func end(ofPieceAt index: Int, in text: TextBytes) -> Int {
        var index = index &+ 1
        while index < text.count {
            if text.start[index] == 0xE2, text.byte(index &+ 1) == 0x96, text.byte(index &+ 2) == 0x81 { break }
            index &+= 1
        }
        return index
    }
}

/// The whole text as one piece.
enum WholeScanner: PieceScanner {
    static func end(ofPieceAt index: Int, in text: TextBytes) -> Int { text.count }
}
