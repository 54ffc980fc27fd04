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
            // The rules of OpenAI's models and what servers like otherwise are tested alone; recorded requests were
            // taken as they are.
            var dialect = ChatDialect()
            if fixture.folder == "compatible" {
                dialect.quirks = ChatQuirks()
                dialect.quirks.joinsText = false
                dialect.quirks.mergesInstructions = false
                dialect.quirks.reasoningReplay = .details
            }
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
/// - an assistant's empty text beside calls or before them
/// - `functions` and `function_call`, the old names of `tools` and `tool_choice`
/// - ours always asks for the usage of streams (`stream_options`)
/// - ours always says `store` and a tool's `strict` to Responses, since both are on where nothing is said
/// - `max_tokens` and `max_completion_tokens`, of which ours sends the one that the service wants
/// - `developer`, the reasoning models' word for `system`, and `any`, Mistral's for `required`
/// - `strict: false`, an empty list of tools or of stop texts, no labels, the form `text` and none, the detail `auto`
/// - a call's `index` and a result's `name`, which the id tells; no arguments and `{}`
/// - instructions and the messages of the system that stand in front of the input of Responses
/// - the state of items of our making, the order of functions and other tools
/// - texts of an assistant or a tool in several parts and in one; notes that an answer was given (`annotations`)
enum OpenAIDifferences {
    static func normalizedChat(_ body: JSONValue) -> JSONValue {
        guard var object = common(body).object else { return body }
        object["stream_options"] = nil
        rename(&object, "functions", "tools") { .array($0.elements.map { ["type": "function", "function": $0] }) }
        rename(&object, "function_call", "tool_choice") { choice in
            choice["name"].map { ["type": "function", "function": ["name": $0]] } ?? choice
        }
        rename(&object, "max_tokens", "max_completion_tokens") { $0 }
        if object["tool_choice"] == "any" { object["tool_choice"] = "required" }
        if object["tool_choice"] == "auto" { object["tool_choice"] = nil }
        if let format = object["response_format"] { object["response_format"] = withoutLaxity(format) }
        if let tools = object["tools"]?.elements { object["tools"] = .array(tools.map(withoutLaxity)) }
        if let stop = object["stop"]?.string { object["stop"] = [.string(stop)] }
        object["messages"] = .array((object["messages"]?.elements ?? []).map(chatMessage))
        return .object(object)
    }

    private static func rename(
        _ object: inout JSONObject,
        _ old: String,
        _ new: String,
        _ change: (JSONValue) -> JSONValue
    ) {
        guard let value = object[old] else { return }
        object[old] = nil
        object[new] = change(value)
    }

    private static func withoutLaxity(_ value: JSONValue) -> JSONValue {
        guard var object = value.object else { return value }
        for name in ["function", "json_schema"] {
            guard var inner = object[name]?.object, inner["strict"] == false else { continue }
            inner["strict"] = nil
            object[name] = .object(inner)
        }
        return .object(object)
    }

    private static func chatMessage(_ json: JSONValue) -> JSONValue {
        guard var object = message(json).object else { return json }
        object["annotations"] = nil
        switch object["role"]?.string {
        case "developer":
            object["role"] = "system"
            return .object(object)
        case "tool": object["name"] = nil
        case "assistant": break
        default: return .object(object)
        }
        let texts = (object["content"]?.elements ?? []).map { $0["text"]?.string }
        if !texts.isEmpty, !texts.contains(nil) { object["content"] = .string(texts.compactMap(\.self).joined()) }
        if object["content"] == "", object["refusal"] != nil { object["content"] = nil }
        if let calls = object["tool_calls"]?.elements { object["tool_calls"] = .array(calls.map(call)) }
        return .object(object)
    }

    private static func call(_ json: JSONValue) -> JSONValue {
        guard var call = json.object, var function = call["function"]?.object else { return json }
        function["arguments"] = .string(ToolCall.normalized(function["arguments"]?.string ?? ""))
        call["function"] = .object(function)
        call["index"] = nil
        return .object(call)
    }

    static func normalizedResponses(_ body: JSONValue) -> JSONValue {
        guard var object = common(body).object else { return body }
        object["store"] = nil
        if let text = object["text"] { object["text"] = withoutUsualForm(text) }
        if case .string(let text) = object["input"] { object["input"] = [["role": "user", "content": .string(text)]] }
        var items = (object["input"]?.elements ?? []).map(item).filter {
            $0["role"] != "assistant" || $0["content"] != ""
        }
        let opening = items.prefix { $0["role"] == "system" && $0["content"]?.string != nil }
        items.removeFirst(opening.count)
        object["input"] = .array(items)
        let instructions = ([object["instructions"]] + opening.map { $0["content"] }).compactMap { $0?.nonEmptyString }
        object["instructions"] = instructions.isEmpty ? nil : .string(instructions.joined(separator: "\n\n"))
        if let tools = object["tools"]?.elements {
            let functions = tools.filter { $0["type"] == "function" }.map { tool in
                guard var tool = tool.object, tool["strict"] == nil else { return tool }
                tool["strict"] = .bool(StrictSchema.fault(in: tool["parameters"] ?? .null) == nil)
                return .object(tool)
            }
            object["tools"] = .array(functions + tools.filter { $0["type"] != "function" })
        }
        return .object(object)
    }

    private static func withoutUsualForm(_ value: JSONValue) -> JSONValue? {
        guard var text = value.object else { return value }
        if text["format"] == ["type": "text"] { text["format"] = nil }
        if var format = text["format"]?.object, format["strict"] == false {
            format["strict"] = nil
            text["format"] = .object(format)
        }
        return text.isEmpty ? nil : .object(text)
    }

    private static func item(_ json: JSONValue) -> JSONValue {
        guard var object = message(json).object else { return json }
        if object["role"] == "developer" { object["role"] = "system" }
        let isOurs = object["type"] == nil || object["type"] == "message" && object["id"] == nil
        if object["type"] == "function_call_output" || isOurs {
            object["status"] = nil
            object["id"] = nil
        }
        guard isOurs else { return .object(object) }
        object["type"] = nil
        let texts = (object["content"]?.elements ?? []).map { $0["type"] == "output_text" ? $0["text"]?.string : nil }
        if !texts.isEmpty, !texts.contains(nil) { object["content"] = .string(texts.compactMap(\.self).joined()) }
        return .object(object)
    }

    private static func common(_ body: JSONValue) -> JSONValue {
        let idle: [String: [JSONValue]] = [
            "detail": ["auto"], "tools": [[]], "stop": [[]], "metadata": [[:]], "response_format": [["type": "text"]],
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
        let parts = object["content"]?.elements ?? []
        let isPlain = parts.count == 1 && parts[0].object?.members.count == 2
        if isPlain, let text = parts[0]["text"] { object["content"] = text }
        if object["content"] == "", object["tool_calls"] != nil { object["content"] = nil }
        return .object(object)
    }
}
