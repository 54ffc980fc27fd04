import HTTPTransport
import LanguageModels

@testable import ModelProviders

extension JudgedFormat {
    static let openAIChat = JudgedFormat(
        api: "openai-chat",
        owns: { ["openai-chat", "azure", "compatible"].contains($0.folder) },
        model: { fixture, transport in
            let identity = ModelIdentity(provider: fixture.folder, model: fixture.model)
            let endpoint = ServiceEndpoint(baseURL: "https://service.example/v1", transport: transport)
            // The rules of OpenAI's models are tested alone; recorded requests were taken as they are.
            var dialect = ChatDialect()
            if fixture.folder == "compatible" { dialect.quirks = ChatQuirks() }
            let format = ChatFormat(identity: identity, dialect: dialect)
            return ServiceModel(format: format, endpoint: endpoint, identity: identity)
        },
        request: { _, body in try ChatRequestReader(body).request() },
        normalized: { OpenAIDifferences.normalizedChat($0) },
        // The recorder left out what servers show in `reasoning_details` alone.
        comparesReasoning: { fixture in
            !String(decoding: fixture.body, as: UTF8.self).contains("reasoning_details")
                || fixture.expected["reasoning"]?.string?.isEmpty == false
        }
    )

    static let openAIResponses = JudgedFormat(
        api: "openai-responses",
        owns: { $0.folder == "openai-responses" || $0.url.hasSuffix("/responses") },
        model: { fixture, transport in
            let identity = ModelIdentity(provider: fixture.folder, model: fixture.model)
            let endpoint = ServiceEndpoint(baseURL: "https://service.example/v1", transport: transport)
            return ServiceModel(format: ResponsesFormat(identity: identity), endpoint: endpoint, identity: identity)
        },
        request: { _, body in try ResponsesRequestReader(body).request() },
        normalized: { OpenAIDifferences.normalizedResponses($0) }
    )
}

/// The differences between recorded bodies and ours that mean nothing to the service.
///
/// - the order of members; `null` and an absent member; `stream: false` and none
/// - `n: 1`, `tool_choice: "auto"` and an empty `description` or `instructions`, which are the defaults
/// - a single part of text and the plain text; a lone text as `input` and a user's message
/// - a lone text as `stop` and a list of one
/// - `developer` and `system`, two names of one role; `max_tokens` and `max_completion_tokens`, which every model takes
/// - no tools and an empty list, no labels and none, the text format and none, the detail `auto` and none
/// - texts of tools and models in parts or in one piece
/// - instructions at the beginning of Responses' `input` and in `instructions`
/// - an assistant's empty text beside calls or before them
/// - `functions` and `function_call`, the old names of `tools` and `tool_choice`
/// - ours always asks for the usage of streams (`stream_options`)
/// - ours always says `store` and a tool's `strict` to Responses, since both are on where nothing is said
/// - instructions of a compatible server stand in one message
enum OpenAIDifferences {
    static func normalizedChat(_ body: JSONValue) -> JSONValue {
        guard var object = common(body).object else { return body }
        object["stream_options"] = nil
        if let functions = object["functions"] {
            object["tools"] = .array(functions.elements.map { ["type": "function", "function": $0] })
            object["functions"] = nil
        }
        if let stop = object["stop"]?.string { object["stop"] = [.string(stop)] }
        if let choice = object["function_call"] {
            object["tool_choice"] = choice.string.map { .string($0) } ?? ["type": "function", "function": choice]
            if choice == "auto" { object["tool_choice"] = nil }
            object["function_call"] = nil
        }
        if let maximum = object["max_tokens"] {
            object["max_completion_tokens"] = maximum
            object["max_tokens"] = nil
        }
        object["messages"] = .array((object["messages"]?.elements ?? []).map(message))
        return .object(object)
    }

    static func normalizedResponses(_ body: JSONValue) -> JSONValue {
        guard var object = common(body).object else { return body }
        object["store"] = nil
        if case .string(let text) = object["input"] { object["input"] = [["role": "user", "content": .string(text)]] }
        object["input"] = .array(
            (object["input"]?.elements ?? []).map(message).filter { $0["role"] != "assistant" || $0["content"] != "" }
        )
        let items = object["input"]?.elements ?? []
        let opening = items.prefix { $0["role"] == "system" && $0["content"]?.string != nil }
        let texts = ([object["instructions"]] + opening.map { $0["content"] }).compactMap { $0?.string }
        let instructions = texts.filter { !$0.isEmpty }.joined(separator: "\n\n")
        object["instructions"] = instructions.isEmpty ? nil : .string(instructions)
        object["input"] = .array(Array(items.dropFirst(opening.count)))
        if let tools = object["tools"]?.elements {
            object["tools"] = .array(
                tools.map { tool in
                    guard var tool = tool.object, tool["strict"] == nil, tool["type"] == "function" else { return tool }
                    tool["strict"] = .bool(StrictSchema.fault(in: tool["parameters"] ?? .null) == nil)
                    return .object(tool)
                }
            )
        }
        return .object(object)
    }

    private static func common(_ body: JSONValue) -> JSONValue {
        let idle: [String: [JSONValue]] = [
            "detail": ["auto"], "tools": [[]], "stop": [[]], "metadata": [[:]], "response_format": [["type": "text"]],
            "text": [["format": ["type": "text"]]],
        ]
        let essential = body.withoutIdleMembers { key, value in idle[key]?.contains(value) ?? false }
        guard var object = essential.object else { return body }
        if object["stream"] == false { object["stream"] = nil }
        if object["n"] == 1 { object["n"] = nil }
        if object["tool_choice"] == "auto" { object["tool_choice"] = nil }
        return .object(object)
    }

    private static func message(_ message: JSONValue) -> JSONValue {
        guard var object = message.object else { return message }
        if object["role"] == "developer" { object["role"] = "system" }
        let parts = object["content"]?.elements ?? []
        let isJoined = object["role"] == "tool" || object["role"] == "assistant" && object["id"] == nil
        if isJoined, !parts.isEmpty, parts.allSatisfy({ $0["type"] == "text" }) {
            object["content"] = .string(parts.compactMap { $0["text"]?.string }.joined())
        }
        let isPlain = parts.count == 1 && parts[0].object?.members.count == 2
        if isPlain, let text = parts[0]["text"] { object["content"] = text }
        if object["content"] == "", object["tool_calls"] != nil { object["content"] = nil }
        return .object(object)
    }
}
