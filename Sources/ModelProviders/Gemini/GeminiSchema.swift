import LanguageModels

/// What of JSON Schema Gemini takes in `parametersJsonSchema` and `responseJsonSchema`.
enum GeminiSchema {
    /// A tool as a function declaration.
    static func declaration(_ tool: Tool) -> JSONValue {
        [
            "name": .string(tool.name), "description": .string(tool.description),
            "parametersJsonSchema": accepted(tool.parameters),
        ]
    }

    /// The schema without the words that the service refuses; a constant becomes a choice of one.
    static func accepted(_ schema: JSONValue) -> JSONValue {
        changed(schema) ?? schema
    }

    /// The schema with changes; `nil` where none are needed.
    private static func changed(_ schema: JSONValue) -> JSONValue? {
        switch schema {
        case .array(let elements): changed(elements).map { .array($0) }
        case .object(let object): changed(object).map { .object($0) }
        case .null, .bool, .number, .string: nil
        }
    }

    private static func changed(_ elements: [JSONValue]) -> [JSONValue]? {
        var result: [JSONValue]?
        for (index, element) in elements.enumerated() {
            guard let new = changed(element) else { continue }
            if result == nil { result = elements }
            result?[index] = new
        }
        return result
    }

    private static func changed(_ object: JSONObject) -> JSONObject? {
        var result: JSONObject?
        for (key, value) in object.members {
            if refused.contains(key) {
                result = result ?? object
                result?[key] = nil
            } else if key == "const" {
                result = result ?? object
                result?[key] = nil
                if object["enum"] == nil { result?["enum"] = [value] }
            } else if named.contains(key) {
                guard let new = changedMembers(of: value) else { continue }
                result = result ?? object
                result?[key] = new
            } else if !literal.contains(key), let new = changed(value) {
                result = result ?? object
                result?[key] = new
            }
        }
        return result
    }

    /// Changes schemas that stand under names of the caller's, which may be any words.
    private static func changedMembers(of value: JSONValue) -> JSONValue? {
        guard case .object(let object) = value else { return nil }
        var result: JSONObject?
        for (key, value) in object.members {
            guard let new = changed(value) else { continue }
            result = result ?? object
            result?[key] = new
        }
        return result.map { .object($0) }
    }

    private static let refused: Set = ["$schema", "discriminator", "exclusiveMinimum", "exclusiveMaximum"]
    private static let named: Set = ["properties", "$defs", "definitions", "patternProperties", "dependentSchemas"]
    private static let literal: Set = ["enum", "default", "examples", "required", "example"]
}
