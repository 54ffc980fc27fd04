import CVocabularies

/// How a pattern cuts ASCII, where that can be found out for many bytes at once.
enum BlockRule {
    /// Contractions stand alone.
    case cl100k
    /// Words end before upper-case letters behind lower-case ones, and take a contraction with them; punctuation takes
    /// slashes with the newlines behind it.
    case o200k
}

/// Where pieces begin among 64 bytes of which the first begins one, found for all of them at once.
///
/// Every set is a word with a bit for each byte, the first byte's the lowest, as simdjson has it (Langdale and Lemire,
/// "Parsing Gigabytes of JSON per Second", 2019). What stands behind the 64 bytes is not looked at, nor is anything
/// beyond ASCII, so that beginnings are known only up to a place.
struct ASCIIBlock {
    /// How many bytes a block has.
    static let length = 64

    /// Where pieces end, as far as that is known.
    private(set) var ends: UInt64 = 0

    private let bytes: docent_ascii_block
    private let rule: BlockRule
    /// White space that does not belong to the punctuation before it.
    private let white: UInt64
    /// White space but newlines.
    private let blanks: UInt64
    /// What is no letter, no digit and no white space, and does not belong to the punctuation before it.
    private let others: UInt64

    /// The block at `index`, from where on there are at least 64 bytes.
    @inline(__always)
    init(_ text: TextBytes, at index: Int, _ rule: BlockRule) {
        bytes = docent_classify(text.start + index)
        self.rule = rule
        let punctuation = ~(bytes.letters | bytes.digits | bytes.white | bytes.wide)
        let tails = Self.tails(of: punctuation, bytes, rule)
        white = bytes.white & ~tails
        blanks = bytes.white & ~bytes.newlines
        others = punctuation & ~tails
        let starts = punctuationStarts | wordStarts | numberStarts | spaceStarts
        // Where a piece begins, the one before it ends.
        ends = withContractions(starts, text, index) & known & ~1
    }

    /// The newlines, and slashes behind them, that belong to the punctuation before them.
    ///
    /// The sum carries from the first of these newlines to the end of the run.
    @inline(__always)
    private static func tails(of punctuation: UInt64, _ bytes: docent_ascii_block, _ rule: BlockRule) -> UInt64 {
        let first = bytes.newlines & (punctuation &<< 1)
        let runs = bytes.newlines | (rule == .o200k ? bytes.slashes : 0)
        return first | (runs & ~(runs &+ first))
    }

    /// Whether there is something beyond ASCII.
    var isWide: Bool { bytes.wide != 0 }

    /// Punctuation begins a piece where it begins, but for the space before it.
    @inline(__always)
    private var punctuationStarts: UInt64 {
        others & ~(others &<< 1) & ~(bytes.spaces &<< 1)
    }

    /// Letters begin a piece where no character is before them that belongs to them.
    @inline(__always)
    private var wordStarts: UInt64 {
        let first = bytes.letters & ~((bytes.letters | blanks | punctuationStarts) &<< 1)
        guard rule == .o200k else { return first }
        let lower = bytes.letters & bytes.lowered
        return first | (bytes.letters & ~bytes.lowered & (lower &<< 1))
    }

    /// Every third digit begins a piece.
    @inline(__always)
    private var numberStarts: UInt64 {
        let second = bytes.digits & (bytes.digits &<< 1)
        var starts = bytes.digits & ~second
        let fourth = second & (second &<< 2)
        var last = fourth == 0 ? 0 : starts
        while last != 0 {
            last = (last &<< 3) & fourth
            starts |= last
        }
        return starts
    }

    /// White space begins a piece where it begins, behind its last newline, and at its last blank.
    @inline(__always)
    private var spaceStarts: UInt64 {
        let first = white & ~(white &<< 1)
        var behindNewline = blanks & (bytes.newlines &<< 1)
        var notLast = blanks & (bytes.newlines &>> 1)
        while notLast != 0 {
            let below = (notLast &- 1) & ~notLast
            behindNewline &= ~(UInt64(1) &<< UInt64(truncatingIfNeeded: 64 &- (below & ~blanks).leadingZeroBitCount))
            notLast &= notLast &- 1
        }
        return first | behindNewline | (blanks & ~(bytes.white &>> 1))
    }

    /// These beginnings, but for those that contractions change.
    @inline(__always)
    private func withContractions(_ starts: UInt64, _ text: TextBytes, _ index: Int) -> UInt64 {
        let apostrophes = bytes.apostrophes & punctuationStarts & (bytes.letters &>> 1)
        return apostrophes == 0 ? starts : cut(starts, atContractions: apostrophes, text, index)
    }

    /// Looks at each apostrophe that begins a piece and has a letter behind it; they are few.
    @inline(never)
    private func cut(_ plain: UInt64, atContractions apostrophes: UInt64, _ text: TextBytes, _ index: Int) -> UInt64 {
        var starts = plain
        var apostrophes = apostrophes
        var end = 0
        while apostrophes != 0 {
            let place = apostrophes.trailingZeroBitCount
            apostrophes &= apostrophes &- 1
            let isBehindWord = place > end && bytes.letters &>> UInt64(place &- 1) & 1 == 1
            guard rule == .cl100k || isBehindWord else { continue }
            let length = text.contraction(at: index &+ place, ignoringCase: true)
            guard length > 0 else { continue }
            end = place &+ length
            let first = UInt64(1) &<< UInt64(place)
            let behind = end < Self.length ? UInt64(1) &<< UInt64(end) : 0
            starts &= ~(behind &- first)
            starts |= (rule == .cl100k ? first : 0) | (behind & bytes.letters)
        }
        return starts
    }

    /// The places of which it is known whether a piece begins there, whatever follows.
    ///
    /// Of white space at the end that is only its first character, and of an apostrophe there nothing.
    @inline(__always)
    private var known: UInt64 {
        let below = (bytes.wide &- 1) & ~bytes.wide
        let spaceStart = 64 &- (below & ~bytes.white).leadingZeroBitCount
        let upToSpace = spaceStart < 63 ? (UInt64(2) &<< UInt64(truncatingIfNeeded: spaceStart)) &- 1 : .max
        return below & upToSpace & ~(bytes.apostrophes & ~(below &>> 1))
    }
}
