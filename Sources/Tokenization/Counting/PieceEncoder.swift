/// Encodes pieces, remembering those it has seen.
///
/// One for each task: it is not shared.
struct PieceEncoder: ~Copyable {
    private var memo: PieceMemo
    private var merger: PairMerger
    private var scratch: [UInt32] = []
    /// Pieces whose tokens were not asked for yet.
    private let waiting: UnsafeMutablePointer<WaitingPiece>
    private var waitingCount = 0
    /// Those of them that are new.
    private let new: UnsafeMutablePointer<NewPiece>
    /// Sixteen bytes of ones and sixteen of zeros, by which a piece is cut out of 16 bytes.
    private let masks: UnsafeRawPointer

    /// How many pieces are enough to be looked for together, and how many there may be: a run has up to 63.
    private static let (enoughWaiting, mostWaiting) = (192, 192 + 63)

    /// The key of a short piece, or the length of one of more than 15 bytes.
    private struct WaitingPiece {
        let low: UInt64
        let high: UInt64
        let start: Int
        let slot: Int
        /// What came of it, once that is known.
        var entry = PieceMemo.Entry(token: 0)

        @inline(__always) var isShort: Bool { high != 0 }
        @inline(__always) var length: Int { Int(truncatingIfNeeded: isShort ? high &>> 56 : low) }
    }

    /// A waiting piece that is not remembered, by its place, and the hash of its bytes.
    private struct NewPiece {
        let place: Int
        let hash: UInt64
    }

    init(_ vocabulary: Vocabulary, _ merges: (any PieceMerges)?, forBytes bytes: Int) {
        memo = PieceMemo(forBytes: bytes)
        merger = PairMerger(vocabulary, merges, forBytes: bytes)
        waiting = .allocate(capacity: Self.mostWaiting)
        new = .allocate(capacity: Self.mostWaiting)
        let words = UnsafeMutablePointer<UInt64>.allocate(capacity: 4)
        for place in 0..<4 { (words + place).initialize(to: place < 2 ? .max : 0) }
        masks = UnsafeRawPointer(words)
    }

    deinit {
        waiting.deallocate()
        new.deallocate()
        masks.deallocate()
    }

    /// Adds the tokens of pieces to what was found, now or when ``finish(_:to:)`` is called.
    ///
    /// The memo is asked for many pieces at a time, so that waiting for the memory of one goes on while others are cut.
    @inline(__always)
    mutating func encode(_ pieces: PieceRun, of text: TextBytes, to found: inout some TokenSink) {
        var start = pieces.start
        var ends = pieces.ends
        repeat {
            let end = ends == 0 ? pieces.end : pieces.start &+ ends.trailingZeroBitCount
            ends &= ends &- 1
            putAside(text, from: start, length: end &- start)
            start = end
        } while start < pieces.end
        if waitingCount >= Self.enoughWaiting { finish(text, to: &found) }
    }

    /// Adds the tokens of the pieces that were put aside.
    @inline(__always)
    mutating func finish(_ text: TextBytes, to found: inout some TokenSink) {
        memo.makeRoom(forTokens: 16 * Self.mostWaiting)
        let newCount = recall()
        if newCount > 0 { learn(newCount, text) }
        for place in 0..<waitingCount {
            let piece = waiting[place]
            if piece.isShort {
                found.add(piece.entry, memo)
            } else {
                encodeLong(text, from: piece.start, to: piece.start &+ piece.length, found: &found)
            }
        }
        waitingCount = 0
    }

    /// Finds what is remembered of the short pieces that wait.
    ///
    /// - Returns: How many of them are new.
    @inline(__always)
    private mutating func recall() -> Int {
        var newCount = 0
        for place in 0..<waitingCount {
            let piece = waiting[place]
            if let entry = memo.entry(at: piece.slot, low: piece.low, high: piece.high) {
                waiting[place].entry = entry
            } else if piece.isShort {
                new[newCount] = NewPiece(place: place, hash: PieceHash.of(low: piece.low, high: piece.high))
                newCount &+= 1
            }
        }
        return newCount
    }

