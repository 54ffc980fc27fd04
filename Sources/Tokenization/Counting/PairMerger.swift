/// Byte-pair encoding of one piece: the neighbours whose join has the lowest rank become one, again and again.
///
/// Ranks are looked up by the bytes of the join, as tiktoken does. Short pieces are searched through for the lowest
/// rank after each join, which is fastest while they fit the cache; long ones keep their pairs in a heap, so that a
/// piece of n bytes takes n log n steps.
struct PairMerger: ~Copyable {
    private static let shortest = 128

    let vocabulary: Vocabulary
    private let merges: (any PieceMerges)?
    private let hasMerges: Bool
    private let takesWholePieces: Bool
    private var pairs: PairMemo
    private let parts: UnsafeMutablePointer<Part>

    /// A part of a piece: where it begins, which token it is, and the rank of its join with the next part.
    private struct Part {
        var start: Int32
        /// The token, or above all tokens a single byte.
        var token: UInt32
        var rank: UInt32
    }

    init(_ vocabulary: Vocabulary, _ merges: (any PieceMerges)?, forBytes bytes: Int) {
        self.vocabulary = vocabulary
        self.merges = merges
        hasMerges = merges != nil
        takesWholePieces = merges?.takesWholePieces ?? true
        pairs = PairMemo(forBytes: bytes)
        parts = .allocate(capacity: Self.shortest + 2)
    }

    deinit { parts.deallocate() }

    /// Adds the tokens of a piece of at least one byte, of which ``PieceHash`` gives this hash.
    mutating func append(_ piece: UnsafePointer<UInt8>, count: Int, hash: UInt64, to tokens: inout [UInt32]) {
        let whole = takesWholePieces ? vocabulary.id(of: piece, count: count, hash: hash) : Vocabulary.none
        if whole != Vocabulary.none {
            tokens.append(whole)
        } else if hasMerges {
            merges?.append(piece, count: count, to: &tokens)
        } else if count <= Self.shortest {
            appendShort(piece, count: count, to: &tokens)
        } else {
            LongPiece(piece, count: count, vocabulary).append(to: &tokens)
        }
    }

    private mutating func appendShort(_ piece: UnsafePointer<UInt8>, count: Int, to tokens: inout [UInt32]) {
        var left = count
        prepare(piece, count: count)
        while true {
            var lowest = Vocabulary.none
            var place = 0
            for index in 0..<(left &- 1) where parts[index].rank < lowest {
                lowest = parts[index].rank
                place = index
            }
            guard lowest != Vocabulary.none else { break }
            parts[place].token = lowest
            join(place, of: piece, left: &left)
        }
        for index in 0..<left {
            let part = parts[index]
            let isByte = parts[index &+ 1].start &- part.start == 1
            tokens.append(isByte ? vocabulary.id(of: piece + Int(part.start), count: 1) : part.token)
        }
    }

    private func prepare(_ piece: UnsafePointer<UInt8>, count: Int) {
        for index in 0..<count {
            let hasNext = index &+ 1 < count
            parts[index] = Part(
                start: Int32(truncatingIfNeeded: index),
                token: 0xFFFF_FF00 | UInt32(piece[index]),
                rank: hasNext ? vocabulary.id(ofPair: piece[index], piece[index &+ 1]) : Vocabulary.none
            )
        }
        parts[count] = Part(start: Int32(truncatingIfNeeded: count), token: 0, rank: Vocabulary.none)
    }

    private mutating func join(_ place: Int, of piece: UnsafePointer<UInt8>, left: inout Int) {
        for index in (place &+ 1)..<left { parts[index] = parts[index &+ 1] }
        left &-= 1
        // Both are asked for before one is waited for.
        if place > 0 { prefetchRank(place &- 1, of: piece) }
        parts[place].rank = rank(place, of: piece, left: left)
        if place > 0 { parts[place &- 1].rank = rank(place &- 1, of: piece, left: left) }
    }

    /// Asks for what the rank is looked up in, where it is not remembered.
    private func prefetchRank(_ place: Int, of piece: UnsafePointer<UInt8>) {
        guard pairs.rank(of: key(place)) == nil else { return }
        let start = Int(parts[place].start)
        vocabulary.prefetchSlot(PieceHash.of(piece + start, count: Int(parts[place &+ 2].start) &- start))
    }

    /// The rank of a part joined with the next.
    private mutating func rank(_ place: Int, of piece: UnsafePointer<UInt8>, left: Int) -> UInt32 {
        guard place &+ 2 <= left else { return Vocabulary.none }
        let key = key(place)
        if let rank = pairs.rank(of: key) { return rank }
        let start = Int(parts[place].start)
        let rank = vocabulary.id(of: piece + start, count: Int(parts[place &+ 2].start) &- start)
        pairs.remember(rank, of: key)
        return rank
    }

