/// Cuts a text into the pieces that are encoded one by one.
///
/// Written by hand from the pattern of the encoding (tiktoken 0.14.0, `openai_public.py`): first rule that applies.
protocol PieceScanner: Sendable {
    /// The end of the piece that begins at `index`, which is inside the text.
    static func end(ofPieceAt index: Int, in text: TextBytes) -> Int

    /// How blocks of ASCII are cut; `nil` where pieces are only found one by one.
    static var blockRule: BlockRule? { get }
}

extension PieceScanner {
    static var blockRule: BlockRule? { nil }
}

extension TextBytes {
    private static var apostrophe: UInt8 { 0x27 }

    /// The length of `'s`, `'t`, `'re`, `'ve`, `'m`, `'ll` or `'d` at an index, 0 where there is none.
    ///
    /// Where the case does not matter, U+017F (ſ) is an s, too, as it is in tiktoken.
    @inline(__always)
    func contraction(at index: Int, ignoringCase: Bool) -> Int {
        guard byte(index) == Self.apostrophe else { return 0 }
        return lettersOfContraction(at: index &+ 1, ignoringCase: ignoringCase)
    }

    @inline(never)
    private func lettersOfContraction(at index: Int, ignoringCase: Bool) -> Int {
        let fold: UInt8 = ignoringCase ? 0x20 : 0
        let first = byte(index) | fold
        let second = byte(index &+ 1) | fold
        switch first {
        case UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "d"): return 2
        case UInt8(ascii: "r"), UInt8(ascii: "v"): return second == UInt8(ascii: "e") ? 3 : 0
        case UInt8(ascii: "l"): return second == UInt8(ascii: "l") ? 3 : 0
        default: break
        }
        return ignoringCase && byte(index) == 0xC5 && byte(index &+ 1) == 0xBF ? 3 : 0
    }

    /// The end of up to three numbers.
    @inline(__always)
    func end(ofNumbersFrom index: Int) -> Int {
        var index = index
        for _ in 0..<3 {
            let character = character(index)
            guard character.kind.contains(.number) else { break }
            index &+= character.length
        }
        return index
    }

    /// The end of the run of punctuation, symbols and marks.
    @inline(__always)
    func end(ofOthersFrom index: Int) -> Int {
        var index = index
        while index < count {
            let character = character(index)
            guard character.kind.isDisjoint(with: .plain) else { return index }
            index &+= character.length
        }
        return index
    }

    @inline(__always)
    func isNewline(_ index: Int) -> Bool {
        let byte = byte(index)
        return byte == 0x0A || byte == 0x0D
    }

    /// The white space from an index on: where it ends, where its last newline ends, and where its last character
    /// begins.
    struct Space {
        var end: Int
        var newlineEnd: Int?
        var lastStart: Int
    }

    func space(from index: Int) -> Space {
        var space = Space(end: index, newlineEnd: nil, lastStart: index)
        while true {
            let character = character(space.end)
            guard character.kind.contains(.space) else { return space }
            space.lastStart = space.end
            space.end &+= character.length
            if isNewline(space.lastStart) { space.newlineEnd = space.end }
        }
    }
}
