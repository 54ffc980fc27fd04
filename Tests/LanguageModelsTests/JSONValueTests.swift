import LanguageModels
import Testing

struct JSONValueTests {
    @Test(arguments: [
        "null", "true", "-0.5e+10", "\"a\\u00e9\\n\"", "[]", "{}", "[1,2,{\"a\":null}]", "{\"b\":1,\"a\":[true,false]}",
    ])
    func `reads what it writes`(text: String) throws {
        let value = try JSONValue(parsing: text)

        #expect(try JSONValue(parsing: value.bytes) == value)
    }

    @Test func `keeps the order of members and the digits of numbers`() throws {
        let text = #"{"z":1.0,"a":12345678901234567890,"m":1e5}"#

        #expect(try JSONValue(parsing: text).text == text)
    }

    @Test(arguments: [
        ("", 0), ("{", 1), ("[1,]", 3), ("01", 2), ("\"\u{1}\"", 1), ("1 2", 2), ("tru", 0), ("{\"a\" 1}", 5),
    ])
    func `says where a text stops being JSON`(text: String, offset: Int) {
        let error = #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: text) }

        #expect(error?.offset == offset)
    }

    @Test(arguments: [
        ("", "the text ends where a value is expected", 0), ("[", "the text ends where a value is expected", 1),
        ("\0", "no value starts like this", 0), ("[1", "the text ends inside an array or object", 2),
        ("[1\0", "a comma or a closing bracket is expected", 2), ("{1", "a key in quotes is expected", 1),
        ("{", "a key in quotes is expected", 1), ("{\"a\"", "a colon is expected", 4),
        ("\"a", "the text ends inside a string", 2), ("\"a\0\"", "a control character stands in a string", 2),
        ("\"\\", "the text ends inside a string", 2), ("\"\\\0\"", "no escape is written like this", 3),
        ("-", "a digit is expected", 1), ("1.", "a digit is expected", 2), ("1e+", "a digit is expected", 3),
        ("00", "a number starts with a zero", 2), ("[true,nul", "the text ends inside a word", 6),
        ("nulL", "null is expected", 0), ("1 \0", "something stands behind the value", 2),
    ])
    func `says what is wrong with a text`(text: String, reason: String, offset: Int) {
        let error = #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: text) }

        #expect(error?.reason == reason)
        #expect(error?.offset == offset)
    }

    /// The characters that strings are read over eight at a time.
    @Test func `sees each byte that ends or breaks a string, wherever it stands`() throws {
        for length in 0..<20 {
            let plain = String(repeating: "é", count: length / 2) + String(repeating: " ", count: length % 2)
            #expect(try JSONValue(parsing: "\"\(plain)\"") == .string(plain))
            #expect(try JSONValue(parsing: "\"\(plain)\\n~\\u00e9\(plain)\"") == .string("\(plain)\n~é\(plain)"))
            for control in [0x00, 0x0A, 0x1F] as [UInt8] {
                let text = [0x22] + Array(plain.utf8) + [control, 0x22]
                let error = #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: text) }
                #expect(error?.offset == plain.utf8.count + 1)
            }
        }
    }

    @Test(arguments: [
        (#""\x""#, 3), (#""\u12g4""#, 3), (#""\u-001""#, 3), (#""\ud83d\u12""#, 9), (#""\"#, 2),
        (#""\u12"#, 3),
    ])
    func `says where an escape is broken`(text: String, offset: Int) {
        let error = #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: text) }

        #expect(error?.offset == offset)
    }

    @Test func `reads every escape`() throws {
        let text = #""\"\\\/\b\f\n\r\t\u00E9\u20ac\uD83D\uDE00\uDE00\uD83D\uD83D\uDE00\ud83dx""#

        #expect(try JSONValue(parsing: text) == "\"\\/\u{8}\u{C}\n\r\té€😀\u{FFFD}\u{FFFD}😀\u{FFFD}x")
    }

    /// Lengths on both sides of those at which memory has to grow.
    @Test(arguments: [0, 1, 7, 8, 9, 255, 509, 510, 511, 512, 513, 1023, 5000])
    func `writes texts of any length with every escape`(length: Int) {
        let characters = (0..<0x20).map { Unicode.Scalar(UInt8($0)) } + ["\"", "\\", "/", "a", "é", "😀", "\u{7F}"]
        for first in 0..<characters.count where length < 1000 || first == 0 {
            let scalars = (0..<length).map { characters[(first + $0) % characters.count] }
            let text = String(String.UnicodeScalarView(scalars))

            let value: JSONValue = [[:], .string(text), [], .object(JSONObject([(text, 1)])), nil, false, -1.5]

            let quoted = "\"\(scalars.map(Self.written).joined())\""
            #expect(value.text == "[{},\(quoted),[],{\(quoted):1},null,false,-1.5]")
        }
    }

    private static func written(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        case "\"", "\\": "\\\(scalar)"
        case "\0"..<" ": "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
        default: String(scalar)
        }
    }

    @Test func `does not overflow the stack on deep nesting`() {
        let text = String(repeating: "[", count: 100_000)

        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: text) }
    }

    @Test func `repairs broken characters`() throws {
        #expect(try JSONValue(parsing: #""\ud83d\ude00 \ud83d x""#) == "😀 \u{FFFD} x")
        #expect(try JSONValue(parsing: [0x22, 0xFF, 0x22]) == "\u{FFFD}")
    }

    @Test func `compares objects without their order and numbers by value`() throws {
        #expect(try JSONValue(parsing: #"{"a":1,"b":2.0}"#) == JSONValue(parsing: #"{"b":2,"a":1}"#))
        #expect(JSONValue.integer(9_007_199_254_740_993) != JSONValue.integer(9_007_199_254_740_992))
    }

    @Test func `merges large objects in a time that grows with their size`() {
        var object = JSONObject((0..<20_000).map { ("a\($0)", .integer($0)) })
        object.merge(JSONObject((10_000..<30_000).map { ("a\($0)", .integer(-$0)) }))

        #expect(object.members.count == 30_000)
        #expect(object["a9999"] == 9999)
        #expect(object["a10000"] == -10_000)
        #expect(object.keys.last == "a29999")
    }

    @Test func `merges objects member by member`() {
        var object = JSONObject([("a", ["x": 1, "y": 2]), ("b", 1)])

        object.merge(JSONObject([("a", ["y": 3]), ("c", 4)]))

        #expect(JSONValue.object(object).text == #"{"a":{"x":1,"y":3},"b":1,"c":4}"#)
    }
}
