import LanguageModels
import ModelProviders
import Testing

struct YAMLValueTests {
    @Test func `reads YAML as JSON knows values`() throws {
        let text = "a: 1.250\nb: \"2\"\nc: [true, ~, yes]\nd: {e: 0x1f}\nf: &x [1]\ng: *x\n"

        let value = try YAMLDocument(Array(text.utf8), path: "x.yaml").value

        #expect(
            value.text == #"{"a":1.250,"b":"2","c":[true,null,"yes"],"d":{"e":"0x1f"},"f":[1],"g":[1]}"#
        )
    }

    /// As Python's `json` writes what is beyond 16 bits.
    @Test(arguments: [
        #"{"a": "\ud83d\uDE00!", "b": ["\u00e9\/\\ud83d\\ude00"]}"#,
        "\u{FEFF}\n {\n\t\t\"a\": \"\\ud83d\\ude00\"\n\t}\n",
        #"["\\\ud83d\ude00", "\t\"\b"]"#,
    ])
    func `reads JSON as JSON has it`(text: String) throws {
        let json = text.drop { $0 == "\u{FEFF}" }

        #expect(try YAMLDocument(Array(text.utf8), path: "x.json").value == JSONValue(parsing: String(json)))
    }

    @Test(arguments: [
        #"{"a": "\ud83d"}"#, #"{"a": "\ud83d\u0041"}"#, #"{"a": "\ude00\ud83d"}"#, "a: \"\\ud83d\\ude00\"",
    ])
    func `refuses half a character`(text: String) {
        #expect(throws: ConfigurationProblem.self) { try YAMLDocument(Array(text.utf8), path: "x.json") }
    }

    @Test func `knows the lines of all parts`() throws {
        let text = "models:\n  - id: a\n    price:\n      input: 1\n  - {id: b,\n     price: {input: 2}}\n"

        let lines = try YAMLDocument(Array(text.utf8), path: "x.yaml").lines()

        #expect(lines["models"] == 1)
        #expect(lines["models[0]"] == 2)
        #expect(lines["models[0].price.input"] == 4)
        #expect(lines["models[1]"] == 5)
        #expect(lines["models[1].price.input"] == 6)
        #expect(lines[""] == 1)
    }

    @Test(arguments: [
        ("a: [1,\nb: }", "x.yaml:2: "),
        ("a: 1\nb: 2\na: 3\n", "x.yaml:3: a stands here a second time, after line 1"),
        ("{\"a\": {\"b\": 1,\n\"b\": 2}}", "x.yaml:2: b stands here a second time, after line 1"),
        ("? [a]\n: 1\n", "x.yaml:1: a name is expected here"),
        ("a: *x\n", "x.yaml:1: the alias *x refers to nothing before it"),
        ("a: 1\n]\n", "x.yaml:2: "),
    ])
    func `says where a file is broken`(text: String, message: String) {
        let error = #expect(throws: ConfigurationProblem.self) { try YAMLDocument(Array(text.utf8), path: "x.yaml") }

        #expect(error?.description.hasPrefix(message) == true, "\(error?.description ?? "")")
    }

    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            ("\n[", "", 102), ("{\"a\":\n", "", 100), ("\n[", "]", 102), ("- ", "", 1), ("\n? ", "", nil), ("[", "", 1),
        ]
    )
    func `refuses what is nested too deeply, however deeply that is`(open: String, close: String, line: Int?) {
        let count = 200_000
        let text = String(repeating: open, count: count) + String(repeating: close, count: count)

        let error = #expect(throws: ConfigurationProblem.self) { try YAMLDocument(Array(text.utf8), path: "x.yaml") }

        if let line {
            #expect(error?.description == "x.yaml:\(line): values are nested deeper than 100 levels")
        }
    }

    @Test func `takes what is nested as deeply as it may be`() throws {
        let text = String(repeating: "[", count: 99) + "1" + String(repeating: "]", count: 99)

        #expect(throws: Never.self) { try YAMLDocument(Array(text.utf8), path: "x.yaml") }
        #expect(throws: ConfigurationProblem.self) { try YAMLDocument(Array("[\(text)]".utf8), path: "x.yaml") }
    }

    @Test(.timeLimit(.minutes(1)))
    func `counts what aliases stand for, and how deeply it is nested`() throws {
        var deep = "- &a0 [x]\n"
        for level in 1...200 { deep += "- &a\(level) [*a\(level - 1)]\n" }
        var many = ""
        for index in 0..<40_000 { many += "- &a\(index) x\n- *a\(index)\n" }

        let error = #expect(throws: ConfigurationProblem.self) { try YAMLDocument(Array(deep.utf8), path: "x.yaml") }

        #expect(error?.description == "x.yaml:99: values are nested deeper than 100 levels")
        #expect(throws: Never.self) { try YAMLDocument(Array(many.utf8), path: "x.yaml") }
        let large = #expect(throws: ConfigurationProblem.self) {
            try YAMLDocument(Array((many + many).utf8), path: "x.yaml")
        }
        #expect(large?.message == "the file has more than 100000 values")
    }
}
