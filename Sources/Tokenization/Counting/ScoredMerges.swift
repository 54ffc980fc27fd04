/// Byte-pair encoding as SentencePiece does it: over characters, the neighbours whose join has the highest score first.
///
/// Of equal scores the leftmost is first. What is no token in the end is written in bytes or as unknown.
struct ScoredMerges: PieceMerges {
    let vocabulary: Vocabulary
    /// The places of the tokens by their scores, the highest first; equal scores have the same place.
    let ranks: [UInt32]
    /// Texts that are one part from the beginning and are not joined.
    let symbols: SpecialTokenFinder?
    /// The tokens of the 256 bytes, where characters without a token are written in bytes.
    let bytes: [UInt32]?
    /// The token of what has none; several in a row give one.
    let unknown: UInt32
    let takesWholePieces = false

    func append(_ piece: UnsafePointer<UInt8>, count: Int, to tokens: inout [UInt32]) {
        var parts = Parts(UnsafeBufferPointer(start: piece, count: count), self)
        parts.join()
        var start = 0
        var isAfterUnknown = false
        while start < count {
            let end = Int(parts.ends[start])
            let id = vocabulary.id(of: piece + start, count: end - start)
            if id != Vocabulary.none {
                tokens.append(id)
            } else if let bytes {
                for index in start..<end { tokens.append(bytes[Int(piece[index])]) }
            } else if !isAfterUnknown {
                tokens.append(unknown)
            }
            isAfterUnknown = id == Vocabulary.none && bytes == nil
            start = end
        }
    }

    /// The parts of a piece in a linked list, pairs in a heap by rank and place.
    private struct Parts {
        private let piece: UnsafeBufferPointer<UInt8>
        private let rules: ScoredMerges
        /// Where each part ends, by where it begins; 0 where none begins.
        private(set) var ends: [Int32]
        private var previous: [Int32]
        private var isFixed: [Bool]
        private var heap = BinaryHeap()

        init(_ piece: UnsafeBufferPointer<UInt8>, _ rules: ScoredMerges) {
            self.piece = piece
            self.rules = rules
            ends = Array(repeating: 0, count: piece.count)
            previous = Array(repeating: -1, count: piece.count)
            isFixed = Array(repeating: false, count: piece.count)
            var start = 0
            var last: Int32 = -1
            while start < piece.count {
                let symbol = rules.symbols?.length(in: piece, at: start)
                var end = start + (symbol ?? 1)
                while symbol == nil, end < piece.count, piece[end] & 0xC0 == 0x80 { end += 1 }
                ends[start] = Int32(end)
                previous[start] = last
                isFixed[start] = symbol != nil
                last = Int32(start)
                start = end
            }
        }

        mutating func join() {
            for start in ends.indices where ends[start] > 0 { push(start) }
            while let entry = heap.pop() {
                let start = Int(entry & 0xFFFF_FFFF)
                guard ends[start] > 0, rank(start) == entry >> 32 else { continue }
                let middle = Int(ends[start])
                let end = Int(ends[middle])
                ends[start] = Int32(end)
                ends[middle] = 0
                if end < piece.count { previous[end] = Int32(start) }
                push(start)
                if previous[start] >= 0 { push(Int(previous[start])) }
            }
        }

        private mutating func push(_ start: Int) {
            if let rank = rank(start) { heap.push(rank << 32 | UInt64(start)) }
        }

        /// The rank of the part that begins here joined with the next, where there are both and the join is a token.
        private func rank(_ start: Int) -> UInt64? {
            let middle = Int(ends[start])
            guard middle < piece.count, !isFixed[start], !isFixed[middle], let base = piece.baseAddress else {
                return nil
            }
            let id = rules.vocabulary.id(of: base + start, count: Int(ends[middle]) - start)
            return id == Vocabulary.none ? nil : UInt64(rules.ranks[Int(id)])
        }
    }
}
