import Foundation
import Testing
import Tokenization

@Suite(.enabled(if: TokenFixtures.folder != nil, TokenFixtures.missing))
struct VectorTests {
    private struct Vector: Decodable {
        let text: String
        let ids: [Int]
    }

    @Test(arguments: ["o200k_base", "cl100k_base", "p50k_base", "r50k_base"])
    func `gives tiktoken's tokens for every recorded text`(name: String) throws {
        let encoding = try #require(TokenEncoding.named(name))
        var counter = TokenCounter(encoding)

        let vectors = try TokenFixtures.lines("\(name).jsonl", of: Vector.self)

        #expect(vectors.count > 5000)
        let wrong = vectors.filter { vector in
            counter.encode(vector.text) != vector.ids || counter.count(vector.text) != vector.ids.count
                || encoding.decode(vector.ids) != vector.text
        }
        #expect(wrong.map(\.text) == [])
    }

    private struct Count: Decodable {
        let encoding: String
        let prefix: String
        let unit: String
        let times: Int
        let suffix: String
        let bytes: Int
        let count: Int
    }

    @Test func `counts long repetitions as tiktoken does`() throws {
        let longest = ProcessInfo.processInfo.environment["DOCENT_LONG_TESTS"] == "1" ? Int.max : 20_000
        for row in try TokenFixtures.lines("counts.jsonl", of: Count.self) where row.bytes <= longest {
            let encoding = try #require(TokenEncoding.named(row.encoding))
            let text = row.prefix + String(repeating: row.unit, count: row.times) + row.suffix
            #expect(encoding.count(text) == row.count, "\(row)")
        }
    }

    private struct Bytes: Decodable {
        let encoding: String
        let b64: Data
        let ids: [Int]
    }

    @Test func `repairs what is no UTF-8 as Python does`() throws {
        for row in try TokenFixtures.lines("bytes.jsonl", of: Bytes.self) {
            let encoding = try #require(TokenEncoding.named(row.encoding))
            var counter = TokenCounter(encoding, forBytes: row.b64.count)
            var growing = GrowingTokenCount(encoding)
            for byte in row.b64 { growing.append(bytes: [byte]) }
            #expect(counter.encode(bytes: [UInt8](row.b64)) == row.ids)
            #expect(counter.count(bytes: [UInt8](row.b64)) == row.ids.count)
            #expect(growing.count == row.ids.count)
        }
    }

    private struct Special: Decodable {
        let encoding: String
        let text: String
        let ids_special: [Int]
        let ids_ordinary: [Int]
    }

    @Test func `reads special tokens only where they are allowed`() throws {
        for row in try TokenFixtures.lines("special.jsonl", of: Special.self) {
            let encoding = try #require(TokenEncoding.named(row.encoding))
            var counter = TokenCounter(encoding, forBytes: row.text.utf8.count)
            #expect(counter.encode(row.text) == row.ids_ordinary)
            #expect(counter.encode(row.text, allowing: Set(encoding.specialTokens.keys)) == row.ids_special)
            #expect(encoding.decode(row.ids_special) == row.text)
        }
    }
}
