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
    /// Tokens that only lead to others: where one is left, it is taken apart again.
    let unused: Set<UInt32>
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
                appendUsed(id, parts, to: &tokens)
            } else if let bytes {
                for index in start..<end { tokens.append(bytes[Int(piece[index])]) }
            } else if !isAfterUnknown {
                tokens.append(unknown)
            }
            isAfterUnknown = id == Vocabulary.none && bytes == nil
            start = end
        }
    }

    /// Adds a token, or the two that it was to be joined from where it is not used.
    private func appendUsed(_ id: UInt32, _ parts: borrowing Parts, to tokens: inout [UInt32]) {
        guard let origin = parts.origins[id] else { return tokens.append(id) }
        appendUsed(origin.left, parts, to: &tokens)
        appendUsed(origin.right, parts, to: &tokens)
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
        /// What unused tokens were to be joined from at last.
        private(set) var origins: [UInt32: (left: UInt32, right: UInt32)] = [:]

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
                if previous[start] >= 0 { push(Int(previous[start])) }
                push(start)
            }
        }

        private mutating func push(_ start: Int) {
            guard let id = joinedToken(start) else { return }
            heap.push(UInt64(rules.ranks[Int(id)]) << 32 | UInt64(start))
            if rules.unused.contains(id) { origins[id] = (token(start), token(Int(ends[start]))) }
        }

        private func rank(_ start: Int) -> UInt64? { joinedToken(start).map { UInt64(rules.ranks[Int($0)]) } }

        /// The token of the part that begins here, the unknown one where it is none.
        private func token(_ start: Int) -> UInt32 {
            guard let base = piece.baseAddress else { return rules.unknown }
            let id = rules.vocabulary.id(of: base + start, count: Int(ends[start]) - start)
            return id == Vocabulary.none ? rules.unknown : id
        }

        /// The join of the part that begins here with the next, where there are both and the join is a token.
        private func joinedToken(_ start: Int) -> UInt32? {
            let middle = Int(ends[start])
            guard middle < piece.count, !isFixed[start], !isFixed[middle], let base = piece.baseAddress else {
                return nil
            }
            let id = rules.vocabulary.id(of: base + start, count: Int(ends[middle]) - start)
            return id == Vocabulary.none ? nil : id
        }
    }
}
