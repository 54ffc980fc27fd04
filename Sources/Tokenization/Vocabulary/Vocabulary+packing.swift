extension Vocabulary {
    /// Packs tokens by id, as `scripts/pack-vocabularies` does.
    ///
    /// - Returns: `nil` where there is no token, an id is over 1,048,574, or the tokens have more than 4 GiB together.
    static func packed(_ tokens: [Int: [UInt8]]) -> [UInt8]? {
        guard let highest = tokens.keys.max(), highest < 0xF_FFFE, tokens.keys.allSatisfy({ $0 >= 0 }),
            tokens.values.allSatisfy({ !$0.isEmpty }), tokens.values.reduce(0, { $0 + $1.count }) < UInt32.max
        else { return nil }
        var slots = [UInt32](repeating: 0, count: slotCount(for: tokens.count))
        var pairs = [UInt32](repeating: 0, count: 65_536)
        var offsets: [UInt32] = []
        var blob: [UInt8] = []
        for id in 0...highest {
            offsets.append(UInt32(blob.count))
            guard let token = tokens[id] else { continue }
            blob += token
            enter(id, token, into: &slots)
            if token.count == 2 { pairs[Int(token[0]) << 8 | Int(token[1])] = UInt32(id + 1) }
        }
        offsets.append(UInt32(blob.count))
        let longest = tokens.values.map(\.count).max() ?? 0
        let head = [highest + 1, slots.count, blob.count, longest].map(UInt32.init)
        let numbers = [head, offsets, slots, pairs].joined()
        return Array("DOCENTV1".utf8) + numbers.flatMap(littleEndian) + blob + [UInt8](repeating: 0, count: 16)
    }

    /// A vocabulary of tokens by id; `nil` as for ``packed(_:)``.
    init?(tokens: [Int: [UInt8]]) {
        guard let bytes = Self.packed(tokens) else { return nil }
        let memory = VocabularyMemory(bytes: bytes)
        self.init(packed: memory.start.assumingMemoryBound(to: UInt8.self), owner: memory)
    }

    private static func slotCount(for tokens: Int) -> Int {
        var count = 1
        while count < 2 * tokens { count *= 2 }
        return count
    }

    private static func enter(_ id: Int, _ token: [UInt8], into slots: inout [UInt32]) {
        let hash = token.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map { PieceHash.of($0, count: buffer.count) } ?? 0
        }
        var slot = Int(hash & UInt64(slots.count - 1))
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = UInt32(hash >> 52) << 20 | UInt32(id + 1)
    }

    private static func littleEndian(_ value: UInt32) -> [UInt8] {
        [UInt8(value & 0xFF), UInt8(value >> 8 & 0xFF), UInt8(value >> 16 & 0xFF), UInt8(value >> 24)]
    }
}
