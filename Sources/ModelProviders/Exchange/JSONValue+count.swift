import LanguageModels

extension JSONValue {
    /// A count of the service's: not below zero, and small enough that thousands of them can be added up.
    var count: Int? { integer.map { min(max($0, 0), 1 << 48) } }
}
