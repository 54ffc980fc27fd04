/// Encoded it is the value itself, not a description of it.
///
/// Members are handed to the encoder in their order, and are read in the order in which the decoder lists them; whether
/// they keep it is the coders' affair. Foundation's `JSONEncoder` and `JSONDecoder` do not (`.sortedKeys` at least
/// writes the same bytes each time), nor do they keep a repeated key. Whole numbers of up to 128 bits keep their digits,
/// others come back as the nearest `Double`, which counts as equal. A coder must leave keys as they are:
/// `.convertFromSnakeCase` would change them.
///
/// ``bytes`` and ``init(parsing:)-(String)`` keep everything.
extension JSONValue: Codable {
    /// Reads a value.
    ///
    /// - Throws: `DecodingError`.
    public init(from decoder: any Decoder) throws {
        if let scalar = try Self.scalar(in: decoder) {
            self = scalar
        } else if var elements = try? decoder.unkeyedContainer() {
            self = .array(try Self.elements(in: &elements))
        } else {
            let members = try decoder.container(keyedBy: MemberKey.self)
            self = .object(JSONObject(try members.allKeys.map { ($0.name, try members.decode(Self.self, forKey: $0)) }))
        }
    }

    /// Writes the value.
    ///
    /// - Throws: What the encoder throws; `EncodingError` for a number beyond the range of `Double`.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .null: try encoder.write { try $0.encodeNil() }
        case .bool(let value): try encoder.write { try $0.encode(value) }
        case .number(let number): try encoder.write { try number.write(to: &$0) }
        case .string(let text): try encoder.write { try $0.encode(text) }
        case .array(let elements):
            var container = encoder.unkeyedContainer()
            for element in elements { try container.encode(element) }
        case .object(let object):
            var container = encoder.container(keyedBy: MemberKey.self)
            for (key, value) in object.distinctMembers { try container.encode(value, forKey: MemberKey(name: key)) }
        }
    }

    /// What stands there, where it is neither array nor object.
    private static func scalar(in decoder: any Decoder) throws -> JSONValue? {
        guard let value = try? decoder.singleValueContainer() else { return nil }
        if value.decodeNil() { return .null }
        if let bool = try? value.decode(Bool.self) { return .bool(bool) }
        if let number = JSONNumber(in: value) { return .number(number) }
        return (try? value.decode(String.self)).map { .string($0) }
    }

    private static func elements(in container: inout any UnkeyedDecodingContainer) throws -> [JSONValue] {
        var elements: [JSONValue] = []
        while !container.isAtEnd { elements.append(try container.decode(JSONValue.self)) }
        return elements
    }
}

private struct MemberKey: CodingKey {
    let name: String

    init(name: String) { self.name = name }
    init?(stringValue: String) { name = stringValue }
    init?(intValue: Int) { nil }

    var stringValue: String { name }
    var intValue: Int? { nil }
}

extension JSONObject {
    /// The members that count: of several with one key the last.
    fileprivate var distinctMembers: [(key: String, value: JSONValue)] {
        guard Set(keys).count < keys.count else { return members }
        var seen: Set<String> = []
        return members.reversed().filter { seen.insert($0.key).inserted }.reversed()
    }
}

extension JSONNumber {
    fileprivate init?(in container: any SingleValueDecodingContainer) {
        if let value = try? container.decode(Int.self) {
            self.init(value)
        } else if let value = try? container.decode(UInt64.self) {
            self.init(verbatim: String(value))
        } else if let value = try? container.decode(Int128.self) {
            self.init(verbatim: String(value))
        } else if let value = try? container.decode(Double.self), value.isFinite {
            self.init(value)
        } else {
            return nil
        }
    }

    fileprivate func write(to container: inout any SingleValueEncodingContainer) throws {
        if let value = Int(text) { return try container.encode(value) }
        if let value = UInt64(text) { return try container.encode(value) }
        // An encoder that knows no such numbers says so before it has written anything.
        if let value = Int128(text), (try? container.encode(value)) != nil { return }
        guard double.isFinite else {
            let reason = "the number \(text) is beyond what an encoder can write"
            throw EncodingError.invalidValue(
                text,
                EncodingError.Context(codingPath: container.codingPath, debugDescription: reason)
            )
        }
        try container.encode(double)
    }
}

extension Encoder {
    fileprivate func write(_ write: (inout any SingleValueEncodingContainer) throws -> Void) rethrows {
        var container = singleValueContainer()
        try write(&container)
    }
}
