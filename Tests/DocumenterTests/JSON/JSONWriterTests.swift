import Documenter
import Testing

struct JSONWriterTests {
    @Test
    func `separates members and elements by commas, at any depth`() {
        var json = JSONWriter()

        json.object { json in
            json.member("path", "a.py")
            json.member("count", 3)
            json.member("isDone", true)
            json.member("error", nil)
            json.member("names", ["a", "b"])
            json.object("empty") { _ in }
            json.array("rows") { json in
                json.object { $0.member("line", -1) }
                json.array { $0.null() }
            }
        }

        #expect(
            text(of: json)
                == #"{"path":"a.py","count":3,"isDone":true,"error":null,"names":["a","b"],"empty":{},"#
                + #""rows":[{"line":-1},[null]]}"#
        )
    }

    @Test(arguments: [
        ("", #""""#),
        ("a\"b\\c/", #""a\"b\\c/""#),
        ("\n\r\t\u{8}\u{C}", #""\n\r\t\b\f""#),
        ("\u{0}\u{1B}[31m\u{7F}", "\"\\u0000\\u001b[31m\u{7F}\""),
        ("ü €\u{2028}🙂", "\"ü €\u{2028}🙂\""),
    ])
    func `escapes what a JSON string cannot hold and nothing else`(string: String, literal: String) {
        var json = JSONWriter()

        json.value(string)

        #expect(text(of: json) == literal)
    }

    @Test
    func `replaces malformed UTF-8 by the replacement character`() {
        var json = JSONWriter()

        json.value(utf8: [0x61, 0xFF, 0x62, 0xC3])

        #expect(text(of: json) == "\"a\u{FFFD}b\u{FFFD}\"")
    }

    @Test
    func `begins each line without a comma`() {
        var json = JSONWriter()

        json.value(1)
        json.endLine()
        json.object { $0.member("a", 2) }
        json.endLine()

        #expect(text(of: json) == "1\n{\"a\":2}\n")
    }

    private func text(of json: JSONWriter) -> String { String(decoding: json.bytes, as: UTF8.self) }
}
