import LanguageModels

/// Whether a JSON Schema is of the subset that OpenAI can hold an answer to.
///
/// Schemas are never changed: what is not of the subset is sent without `strict`.
enum StrictSchema {
    /// What is not of the subset, in one line; `nil` where everything is.
    static func fault(in schema: JSONValue) -> String? {
        guard schema["type"]?.string == "object" else { return "the root is no object" }
        guard schema["anyOf"] == nil else { return "the root is a choice" }
        var size = Size()
        return fault(in: schema, at: "the root", depth: 0, &size) ?? size.fault
    }

    /// How much stands in a schema.
    private struct Size {
        var properties = 0
        var choices = 0

        /// What there is too much of.
        var fault: String? {
            if properties > 5000 { return "it has more than 5000 properties" }
            return choices > 1000 ? "it has more than 1000 values to choose from" : nil
        }
    }

    private static func fault(in schema: JSONValue, at place: String, depth: Int, _ size: inout Size) -> String? {
        guard depth <= 10 * 2 else { return "\(place) is nested deeper than 10" }
        guard let object = schema.object else { return nil }
        for (key, _) in object.members where refused.contains(key) { return "\(place) uses \(key)" }
        if schema["$ref"] != nil, object.members.count > 1, depth > 0 {
            return "\(place) has keywords beside $ref"
        }
        if let format = schema["format"]?.string, !formats.contains(format) {
            return "\(place) uses the format \(format)"
        }
        if let pattern = schema["pattern"]?.string, ["(?=", "(?!", "(?<"].contains(where: pattern.contains) {
            return "\(place) uses a pattern that looks around"
        }
        if let fault = faultOfObject(schema, at: place) ?? faultOfArray(schema, at: place) { return fault }
        size.properties += schema["properties"]?.object?.members.count ?? 0
        size.choices += schema["enum"]?.elements.count ?? 0
        for (child, name) in children(of: schema) {
            if let fault = fault(in: child, at: name, depth: depth + 1, &size) { return fault }
        }
        return nil
    }

    private static let refused: Set = [
        "oneOf", "allOf", "not", "if", "then", "else", "dependentRequired", "dependentSchemas", "patternProperties",
        "minLength", "maxLength", "minProperties", "maxProperties", "uniqueItems", "contains", "minContains",
        "maxContains", "unevaluatedProperties", "unevaluatedItems", "propertyNames", "default",
    ]
    private static let formats: Set = [
        "date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid",
    ]

    private static func faultOfObject(_ schema: JSONValue, at place: String) -> String? {
        guard types(of: schema).contains("object") || schema["properties"] != nil else { return nil }
        guard schema["additionalProperties"]?.bool == false else {
            return "\(place) does not say additionalProperties: false"
        }
        let required = Set((schema["required"]?.elements ?? []).compactMap(\.string))
        let missing = schema["properties"]?.object?.keys.first { !required.contains($0) }
        return missing.map { "\(place) does not require \($0)" }
    }

    private static func faultOfArray(_ schema: JSONValue, at place: String) -> String? {
        guard types(of: schema).contains("array") else { return nil }
        let saysWhat = ["type", "anyOf", "$ref", "enum", "const"].contains { schema["items"]?[$0] != nil }
        return saysWhat ? nil : "\(place) does not say what its items are"
    }

    private static func types(of schema: JSONValue) -> [String] {
        schema["type"]?.string.map { [$0] } ?? schema["type"]?.elements.compactMap(\.string) ?? []
    }

    private static func children(of schema: JSONValue) -> [(JSONValue, String)] {
        var children: [(JSONValue, String)] = []
        for key in ["properties", "$defs", "definitions"] {
            children += (schema[key]?.object?.members ?? []).map { ($0.value, $0.key) }
        }
        children += (schema["anyOf"]?.elements ?? []).map { ($0, "a choice") }
        if let items = schema["items"] { children.append((items, "an item")) }
        return children
    }
}
