import LanguageModels

/// Makes a value that fits a JSON schema, always the same for the same schema.
///
/// It reads both JSON Schema and the subset of OpenAPI that Gemini takes. Patterns are not followed.
struct SchemaSample {
    private let root: JSONValue
    /// How many references may still be followed, so that a schema that holds itself comes to an end.
    private var budget = 64
    /// How many more values and characters may be asked for, so that no schema takes all memory.
    private var room = 1 << 20

    private static let formats = [
        "date-time": "2026-01-02T03:04:05Z", "date": "2026-01-02", "time": "03:04:05Z", "duration": "PT1M",
        "email": "someone@example.com", "hostname": "example.com", "ipv4": "192.0.2.1", "ipv6": "2001:db8::1",
        "uuid": "00000000-0000-4000-8000-000000000000", "uri": "https://example.com/",
    ]

    init(_ schema: JSONValue) {
        root = schema
    }

    /// A value that fits the schema.
    static func value(for schema: JSONValue) -> JSONValue {
        var sample = SchemaSample(schema)
        return sample.value(for: schema, named: "answer", depth: 0)
    }

    private mutating func value(for schema: JSONValue, named name: String, depth: Int) -> JSONValue {
        guard room > 0 else { return .null }
        room -= 1
        if let reference = schema["$ref"]?.string {
            guard budget > 0, let target = target(of: reference) else { return .null }
            budget -= 1
            return value(for: target, named: name, depth: depth)
        }
        if case .object(let members) = schema, let constant = members["const"] { return constant }
        if let first = schema["enum"]?[0] { return first }
        if let choices = schema["anyOf"] ?? schema["oneOf"] {
            return value(for: choice(among: choices.elements, depth: depth), named: name, depth: depth + 1)
        }
        if let parts = schema["allOf"] {
            budget -= parts.elements.count { $0["$ref"] != nil }
            guard budget >= 0 else { return .null }
            return value(for: merged(parts.elements), named: name, depth: depth + 1)
        }
        return value(ofType: type(of: schema, depth: depth), schema, named: name, depth: depth)
    }

    private func target(of reference: String) -> JSONValue? {
        guard reference.hasPrefix("#") else { return nil }
        return reference.dropFirst().split(separator: "/").reduce(root) { value, key in value?[String(key)] }
    }

    /// The first choice; from a depth of six on the one that nests least.
    private func choice(among choices: [JSONValue], depth: Int) -> JSONValue {
        let isShallow: (JSONValue) -> Bool = { choice in
            let type = choice["type"]?.string?.lowercased()
            return type != nil && type != "object" && type != "array"
        }
        let first = choices.first ?? [:]
        return depth < 6 ? first : choices.first(where: isShallow) ?? first
    }

    private func merged(_ parts: [JSONValue]) -> JSONValue {
        var all = JSONObject()
        for part in parts {
            let part = part["$ref"]?.string.flatMap(target) ?? part
            if let members = part.object { all.merge(members) }
        }
        return .object(all)
    }

    private func type(of schema: JSONValue, depth: Int) -> String {
        let names = schema["type"]?.string.map { [$0] } ?? schema["type"]?.elements.compactMap(\.string) ?? []
        if depth >= 6, names.contains("null") || schema["nullable"]?.bool == true { return "null" }
        if let name = names.first(where: { $0 != "null" }) ?? names.first { return name.lowercased() }
        if schema["properties"] != nil { return "object" }
        return schema["items"] == nil ? "string" : "array"
    }

    private mutating func value(
        ofType type: String,
        _ schema: JSONValue,
        named name: String,
        depth: Int
    ) -> JSONValue {
        switch type {
        case "object": object(schema, depth: depth)
        case "array": array(schema, named: name, depth: depth)
        case "integer": integer(schema)
        case "number": .double(number(schema, whole: false))
        case "boolean": true
        case "null": .null
        default: .string(text(schema, named: name))
        }
    }

    private mutating func object(_ schema: JSONValue, depth: Int) -> JSONValue {
        let properties = schema["properties"]?.object?.members ?? []
        // Looked up by hash, and taken out: a schema may have very many, and name one twice.
        var left = Dictionary(properties.map { ($0.key, $0.value) }) { _, last in last }
        let required = depth < 6 ? [] : Set(schema["required"]?.elements.compactMap(\.string) ?? [])
        let order = schema["propertyOrdering"]?.elements.compactMap(\.string) ?? []
        var members: [(key: String, value: JSONValue)] = []
        for key in order + properties.map(\.key) where depth < 6 || required.contains(key) {
            guard let property = left.removeValue(forKey: key) else { continue }
            members.append((key, value(for: property, named: key, depth: depth + 1)))
        }
        return .object(JSONObject(members))
    }

    private mutating func array(_ schema: JSONValue, named name: String, depth: Int) -> JSONValue {
        var elements: [JSONValue] = []
        for part in schema["prefixItems"]?.elements ?? [] {
            elements.append(value(for: part, named: name, depth: depth + 1))
        }
        let least = schema["minItems"]?.integer ?? (depth < 6 && schema["maxItems"]?.integer != 0 ? 1 : 0)
        guard let items = schema["items"], items.object != nil else { return .array(elements) }
        while elements.count < least, room > 0 {
            elements.append(value(for: items, named: name, depth: depth + 1))
        }
        return .array(elements)
    }

    private func integer(_ schema: JSONValue) -> JSONValue {
        let value = number(schema, whole: true)
        return Int(exactly: value).map { .integer($0) } ?? .double(value)
    }

    private func number(_ schema: JSONValue, whole: Bool) -> Double {
        let step = schema["multipleOf"]?.double ?? 1
        var value = whole ? 1.0 : 1.5
        if let least = schema["minimum"]?.double { value = max(value, least) }
        if let bound = schema["exclusiveMinimum"]?.double { value = max(value, bound + (whole ? 1 : 0.5)) }
        if let most = schema["maximum"]?.double { value = min(value, most) }
        if let bound = schema["exclusiveMaximum"]?.double, value >= bound { value = bound - (whole ? 1 : 0.5) }
        guard schema["multipleOf"] != nil, step > 0 else { return whole ? value.rounded(.up) : value }
        return (value / step).rounded(.up) * step
    }

    private mutating func text(_ schema: JSONValue, named name: String) -> String {
        if let format = schema["format"]?.string, let text = Self.formats[format] { return text }
        var text = "simulated \(name)"
        if let least = schema["minLength"]?.integer, text.count < least {
            let missing = min(least - text.count, room)
            room -= missing
            text += String(repeating: ".", count: missing)
        }
        if let most = schema["maxLength"]?.integer { text = String(text.prefix(max(0, most))) }
        return text
    }
}
