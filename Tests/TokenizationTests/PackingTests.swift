import Testing
@testable import Tokenization

struct PackingTests {
    @Test func `keeps every token`() throws {
        let tokens: [Int: [UInt8]] = [0: [65], 2: [65, 66], 5: Array("a longer token".utf8)]
        let vocabulary = try #require(Vocabulary(tokens: tokens))
        for (id, bytes) in tokens {
            #expect(bytes.withUnsafeBufferPointer { vocabulary.id(of: $0.baseAddress!, count: $0.count) } == UInt32(id))
        }
        #expect(vocabulary.bytes(of: 1) == nil)
    }
}
