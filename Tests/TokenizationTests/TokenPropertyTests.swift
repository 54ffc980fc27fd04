import Testing
import Tokenization

struct TokenPropertyTests {
    @Test(arguments: TokenEncoding.all.map(\.name))
    func `counts a growing text at every step as the whole`(name: String) throws {
        let encoding = try #require(TokenEncoding.named(name))
        var counter = TokenCounter(encoding)
        var strings = StringGenerator(seed: 1)
        for _ in 0..<60 {
            var growing = GrowingTokenCount(encoding, settlingFrom: 1)
            var whole = ""
            for _ in 0..<12 {
                let piece = strings.next(pieces: 3)
                whole += piece
                growing.append(piece)
                #expect(growing.count == counter.count(whole), "\(whole.debugDescription)")
            }
        }
    }

    @Test(arguments: [
        ([0], 0), ([9], 9), ([40_000], 40_000), ([9, 9], 144), ([262_143], 262_143),
        ([262_144], 1 << 20),
        ([100_000, 100_000], 1 << 20),
    ])
    func `a growing count takes memory for what came, and counts the same while it grows`(
        pieces: [Int],
        memory: Int
    ) {
        var strings = StringGenerator(seed: 7)
        var growing = GrowingTokenCount(.o200kBase)
        var whole: [UInt8] = []
        for size in pieces {
            var piece: [UInt8] = []
            while piece.count < size { piece += strings.next(pieces: 3).utf8 }
            growing.append(bytes: piece[..<size])
            whole += piece[..<size]
        }
        var counter = TokenCounter(.o200kBase)
        #expect(growing.memory == memory)
        #expect(growing.count == counter.count(bytes: whole))
    }

    @Test(arguments: TokenEncoding.all.map(\.name))
    func `stops at the limit exactly`(name: String) throws {
        var counter = TokenCounter(try #require(TokenEncoding.named(name)))
        var strings = StringGenerator(seed: 2)
        for _ in 0..<200 {
            let text = strings.next(pieces: 8)
            let count = counter.count(text)
            #expect(counter.count(text, upTo: count) == count)
            #expect(counter.count(text, upTo: count - 1) == nil)
        }
    }

    @Test(arguments: TokenEncoding.all.map(\.name))
    func `splits between characters and within the limit`(name: String) throws {
        var counter = TokenCounter(try #require(TokenEncoding.named(name)))
        var strings = StringGenerator(seed: 3)
        for _ in 0..<60 {
            let text = strings.next(pieces: 8)
            let count = counter.count(text)
            for limit in -1...count {
                let split = counter.split(text, afterTokens: limit)
                let beginning = try #require(String(text.utf8.prefix(split.utf8Offset)))
                #expect(split.tokenCount <= max(0, limit))
                #expect(counter.count(beginning) == split.tokenCount)
            }
            #expect(counter.split(text, afterTokens: count).utf8Offset == text.utf8.count)
        }
    }

    @Test func `counts several texts on several cores as each alone`() async throws {
        var strings = StringGenerator(seed: 4)
        var lines = (0..<6000).map { _ in strings.next(pieces: 20) }
        for index in lines.indices where index % 3 == 0 { lines[index] = "x = \(index);" }
        let long = String(repeating: lines.joined(separator: "\n"), count: 5)
        let texts = [long, "", "hello world"].map { Array($0.utf8) }

        let counts = await TokenEncoding.o200kBase.counts(of: texts, workers: 2)

        #expect(long.utf8.count > 1 << 20)
        #expect(counts == [TokenEncoding.o200kBase.count(long), 0, 2])
    }

    @Test func `is used from many tasks at once`() async {
        var strings = StringGenerator(seed: 5)
        let texts = (0..<50).map { _ in strings.next(pieces: 30) }
        let alone = texts.map { TokenEncoding.cl100kBase.encode($0) }

        let together = await withTaskGroup(of: [[Int]].self) { group in
            for _ in 0..<16 { group.addTask { texts.map { TokenEncoding.cl100kBase.encode($0) } } }
            return await group.reduce(into: []) { $0.append($1) }
        }

        #expect(together.allSatisfy { $0 == alone })
    }

    @Test(arguments: [" ", "a", "=", "\n", "漢", "A", "\u{301}", "🙂", "ab"])
    func `takes a long piece in little time`(unit: String) {
        let text = "x" + String(repeating: unit, count: 20_000) + "y"
        let tokens = TokenEncoding.o200kBase.encode(text)
        #expect(TokenEncoding.o200kBase.decode(tokens) == text)
    }
}
