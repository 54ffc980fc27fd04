import LanguageModels
import Testing

@testable import docent

struct SchemaFaultTests {
    @Test(arguments: [
        (
            "{\"type\": \"object\",\n \"properties\": {},\n}\n", "form.json",
            "form.json:3: a JSON Schema is expected, but this is no JSON: a key in quotes is expected"
        ),
        ("[]", "-", "standard input: a JSON Schema, which is an object, is expected"),
        (
            #"{"type": 5}"#, "-",
            "standard input: this is no JSON Schema: at /type, a type is one of array, boolean, integer, null, "
                + "number, object, string, not 5"
        ),
    ])
    func `says which file is no schema, and in which line it is no JSON`(text: String, path: String, message: String) {
        let error = #expect(throws: InputError.self) { try OutputSchema(file: path, bytes: Array(text.utf8)) }

        #expect(error?.description == message)
    }

    @Test(arguments: [
        (
            #"{"type": 5}"#,
            "at /type, a type is one of array, boolean, integer, null, number, object, string, not 5"
        ),
        (
            #"{"properties": {"a/b": {"type": ["string", "text"]}}}"#,
            "at /properties/a~1b/type, a type is one of array, boolean, integer, null, number, object, string, "
                + #"not "text""#
        ),
        (#"{"properties": []}"#, "at /properties, an object of schemas is expected, not []"),
        (
            #"{"items": {"anyOf": [true, 7]}}"#,
            "at /items/anyOf/1, a schema is expected, which is an object, true or false, not 7"
        ),
        (#"{"required": true}"#, "at /required, a list of names is expected, not true"),
        (#"{"required": ["a", 1]}"#, #"at /required, a list of names is expected, not ["a",1]"#),
        (#"{"enum": {}}"#, "at /enum, a list of values is expected, not {}"),
        (#"{"oneOf": []}"#, "at /oneOf, a list of schemas is expected, not []"),
        (#"{"minLength": -1}"#, "at /minLength, a whole number from 0 is expected, not -1"),
        (#"{"maxItems": "3"}"#, #"at /maxItems, a whole number from 0 is expected, not "3""#),
        (#"{"minimum": null}"#, "at /minimum, a number is expected, not null"),
        (#"{"description": {}}"#, "at /description, a text is expected, not {}"),
        (#"{"$defs": {"x": {"uniqueItems": 1}}}"#, "at /$defs/x/uniqueItems, true or false is expected, not 1"),
    ])
    func `says what is wrong, and where`(schema: String, message: String) throws {
        let fault = SchemaFault(in: try JSONValue(parsing: schema))

        #expect(fault?.description == message)
    }

    @Test(arguments: [
        "{}", "true", #"{"type": ["string", "null"], "enum": ["a", null], "default": 5, "nullable": 3}"#,
        #"{"type": "object", "properties": {"type": {"type": "string"}}, "additionalProperties": false}"#,
        #"{"items": [{"type": "integer"}, false], "minItems": 2.0, "maximum": -1e3, "exclusiveMaximum": true}"#,
        ##"{"$ref": "#/$defs/a", "$defs": {"a": {"not": {"const": {"type": 5}}}}, "examples": [{"type": 5}]}"##,
    ])
    func `takes what is valid, and leaves alone what it does not know`(schema: String) throws {
        #expect(SchemaFault(in: try JSONValue(parsing: schema))?.description == nil)
    }
}
