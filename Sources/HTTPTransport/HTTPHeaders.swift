/// The headers of a request or an answer: names are found whatever their case, and may repeat.
public struct HTTPHeaders: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    /// A header.
    public struct Field: Hashable, Sendable {
        /// The name as it was given.
        public var name: String
        /// The value.
        public var value: String
    }

    /// The headers in their order.
    public private(set) var fields: [Field] = []

    /// Headers with these names and values.
    public init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { Field(name: $0.0, value: $0.1) }
    }

    /// No headers, and room for so many.
    init(capacity: Int) {
        fields.reserveCapacity(capacity)
    }

    /// The first value of a name; setting replaces all, `nil` removes all.
    public subscript(name: String) -> String? {
        get { fields.first { Self.same($0.name, name) }?.value }
        set {
            // To remove nothing would copy all.
            if self[name] != nil { fields.removeAll { Self.same($0.name, name) } }
            if let newValue { add(name, newValue) }
        }
    }

    /// Adds a header beside those of the same name.
    public mutating func add(_ name: String, _ value: String) {
        fields.append(Field(name: name, value: value))
    }

    private static func same(_ left: String, _ right: String) -> Bool {
        guard left.utf8.count == right.utf8.count else { return false }
        return zip(left.utf8, right.utf8).allSatisfy { lowercase($0) == lowercase($1) }
    }

    private static func lowercase(_ byte: UInt8) -> UInt8 {
        UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte
    }
}
