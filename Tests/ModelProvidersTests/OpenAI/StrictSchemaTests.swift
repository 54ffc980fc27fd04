import LanguageModels
import Testing

@testable import ModelProviders

struct StrictSchemaTests {
    @Test(
        arguments: [
            (#"{"type":"array"}"#, "the root is no object"),
            (
                #"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}"#,
                "the root does not require a"
            ),
            (
                #"{"type":"object","properties":{},"additionalProperties":true}"#,
                "the root does not say additionalProperties: false"
            ),
            (wrapped(#"{"type":"string","minLength":1}"#), "a uses minLength"),
            (wrapped(#"{"oneOf":[]}"#), "a uses oneOf"),
            (wrapped(#"{"type":"string","format":"uri"}"#), "a uses the format uri"),
            (wrapped(#"{"type":"array"}"#), "a does not say what its items are"),
            (
                wrapped(#"{"anyOf":[{"type":"object"},{"type":"null"}]}"#),
                "a choice does not say additionalProperties: false"
            ),
            (wrapped(##"{"$ref":"#","title":"x"}"##), "a has keywords beside $ref"),
            (wrapped(#"{"type":"array","items":{}}"#), "a does not say what its items are"),
            (wrapped(#"{"type":["array","null"]}"#), "a does not say what its items are"),
            (wrapped(#"{"type":"array","items":{"title":"x"}}"#), "a does not say what its items are"),
            (wrapped(##"{"type":"array","items":{"$ref":"#"}}"##), nil),
            (wrapped(#"{"type":["array","null"],"items":{"anyOf":[{"type":"string"}]}}"#), nil),
            (
                wrapped(#"{"type":"integer","enum":[\#((0...1000).map { "\($0)" }.joined(separator: ","))]}"#),
                "it has more than 1000 values to choose from"
            ),
            (wide(5001), "it has more than 5000 properties"), (wide(5000), nil),
            (wrapped(#"{"type":"string","pattern":"^(?=a)"}"#), "a uses a pattern that looks around"),
            (wrapped(#"{"type":"string","pattern":"^a?(b)"}"#), nil),
            (
                #"{"type":"object","anyOf":[],"properties":{},"additionalProperties":false}"#,
                "the root is a choice"
            ),
            (wrapped(##"{"anyOf":[{"$ref":"#"},{"type":"null"}]}"##), nil),
            (wrapped(#"{"type":"integer","minimum":1,"description":"How many"}"#), nil),
            (wrapped(#"{"type":"array","items":{"type":"string","enum":["a"]},"minItems":1}"#), nil),
        ] as [(String, String?)]
    )
    func `finds what is not of the strict subset`(schema: String, fault: String?) throws {
        #expect(StrictSchema.fault(in: try JSONValue(parsing: schema)) == fault)
    }

    /// A schema of so many properties.
    private static func wide(_ count: Int) -> String {
        let names = (1...count).map { #""p\#($0)""# }
        let members = names.map { #"\#($0):{"type":"null"}"# }.joined(separator: ",")
        let all = names.joined(separator: ",")
        return #"{"type":"object","properties":{\#(members)},"required":[\#(all)],"additionalProperties":false}"#
    }

    private static func wrapped(_ member: String) -> String {
        #"{"type":"object","properties":{"a":\#(member)},"required":["a"],"additionalProperties":false}"#
    }
}
