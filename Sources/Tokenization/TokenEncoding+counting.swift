import Synchronization

extension TokenEncoding {
    /// The numbers of tokens of several texts in UTF-8, in their order, counted on several cores.
    ///
    /// A long text is divided only where that leaves its pieces as they are, so the numbers are those of each text
    /// counted alone. What is no UTF-8 is counted as if it were repaired with U+FFFD.
    ///
    /// - Parameters:
    ///   - texts: The bytes of the texts.
    ///   - workers: How many tasks count at the same time; at least one.
    /// - Returns: The number of tokens of each text.
    @concurrent
    public func counts(of texts: [[UInt8]], workers: Int) async -> [Int] {
        let queue = ChunkQueue(texts.enumerated().flatMap { chunks(of: $1, number: $0) }, workers: workers)
        let bytes = texts.reduce(0) { $0 + $1.count } / max(1, workers)
        return await withTaskGroup(of: [Int].self) { group in
            for worker in queue.workers {
                group.addTask { counts(of: texts, from: queue, by: worker, forBytes: bytes) }
            }
            return await group.reduce(into: [Int](repeating: 0, count: texts.count)) { sums, counts in
                for index in sums.indices { sums[index] += counts[index] }
            }
        }
    }

    private func counts(of texts: [[UInt8]], from queue: ChunkQueue, by worker: Int, forBytes bytes: Int) -> [Int] {
        var counter = TokenCounter(self, forBytes: bytes)
        var counts = [Int](repeating: 0, count: texts.count)
        while let chunk = queue.next(for: worker) {
            counts[chunk.number] += texts[chunk.number].withUnsafeBufferPointer {
                counter.count(bytes: UnsafeBufferPointer(rebasing: $0[chunk.range]))
            }
        }
        return counts
    }

    private static var chunkSize: Int { 1 << 18 }

    private func chunks(of text: [UInt8], number: Int) -> [Chunk] {
        var chunks: [Chunk] = []
        var start = 0
        while isLocal, text.count - start > 2 * Self.chunkSize,
            let cut = Self.safeCut(in: text, from: start + Self.chunkSize)
        {
            chunks.append(Chunk(number: number, range: start..<cut))
            start = cut
        }
        return chunks + [Chunk(number: number, range: start..<text.count)]
    }

    /// The first place from an index on where a newline stands between two ASCII characters that are no white space,
    /// the second no `/`: there a piece ends in every pattern, whatever is around.
    static func safeCut(in text: [UInt8], from index: Int) -> Int? {
        func isSolid(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x7F }
        return (max(index, 1)..<max(index, 1, text.count - 1)).first { place in
            text[place] == 0x0A && isSolid(text[place - 1]) && isSolid(text[place + 1])
                && text[place + 1] != UInt8(ascii: "/")
        }.map { $0 + 1 }
    }
}

/// A part of a text that is counted alone.
private struct Chunk {
    let number: Int
    let range: Range<Int>
}

/// Hands out chunks: to each worker its share of neighbours, which have words in common, and then what others have left.
private struct ChunkQueue: Sendable {
    private let shares: [Share]

    /// Shares of about as many bytes for each worker.
    init(_ chunks: [Chunk], workers: Int) {
        let workers = max(1, min(workers, chunks.count))
        let bytes = chunks.reduce(0) { $0 + $1.range.count }
        var shares = [[Chunk]](repeating: [], count: workers)
        var before = 0
        for chunk in chunks {
            shares[min(workers - 1, before * workers / max(1, bytes))].append(chunk)
            before += chunk.range.count
        }
        self.shares = shares.map(Share.init)
    }

    var workers: Range<Int> { shares.indices }

    func next(for worker: Int) -> Chunk? {
        for index in shares.indices {
            if let chunk = shares[(worker + index) % shares.count].next() { return chunk }
        }
        return nil
    }

    private final class Share: Sendable {
        private let chunks: [Chunk]
        private let position = Atomic(0)

        init(_ chunks: [Chunk]) { self.chunks = chunks }

        func next() -> Chunk? {
            guard position.load(ordering: .relaxed) < chunks.count else { return nil }
            let index = position.wrappingAdd(1, ordering: .relaxed).oldValue
            return index < chunks.count ? chunks[index] : nil
        }
    }
}
