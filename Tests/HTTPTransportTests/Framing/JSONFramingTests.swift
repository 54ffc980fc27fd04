import HTTPTransport
import Testing

struct JSONFramingTests {
    @Test(arguments: [
        ("[{\"a\":1},{\"b\":2}]", ["{\"a\":1}", "{\"b\":2}"]),
        ("\u{FEFF} [\r\n{\n  \"a\" : [1, {}]\n}\n,\r\n{}\n]\n", ["{\n  \"a\" : [1, {}]\n}", "{}"]),
        ("[{\"a\":\"]},{[\\\"\\\\\"},{}]", ["{\"a\":\"]},{[\\\"\\\\\"}", "{}"]),
        ("[1, \"x,]\", true ,[[2]],null]", ["1", "\"x,]\"", "true", "[[2]]", "null"]),
        ("[]", []),
        ("", []),
        (" \n", []),
        ("[{\"a\":1},", ["{\"a\":1}"]),
        ("[{\"a\":1}\n", ["{\"a\":1}"]),
        ("{\"error\":{\"code\":1}}\n", ["{\"error\":{\"code\":1}}"]),
        ("[\"é€😀\"]", ["\"é€😀\""]),
    ])
    func `cuts an array into its elements, wherever it is cut`(text: String, expected: [String]) throws {
        let bytes = Array(text.utf8)
        for cuts in [[], Array(1..<max(bytes.count, 1))] + bytes.indices.dropFirst().map({ [$0] }) {
            #expect(try events(of: bytes, in: cuts, by: JSONArrayFraming()).map(\.text) == expected)
        }
    }

    @Test(arguments: [
        ("<html>", "the stream is no JSON array: it begins with `<`"),
        ("[1]]", "the stream's JSON array is broken: `]` stands where it cannot"),
        ("[,1]", "the stream's JSON array is broken: `,` stands where it cannot"),
        ("[{}{}]", "the stream's JSON array is broken: `{` stands where it cannot"),
        ("[{},]", "the stream's JSON array is broken: `]` stands where it cannot"),
        ("[{\"a\":1", "the stream ended inside an element of its JSON array"),
        ("[\"abcdefghijklmnopqrstuvwxyz\"]", "an event of the stream has more than 20 bytes"),
    ])
    func `refuses what is no array`(text: String, message: String) throws {
        for cut in 1..<text.utf8.count {
            #expect(throws: FramingError(message)) {
                try events(of: Array(text.utf8), in: [cut], by: JSONArrayFraming(maximumEventBytes: 20))
            }
        }
    }

    @Test func `cuts JSON lines, blank ones left out`() throws {
        let bytes = Array("\u{FEFF}{\"a\":1}\r\n\n  \n {\"b\":\"\u{2028}\"} \n{\"c\":3}".utf8)
        for cuts in [[], Array(1..<bytes.count)] + bytes.indices.dropFirst().map({ [$0] }) {
            let lines = try events(of: bytes, in: cuts, by: JSONLinesFraming()).map(\.text)
            #expect(lines == ["{\"a\":1}", "{\"b\":\"\u{2028}\"}", "{\"c\":3}"])
        }
    }
}
