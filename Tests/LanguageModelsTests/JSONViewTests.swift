import LanguageModels
import Testing

struct JSONViewTests {
    private func read(_ text: String, _ use: (JSONView) throws -> Void) throws {
        try JSONReader.read(Array(text.utf8), use)
    }

    @Test func `finds members as a tree does`() throws {
        let text = #"{"a":{"b":[1,{"c":"x"}],"d":null},"e":"é","a\u0062":"\ud83d\ude00","f":1,"f":2,"n":[[],{}]}"#
        let tree = try JSONValue(parsing: text)

        try read(text) { view in
            #expect(view["a"]?["d"] == nil)
            #expect(view["z"] == nil)
            #expect(view["e"]?["b"] == nil)
            #expect(view["e"]?.string == "é")
            #expect(view["ab"]?.string == "😀")
            #expect(view["f"]?.integer == 2)
            #expect(view["a"]?["b"]?.elements.map(\.value) == [1, ["c": "x"]])
            #expect(view["e"]?.elements.map(\.value) == [])
            #expect(view.value.text == tree.text)
        }
    }

    @Test(arguments: [
        ("12", 12), ("0", 0), ("-3", -3), ("69.0", 69), ("1e3", 1000), ("1.5", nil), (#""7""#, 7), (#""x""#, nil),
        ("999999999999999999", 999_999_999_999_999_999), ("9223372036854775807", .max), ("9223372036854775808", nil),
        ("true", nil), ("[1]", nil),
    ])
    func `reads whole numbers as a tree does`(text: String, expected: Int?) throws {
        try read(text) { #expect($0.integer == expected) }
        #expect(try JSONValue(parsing: text).integer == expected)
    }

    @Test func `compares strings without making them`() throws {
        try read(#"["error","err\u006fr","errors","Error",1]"#) { view in
            #expect(view.elements.map { $0.isString("error") } == [true, true, false, false, false])
        }
    }

    /// Numbers on both sides of those at which memory has to grow.
    @Test(arguments: [0, 1, 7, 8, 9, 63, 64, 65, 4095, 4096, 20_000])
    func `reads as many values as there are`(count: Int) throws {
        let numbers = "[" + (0..<count).map { "\($0 % 10)" }.joined(separator: ",") + "]"
        let arrays = "{\"a\":[" + (0..<count).map { _ in "[]" }.joined(separator: ",") + "],\"b\":7}"

        try read(numbers) { #expect($0.elements.compactMap(\.integer) == (0..<count).map { $0 % 10 }) }
        try read(arrays) { view in
            #expect(view["a"]?.elements.map(\.value) == Array(repeating: [], count: count))
            #expect(view["b"]?.integer == 7)
        }
    }

    @Test func `tells broken texts from what their reader throws`() {
        let error = #expect(throws: JSONSyntaxError.self) { try read(#"{"a":"#) { _ in } }
        #expect(error?.description == "not JSON: the text ends where a value is expected at byte 5")
        #expect(throws: CancellationError.self) { try read("7") { _ in throw CancellationError() } }
    }
}
