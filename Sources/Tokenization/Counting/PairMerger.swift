/// Byte-pair encoding of one piece: the neighbours whose join has the lowest rank become one, again and again.
///
/// Ranks are looked up by the bytes of the join, as tiktoken does. Short pieces are searched through for the lowest
/// rank after each join, which is fastest while they fit the cache; long ones keep their pairs in a heap, so that a
/// piece of n bytes takes n log n steps.
struct PairMerger: ~Copyable {
    private static let shortest = 128

    private let vocabulary: Vocabulary
    private let starts: UnsafeMutablePointer<Int32>
    private let ranks: UnsafeMutablePointer<UInt32>

    init(_ vocabulary: Vocabulary) {
        self.vocabulary = vocabulary
        starts = .allocate(capacity: Self.shortest + 2)
        ranks = .allocate(capacity: Self.shortest + 2)
    }

    deinit {
        starts.deallocate()
        ranks.deallocate()
    }

    /// Adds the tokens of a piece of at least one byte.
    func append(_ piece: UnsafePointer<UInt8>, count: Int, to tokens: inout [UInt32]) {
        let whole = vocabulary.id(of: piece, count: count)
        if whole != Vocabulary.none {
            tokens.append(whole)
        } else if count <= Self.shortest {
            appendShort(piece, count: count, to: &tokens)
        } else {
            LongPiece(piece, count: count, vocabulary).append(to: &tokens)
        }
    }

    private func appendShort(_ piece: UnsafePointer<UInt8>, count: Int, to tokens: inout [UInt32]) {
        var parts = count
        prepare(piece, count: count)
        while true {
            var lowest = Vocabulary.none
            var place = 0
            for index in 0..<(parts &- 1) where ranks[index] < lowest {
                lowest = ranks[index]
                place = index
            }
            guard lowest != Vocabulary.none else { break }
            join(place, of: piece, parts: &parts)
        }
        for index in 0..<parts {
            let start = Int(starts[index])
            tokens.append(vocabulary.id(of: piece + start, count: Int(starts[index &+ 1]) &- start))
        }
    }

    private func prepare(_ piece: UnsafePointer<UInt8>, count: Int) {
        for index in 0..<count {
            starts[index] = Int32(truncatingIfNeeded: index)
            ranks[index] = index &+ 1 < count ? vocabulary.id(ofPair: piece[index], piece[index &+ 1]) : Vocabulary.none
        }
        starts[count] = Int32(truncatingIfNeeded: count)
    }

    private func join(_ place: Int, of piece: UnsafePointer<UInt8>, parts: inout Int) {
        for index in (place &+ 1)..<parts {
            starts[index] = starts[index &+ 1]
            ranks[index] = ranks[index &+ 1]
        }
        parts &-= 1
        ranks[place] = rank(place, of: piece, parts: parts)
        if place > 0 { ranks[place &- 1] = rank(place &- 1, of: piece, parts: parts) }
    }

    /// The rank of a part joined with the next.
    private func rank(_ place: Int, of piece: UnsafePointer<UInt8>, parts: Int) -> UInt32 {
        guard place &+ 2 <= parts else { return Vocabulary.none }
        let start = Int(starts[place])
        return vocabulary.id(of: piece + start, count: Int(starts[place &+ 2]) &- start)
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
