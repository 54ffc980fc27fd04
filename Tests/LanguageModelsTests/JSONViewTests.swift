import LanguageModels
import Testing

struct JSONViewTests {
    private func read(_ text: String, _ use: (JSONView) throws -> Void) throws {
        var reader = JSONReader()
        try Array(text.utf8).withUnsafeBufferPointer { try reader.read($0, use) }
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

    @Test func `reads one text after another, broken ones too`() throws {
        var reader = JSONReader()
        var texts: [String] = []
        for text in [#"{"a":[1,2,3]}"#, #"{"a":"#, "7", #"[{},{}]"#] {
            try? Array(text.utf8).withUnsafeBufferPointer { try reader.read($0) { texts.append($0.value.text) } }
        }

        #expect(texts == [#"{"a":[1,2,3]}"#, "7", "[{},{}]"])
    }
}
