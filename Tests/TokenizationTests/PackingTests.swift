import Foundation
import Testing
@testable import Tokenization

struct PackingTests {
    private static let sources = URL(filePath: #filePath).appending(path: "../../../Sources/CVocabularies").standardized

    @Test func `keeps every token`() throws {
        let tokens: [Int: [UInt8]] = [0: [65], 2: [65, 66], 5: Array("a longer token".utf8)]
        let vocabulary = try #require(Vocabulary(tokens: tokens))
        for (id, bytes) in tokens {
            #expect(bytes.withUnsafeBufferPointer { vocabulary.id(of: $0.baseAddress!, count: $0.count) } == UInt32(id))
        }
        #expect(vocabulary.bytes(of: 1) == nil)
    }

    @Test func `packs as the script does, byte for byte`() throws {
        let vocabulary = TokenEncoding.p50kBase.vocabulary
        var tokens: [Int: [UInt8]] = [:]
        for id in 0..<vocabulary.idCount { tokens[id] = vocabulary.bytes(of: id).map(Array.init) }

        let packed = try #require(Vocabulary.packed(tokens))

        let script = try Data(contentsOf: Self.sources.appending(path: "Data/p50k_base.bin"))
        #expect(packed == [UInt8](script))
    }

    @Test func `refuses what cannot be packed`() {
        #expect(Vocabulary.packed([:]) == nil)
        #expect(Vocabulary.packed([0: []]) == nil)
        #expect(Vocabulary.packed([-1: [65]]) == nil)
        #expect(Vocabulary.packed([0xF_FFFE: [65]]) == nil)
    }

    @Test func `classes every code point as the table of Unicode 16 does`() throws {
        let text = try String(contentsOf: Self.sources.appending(path: "unicode-classes.txt"), encoding: .utf8)
        let bits: [Substring: UInt8] = [
            "L": 1, "N": 2, "S": 4, "Lu": 8, "Lt": 8, "Ll": 16, "Lm": 24, "Lo": 24, "M": 24,
        ]
        var expected = [UInt8](repeating: 0, count: 0x110000)
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            let fields = line.split(separator: " ")
            let bit = try #require(bits[fields[0]])
            let first = try #require(Int(fields[1], radix: 16))
            let last = try #require(Int(fields[2], radix: 16))
            for point in first...last { expected[point] |= bit }
        }

        let classes = CharacterClasses()

        #expect((0..<0x110000).allSatisfy { classes.ofScalar(UInt32($0)).rawValue == expected[$0] })
        #expect(expected.count { $0 & 1 != 0 } == 141_028)
    }
}
