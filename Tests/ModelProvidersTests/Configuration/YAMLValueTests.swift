import LanguageModels
import ModelProviders
import Testing

struct YAMLValueTests {
    @Test func `reads YAML as JSON knows values`() throws {
        let text = "a: 1.250\nb: \"2\"\nc: [true, ~, yes]\nd: {e: 0x1f}\n"

        let value = try JSONValue(yaml: Array(text.utf8), path: "x.yaml")

        #expect(value.text == #"{"a":1.250,"b":"2","c":[true,null,"yes"],"d":{"e":"0x1f"}}"#)
    }

    @Test func `says where a file is broken`() {
        let error = #expect(throws: ConfigurationProblem.self) {
            try JSONValue(yaml: Array("a: [1,\nb: }".utf8), path: "x.yaml")
        }

        #expect(error?.description.hasPrefix("x.yaml:2: ") == true)
    }
}
