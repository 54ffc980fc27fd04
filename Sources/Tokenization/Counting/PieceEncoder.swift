/// Encodes pieces, remembering those it has seen.
///
/// One for each task: it is not shared.
struct PieceEncoder: ~Copyable {
    private var memo: PieceMemo
    private var merger: PairMerger
    private var scratch: [UInt32] = []
    private let waiting: UnsafeMutablePointer<WaitingPiece>
    private var waitingCount = 0

    private static let mostWaiting = 32

    private struct WaitingPiece {
        let low: UInt64
        let high: UInt64
        let slot: Int
        let start: Int
    }

    init(_ vocabulary: Vocabulary, _ merges: (any PieceMerges)?, forBytes bytes: Int) {
        memo = PieceMemo(forBytes: bytes)
        merger = PairMerger(vocabulary, merges, forBytes: bytes)
        waiting = .allocate(capacity: Self.mostWaiting)
    }

    deinit { waiting.deallocate() }

    /// Counts the piece at `index`, or puts it aside: the memo is asked for several pieces at a time, so that waiting
    /// for the memory of one goes on while others are cut.
    ///
    /// - Returns: The number of tokens of pieces that were counted just now.
    @inline(__always)
    mutating func count(later text: TextBytes, from index: Int, to end: Int) -> Int {
        let length = end &- index
        guard length < 16 else { return longCount(text, from: index, to: end) }
        let (low, high) = Self.key(text, from: index, length: length)
        let slot = memo.slot(low: low, high: high)
        memo.prefetch(slot)
        waiting[waitingCount] = WaitingPiece(low: low, high: high, slot: slot, start: index)
        waitingCount &+= 1
        return waitingCount == Self.mostWaiting ? countWaiting(text) : 0
    }

    /// The number of tokens of the pieces that were put aside.
    @inline(__always)
    mutating func countWaiting(_ text: TextBytes) -> Int {
        var count = 0
        for place in 0..<waitingCount {
            let piece = waiting[place]
            if let entry = memo.entry(at: piece.slot, low: piece.low, high: piece.high) {
                count &+= entry.count
            } else {
                let length = Int(truncatingIfNeeded: piece.high &>> 56)
                count &+=
                    learned(
                        text,
                        from: piece.start,
                        length: length,
                        slot: piece.slot,
                        low: piece.low,
                        high: piece.high
                    ).count
            }
        }
        waitingCount = 0
        return count
    }

    /// The number of tokens of the piece at `index`.
    mutating func count(_ text: TextBytes, from index: Int, to end: Int) -> Int {
        count(later: text, from: index, to: end) + countWaiting(text)
    }

    /// Adds the tokens of the piece at `index`.
    @inline(__always)
    mutating func append(_ text: TextBytes, from index: Int, to end: Int, to tokens: inout [Int]) {
        let length = end &- index
        guard length < 16 else { return appendLong(text, from: index, to: end, to: &tokens) }
        let (low, high) = Self.key(text, from: index, length: length)
        let slot = memo.slot(low: low, high: high)
        let entry =
            memo.entry(at: slot, low: low, high: high)
            ?? learned(text, from: index, length: length, slot: slot, low: low, high: high)
        append(entry, to: &tokens)
    }

    /// The bytes of a short piece in two words, the length in the highest byte.
    @inline(__always)
    private static func key(_ text: TextBytes, from index: Int, length: Int) -> (UInt64, UInt64) {
        let start = text.start + index
        let mark = UInt64(truncatingIfNeeded: length) &<< 56
        guard index &+ 16 <= text.count else {
            let low = PieceHash.word(start, count: min(length, 8))
            return (low, length > 8 ? PieceHash.word(start + 8, count: length &- 8) | mark : mark)
        }
        let low = UnsafeRawPointer(start).loadUnaligned(as: UInt64.self).littleEndian
        let high = UnsafeRawPointer(start + 8).loadUnaligned(as: UInt64.self).littleEndian
        let lowBits = UInt64(truncatingIfNeeded: min(length, 8) &* 8)
        let highBits = UInt64(truncatingIfNeeded: max(length &- 8, 0) &* 8)
        return (low & (UInt64.max &>> (64 &- lowBits)), high & (1 &<< highBits &- 1) | mark)
    }

    @inline(never)
    private mutating func learned(
        _ text: TextBytes,
        from index: Int,
        length: Int,
        slot: Int,
        low: UInt64,
        high: UInt64
    ) -> PieceMemo.Entry {
        scratch.removeAll(keepingCapacity: true)
        merger.append(text.start + index, count: length, to: &scratch)
        // A piece of up to 15 bytes has at most 15 tokens, which can always be kept.
        let entry = memo.keep(scratch[...]) ?? PieceMemo.Entry(token: 0)
        memo.remember(entry, at: slot, low: low, high: high)
        return entry
    }

    @inline(__always)
    private func append(_ entry: PieceMemo.Entry, to tokens: inout [Int]) {
        if entry.isSingle {
            tokens.append(Int(entry.bits))
        } else {
            memo.append(entry, to: &tokens)
        }
    }

    // MARK: - Pieces of more than 15 bytes

    private static let longestRemembered = 256

    @inline(never)
    private mutating func longCount(_ text: TextBytes, from index: Int, to end: Int) -> Int {
        if let entry = longEntry(text, from: index, to: end) { return entry.count }
        return scratch.count
    }

    @inline(never)
    private mutating func appendLong(_ text: TextBytes, from index: Int, to end: Int, to tokens: inout [Int]) {
        if let entry = longEntry(text, from: index, to: end) {
            append(entry, to: &tokens)
        } else {
            tokens.append(contentsOf: scratch.lazy.map(Int.init))
        }
    }

    /// What is remembered or learned of a long piece; `nil` where it is not kept, and its tokens are in `scratch`.
    private mutating func longEntry(_ text: TextBytes, from index: Int, to end: Int) -> PieceMemo.Entry? {
        let piece = UnsafeBufferPointer(start: text.start + index, count: end &- index)
        let isRemembered = piece.count <= Self.longestRemembered
        let hash = isRemembered ? PieceHash.of(text.start + index, count: piece.count) : 0
        if isRemembered, let entry = memo.entry(ofLong: piece, hash: hash) { return entry }
        scratch.removeAll(keepingCapacity: true)
        merger.append(text.start + index, count: piece.count, to: &scratch)
        guard isRemembered, let entry = memo.keep(scratch[...]) else { return nil }
        memo.remember(entry, ofLong: piece, hash: hash)
        return entry
    }
}
