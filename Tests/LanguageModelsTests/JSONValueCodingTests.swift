import Foundation
import LanguageModels
import Testing

struct JSONValueCodingTests {
    private func readBack(_ value: JSONValue) throws -> JSONValue {
        try JSONDecoder().decode(JSONValue.self, from: JSONEncoder().encode(value))
    }

    @Test(arguments: [
        "null", "true", "false", "\"\"", "\"true\"", "\"1\"", "\"é\\u0000\\n\\\"\\\\/😀\"", "[]", "{}", "[null]",
        "[[],{}]",
        "{\"\":null}", "{\"a\":{\"b\":[1,\"2\",false,null,{}]},\"c_d\":1,\"eF\":2}",
    ])
    func `comes back as it was`(text: String) throws {
        let value = try JSONValue(parsing: text)

        #expect(try readBack(value) == value)
        #expect(try JSONValue(parsing: JSONEncoder().encode(value)) == value)
    }

    @Test(arguments: [
        "0", "-1", "9223372036854775807", "-9223372036854775808", "9223372036854775808", "18446744073709551615",
        "18446744073709551616", "-170141183460469231731687303715884105728", "0.1", "-0.25", "5e-324", "1e+300",
    ])
    func `keeps the digits of numbers`(text: String) throws {
        let value = try JSONValue(parsing: text)

        #expect(String(decoding: try JSONEncoder().encode(value), as: UTF8.self) == text)
        #expect(try readBack(value).text == text)
    }

    @Test(arguments: [("1.0", "1"), ("1e3", "1000"), ("0.10000000000000000555", "0.1")])
    func `keeps the value of numbers that are spelled unusually`(text: String, spelling: String) throws {
        let value = try JSONValue(parsing: text)

        #expect(try readBack(value) == value)
        #expect(try readBack(value).text == spelling)
    }

    @Test func `says which number cannot be written`() throws {
        let value = try JSONValue(parsing: "{\"a\":[1e999]}")

        let error = #expect(throws: EncodingError.self) { try JSONEncoder().encode(value) }

        guard case .invalidValue(_, let context)? = error else {
            Issue.record("another error: \(String(describing: error))")
            return
        }
        #expect(context.debugDescription == "the number 1e999 is beyond what an encoder can write")
        #expect(context.codingPath.map(\.stringValue) == ["a", "Index 0"])
    }

    @Test func `writes members in their order, and of several with one key the last`() throws {
        let value = try JSONValue(parsing: #"{"b":1,"a":2,"b":3,"c":4}"#)
        let keys = OrderedKeys()

        try value.encode(to: keys)

        #expect(keys.written.current == ["a", "b", "c"])
        #expect(try readBack(value)["b"] == 3)
    }

    @Test func `stands for any value inside others`() throws {
        struct Holder: Codable, Equatable {
            var value: JSONValue
            var maybe: JSONValue?
        }

        let json = #"{"value":null}"#
        let holder = try JSONDecoder().decode(Holder.self, from: Data(json.utf8))

        #expect(holder == Holder(value: .null))
        #expect(String(decoding: try JSONEncoder().encode(holder), as: UTF8.self) == json)
    }
}

/// An encoder that remembers the keys it is given, in their order.
private final class OrderedKeys: Encoder {
    let written = Shared<[String]>([])
    let codingPath: [any CodingKey] = []
    let userInfo: [CodingUserInfoKey: Any] = [:]

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(Members<Key>(written: written))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer { preconditionFailure("only objects are expected") }
    func singleValueContainer() -> any SingleValueEncodingContainer { preconditionFailure("only objects are expected") }

    private struct Members<Key: CodingKey>: KeyedEncodingContainerProtocol {
        let written: Shared<[String]>
        let codingPath: [any CodingKey] = []

        func encodeNil(forKey key: Key) {}
        func encode(_ value: some Encodable, forKey key: Key) { written.change { $0.append(key.stringValue) } }
        func nestedContainer<Nested>(
            keyedBy keyType: Nested.Type,
            forKey key: Key
        ) -> KeyedEncodingContainer<Nested> { preconditionFailure("only values are expected") }
        func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
            preconditionFailure("only values are expected")
        }
        func superEncoder() -> any Encoder { preconditionFailure("only values are expected") }
        func superEncoder(forKey key: Key) -> any Encoder { preconditionFailure("only values are expected") }
    }
}
