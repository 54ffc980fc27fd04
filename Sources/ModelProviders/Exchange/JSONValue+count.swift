import LanguageModels

extension JSONValue {
    /// A count of the service's: rounded, not below zero, and small enough that thousands of them can be added up.
    var count: Int? {
        if let integer { return min(max(integer, 0), Self.largest) }
        return double.map { Int(min(max($0, 0), Double(Self.largest)).rounded()) }
    }

    private static let largest = 1 << 48
}