    /// A part and the next one, as they are remembered.
    @inline(__always)
    private func key(_ place: Int) -> UInt64 {
        UInt64(parts[place].token) &<< 32 | UInt64(parts[place &+ 1].token)
    }
}

/// The ranks of pairs of parts that were looked up before; direct-mapped.
struct PairMemo: ~Copyable {
    private struct Slot {
        var key: UInt64
        var rank: UInt32
    }

    private let slots: UnsafeMutablePointer<Slot>
    private let shift: UInt64

    /// A memo for a text of about so many bytes.
    init(forBytes bytes: Int) {
        var bits: UInt64 = 6
        while bits < 14, 1 << bits < bytes / 16 { bits += 1 }
        slots = .allocate(capacity: 1 << Int(bits))
        // A free slot has the key 0, which only the first could be asked for; UTF-8 has no byte 255, so none asks for this.
        slots.initialize(repeating: Slot(key: 0, rank: 0), count: 1 << Int(bits))
        slots[0].key = .max
        shift = 64 - bits
    }

    deinit { slots.deallocate() }

    @inline(__always)
    func rank(of key: UInt64) -> UInt32? {
        let slot = slots[index(of: key)]
        return slot.key == key ? slot.rank : nil
    }

    @inline(__always)
    func remember(_ rank: UInt32, of key: UInt64) {
        slots[index(of: key)] = Slot(key: key, rank: rank)
    }

    @inline(__always)
    private func index(of key: UInt64) -> Int {
        let mixed = (key ^ (key &>> 29)) &* 0xD6E8_FEB8_6659_FD93
        return Int(truncatingIfNeeded: mixed &>> shift)
    }
}

/// A long piece on its way to tokens: parts in a linked list, pairs in a heap by rank and place.
private struct LongPiece {
    private let piece: UnsafePointer<UInt8>
    private let count: Int
    private let vocabulary: Vocabulary
    /// Where each part ends, by where it begins; 0 for a part that was joined to the one before it.
    private var ends: [Int32]
    private var previous: [Int32]
    /// The rank above the place, so that the lowest and then the leftmost comes first.
    private var heap = BinaryHeap()

    init(_ piece: UnsafePointer<UInt8>, count: Int, _ vocabulary: Vocabulary) {
        self.piece = piece
        self.count = count
        self.vocabulary = vocabulary
        ends = (0..<count).map { Int32($0 + 1) }
        previous = (0..<count).map { Int32($0 - 1) }
        for start in 0..<(count - 1) { push(start) }
    }

    consuming func append(to tokens: inout [UInt32]) {
        while let entry = heap.pop() {
            let start = Int(entry & 0xFFFF_FFFF)
            guard let rank = rank(start), rank == entry >> 32 else { continue }
            join(start)
        }
        var start = 0
        while start < count {
            tokens.append(vocabulary.id(of: piece + start, count: Int(ends[start]) - start))
            start = Int(ends[start])
        }
    }

    private mutating func join(_ start: Int) {
        let next = Int(ends[start])
        let end = Int(ends[next])
        ends[start] = Int32(end)
        ends[next] = 0
        if end < count { previous[end] = Int32(start) }
        push(start)
        if previous[start] >= 0 { push(Int(previous[start])) }
    }

    private mutating func push(_ start: Int) {
        if let rank = rank(start) { heap.push(rank << 32 | UInt64(start)) }
    }

    /// The rank of the part that begins here joined with the next, where there are both and the join is a token.
    private func rank(_ start: Int) -> UInt64? {
        let middle = Int(ends[start])
        guard middle > 0, middle < count else { return nil }
        let id = vocabulary.id(of: piece + start, count: Int(ends[middle]) - start)
        return id == Vocabulary.none ? nil : UInt64(id)
    }
}

/// A heap of numbers, the lowest on top.
struct BinaryHeap {
    private var items: [UInt64] = []

    mutating func push(_ item: UInt64) {
        items.append(item)
        var child = items.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard items[child] < items[parent] else { return }
            items.swapAt(child, parent)
            child = parent
        }
    }

    mutating func pop() -> UInt64? {
        guard let top = items.first, let last = items.popLast() else { return nil }
        guard !items.isEmpty else { return top }
        items[0] = last
        var parent = 0
        while true {
            var child = 2 * parent + 1
            guard child < items.count else { return top }
            if child + 1 < items.count, items[child + 1] < items[child] { child += 1 }
            guard items[child] < items[parent] else { return top }
            items.swapAt(child, parent)
            parent = child
        }
    }
}
