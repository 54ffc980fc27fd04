import LanguageModels

/// A JSON Schema as places that lead to others: to what stands inside them, and to what they refer to.
///
/// Time and memory grow with the schema alone, and nothing here calls itself: chains of references may have any length.
struct SchemaGraph {
    private struct Member: Hashable {
        var place: Int
        var key: String
    }

    /// What a value stands for.
    private enum Role {
        case schema
        /// An object whose keys are names of the caller's.
        case names
    }

    private static let names: Set = ["properties", "$defs", "definitions", "patternProperties", "dependentSchemas"]
    private static let referrers: Set = ["$ref", "$dynamicRef", "$recursiveRef"]
    private static let anchors: Set = ["$anchor", "$dynamicAnchor"]
    private static let literals: Set = ["enum", "const", "default", "examples"]

    /// Where each place leads to; the root is the first.
    private var ways: [[Int]] = []
    private var members: [Member: Int] = [:]
    private var references: [(place: Int, target: String)] = []
    /// The names that a schema gives itself, each as a place of its own behind all others: it leads to where it stands,
    /// which may be at several places in a schema put together of others.
    private var named: [String: [Int]] = [:]

    /// The places of a schema.
    init(_ schema: JSONValue) {
        var found: [(value: JSONValue, role: Role)] = [(schema, .schema)]
        // What is found while a place is read gets the next numbers.
        while ways.count < found.count {
            let (value, role) = found[ways.count]
            read(value, as: role, &found)
        }
        var names: [String: Int] = [:]
        for (name, places) in named {
            names[name] = ways.count
            ways.append(places)
        }
        for (place, target) in references {
            if let target = self.place(of: target, names) { ways[place].append(target) }
        }
    }

    private mutating func read(_ value: JSONValue, as role: Role, _ found: inout [(value: JSONValue, role: Role)]) {
        let place = ways.count
        var inside: [Int] = []
        func find(_ value: JSONValue, _ key: String, _ role: Role, _ members: inout [Member: Int]) {
            guard value.object != nil || !value.elements.isEmpty else { return }
            members[Member(place: place, key: key)] = found.count
            inside.append(found.count)
            found.append((value, role))
        }
        for (index, element) in value.elements.enumerated() { find(element, String(index), .schema, &members) }
        for (key, member) in value.object?.members ?? [] {
            if role == .schema, Self.literals.contains(key) { continue }
            if role == .schema, let text = member.string { note(text, of: key, at: place) }
            find(member, key, role == .schema && Self.names.contains(key) ? .names : .schema, &members)
        }
        ways.append(inside)
    }

    /// Notes a keyword that refers to a place, or names one; until 2019 a name was an `$id` with a `#`.
    private mutating func note(_ text: String, of key: String, at place: Int) {
        if Self.referrers.contains(key) {
            references.append((place, text))
        } else if Self.anchors.contains(key) {
            named[text, default: []].append(place)
        } else if key == "$id", text.hasPrefix("#") {
            named[String(text.dropFirst()), default: []].append(place)
        }
    }

    /// The place that a reference inside the schema, such as `#/$defs/item` or `#item`, is for.
    private func place(of reference: String, _ names: [String: Int]) -> Int? {
        guard reference.hasPrefix("#") else { return nil }
        // A reference is an address, whose characters may be in percent notation: RFC 6901, section 6.
        let fragment = String(decoding: MediaPayload.percentDecoded(reference.dropFirst()), as: UTF8.self)
        return names[fragment] ?? place(at: fragment)
    }

    private func place(at pointer: String) -> Int? {
        pointer.split(separator: "/").reduce(0) { place, key in
            let key = String(key).replacing("~1", with: "/").replacing("~0", with: "~")
            return place.flatMap { members[Member(place: $0, key: key)] }
        }
    }

    /// Whether a place leads back to itself.
    var hasCycle: Bool {
        enum State { case unseen, open, closed }
        var states = [State](repeating: .unseen, count: ways.count)
        var path: [(place: Int, way: Int)] = [(0, 0)]
        states[0] = .open
        while let (place, way) = path.last {
            guard way < ways[place].count else {
                states[place] = .closed
                path.removeLast()
                continue
            }
            path[path.count - 1].way += 1
            let next = ways[place][way]
            switch states[next] {
            case .open: return true
            case .closed: break
            case .unseen:
                states[next] = .open
                path.append((next, 0))
            }
        }
        return false
    }
}
