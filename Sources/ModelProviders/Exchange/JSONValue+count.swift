import LanguageModels

extension JSONView {
    /// By the rules of ``JSONValue``.
    var count: Int? { integer.map(JSONValue.count) ?? value.count }
}

extension JSONValue {
    /// A count of the service's: rounded, not below zero, and small enough that thousands of them can be added up.
    var count: Int? {
        if let integer { return Self.count(integer) }
        return double.map { Int(min(max($0, 0), Double(Self.largest)).rounded()) }
    }

    fileprivate static func count(_ number: Int) -> Int { min(max(number, 0), largest) }

    private static let largest = 1 << 48
}
