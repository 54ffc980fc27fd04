import LanguageModels

extension JSONValue {
    /// Whether this is an error, whatever the status says: some servers write `error` with nothing in it when all is well.
    var reportsError: Bool {
        if self["object"]?.string == "error" { return true }
        return switch self["error"] {
        case nil, .null, .bool(false), .string(""): false
        case .object(let object): !object.isEmpty
        case .array(let faults): !faults.isEmpty
        case .bool, .number, .string: true
        }
    }
}
