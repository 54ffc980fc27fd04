import CVocabularies

/// What came of pieces that were seen before, by their bytes: short ones in two machine words.
///
/// A table of sets that are one cache line each and hold three pieces. The last one asked for comes first, so that the
/// first is mostly the one; a new piece comes first, too, and the last one leaves. On real text 98 of 100 pieces are
/// found (measured on Python and English).
struct PieceMemo: ~Copyable {
    /// A found result: the only token of the piece, or where in ``tokens`` its tokens are.
    struct Entry {
        /// How many tokens of pieces that have several can be kept.
        static let mostTokens = 0xFF_FFFF

        let bits: UInt32

        fileprivate init(bits: UInt32) { self.bits = bits }

        /// A single token.
        init(token: UInt32) { bits = token }

        /// Several tokens, at most 127, from an offset below 16,777,216 on.
        init(count: Int, offset: Int) { bits = 1 &<< 31 | UInt32(count) &<< 24 | UInt32(offset) }

        @inline(__always) var isSingle: Bool { bits &>> 31 == 0 }
        @inline(__always) var count: Int { Int(truncatingIfNeeded: isSingle ? 1 : bits &>> 24 & 0x7F) }
        var offset: Int { Int(bits & 0xFF_FFFF) }
    }

    /// The keys and entries of three pieces: 64 bytes.
    private struct Line {
        var low0: UInt64 = 0
        var high0: UInt64 = 0
        var low1: UInt64 = 0
        var high1: UInt64 = 0
        var low2: UInt64 = 0
        var high2: UInt64 = 0
        var entry0: UInt32 = 0
        var entry1: UInt32 = 0
        var entry2: UInt32 = 0
        var unused: UInt32 = 0
    }

    /// The tokens of pieces that have several, one piece behind the other.
    private(set) var tokens: [UInt32] = []
    private let lines: UnsafeMutablePointer<Line>
    private let lineCount: Int
    private let shift: UInt64
    private var longer: LongPieceMemo

    /// A memo for a text of about so many bytes.
    init(forBytes bytes: Int) {
        var bits: UInt64 = 6
        while bits < 16, 1 << bits < bytes / 8 { bits += 1 }
        lineCount = 1 << Int(bits)
        let memory = UnsafeMutableRawPointer.allocate(byteCount: lineCount * 64, alignment: 64)
        lines = memory.bindMemory(to: Line.self, capacity: lineCount)
        lines.initialize(repeating: Line(), count: lineCount)
        shift = 64 - bits
        longer = LongPieceMemo(slotCount: lineCount / 2)
    }

    deinit { UnsafeMutableRawPointer(lines).deallocate() }

    /// The set of a short piece: the halves of a product, as in wyhash (Wang Yi, public domain).
    @inline(__always)
    func slot(low: UInt64, high: UInt64) -> Int {
        let product = (low ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: high ^ 0xD6E8_FEB8_6659_FD93)
        return Int(truncatingIfNeeded: (product.high ^ product.low) &>> shift)
    }

    /// Asks for a set ahead of its use.
    @inline(__always)
    func prefetch(_ slot: Int) {
        docent_prefetch(lines + slot)
    }

    /// What came of a short piece.
    ///
    /// No piece has a length of zero, so free places match none.
    @inline(__always)
    mutating func entry(at slot: Int, low: UInt64, high: UInt64) -> Entry? {
        let line = lines + slot
        if line.pointee.low0 == low, line.pointee.high0 == high { return Entry(bits: line.pointee.entry0) }
        return olderEntry(at: slot, low: low, high: high)
    }

    /// What came of a short piece that is not the first of its set, and then is.
    @inline(never)
    private mutating func olderEntry(at slot: Int, low: UInt64, high: UInt64) -> Entry? {
        var line = lines[slot]
        let bits: UInt32
        if line.low2 == low, line.high2 == high {
            bits = line.entry2
            (line.low2, line.high2, line.entry2) = (line.low1, line.high1, line.entry1)
        } else if line.low1 == low, line.high1 == high {
            bits = line.entry1
        } else {
            return nil
        }
        (line.low1, line.high1, line.entry1) = (line.low0, line.high0, line.entry0)
        (line.low0, line.high0, line.entry0) = (low, high, bits)
        lines[slot] = line
        return Entry(bits: bits)
    }

    mutating func remember(_ entry: Entry, at slot: Int, low: UInt64, high: UInt64) {
        var line = lines[slot]
        (line.low2, line.high2, line.entry2) = (line.low1, line.high1, line.entry1)
        (line.low1, line.high1, line.entry1) = (line.low0, line.high0, line.entry0)
        (line.low0, line.high0, line.entry0) = (low, high, entry.bits)
        lines[slot] = line
    }

    /// What came of a piece of more than 15 bytes.
    func entry(ofLong piece: UnsafeBufferPointer<UInt8>, hash: UInt64) -> Entry? {
        longer.bits(of: piece, hash: hash).map(Entry.init(bits:))
    }

    mutating func remember(_ entry: Entry, ofLong piece: UnsafeBufferPointer<UInt8>, hash: UInt64) {
        longer.remember(entry.bits, of: piece, hash: hash)
    }

    /// Forgets all where there is no room for so many tokens more.
    @inline(__always)
    mutating func makeRoom(forTokens count: Int) {
        if tokens.count &+ count > Entry.mostTokens { forget() }
    }

    /// Keeps the tokens of a piece, for which there is room; `nil` where they are too many to remember.
    mutating func keep(_ found: [UInt32]) -> Entry? {
        if found.count == 1 { return Entry(token: found[0]) }
        guard found.count <= 0x7F, tokens.count + found.count <= Entry.mostTokens else { return nil }
        tokens.append(contentsOf: found)
        return Entry(count: found.count, offset: tokens.count - found.count)
    }

    /// Adds the tokens of an entry of several.
    @inline(never)
    func append(_ entry: Entry, to found: inout [Int]) {
        tokens.withUnsafeBufferPointer { tokens in
            for index in entry.offset..<entry.offset &+ entry.count { found.append(Int(tokens[index])) }
        }
    }

    @inline(never)
    private mutating func forget() {
        tokens.removeAll(keepingCapacity: true)
        lines.update(repeating: Line(), count: lineCount)
        longer.forget()
    }
}
