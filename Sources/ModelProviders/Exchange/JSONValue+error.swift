import LanguageModels

extension JSONValue {
    /// Whether this is an error, whatever the status says: some servers write `error` with nothing in it when all is well.
    var reportsError: Bool {
        // Gemini puts its errors into a list.
        if case .array(let elements) = self { return elements.count == 1 && elements[0].reportsError }
        if self["object"]?.string == "error" { return true }
        return switch self["error"] {
        case nil, .null, .bool(false), .string(""): false
        case .object(let object): !object.isEmpty
        case .array(let faults): !faults.isEmpty
        case .bool, .number, .string: true
        }
    }
}

extension JSONValue {
    /// The text, where this is one that is not empty: services write nothing as an empty text, too.
    var nonEmptyString: String? {
        guard case .string(let text) = self, !text.isEmpty else { return nil }
        return text
    }
}

extension JSONView {
    /// By the rules of ``JSONValue``.
    var reportsError: Bool {
        if isObject, self["error"] == nil, self["object"]?.isString("error") != true { return false }
        return value.reportsError
    }

    /// By the rules of ``JSONValue``.
    var nonEmptyString: String? {
        string.flatMap { $0.isEmpty ? nil : $0 }
    }
}
