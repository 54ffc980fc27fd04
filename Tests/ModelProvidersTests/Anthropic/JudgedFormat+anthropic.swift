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
/// - `tool_choice` `auto`, a cache's `ttl` of `5m`, a tool's `type` `custom` and a `caller` `direct`, the defaults
/// - a single block of text and the plain text; blocks of instructions that ask for no cache and their texts together
/// - blocks of white space, which most models refuse: ours leaves them out; an empty result and none
/// - messages of one role behind each other, which the service joins; results behind texts, which it refuses
/// - instructions between messages, which few models take: ours stand with the others
enum AnthropicDifferences {
    static func normalized(_ body: JSONValue) -> JSONValue {
        guard var object = body.withoutIdleMembers(isIdle).object else { return body }
        if object["stream"] == false { object["stream"] = nil }
        if object["tool_choice"] == ["type": "auto"] { object["tool_choice"] = nil }
        let messages = object["messages"]?.elements ?? []
        object["system"] = system(blocks(object["system"]) + messages.filter(isInstruction).flatMap(content))
        object["messages"] = .array(turns(messages.filter { !isInstruction($0) }))
        return .object(object)
    }

    private static func system(_ blocks: [JSONValue]) -> JSONValue? {
        guard !blocks.isEmpty else { return nil }
        if blocks.contains(where: { $0["cache_control"] != nil }) { return .array(blocks) }
        return .string(blocks.compactMap { $0["text"]?.string }.joined(separator: "\n\n"))
    }

    private static func isInstruction(_ message: JSONValue) -> Bool { message["role"] == "system" }

    private static func turns(_ messages: [JSONValue]) -> [JSONValue] {
        var turns: [(role: JSONValue?, blocks: [JSONValue])] = []
        for message in messages {
            let blocks = content(message)
            if blocks.isEmpty { continue }
            if turns.last?.role != message["role"] { turns.append((message["role"], [])) }
            turns[turns.count - 1].blocks += blocks
        }
        return turns.map { turn in
            let results = turn.blocks.filter { $0["type"] == "tool_result" }
            let others = turn.blocks.filter { $0["type"] != "tool_result" }
            return ["role": turn.role ?? "", "content": .array(results + others)]
        }
    }

    /// What a message says, block by block.
    private static func content(_ message: JSONValue) -> [JSONValue] {
        blocks(message["content"]).map { block in
            guard block["type"] == "tool_result", var result = block.object else { return block }
            let content = blocks(result["content"])
            result["content"] = content.isEmpty ? nil : .array(content)
            return .object(result)
        }
    }

    private static func blocks(_ content: JSONValue?) -> [JSONValue] {
        let blocks = content?.string.map { [["type": "text", "text": .string($0)]] } ?? content?.elements ?? []
        return blocks.filter { $0["type"] != "text" || $0["text"]?.string?.allSatisfy(\.isWhitespace) != true }
    }

    private static func isIdle(_ key: String, _ value: JSONValue) -> Bool {
        switch key {
        case "ttl": value == "5m"
        case "is_error": value == false
        case "type": value == "custom"
        case "caller": value == ["type": "direct"]
        default: false
        }
    }
}

/// Reads a body of Anthropic's Messages as the request that it stands for; what has no word of ours goes by name, and
/// so does what the model's rules would change: they have tests of their own.
struct AnthropicRequestReader {
    private let body: JSONValue
    private let rules: AnthropicRules

    init(_ body: JSONValue) {
        self.body = body
        rules = AnthropicRules.rules(for: body["model"]?.string ?? "")
    }

    func request() -> ModelRequest {
        var rest = RecordedBody(body)
        _ = rest.take(["model", "stream"])
        var request = ModelRequest(messages: Self.instructions(rest.take("system")))
        request.messages += (rest.take("messages")?.elements ?? []).flatMap(Self.messages)
        let hasServerTools = body["tools"]?.elements.contains { !Self.isPlain($0) } ?? false
        let tools = hasServerTools ? nil : rest.take("tools")
        request.toolsCacheBreakpoint = Self.lifetime(tools?.elements.last)
        request.tools = (tools?.elements ?? []).map {
            Tool(recorded: $0, parameters: "input_schema", otherwise: [:])
        }
        let choice = hasServerTools || !takesChoice ? nil : rest.take("tool_choice")
        if choice?["disable_parallel_tool_use"] == true { request.options.allowsParallelToolCalls = false }
        request.toolChoice = Self.choice(choice)
        if takesSampling { rest.takeSampling(into: &request.options) }
        if let budget = body["thinking"]?["budget_tokens"]?.integer, body["thinking"]?.object?.keys.count == 2,
            rules.thinking.takesBudget, budget >= 1024
        {
            _ = rest.take("thinking")
            request.options.reasoning = .budget(tokens: budget)
        }
        if let schema = body["output_config"]?["format"]?["schema"], rules.hasStructuredOutput,
            AnthropicSchema(schema).schema == schema
        {
            request.output = .schema(OutputSchema(name: "answer", schema: schema))
            rest.rest["output_config"] = body["output_config"]?["effort"].map { ["effort": $0] }
        }
        request.options.providerFields[AnthropicFormat.name] = rest.rest
        return request
    }

    private var takesSampling: Bool {
        let names = ["temperature", "top_p", "top_k"].filter { body[$0] != nil }
        let isWithin = body["max_tokens"]?.integer.map { $0 <= rules.maximumOutput } ?? false
        return isWithin && (rules.takesSampling || names.isEmpty) && (!isThinking || names.isEmpty)
            && (rules.takesTemperatureWithTopP || body["temperature"] == nil || body["top_p"] == nil)
    }

    private var isThinking: Bool { body["thinking"].map { $0["type"] != "disabled" } ?? false }

    private var takesChoice: Bool {
        let isForced = ["any", "tool"].contains(body["tool_choice"]?["type"]?.string)
        return !isForced || rules.takesForcedTools && !isThinking
    }

    /// Whether a tool is the caller's own, and nothing is said of it but what all services take.
    private static func isPlain(_ tool: JSONValue) -> Bool {
        let keys: Set = ["type", "name", "description", "input_schema", "strict", "cache_control"]
        return (tool["type"] ?? "custom") == "custom" && keys.isSuperset(of: tool.object?.keys ?? [])
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

    /// A message for each place up to which the prompt is cached, and one for the rest.
    private static func messages(_ json: JSONValue) -> [Message] {
        let role: Message.Role =
            switch json["role"]?.string {
            case "assistant": .assistant
            case "system": .system
            default: .user
            }
        if let text = json["content"]?.string { return [Message(role, text)] }
        var messages = [Message(role, parts: [])]
        for block in json["content"]?.elements ?? [] {
            if let part = part(block) { messages[messages.count - 1].parts.append(part) }
            guard let lifetime = lifetime(block) else { continue }
            messages[messages.count - 1].cacheBreakpoint = lifetime
            messages.append(Message(role, parts: []))
        }
        return messages.filter { !$0.parts.isEmpty }
    }

    private static func part(_ block: JSONValue) -> MessagePart? {
        switch block["type"]?.string {
        case "tool_result":
            let text = block["content"]?.string.map { [MessagePart.text($0)] }
            let content = text ?? (block["content"]?.elements ?? []).compactMap(part)
            return .result(of: block["tool_use_id"], content, isError: block["is_error"]?.bool ?? false)
        case "image":
            return .image(media(block["source"]))
        case "document" where block["citations"] != nil || block["context"] != nil,
            "document" where block["source"]?["type"] == "content":
            return MessagePart(.other, replay: Replay(format: AnthropicFormat.name, value: block))
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
