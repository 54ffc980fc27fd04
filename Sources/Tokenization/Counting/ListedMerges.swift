/// Byte-pair encoding by a list of pairs that may be joined, as in Hugging Face's files.
///
/// Only listed pairs are joined, the earliest in the list first, and of equal ones the leftmost.
struct ListedMerges: PieceMerges {
    /// The place in the list and the joined token, by the two tokens.
    private let joins: [UInt64: Join]
    private let first: First
    /// Whether a piece that is a token as a whole is taken without looking at the list.
    let takesWholePieces: Bool

    /// What the parts of a piece are before any are joined.
    enum First: Sendable {
        /// Bytes, with their tokens.
        case bytes([UInt32])
        case characters(CharacterTokens)
    }

    private struct Join {
        let rank: UInt32
        let token: UInt32
    }

    /// Merges of pairs of tokens in their order, with the tokens they give.
    init(_ pairs: [(left: Int, right: Int, joined: Int)], first: First, takesWholePieces: Bool) {
        var joins: [UInt64: Join] = [:]
        joins.reserveCapacity(pairs.count)
        for (rank, pair) in pairs.enumerated() {
            joins[Self.key(UInt32(pair.left), UInt32(pair.right))] =
                Join(rank: UInt32(rank), token: UInt32(pair.joined))
        }
        self.joins = joins
        self.first = first
        self.takesWholePieces = takesWholePieces
    }

    /// Adds the tokens of a piece, in n log n steps.
    func append(_ piece: UnsafePointer<UInt8>, count: Int, to tokens: inout [UInt32]) {
        var chain = Chain(tokens: firstTokens(of: UnsafeBufferPointer(start: piece, count: count)))
        let count = chain.tokens.count
        var heap = BinaryHeap()
        for place in 0..<(count - 1) { push(place, of: chain, to: &heap) }
        while let entry = heap.pop() {
            let place = Int(entry & 0xFFFF_FFFF)
            guard let join = join(at: place, of: chain), UInt64(join.rank) == entry >> 32 else { continue }
            chain.join(place, as: join.token)
            push(place, of: chain, to: &heap)
            if chain.previous[place] >= 0 { push(chain.previous[place], of: chain, to: &heap) }
        }
        var place = 0
        while place < count {
            tokens.append(chain.tokens[place])
            place = chain.next[place]
        }
    }

    private func firstTokens(of piece: UnsafeBufferPointer<UInt8>) -> [UInt32] {
        switch first {
        case .bytes(let tokens): piece.map { tokens[Int($0)] }
        case .characters(let tokens): tokens.tokens(of: piece)
        }
    }

    private func push(_ place: Int, of chain: Chain, to heap: inout BinaryHeap) {
        if let join = join(at: place, of: chain) { heap.push(UInt64(join.rank) << 32 | UInt64(place)) }
    }

    private func join(at place: Int, of chain: Chain) -> Join? {
        let next = chain.next[place]
        guard next > 0, next < chain.next.count else { return nil }
        return joins[Self.key(chain.tokens[place], chain.tokens[next])]
    }

    private static func key(_ left: UInt32, _ right: UInt32) -> UInt64 {
        UInt64(left) << 32 | UInt64(right)
    }
}

/// The parts of a piece in a list that is linked both ways; a part that was joined to the one before it has no next.
private struct Chain {
    var tokens: [UInt32]
    var next: [Int]
    var previous: [Int]

    init(tokens: [UInt32]) {
        self.tokens = tokens
        let count = tokens.count
        next = (0..<count).map { $0 + 1 }
        previous = (0..<count).map { $0 - 1 }
    }

    mutating func join(_ place: Int, as token: UInt32) {
        let gone = next[place]
        tokens[place] = token
        next[place] = next[gone]
        if next[place] < next.count { previous[next[place]] = place }
        next[gone] = 0
    }
}
