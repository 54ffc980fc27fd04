import LanguageModels

/// Fits a JSON Schema to what Anthropic's structured output takes: what it refuses is moved into the description, where
/// the model reads it; objects are closed.
struct AnthropicSchema {
    /// The schema as it is to be sent.
    private(set) var schema: JSONValue
    /// The keywords that were moved, each once.
    private(set) var moved: [String] = []

    /// Fits a schema.
    init(_ schema: JSONValue) {
        self.schema = .null
        self.schema = fitted(schema)
    }

    private static let refused: Set<String> = [
        "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "pattern",
        "maxItems", "uniqueItems", "minProperties", "maxProperties", "not",
    ]
    private static let formats: Set<String> = [
        "date-time", "time", "date", "duration", "email", "hostname", "uri", "ipv4", "ipv6", "uuid",
    ]

    private mutating func fitted(_ schema: JSONValue) -> JSONValue {
        guard let object = schema.object else { return schema }
        var result = JSONObject()
        var notes: [String] = []
        for (key, value) in object.members {
            if isRefused(key, value) {
                notes.append("\(key): \(value.string ?? value.text)")
                if !moved.contains(key) { moved.append(key) }
            } else {
                result[key == "oneOf" ? "anyOf" : key] = fitted(value, of: key)
            }
        }
        close(&result)
        guard !notes.isEmpty else { return .object(result) }
        let words = "{" + notes.joined(separator: ", ") + "}"
        result["description"] = .string(result["description"]?.string.map { "\($0) \(words)" } ?? words)
        return .object(result)
    }

    private func isRefused(_ key: String, _ value: JSONValue) -> Bool {
        switch key {
        case "minItems": (value.integer ?? 0) > 1
        case "format": !(value.string.map(Self.formats.contains) ?? false)
        default: Self.refused.contains(key)
        }
    }

    /// Goes into members that are schemas, or hold some; all else (an `enum`, a `default`) stays as it is.
    private mutating func fitted(_ value: JSONValue, of key: String) -> JSONValue {
        switch (key, value) {
        case ("properties", .object(let named)), ("$defs", .object(let named)), ("definitions", .object(let named)):
            return .object(JSONObject(named.members.map { ($0.key, fitted($0.value)) }))
        case ("anyOf", .array(let elements)), ("oneOf", .array(let elements)), ("allOf", .array(let elements)),
            ("prefixItems", .array(let elements)):
            return .array(elements.map { fitted($0) })
        case ("items", _):
            return fitted(value)
        default:
            return value
        }
    }

    /// Whether a schema leads back into itself, which structured output does not take.
    static func isRecursive(_ schema: JSONValue) -> Bool {
        SchemaGraph(schema).hasCycle
    }

    private mutating func close(_ object: inout JSONObject) {
        guard object["type"]?.string == "object" || object["properties"] != nil else { return }
        if let given = object["additionalProperties"], given != false, !moved.contains("additionalProperties") {
            moved.append("additionalProperties")
        }
        object["additionalProperties"] = false
    }
}
