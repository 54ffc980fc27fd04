import LanguageModels

@testable import ModelProviders

/// The members of a recorded body: what is taken has a word of ours, the rest goes by name.
struct RecordedBody {
    var rest: JSONObject

    init(_ body: JSONValue) {
        rest = body.object ?? JSONObject()
    }

    mutating func take(_ key: String) -> JSONValue? {
        defer { rest[key] = nil }
        return rest[key].flatMap { $0 == .null ? nil : $0 }
    }

    /// Takes the first member of these names that there is.
    mutating func take(_ names: [String]) -> JSONValue? {
        names.compactMap { take($0) }.first
    }

    /// Takes the functions among OpenAI's tools; the others go by name.
    mutating func takeTools() -> [JSONValue] {
        let tools = take("tools")?.elements ?? []
        let others = tools.filter { $0["type"] != "function" }
        if !others.isEmpty { rest["tools"] = .array(others) }
        return tools.filter { $0["type"] == "function" }
    }

    /// Takes OpenAI's choice of tools, where there is a word of ours for it.
    mutating func takeChoice(_ key: String) -> ToolChoice? {
        let value = take(key)
        switch value?.string {
        case "none": return ToolChoice.none
        case "required", "any": return .required
        case "auto": return .automatic
        default: break
        }
        let isFunction = value?["type"].map { $0 == "function" } ?? true
        if isFunction, let name = (value?["function"]?["name"] ?? value?["name"])?.string { return .tool(name) }
        rest[key] = value
        return nil
    }

    /// Takes what all services know of sampling, by the names that one of them has for it.
    mutating func takeSampling(
        into options: inout RequestOptions,
        maximum: [String] = ["max_tokens"],
        topP: String = "top_p",
        topK: String = "top_k",
        stop: String = "stop_sequences"
    ) {
        options.maximumTokens = take(maximum)?.integer
        options.temperature = take("temperature")?.double
        options.topP = take(topP)?.double
        options.topK = take(topK)?.integer
        let texts = take(stop)
        options.stop = texts?.string.map { [$0] } ?? (texts?.elements ?? []).compactMap(\.string)
    }
}

struct UnreadableRequest: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

extension JSONValue {
    /// The value with each member of its objects, at any depth, changed or, where that gives `nil`, left out.
    func mapMembers(_ change: (String, JSONValue) -> (key: String, value: JSONValue)?) -> JSONValue {
        switch self {
        case .array(let elements):
            return .array(elements.map { $0.mapMembers(change) })
        case .object(let object):
            let members = object.members.compactMap { change($0.key, $0.value) }
            return .object(JSONObject(members.map { (key: $0.key, value: $0.value.mapMembers(change)) }))
        case .null, .bool, .number, .string:
            return self
        }
    }

    /// The value without `null`, empty descriptions and what else means nothing.
    func withoutIdleMembers(_ isIdle: (String, JSONValue) -> Bool = { _, _ in false }) -> JSONValue {
        mapMembers { key, value in
            let isEmpty = value == .null || key == "description" && value == ""
            return isEmpty || isIdle(key, value) ? nil : (key, value)
        }
    }
}

extension Tool {
    /// A function as most services describe it.
    init(recorded json: JSONValue?, parameters: String = "parameters", otherwise: JSONValue = .null) {
        self.init(
            name: json?["name"]?.string ?? "",
            description: json?["description"]?.string ?? "",
            parameters: json?[parameters] ?? otherwise,
            isStrict: json?["strict"]?.bool
        )
    }
}

extension MessagePart {
    /// A call as Chat Completions and Cohere write it.
    static func call(recorded json: JSONValue) -> MessagePart {
        let function = json["function"]
        return .toolCall(
            ToolCall(
                id: json["id"]?.string ?? "",
                name: function?["name"]?.string ?? "",
                arguments: function?["arguments"]?.string ?? ""
            )
        )
    }

    /// The result of a call, by the call's id.
    static func result(of call: JSONValue?, _ content: [MessagePart], isError: Bool = false) -> MessagePart {
        .toolResult(ToolResult(callID: call?.string ?? "", name: "", content: content, isError: isError))
    }
}
