import Foundation
import LanguageModels
import Testing

/// Bytes inside stored conversations.
struct Base64Tests {
    private struct Stored: Codable, Equatable {
        var bytes: String
    }

    @Test(arguments: 0..<70)
    func `writes and reads what Foundation does`(count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ count) }

        let data = try JSONEncoder().encode(Media(.bytes(bytes)))

        #expect(try JSONDecoder().decode(Stored.self, from: data).bytes == Data(bytes).base64EncodedString())
        #expect(try JSONDecoder().decode(Media.self, from: data).source == .bytes(bytes))
    }

    @Test(arguments: [("AP8", [0, 255]), ("-_8=", [251, 255]), ("A\nP 8=", [0, 255]), ("A", nil), ("A?==", nil)])
    func `reads what others write`(text: String, bytes: [UInt8]?) throws {
        let data = try JSONEncoder().encode(Stored(bytes: text))

        let media = try? JSONDecoder().decode(Media.self, from: data)

        #expect(media?.source == bytes.map { .bytes($0) })
    }
}
