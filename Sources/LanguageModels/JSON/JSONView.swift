/// Reads JSON texts without copying what nobody asks for.
package enum JSONReader {
    /// Scans a text as ``JSONValue/init(parsing:)`` does, and gives a view of it to who wants to read it.
    ///
    /// - Throws: ``JSONSyntaxError``, or what `use` throws.
    package static func read<Result>(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ use: (JSONView) throws -> Result
    ) throws -> Result {
        var scanner = JSONScanner(bytes)
        try scanner.document()
        return try scanner.withView(use)
    }

    /// Scans a text likewise.
    ///
    /// - Throws: ``JSONSyntaxError``, or what `use` throws.
    package static func read<Result>(_ bytes: [UInt8], _ use: (JSONView) throws -> Result) throws -> Result {
        try bytes.withUnsafeBufferPointer { try read($0, use) }
    }
}

extension JSONScanner {
    /// Gives a view of a text that was scanned.
    func withView<Result>(_ use: (JSONView) throws -> Result) rethrows -> Result {
        guard let bytes = bytes.baseAddress else { preconditionFailure("a text that was scanned is not empty") }
        return try use(JSONView(bytes: bytes, nodes: nodes, index: 0))
    }
}

/// A value of a JSON text where it stands, good only inside the closure that it was given to.
package struct JSONView {
    // No more than fits into a processor's registers.
    fileprivate let bytes: UnsafePointer<UInt8>
    fileprivate let nodes: UnsafePointer<JSONNode>
    fileprivate let index: Int

    private var node: JSONNode { nodes[index] }

    private func at(_ index: Int) -> JSONView {
        JSONView(bytes: bytes, nodes: nodes, index: index)
    }

    private var text: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: bytes + Int(node.start), count: Int(node.end - node.start))
    }

    /// The member with this key, or `nil` where this is no object, has no such member, or the member is `null`; of
    /// several with one key the last counts.
    package subscript(key: StaticString) -> JSONView? {
        guard node.kind == .object else { return nil }
        let (characters, length) = (key.utf8Start, key.utf8CodeUnitCount)
        var found = 0
        var member = index + 1
        let end = Int(node.next)
        while member < end {
            let name = nodes[member]
            if name.kind == .string ? isText(name, characters, length) : at(member).isString(key) {
                found = member &+ 1
            }
            member = Int(nodes[member &+ 1].next)
        }
        return found == 0 || nodes[found].kind == .null ? nil : at(found)
    }

    /// Whether this is a string of these ASCII characters.
    package func isString(_ wanted: StaticString) -> Bool {
        guard node.kind == .string else { return node.kind == .escapedString && string == wanted.description }
        return isText(node, wanted.utf8Start, wanted.utf8CodeUnitCount)
    }

    /// Whether a string without escapes is of so many characters.
    @inline(__always)
    private func isText(_ node: JSONNode, _ characters: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        // Most have another length.
        guard Int(node.end &- node.start) == count else { return false }
        let start = Int(node.start)
        var index = 0
        while index < count, bytes[start &+ index] == characters[index] { index &+= 1 }
        return index == count
    }

    /// Whether this is an object.
    package var isObject: Bool { node.kind == .object }

    /// The text, where this is a string.
    package var string: String? {
        switch node.kind {
        case .string: String(decoding: text, as: UTF8.self)
        case .escapedString: JSONEscapes.resolved(text)
        case .null, .no, .yes, .number, .array, .object: nil
        }
    }

    /// The whole number, by the rules of ``JSONValue/integer``.
    package var integer: Int? {
        guard node.kind == .number, node.end - node.start <= 18 else { return value.integer }
        var number = 0
        for byte in text {
            guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { return value.integer }
            number = number * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return number
    }

    /// The elements, where this is an array; otherwise none.
    package var elements: Elements {
        Elements(count: node.kind == .array ? Int(node.end) : 0, rest: at(index + 1))
    }

    /// The elements of an array, one after another.
    package struct Elements: Sequence, IteratorProtocol {
        fileprivate var count: Int
        fileprivate var rest: JSONView

        /// The next element, `nil` at the end.
        package mutating func next() -> JSONView? {
            guard count > 0 else { return nil }
            count -= 1
            defer { rest = rest.at(Int(rest.node.next)) }
            return rest
        }
    }

    /// A copy that lasts.
    package var value: JSONValue {
        switch node.kind {
        case .null: return .null
        case .no: return .bool(false)
        case .yes: return .bool(true)
        case .number: return .number(JSONNumber(verbatim: String(decoding: text, as: UTF8.self)))
        case .string, .escapedString: return .string(string ?? "")
        case .array: return .array(elementValues)
        case .object: return .object(JSONObject(members))
        }
    }

    private var elementValues: [JSONValue] {
        var values: [JSONValue] = []
        values.reserveCapacity(Int(node.end))
        for element in elements { values.append(element.value) }
        return values
    }

    private var members: [(key: String, value: JSONValue)] {
        var members: [(key: String, value: JSONValue)] = []
        members.reserveCapacity(Int(node.end))
        var member = index + 1
        for _ in 0..<node.end {
            let value = at(member + 1)
            members.append((at(member).string ?? "", value.value))
            member = Int(value.node.next)
        }
        return members
    }
}