    /// Finds what comes of new pieces.
    ///
    /// The vocabulary is asked for the memory of all of them, step by step, before one is waited for.
    @inline(never)
    private mutating func learn(_ newCount: Int, _ text: TextBytes) {
        let new = UnsafeBufferPointer(start: new, count: newCount)
        for piece in new { merger.vocabulary.prefetchSlot(piece.hash) }
        for piece in new { merger.vocabulary.prefetchPlace(piece.hash) }
        for piece in new { merger.vocabulary.prefetchBytes(piece.hash) }
        for piece in new {
            let known = waiting[piece.place]
            // The same piece may have been new before in these.
            waiting[piece.place].entry =
                memo.entry(at: known.slot, low: known.low, high: known.high) ?? learned(known, piece.hash, text)
        }
    }

    private mutating func learned(_ piece: WaitingPiece, _ hash: UInt64, _ text: TextBytes) -> PieceMemo.Entry {
        scratch.removeAll(keepingCapacity: true)
        merger.append(text.start + piece.start, count: piece.length, hash: hash, to: &scratch)
        // A piece of up to 15 bytes has at most 15 tokens, which can always be kept.
        let entry = memo.keep(scratch) ?? PieceMemo.Entry(token: 0)
        memo.remember(entry, at: piece.slot, low: piece.low, high: piece.high)
        return entry
    }

    /// Adds the tokens of the piece at `index`.
    mutating func encode(_ text: TextBytes, from index: Int, to end: Int, to found: inout some TokenSink) {
        encode(PieceRun(start: index, ends: 0, end: end), of: text, to: &found)
        finish(text, to: &found)
    }

    /// The number of tokens of the piece at `index`.
    mutating func count(_ text: TextBytes, from index: Int, to end: Int) -> Int {
        var sum = TokenSum()
        encode(text, from: index, to: end, to: &sum)
        return sum.count
    }

    @inline(__always)
    private mutating func putAside(_ text: TextBytes, from start: Int, length: Int) {
        guard length < 16 else {
            waiting[waitingCount] = WaitingPiece(low: UInt64(length), high: 0, start: start, slot: 0)
            waitingCount &+= 1
            return
        }
        let (low, high) = key(text, from: start, length: length)
        let slot = memo.slot(low: low, high: high)
        memo.prefetch(slot)
        waiting[waitingCount] = WaitingPiece(low: low, high: high, start: start, slot: slot)
        waitingCount &+= 1
    }

    /// The bytes of a short piece in two words, the length in the highest byte.
    @inline(__always)
    private func key(_ text: TextBytes, from index: Int, length: Int) -> (UInt64, UInt64) {
        let start = UnsafeRawPointer(text.start + index)
        let mark = UInt64(truncatingIfNeeded: length) &<< 56
        guard index &+ 16 <= text.count else {
            let low = PieceHash.word(text.start + index, count: min(length, 8))
            return (low, length > 8 ? PieceHash.word(text.start + index + 8, count: length &- 8) | mark : mark)
        }
        let mask = masks + (16 &- length)
        let low = start.loadUnaligned(as: UInt64.self) & mask.loadUnaligned(as: UInt64.self)
        let high =
            start.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
            & mask.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
        return (low.littleEndian, high.littleEndian | mark)
    }

    // MARK: - Pieces of more than 15 bytes

    private static let longestRemembered = 256

    @inline(never)
    private mutating func encodeLong(_ text: TextBytes, from index: Int, to end: Int, found: inout some TokenSink) {
        if let entry = longEntry(text, from: index, to: end) {
            found.add(entry, memo)
        } else {
            found.add(scratch)
        }
    }

    /// What is remembered or learned of a long piece; `nil` where it is not kept, and its tokens are in `scratch`.
    private mutating func longEntry(_ text: TextBytes, from index: Int, to end: Int) -> PieceMemo.Entry? {
        let piece = UnsafeBufferPointer(start: text.start + index, count: end &- index)
        let isRemembered = piece.count <= Self.longestRemembered
        let hash = PieceHash.of(text.start + index, count: piece.count)
        if isRemembered, let entry = memo.entry(ofLong: piece, hash: hash) { return entry }
        scratch.removeAll(keepingCapacity: true)
        merger.append(text.start + index, count: piece.count, hash: hash, to: &scratch)
        guard isRemembered, let entry = memo.keep(scratch) else { return nil }
        memo.remember(entry, ofLong: piece, hash: hash)
        return entry
    }
}
