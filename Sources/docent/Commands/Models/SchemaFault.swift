import LanguageModels

/// The first place at which a JSON value is no JSON Schema (draft 2020-12, and what drafts 4 to 7 wrote otherwise).
///
/// Keywords that are not known are left alone, and so is all that a service may refuse although it is valid.
struct SchemaFault: CustomStringConvertible {
    /// The place as a JSON Pointer (RFC 6901).
    private(set) var place: String
    /// What is expected there.
    let wanted: String
    /// What stands there, shortened.
    let found: String

    var description: String {
        place.isEmpty ? "\(wanted), not \(found)" : "at \(place), \(wanted), not \(found)"
    }

    /// Finds the first fault; `nil` where there is none.
    init?(in schema: JSONValue) {
        guard let fault = Self.ofSchema(schema) else { return nil }
        self = fault
    }

    private init(_ wanted: String, _ found: JSONValue, at place: String = "") {
        self.place = place
        self.wanted = wanted
        let text = found.text
        self.found = text.count > 40 ? text.prefix(40) + "…" : text
    }

    /// The same fault seen from one step further up.
    private func below(_ key: String) -> SchemaFault {
        var fault = self
        fault.place = "/" + key.replacing("~", with: "~0").replacing("/", with: "~1") + place
        return fault
    }
}

extension SchemaFault {
    private static func ofSchema(_ value: JSONValue) -> SchemaFault? {
        if value.bool != nil { return nil }
        guard let object = value.object else {
            return SchemaFault("a schema is expected, which is an object, true or false", value)
        }
        for (key, value) in object.members {
            if let fault = rules[key]?(value) { return fault.below(key) }
        }
        return nil
    }

    /// What is wrong with a keyword's value.
    private typealias Rule = @Sendable (JSONValue) -> SchemaFault?

    private static let rules: [String: Rule] = {
        var rules: [String: Rule] = ["type": ofType, "items": ofItems, "enum": ofChoices]
        func add(_ keys: String, _ rule: @escaping Rule) {
            for key in keys.split(separator: " ") { rules[String(key)] = rule }
        }
        add("properties patternProperties $defs definitions dependentSchemas", ofNamedSchemas)
        add("anyOf oneOf allOf prefixItems", ofSchemas)
        add("not if then else contains propertyNames", ofSchema)
        add("additionalProperties additionalItems unevaluatedProperties unevaluatedItems", ofSchema)
        add("minLength maxLength minItems maxItems minProperties maxProperties minContains maxContains", ofCount)
        add("minimum maximum multipleOf", ofNumber)
        add("title description format pattern $ref $schema $id $anchor $comment", ofText)
        add("uniqueItems deprecated readOnly writeOnly", ofTruth)
        // Draft 4 wrote `required: true` at the property; no service takes that.
        rules["required"] = ofNames
        return rules
    }()

    private static let types = ["array", "boolean", "integer", "null", "number", "object", "string"]

    private static func ofType(_ value: JSONValue) -> SchemaFault? {
        let names = if case .array(let names) = value, !names.isEmpty { names } else { [value] }
        guard let wrong = names.first(where: { name in !types.contains { $0 == name.string } }) else { return nil }
        return SchemaFault("a type is one of \(types.joined(separator: ", "))", wrong)
    }

    private static func ofItems(_ value: JSONValue) -> SchemaFault? {
        if case .array = value { ofSchemas(value) } else { ofSchema(value) }
    }

    private static func ofChoices(_ value: JSONValue) -> SchemaFault? {
        value.elements.isEmpty ? SchemaFault("a list of values is expected", value) : nil
    }

    private static func ofNamedSchemas(_ value: JSONValue) -> SchemaFault? {
        guard let object = value.object else { return SchemaFault("an object of schemas is expected", value) }
        for (key, schema) in object.members {
            if let fault = ofSchema(schema) { return fault.below(key) }
        }
        return nil
    }

    private static func ofSchemas(_ value: JSONValue) -> SchemaFault? {
        guard case .array(let schemas) = value, !schemas.isEmpty else {
            return SchemaFault("a list of schemas is expected", value)
        }
        for (index, schema) in schemas.enumerated() {
            if let fault = ofSchema(schema) { return fault.below("\(index)") }
        }
        return nil
    }

    private static func ofNames(_ value: JSONValue) -> SchemaFault? {
        guard case .array(let names) = value, names.allSatisfy({ $0.string != nil }) else {
            return SchemaFault("a list of names is expected", value)
        }
        return nil
    }

    private static func ofCount(_ value: JSONValue) -> SchemaFault? {
        if case .number(let number) = value, let count = number.integer, count >= 0 { return nil }
        return SchemaFault("a whole number from 0 is expected", value)
    }

    private static func ofNumber(_ value: JSONValue) -> SchemaFault? {
        value.double == nil ? SchemaFault("a number is expected", value) : nil
    }

    private static func ofText(_ value: JSONValue) -> SchemaFault? {
        value.string == nil ? SchemaFault("a text is expected", value) : nil
    }

    private static func ofTruth(_ value: JSONValue) -> SchemaFault? {
        value.bool == nil ? SchemaFault("true or false is expected", value) : nil
    }
}
