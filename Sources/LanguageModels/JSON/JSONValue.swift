/// A JSON value whose objects keep the order of their members and whose numbers keep their digits.
///
/// Order matters here: a service writes structured output in the order of the schema's properties, and a prompt cache
/// hits only when the same request gives the same bytes. Foundation's coders keep neither.
public enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case number(JSONNumber)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)
}

extension JSONValue {
    /// The member with this key, or `nil` where this is no object, has no such member, or the member is `null`.
    ///
    /// Services send `null` for what is absent; a reader seldom wants to tell the two apart.
    public subscript(key: String) -> JSONValue? {
        guard case .object(let object) = self, let value = object[key] else { return nil }
        if case .null = value { return nil }
        return value
    }

    /// The element at this index, or `nil` where this is no array or has no such element.
    public subscript(index: Int) -> JSONValue? {
        guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
        return elements[index]
    }

    /// The text, where this is a string.
    public var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The truth value, where this is one.
    public var bool: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }

    /// The whole number, where this is a number without a fraction (`69.0` counts), or a string that spells one.
    ///
    /// Some services write counts as floating-point numbers or as strings.
    public var integer: Int? {
        switch self {
        case .number(let number): number.integer
        case .string(let text): JSONNumber(verbatim: text).integer
        default: nil
        }
    }

    /// The number, where this is one.
    public var double: Double? {
        guard case .number(let number) = self else { return nil }
        return number.double
    }

    /// The elements, where this is an array; otherwise none.
    public var elements: [JSONValue] {
        guard case .array(let elements) = self else { return [] }
        return elements
    }

    /// The members, where this is an object.
    public var object: JSONObject? {
        guard case .object(let object) = self else { return nil }
        return object
    }
}

extension JSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// The value of a literal.
    public init(nilLiteral: ()) { self = .null }
    /// The value of a literal.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// The value of a literal.
    public init(integerLiteral value: Int) { self = .number(JSONNumber(value)) }
    /// The value of a literal.
    public init(floatLiteral value: Double) { self = .number(JSONNumber(value)) }
    /// The value of a literal.
    public init(stringLiteral value: String) { self = .string(value) }
    /// The value of a literal.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

    /// An object of these members in this order; of two with one key the later is kept.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        // A tuple's names make no difference to memory; to copy the elements would cost as much as to make them.
        self = .object(JSONObject(unsafeBitCast(elements, to: [(key: String, value: JSONValue)].self)))
    }
}

extension JSONValue {
    /// A whole number.
    public static func integer(_ value: Int) -> JSONValue { .number(JSONNumber(value)) }

    /// A floating-point number; what JSON cannot write (an infinity, not a number) becomes `null`.
    public static func double(_ value: Double) -> JSONValue {
        value.isFinite ? .number(JSONNumber(value)) : .null
    }
}

/// The members of a JSON object, in their order.
public struct JSONObject: Hashable, Sendable {
    private var storage: [(key: String, value: JSONValue)] = []

    /// An object without members.
    public init() {}

    /// An object of these members; of several with one key the last counts, as in other readers of JSON.
    public init(_ members: [(key: String, value: JSONValue)]) {
        storage = members
    }

    /// The members in their order, as they were given (a repeated key stands repeatedly).
    public var members: [(key: String, value: JSONValue)] { storage }

    /// The keys in their order.
    public var keys: [String] { storage.map(\.key) }

    /// Whether there is no member.
    public var isEmpty: Bool { storage.isEmpty }

    /// The member with this key, read or replaced in its place or added at the end; `nil` removes it.
    public subscript(key: String) -> JSONValue? {
        get {
            // By index, so that the members that are passed over are not copied.
            guard let index = storage.indices.last(where: { storage[$0].key == key }) else { return nil }
            return storage[index].value
        }
        set {
            guard let newValue else { return storage.removeAll { $0.key == key } }
            if let index = storage.lastIndex(where: { $0.key == key }) {
                storage[index].value = newValue
            } else {
                storage.append((key, newValue))
            }
        }
    }

    /// Equal members whatever their order, as JSON has it.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.dictionary == right.dictionary
    }

    /// Hashes what is compared.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(dictionary)
    }

    private var dictionary: [String: JSONValue] {
        Dictionary(storage.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
    }
}

extension JSONObject {
    /// Adds the members of another object, replacing those with the same key; objects in objects are merged likewise.
    public mutating func merge(_ other: JSONObject) {
        var places = Dictionary(storage.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { $1 })
        for (key, value) in other.members {
            guard let place = places[key] else {
                places[key] = storage.count
                storage.append((key, value))
                continue
            }
            if case .object(var mine) = storage[place].value, case .object(let theirs) = value {
                mine.merge(theirs)
                storage[place].value = .object(mine)
            } else {
                storage[place].value = value
            }
        }
    }
}

/// A JSON number, kept as it was written.
public struct JSONNumber: Hashable, Sendable {
    /// The digits as JSON writes them.
    public let text: String

    /// A whole number.
    public init(_ value: Int) {
        text = String(value)
    }

    /// A finite floating-point number.
    ///
    /// - Precondition: `value` is finite.
    public init(_ value: Double) {
        precondition(value.isFinite, "JSON has no spelling for \(value)")
        text = value.rounded() == value && abs(value) < 1e15 ? String(Int(value)) : String(value)
    }

    /// A number that the parser has read.
    init(verbatim text: String) {
        self.text = text
    }

    /// The value, where it is whole and fits; `1e3` and `69.0` are whole.
    public var integer: Int? {
        Int(text) ?? Int(exactly: double)
    }

    /// The nearest floating-point value; infinite where the number is beyond its range.
    public var double: Double { Double(text) ?? .nan }

    /// Equal values, however they are spelled.
    public static func == (left: JSONNumber, right: JSONNumber) -> Bool {
        if left.text == right.text { return true }
        if let left = Int(left.text), let right = Int(right.text) { return left == right }
        return left.double == right.double
    }

    /// Hashes what is compared.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(double)
    }
}
