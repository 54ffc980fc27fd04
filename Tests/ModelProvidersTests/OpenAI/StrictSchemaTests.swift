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

    private static func wrapped(_ member: String) -> String {
        #"{"type":"object","properties":{"a":\#(member)},"required":["a"],"additionalProperties":false}"#
    }
}
