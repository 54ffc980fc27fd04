import LanguageModels

@testable import ModelProviders

extension JudgedFormat {
    static let anthropic = JudgedFormat(
        api: "anthropic-messages",
        owns: { $0.folder == "anthropic" },
        model: { fixture, transport in
            AnthropicModel(fixture.model, key: "k", baseURL: "https://service.example", transport: transport)
        },
        // Counts are asked for without a limit; they have tests of their own.
        request: { _, body in body["max_tokens"] == nil ? nil : AnthropicRequestReader(body).request() },
        normalized: { AnthropicDifferences.normalized($0) }
    )
}

/// The differences between recorded bodies and ours that mean nothing to the service.
///
/// - the order of members; `stream: false` and none; `is_error: false` and none; an empty `description` and none
/// - `tool_choice` `auto`, and a cache's `ttl` of `5m`, which are the defaults
/// - a single block of text and the plain text; blocks of instructions that ask for no cache and their texts together
/// - blocks of white space, which most models refuse: ours leaves them out
enum AnthropicDifferences {
    static func normalized(_ body: JSONValue) -> JSONValue {
        guard var object = body.withoutIdleMembers(isIdle).object else { return body }
        if object["stream"] == false { object["stream"] = nil }
        if object["tool_choice"] == ["type": "auto"] { object["tool_choice"] = nil }
        if let blocks = object["system"]?.elements, !blocks.isEmpty,
            !blocks.contains(where: { $0["cache_control"] != nil })
        {
            object["system"] = .string(blocks.compactMap { $0["text"]?.string }.joined(separator: "\n\n"))
        }
        object["messages"] = .array((object["messages"]?.elements ?? []).map(message))
        return .object(object)
    }

    private static func message(_ message: JSONValue) -> JSONValue {
        guard var object = message.object else { return message }
        let blocks = (object["content"]?.elements ?? []).filter { block in
            block["type"] != "text" || block["text"]?.string?.allSatisfy(\.isWhitespace) != true
        }
        guard let first = blocks.first else { return message }
        let isPlain = blocks.count == 1 && first["type"] == "text" && first.object?.members.count == 2
        object["content"] = isPlain ? first["text"] : .array(blocks)
        return .object(object)
    }

    private static func isIdle(_ key: String, _ value: JSONValue) -> Bool {
        key == "ttl" && value == "5m" || key == "is_error" && value == false
    }
}

/// Reads a body of Anthropic's Messages as the request that it stands for; what has no word of ours goes by name.
struct AnthropicRequestReader {
    private let body: JSONValue

    init(_ body: JSONValue) {
        self.body = body
    }

    func request() -> ModelRequest {
        var rest = RecordedBody(body)
        _ = rest.take(["model", "stream"])
        var request = ModelRequest(messages: Self.instructions(rest.take("system")))
        request.messages += (rest.take("messages")?.elements ?? []).map(Self.message)
        let hasServerTools = body["tools"]?.elements.contains { ($0["type"] ?? "custom") != "custom" } ?? false
        let tools = hasServerTools ? nil : rest.take("tools")
        request.toolsCacheBreakpoint = Self.lifetime(tools?.elements.last)
        request.tools = (tools?.elements ?? []).map {
            Tool(recorded: $0, parameters: "input_schema", otherwise: [:])
        }
        let choice = hasServerTools ? nil : rest.take("tool_choice")
        if choice?["disable_parallel_tool_use"] == true { request.options.allowsParallelToolCalls = false }
        request.toolChoice = Self.choice(choice)
        rest.takeSampling(into: &request.options)
        if let budget = body["thinking"]?["budget_tokens"]?.integer {
            _ = rest.take("thinking")
            request.options.reasoning = .budget(tokens: budget)
        }
        if let schema = body["output_config"]?["format"]?["schema"] {
            request.output = .schema(OutputSchema(name: "answer", schema: schema))
            rest.rest["output_config"] = body["output_config"]?["effort"].map { ["effort": $0] }
        }
        request.options.providerFields[AnthropicFormat.name] = rest.rest
        return request
    }

    private static func choice(_ json: JSONValue?) -> ToolChoice {
        switch json?["type"]?.string {
        case "any": .required
        case "none": .none
        case "tool": .tool(json?["name"]?.string ?? "")
        default: .automatic
        }
    }

    private static func lifetime(_ block: JSONValue?) -> CacheLifetime? {
        block?["cache_control"].map { $0["ttl"] == "1h" ? .long : .standard }
    }

    private static func instructions(_ system: JSONValue?) -> [Message] {
        if let text = system?.string { return [Message(.system, text)] }
        return (system?.elements ?? []).map { block in
            Message(.system, parts: [.text(block["text"]?.string ?? "")], cacheBreakpoint: lifetime(block))
        }
    }

    private static func message(_ json: JSONValue) -> Message {
        let role: Message.Role = json["role"] == "assistant" ? .assistant : .user
        if let text = json["content"]?.string { return Message(role, text) }
        let blocks = json["content"]?.elements ?? []
        return Message(role, parts: blocks.compactMap(part), cacheBreakpoint: lifetime(blocks.last))
    }

    private static func part(_ block: JSONValue) -> MessagePart? {
        switch block["type"]?.string {
        case "tool_result":
            let text = block["content"]?.string.map { [MessagePart.text($0)] }
            let content = text ?? (block["content"]?.elements ?? []).compactMap(part)
            return .result(of: block["tool_use_id"], content, isError: block["is_error"]?.bool ?? false)
        case "image":
            return .image(media(block["source"]))
        case "document":
            var media = media(block["source"])
            media.name = block["title"]?.string
            return .document(media)
        default:
            return AnthropicAnswer.part(block, at: 0)
        }
    }

    private static func media(_ source: JSONValue?) -> Media {
        switch source?["type"]?.string {
        case "url": Media(.url(source?["url"]?.string ?? ""))
        case "file": Media(.file(id: source?["file_id"]?.string ?? ""))
        case "text": Media(.bytes(Array((source?["data"]?.string ?? "").utf8)), type: "text/plain")
        default:
            Media(.bytes(Base64.bytes(of: source?["data"]?.string ?? "") ?? []), type: source?["media_type"]?.string)
        }
    }
}
