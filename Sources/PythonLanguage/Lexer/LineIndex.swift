import SourceCode

/// Where a file's lines begin, and how most of them end: at `\n`, `\r\n` and `\r` only.
struct LineIndex {
    private(set) var starts: [UInt32]
    private var counts: (lineFeed: Int, pair: Int, carriageReturn: Int) = (0, 0, 0)

    /// The bytes must be followed by at least 16 zero bytes.
    init(base: UnsafePointer<UInt8>, count: Int, contentStart: Int) {
        starts = [UInt32(contentStart)]
        starts.reserveCapacity(count / 24 + 8)
        var offset = contentStart
        while offset < count {
            let word = ByteScan.word(base, offset)
            let found =
                ByteScan.matches(word, ByteScan.repeated(0x0A)) | ByteScan.matches(word, ByteScan.repeated(0x0D))
            if found != 0 { note(base, found, at: offset) }
            offset += 8
        }
    }

    /// Notes the line ends among eight bytes.
    @inline(__always)
    private mutating func note(_ base: UnsafePointer<UInt8>, _ places: UInt64, at offset: Int) {
        var rest = places
        while rest != 0 {
            let place = offset + ByteScan.firstPlace(rest)
            rest &= rest &- 1
            if base[place] == 0x0D {
                // A pair is noted at its second byte.
                if base[place + 1] == 0x0A { continue }
                counts.carriageReturn += 1
            } else if place > 0, base[place - 1] == 0x0D {
                counts.pair += 1
            } else {
                counts.lineFeed += 1
            }
            starts.append(UInt32(truncatingIfNeeded: place + 1))
        }
    }

    /// The line end that most lines have; a line feed if there is none.
    var lineEnding: LineEnding {
        if counts.pair > counts.lineFeed, counts.pair >= counts.carriageReturn { return .carriageReturnLineFeed }
        return counts.carriageReturn > counts.lineFeed ? .carriageReturn : .lineFeed
    }
}
