import LanguageModels
import Testing

@testable import docent_simulate

struct SchemaSampleTests {
    @Test(arguments: [
        (
            #"{"type":"object","properties":{"b":{"type":"integer"},"a":{"type":"string"}}}"#,
            #"{"b":1,"a":"simulated a"}"#
        ),
        (
            #"{"type":"object","properties":{"b":{"type":"integer"},"a":{"type":"null"}},"propertyOrdering":["a","b"]}"#,
            #"{"a":null,"b":1}"#
        ),
        (#"{"enum":["x","y"]}"#, #""x""#), (#"{"const":5}"#, "5"), (#"{"type":["null","boolean"]}"#, "true"),
        (#"{"type":"OBJECT","properties":{"n":{"type":"NUMBER"}}}"#, #"{"n":1.5}"#),
        (#"{"type":"integer","minimum":10,"maximum":20}"#, "10"), (#"{"type":"integer","exclusiveMinimum":3}"#, "4"),
        (#"{"type":"integer","maximum":-2}"#, "-2"), (#"{"type":"integer","minimum":4,"multipleOf":3}"#, "6"),
        (#"{"type":"array","items":{"type":"boolean"},"minItems":3}"#, "[true,true,true]"),
        (#"{"type":"array","maxItems":0,"items":{"type":"boolean"}}"#, "[]"),
        (#"{"type":"string","maxLength":4}"#, #""simu""#), (#"{"type":"string","format":"date"}"#, #""2026-01-02""#),
        (#"{"anyOf":[{"type":"boolean"},{"type":"null"}]}"#, "true"),
        (
            #"{"allOf":[{"type":"object","properties":{"a":{"const":1}}},{"properties":{"b":{"const":2}}}]}"#,
            #"{"a":1,"b":2}"#
        ),
        (##"{"$ref":"#/$defs/x","$defs":{"x":{"type":"boolean"}}}"##, "true"),
        (##"{"allOf":[{"$ref":"#"}]}"##, "null"), (#"{"type":"string","maxLength":-1}"#, #""""#),
        (#"{"type":"integer","minimum":1e300}"#, "1e+300"), (#"{"type":"integer","minimum":1e999}"#, "null"),
        (#"{"prefixItems":[{"const":1},{"const":"b"}],"type":"array"}"#, #"[1,"b"]"#),
    ])
    func `makes a value that fits`(schema: String, value: String) throws {
        #expect(SchemaSample.value(for: try JSONValue(parsing: schema)).text == value)
    }

    @Test(arguments: [
        #"{"type":"array","minItems":1e12,"items":{"type":"null"}}"#, #"{"type":"string","minLength":1e12}"#,
        #"{"type":"array","minItems":1e6,"items":{"type":"array","minItems":1e6,"items":{"type":"string","minLength":1e6}}}"#,
    ])
    func `does not take all memory for a schema that asks for much`(schema: String) throws {
        #expect(SchemaSample.value(for: try JSONValue(parsing: schema)).bytes.count < 8 << 20)
    }

    /// A search through a list for each of them would take minutes.
    @Test(.timeLimit(.minutes(1)))
    func `makes an object of very many properties`() throws {
        let properties = (0..<100_000).map { "\"p\($0)\":{}" }.joined(separator: ",")
        let schema = try JSONValue(parsing: "{\"properties\":{\(properties)}}")

        #expect(SchemaSample.value(for: schema).object?.members.count == 100_000)
    }

    @Test func `names each property once`() throws {
        let schema = #"{"properties":{"a":{"const":1},"b":{"const":2},"a":{"const":3}},"propertyOrdering":["b","b"]}"#

        #expect(SchemaSample.value(for: try JSONValue(parsing: schema)).text == #"{"b":2,"a":3}"#)
    }

    @Test func `comes to an end with a schema that holds itself`() throws {
        let schema = try JSONValue(
            parsing:
                ##"{"type":"object","properties":{"name":{"type":"string"},"children":{"type":"array","items":{"$ref":"#"}}},"required":["name","children"]}"##
        )

        var value = SchemaSample.value(for: schema)

        var depth = 0
        while let child = value["children"]?[0] {
            #expect(value["name"]?.string == "simulated name")
            value = child
            depth += 1
        }
        #expect(value["children"] == .array([]))
        #expect(depth < 10)
    }

    @Test(.timeLimit(.minutes(1))) func `takes time that grows with the properties alone`() {
        let names = (0..<50_000).map { "property number \($0)" }
        let properties = JSONObject(names.map { (key: $0, value: ["const": 1]) })
        let order = JSONValue.array(names.map { .string($0) })

        let value = SchemaSample.value(for: ["properties": .object(properties), "propertyOrdering": order])

        #expect(value.object?.keys == names)
    }
}
