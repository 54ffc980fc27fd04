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
        let members = object.members
        var result: [(key: String, value: JSONValue)]?
        for (index, (key, value)) in members.enumerated() {
            let isDropped = refused.contains(key) || key == "const"
            let new = isDropped ? nil : changed(value, of: key)
            if result == nil, isDropped || new != nil { result = Array(members[..<index]) }
            if key == "const", object["enum"] == nil { result?.append(("enum", [value])) }
            if !isDropped { result?.append((key, new ?? value)) }
        }
        return result.map { JSONObject($0) }
    }

    private static func changed(_ value: JSONValue, of key: String) -> JSONValue? {
        if named.contains(key) { return changedMembers(of: value) }
        return literal.contains(key) ? nil : changed(value)
    }

    /// Changes schemas that stand under names of the caller's, which may be any words.
    private static func changedMembers(of value: JSONValue) -> JSONValue? {
        guard var members = value.object?.members else { return nil }
        var isChanged = false
        for index in members.indices {
            guard let new = changed(members[index].value) else { continue }
            members[index].value = new
            isChanged = true
        }
        return isChanged ? .object(JSONObject(members)) : nil
    }

    private static let refused: Set = ["$schema", "discriminator", "exclusiveMinimum", "exclusiveMaximum"]
    private static let named: Set = ["properties", "$defs", "definitions", "patternProperties", "dependentSchemas"]
    private static let literal: Set = ["enum", "default", "examples", "required", "example"]
}
