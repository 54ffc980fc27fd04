import LanguageModels

/// Whether a JSON Schema is of the subset that OpenAI can hold an answer to.
///
/// Schemas are never changed: what is not of the subset is sent without `strict`.
enum StrictSchema {
    /// What is not of the subset, in one line; `nil` where everything is.
    static func fault(in schema: JSONValue) -> String? {
        guard schema["type"]?.string == "object" else { return "the root is no object" }
        guard schema["anyOf"] == nil else { return "the root is a choice" }
        return fault(in: schema, at: "the root", depth: 0)
    }

    private static func fault(in schema: JSONValue, at place: String, depth: Int) -> String? {
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
        for (child, name) in children(of: schema) {
            if let fault = fault(in: child, at: name, depth: depth + 1) { return fault }
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
        let types = schema["type"]?.string.map { [$0] } ?? schema["type"]?.elements.compactMap(\.string) ?? []
        guard types.contains("object") || schema["properties"] != nil else { return nil }
        guard schema["additionalProperties"]?.bool == false else {
            return "\(place) does not say additionalProperties: false"
        }
        let required = Set((schema["required"]?.elements ?? []).compactMap(\.string))
        let missing = schema["properties"]?.object?.keys.first { !required.contains($0) }
        return missing.map { "\(place) does not require \($0)" }
    }

    private static func faultOfArray(_ schema: JSONValue, at place: String) -> String? {
        guard schema["type"]?.string == "array", schema["items"]?.object?.isEmpty ?? true else { return nil }
        return "\(place) does not say what its items are"
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
