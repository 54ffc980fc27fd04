/// Pieces that stand one behind the other.
struct PieceRun {
    /// Where the first begins.
    let start: Int
    /// How far behind `start` each ends, up to 63 bytes: a bit for each.
    var ends: UInt64
    /// Where the last ends.
    let end: Int
}

/// Goes through the pieces of a text, many at a time: in blocks of ASCII, where the pattern allows it, and one by one
/// elsewhere.
struct PieceCursor<Scanner: PieceScanner> {
    /// How many bytes a block takes, and a look at 16 bytes from each of its pieces on.
    private static var reach: Int { ASCIIBlock.length + 16 }

    private let text: TextBytes
    private var index = 0
    /// Up to here pieces are found one by one.
    private var blockless = 0

    init(_ text: TextBytes) {
        self.text = text
    }

    /// The next pieces; `nil` at the end of the text.
    ///
    /// A piece of more than 63 bytes comes alone, without a bit.
    @inline(__always)
    mutating func next() -> PieceRun? {
        guard index < text.count else { return nil }
        let start = index
        let ends = endsInBlock() ?? endsOneByOne()
        return PieceRun(start: start, ends: ends, end: index)
    }

    /// Whether a block may begin here.
    @inline(__always)
    private var isBeforeBlock: Bool {
        Scanner.blockRule != nil && index >= blockless && text.count &- index >= Self.reach
    }

    /// The ends of the pieces that a block has; `nil` where there is none, or it has not even one in full.
    @inline(__always)
    private mutating func endsInBlock() -> UInt64? {
        guard let rule = Scanner.blockRule, isBeforeBlock else { return nil }
        let block = ASCIIBlock(text, at: index, rule)
        if block.isWide { blockless = index &+ ASCIIBlock.length }
        guard block.ends != 0 else { return nil }
        index &+= 63 &- block.ends.leadingZeroBitCount
        return block.ends
    }

    /// The ends of as many pieces as a run can tell, up to the next block; none for a longer piece.
    @inline(never)
    private mutating func endsOneByOne() -> UInt64 {
        let start = index
        var ends: UInt64 = 0
        repeat {
            let end = Scanner.end(ofPieceAt: index, in: text)
            guard end &- start < 64 else {
                if ends == 0 { index = end }
                return ends
            }
            ends |= 1 &<< UInt64(truncatingIfNeeded: end &- start)
            index = end
        } while index < text.count && !isBeforeBlock
        return ends
    }
}
