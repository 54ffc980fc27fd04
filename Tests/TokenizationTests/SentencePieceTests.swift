import Foundation
import Testing
@testable import Tokenization

struct SentencePieceTests {
    private func field(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] {
        var length: [UInt8] = [UInt8(bytes.count & 0x7F)]
        if bytes.count > 0x7F { length = [length[0] | 0x80, UInt8(bytes.count >> 7)] }
        return [number << 3 | 2] + length + bytes
    }

    private func piece(_ text: String, _ score: Float = 0, kind: UInt8 = 1) -> [UInt8] {
        let bits = score.bitPattern
        let number = (0..<4).map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) }
        return field(1, field(1, Array(text.utf8)) + [0x15] + number + [0x18, kind])
    }

    /// A model that joins `b` and `c` before `a` and `b`; bytes begin at 8.
    private func model(
        type: UInt8 = 2,
        normalization: [UInt8] = [0x18, 0, 0x20, 0],
        more: [UInt8] = []
    ) -> [UInt8] {
        let pieces =
            piece("<unk>", kind: 2) + piece("ab", -2) + piece("bc", -1) + piece("a", -9) + piece("b", -9)
            + piece("c", -9) + piece("▁", -9) + piece("xyz", kind: 4)
        let bytes = (UInt8.min...UInt8.max).flatMap { piece($0.fallbackName, kind: 6) }
        return pieces + bytes + more + field(2, [0x18, type, 0x98, 0x02, 1]) + field(3, normalization)
    }

    @Test(arguments: [
        ("abc", [3, 2]), ("ab", [1]), (" ab", [6, 1]), ("aé", [3, 8 + 0xC3, 8 + 0xA9]), ("axyzx", [3, 7, 8 + 0x78]),
        ("", []),
    ])
    func `joins the best score first`(text: String, expected: [Int]) throws {
        let encoding = try TokenEncoding(sentencePiece: model(), name: "mine")
        #expect(encoding.encode(text) == expected)
        #expect(encoding.count(text) == expected.count)
        #expect(encoding.decode(expected) == text)
    }

    @Test func `puts a mark before the text where the model does`() throws {
        let encoding = try TokenEncoding(sentencePiece: model(normalization: []), name: "mine")
        #expect(encoding.encode("  ab  c ") == [6, 1, 6, 5])
        #expect(encoding.decode([6, 1, 6, 5]) == "ab c")
        #expect(encoding.encode("   ") == [])
    }

    @Test func `names what it does not support`() {
        let cases: [([UInt8], String)] = [
            (model(type: 1), "models of type unigram are not supported"),
            (model(normalization: [0x12, 1, 7]), "a map of characters (nmt_nfkc and others) is not supported"),
            (model(more: piece("ab")), "every piece must have a text of its own"),
            (model(more: piece("?", kind: 3)), "control pieces of one character are not supported"),
            (model(more: piece("aq", kind: 5)), "unused pieces of unknown characters are not supported"),
            (model(more: piece("q", .nan)), "a score is no number"),
            (model(more: [0x0A, 0x7F]), "not a model of SentencePiece's"),
            (Array("hello".utf8), "not a model of SentencePiece's"),
        ]
        for (bytes, reason) in cases {
            #expect(throws: TokenFileError("mine", reason)) { try TokenEncoding(sentencePiece: bytes, name: "mine") }
        }
    }

    @Test func `refuses every model that is cut short without harm`() {
        let whole = model()
        for length in stride(from: 0, to: whole.count - 16, by: 7) {
            #expect(throws: TokenFileError.self) {
                try TokenEncoding(sentencePiece: Array(whole.prefix(length)), name: "mine")
            }
        }
    }

    @Test func `tells files by their contents`() throws {
        let ranks = (0...255).map { "\(Data([UInt8($0)]).base64EncodedString()) \($0)\n" }.joined()
        #expect(try TokenEncoding(file: model(), name: "a").encode("ab") == [1])
        #expect(try TokenEncoding(file: Array(ranks.utf8), name: "b").encode("ab") == [97, 98])
        #expect(throws: TokenFileError("c", "not a tokenizer.json of byte-pair encoding")) {
            try TokenEncoding(file: Array(" {}".utf8), name: "c")
        }
        for other in [[], [0x50, 0x4B, 3, 4], [0xFF, 0xD8]] as [[UInt8]] {
            #expect(throws: TokenFileError("d", "no tokenizer.json, no model of SentencePiece's and no rank file")) {
                try TokenEncoding(file: other, name: "d")
            }
        }
    }

    @Test(arguments: [[0x18, 0, 0x20, 0], []] as [[UInt8]])
    func `limits, splits and grows as the whole text is counted`(normalization: [UInt8]) async throws {
        let encoding = try TokenEncoding(sentencePiece: model(normalization: normalization), name: "mine")
        var counter = TokenCounter(encoding)
        var growing = GrowingTokenCount(encoding, settlingFrom: 8)
        var all = ""
        for part in ["ab", "c a", " ", " bé", "xy", "z\nab", "c"] {
            growing.append(part)
            all += part
            let count = counter.count(all)
            #expect(growing.count == count)
            #expect(counter.count(all, upTo: count) == count)
            #expect(counter.count(all, upTo: count - 1) == nil)
            let split = counter.split(all, afterTokens: 3)
            #expect(split.tokenCount <= 3)
            #expect(
                counter.count(String(decoding: all.utf8.prefix(split.utf8Offset), as: UTF8.self)) == split.tokenCount
            )
        }
        let long = Array(String(repeating: "ab\nbc", count: 200_000).utf8)
        let count = counter.count(bytes: long)
        #expect(await encoding.counts(of: [long], workers: 2) == [count])
    }
}
