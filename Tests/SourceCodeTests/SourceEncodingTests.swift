import SourceCode
import Testing

struct SourceEncodingTests {
    /// A table in which 0x80 is the euro sign, 0x81 is undefined, and the rest are Latin-1.
    private let table = SourceEncoding(
        name: "test",
        upperHalf: [0x20AC, 0] + (0x82...0xFF).map { UInt32($0) }
    )

    @Test
    func `decodes bytes by the table and marks undefined ones`() {
        #expect(table.decode([0x61, 0x80, 0x81, 0xE9]) == "a€\u{FFFD}é")
    }

    @Test
    func `encodes what it decodes`() throws {
        #expect(try table.encode("a€é").get() == [0x61, 0x80, 0xE9])
    }

    @Test
    func `names the first character that it lacks`() {
        #expect(table.encode("é中a") == .failure(UnencodableCharacter(scalar: "中", encoding: "test")))
    }

    @Test
    func `keeps UTF-8 as it is`() throws {
        #expect(SourceEncoding.utf8.decode(Array("é中".utf8)) == "é中")
        #expect(try SourceEncoding.utf8.encode("é中").get() == Array("é中".utf8))
    }
}
