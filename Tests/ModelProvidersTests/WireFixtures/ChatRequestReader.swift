import LanguageModels

@testable import ModelProviders

/// Reads a body of Chat Completions as the request that it stands for; what has no word of ours goes by name.
struct ChatRequestReader {
    private let body: JSONValue

    init(_ body: JSONValue) {
        self.body = body
    }

    /// The request; `nil` where the body says what requests cannot: names of people, results of functions without ids,
    /// calls of custom tools, thoughts among the parts of an answer.
    func request() throws -> ModelRequest? {
        var rest = RecordedBody(body)
        _ = rest.take(["model", "stream", "stream_options"])
        var request = ModelRequest(messages: [])
        for message in rest.take("messages")?.elements ?? [] {
            guard let message = try Self.message(message) else { return nil }
            request.messages.append(message)
        }
        Self.takeTools(of: &rest, into: &request)
        let format = rest.take("response_format")
        request.output = OutputFormat(recorded: format, in: "json_schema")
        let names = ["max_completion_tokens", "max_tokens"]
        // Not every server has `top_k`, so it goes by name.
        rest.takeSampling(into: &request.options, maximum: names, topK: "", stop: "stop")
        request.options.frequencyPenalty = rest.take("frequency_penalty")?.double
        request.options.presencePenalty = rest.take("presence_penalty")?.double
        request.options.metadata = Self.labels(rest.take("metadata"))
        request.options.seed = rest.take("seed")?.integer
        if let effort = ReasoningEffort(recorded: rest.rest["reasoning_effort"]) {
            request.options.reasoning = effort
            _ = rest.take("reasoning_effort")
        }
        request.options.providerFields[ChatFormat.name] = rest.rest
        return request
    }

    static func labels(_ value: JSONValue?) -> [String: String] {
        Dictionary((value?.object?.members ?? []).map { ($0.key, $0.value.string ?? "") }) { $1 }
    }

    /// Functions under their new name or their old one; other tools go by name.
    private static func takeTools(of rest: inout RecordedBody, into request: inout ModelRequest) {
        let functions = rest.take("functions")?.elements ?? []
        request.tools = (rest.takeTools().map { $0["function"] ?? .null } + functions).map { Tool(recorded: $0) }
        guard !request.tools.isEmpty || rest.rest["tools"] != nil else { return }
        request.options.allowsParallelToolCalls = rest.take("parallel_tool_calls")?.bool
        request.toolChoice = rest.takeChoice("tool_choice") ?? rest.takeChoice("function_call") ?? .automatic
    }

    private static func message(_ json: JSONValue) throws -> Message? {
        switch json["role"]?.string {
        case "tool":
            return Message(.tool, parts: [.result(of: json["tool_call_id"], try parts(json["content"]))])
        case "assistant":
            return try assistant(json)
        case "system", "developer", "user":
            guard json["name"] == nil else { return nil }
            return Message(json["role"] == "user" ? .user : .system, parts: try parts(json["content"]))
        default:
            return nil
        }
    }

    private static func assistant(_ json: JSONValue) throws -> Message? {
        let known: Set = [
            "role", "content", "refusal", "reasoning", "reasoning_content", "reasoning_details", "tool_calls",
            "annotations",
        ]
        let hasMore = (json.object?.members ?? []).contains { !known.contains($0.key) && $0.value != .null }
        let texts = json["content"]?.elements ?? []
        let calls = json["tool_calls"]?.elements ?? []
        let isText = texts.allSatisfy { ["text", "refusal"].contains($0["type"]) && $0.object?.members.count == 2 }
        guard !hasMore, isText,
            calls.allSatisfy({ $0["function"] != nil })
        else { return nil }
        var parts = try parts(json["content"])
        if let refusal = json["refusal"]?.string { parts.append(MessagePart(.refusal(refusal))) }
        return Message(.assistant, parts: reasoning(json) + parts + calls.map(call))
    }

    private static func reasoning(_ json: JSONValue) -> [MessagePart] {
        let members = (json.object?.members ?? []).filter { $0.key.hasPrefix("reasoning") && $0.value != .null }
        guard !members.isEmpty else { return [] }
        let replay = Replay(format: ChatFormat.name, value: .object(JSONObject(members)))
        let text = (json["reasoning_content"] ?? json["reasoning"])?.string ?? ""
        return [MessagePart(.reasoning(text), replay: replay)]
    }

    private static func call(_ json: JSONValue) -> MessagePart {
        var call = MessagePart.call(recorded: json)
        call.replay = replay(of: json, without: ["id", "type", "function", "index"])
        return call
    }

    private static func parts(_ content: JSONValue?) throws -> [MessagePart] {
        try content?.string.map { [.text($0)] } ?? (content?.elements ?? []).map(part)
    }

    private static func part(_ json: JSONValue) throws -> MessagePart {
        let type = json["type"]?.string ?? ""
        var part = try part(json, type)
        part.replay = replay(of: json, without: ["type", type])
        return part
    }

    private static func part(_ json: JSONValue, _ type: String) throws -> MessagePart {
        switch type {
        case "text": return .text(json["text"]?.string ?? "")
        case "refusal": return MessagePart(.refusal(json["refusal"]?.string ?? ""))
        case "image_url":
            let image = json["image_url"]
            return .image(Media(.url(image?["url"]?.string ?? ""), detail: image?["detail"]?.string))
        case "input_audio":
            let audio = json["input_audio"]
            let bytes = Base64.bytes(of: audio?["data"]?.string ?? "") ?? []
            return .audio(Media(.bytes(bytes), type: audio?["format"] == "wav" ? "audio/wav" : "audio/mpeg"))
        case "file":
            let file = json["file"]
            if let id = file?["file_id"]?.string { return .document(Media(.file(id: id))) }
            return .document(Media(.url(file?["file_data"]?.string ?? ""), name: file?["filename"]?.string))
        default: throw UnreadableRequest("a part of type \(json["type"] ?? .null)")
        }
    }

    private static func replay(of json: JSONValue, without known: Set<String>) -> Replay? {
        let more = (json.object?.members ?? []).filter { !known.contains($0.key) && $0.value != .null }
        return more.isEmpty ? nil : Replay(format: ChatFormat.name, value: .object(JSONObject(more)))
    }
}
