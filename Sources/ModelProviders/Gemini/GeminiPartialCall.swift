import LanguageModels

/// A function call whose arguments may come in pieces, each with its place (`$.city`, `$.days[0].name`).
struct GeminiPartialCall {
    /// The function's name.
    let name: String
    /// The service's id, where it gave one.
    let issuedID: JSONValue?
    /// The arguments so far.
    private(set) var arguments: JSONValue = [:]
    /// What stands beside the call in its parts, such as the signature.
    private(set) var extras = JSONObject()
    /// Whether nothing more is to come.
    private(set) var isComplete = false
    /// The places whose text goes on with the next piece.
    private var open: Set<String> = []

    init(name: String, issuedID: JSONValue?) {
        self.name = name
        self.issuedID = issuedID
    }

    /// Takes a piece of the call and what stands beside it.
    mutating func add(_ function: JSONValue, _ beside: JSONObject) {
        extras.merge(beside)
        if let members = Self.arguments(function["args"]) {
            if arguments.object?.isEmpty == true {
                arguments = .object(members)
            } else if case .object(var all) = arguments {
                all.merge(members)
                arguments = .object(all)
            }
        }
        for piece in function["partialArgs"]?.elements ?? [] { add(piece) }
        isComplete = function["willContinue"]?.bool != true
    }

    /// The arguments; some proxies write them as a text.
    private static func arguments(_ json: JSONValue?) -> JSONObject? {
        if case .object(let members) = json { return members }
        return json?.string.flatMap { try? JSONValue(parsing: $0).object }
    }

    private mutating func add(_ piece: JSONValue) {
        guard let path = piece["jsonPath"]?.string, let value = Self.value(of: piece) else { return }
        let goesOn = open.contains(path)
        let steps = Self.steps(path)
        // Deeper than JSON is read is the service's mistake.
        guard steps.count <= 512 else { return }
        Self.set(value, at: steps[...], in: &arguments, appends: goesOn)
        if piece["willContinue"]?.bool == true { open.insert(path) } else { open.remove(path) }
    }

    private static func value(of piece: JSONValue) -> JSONValue? {
        if let value = piece["stringValue"] ?? piece["numberValue"] ?? piece["boolValue"] { return value }
        return piece.object?.keys.contains("nullValue") == true ? .null : nil
    }

    private enum Step {
        case key(String)
        case index(Int)
    }

    /// The steps of `$.a['b'][0]`.
    private static func steps(_ path: String) -> [Step] {
        var steps: [Step] = []
        var rest = Substring(path).drop { $0 == "$" }
        while let first = rest.first {
            rest = rest.dropFirst()
            if first == "[" {
                let end = rest.firstIndex(of: "]") ?? rest.endIndex
                let inside = rest[..<end]
                steps.append(Int(inside).map { .index($0) } ?? .key(inside.filter { $0 != "'" && $0 != "\"" }))
                rest = rest[end...].dropFirst()
            } else {
                let key = (first == "." ? "" : String(first)) + rest.prefix { $0 != "." && $0 != "[" }
                rest = rest.drop { $0 != "." && $0 != "[" }
                steps.append(.key(key))
            }
        }
        return steps
    }

    /// Puts a value at its place, making the objects and arrays on the way; a text that goes on is appended.
    private static func set(_ value: JSONValue, at path: ArraySlice<Step>, in json: inout JSONValue, appends: Bool) {
        switch path.first {
        case nil:
            if appends, case .string(let head) = json, case .string(let tail) = value {
                json = .string(head + tail)
            } else {
                json = value
            }
        case .key(let key):
            var object = json.object ?? JSONObject()
            var member = object[key] ?? .null
            set(value, at: path.dropFirst(), in: &member, appends: appends)
            object[key] = member
            json = .object(object)
        case .index(let index):
            var elements = json.elements
            // A place far beyond the end is the service's mistake, not a reason to fill memory.
            guard index >= 0, index <= elements.count + 64 else { return }
            while elements.count <= index { elements.append(.null) }
            set(value, at: path.dropFirst(), in: &elements[index], appends: appends)
            json = .array(elements)
        }
    }
}
