import LanguageModels

@testable import ModelProviders

/// Reads a body of Chat Completions as the request that it stands for; what has no word of ours goes by name.
struct ChatRequestReader {
    private let body: JSONValue

    init(_ body: JSONValue) {
        self.body = body
    }

    func request() throws -> ModelRequest {
        var rest = RecordedBody(body)
        _ = rest.take(["model", "stream", "stream_options"])
        var request = ModelRequest(messages: try (rest.take("messages")?.elements ?? []).map(Self.message))
        let functions = rest.take("functions")?.elements ?? []
        let tools = rest.takeTools().map { $0["function"] ?? $0 }
        request.tools = (tools + functions).map { Tool(recorded: $0) }
        request.toolChoice = rest.takeChoice("tool_choice") ?? rest.takeChoice("function_call") ?? .automatic
        request.output = OutputFormat(recorded: rest.take("response_format"), in: "json_schema")
        rest.takeSampling(into: &request.options, maximum: ["max_tokens", "max_completion_tokens"], stop: "stop")
        request.options.frequencyPenalty = rest.take("frequency_penalty")?.double
        request.options.presencePenalty = rest.take("presence_penalty")?.double
        request.options.metadata = Self.labels(rest.take("metadata"))
        request.options.seed = rest.take("seed")?.integer
        request.options.reasoning = ReasoningEffort(recorded: rest.rest["reasoning_effort"])
        if request.options.reasoning != nil { rest.rest["reasoning_effort"] = nil }
        request.options.allowsParallelToolCalls = rest.take("parallel_tool_calls")?.bool
        request.options.providerFields[ChatFormat.name] = rest.rest
        return request
    }

    static func labels(_ value: JSONValue?) -> [String: String] {
        Dictionary((value?.object?.members ?? []).map { ($0.key, $0.value.string ?? "") }) { $1 }
    }

    private static func message(_ json: JSONValue) throws -> Message {
        switch json["role"]?.string {
        case "system", "developer": return Message(.system, parts: try parts(json["content"]))
        case "tool": return Message(.tool, parts: [.result(of: json["tool_call_id"], try parts(json["content"]))])
        case "assistant":
            let refusal = json["refusal"]?.string.map { [MessagePart(.refusal($0))] } ?? []
            let calls = (json["tool_calls"]?.elements ?? []).map(MessagePart.call)
            return Message(.assistant, parts: try parts(json["content"]) + refusal + calls)
        case "user": return Message(.user, parts: try parts(json["content"]))
        default: throw UnreadableRequest("a message of the role \(json["role"] ?? .null)")
        }
    }

    private static func parts(_ content: JSONValue?) throws -> [MessagePart] {
        try content?.string.map { [.text($0)] } ?? (content?.elements ?? []).map(part)
    }

    private static func part(_ json: JSONValue) throws -> MessagePart {
        var part = try plainPart(json)
        let known: Set = ["type", "text", "image_url", "input_audio", "file", "refusal"]
        let more = (json.object?.members ?? []).filter { !known.contains($0.key) }
        if !more.isEmpty { part.replay = Replay(format: ChatFormat.name, value: .object(JSONObject(more))) }
        return part
    }

    private static func plainPart(_ json: JSONValue) throws -> MessagePart {
        switch json["type"]?.string {
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
}

/// Reads a body of Responses as the request that it stands for; what has no word of ours goes by name.
struct ResponsesRequestReader {
    private let body: JSONValue

    init(_ body: JSONValue) {
        self.body = body
    }

    func request() throws -> ModelRequest {
        var rest = RecordedBody(body)
        _ = rest.take(["model", "stream"])
        let instructions = rest.take("instructions")?.string ?? ""
        var request = ModelRequest(messages: instructions.isEmpty ? [] : [Message(.system, instructions)])
        let input = rest.take("input") ?? .null
        request.messages += try input.string.map { [Message(.user, $0)] } ?? input.elements.map(Self.message)
        request.tools = rest.takeTools().map { Tool(recorded: $0) }
        request.toolChoice = rest.takeChoice("tool_choice") ?? .automatic
        if let text = rest.take("text") {
            request.output = OutputFormat(recorded: text["format"], in: nil)
            if let verbosity = text["verbosity"] { rest.rest["text"] = ["verbosity": verbosity] }
        }
        rest.takeSampling(into: &request.options, maximum: ["max_output_tokens"])
        request.options.metadata = ChatRequestReader.labels(rest.take("metadata"))
        if let reasoning = rest.take("reasoning") {
            request.options.reasoning = ReasoningEffort(recorded: reasoning["effort"])
            let known = request.options.reasoning == nil ? [] : ["effort"]
            let more = (reasoning.object?.members ?? []).filter { !known.contains($0.key) && $0.value != .null }
            if !more.isEmpty { rest.rest["reasoning"] = .object(JSONObject(more)) }
        }
        request.options.allowsParallelToolCalls = rest.take("parallel_tool_calls")?.bool
        request.options.providerFields[ResponsesFormat.name] = rest.rest
        return request
    }

    private static func message(_ item: JSONValue) throws -> Message {
        switch item["type"]?.string ?? "message" {
        case "function_call_output":
            let output = item["output"]
            let content = try output?.string.map { [MessagePart.text($0)] } ?? (output?.elements ?? []).map(part)
            return Message(.tool, parts: [.result(of: item["call_id"], content)])
        case "message" where item["role"] != "assistant":
            let role: Message.Role = item["role"] == "user" ? .user : .system
            if let text = item["content"]?.string { return Message(role, text) }
            return Message(role, parts: try (item["content"]?.elements ?? []).map(part))
        case "message" where item["id"] == nil:
            let text = item["content"]?.string ?? item["content"]?[0]?["text"]?.string ?? ""
            return Message(.assistant, text)
        default:
            return Message(.assistant, parts: ResponsesAnswer.parts(of: item))
        }
    }

    private static func part(_ json: JSONValue) throws -> MessagePart {
        var part: MessagePart
        var known: Set = ["type"]
        switch json["type"]?.string {
        case "input_text":
            part = .text(json["text"]?.string ?? "")
            known.insert("text")
        case "input_image":
            part = .image(Media(Self.source(json, ["image_url"]), detail: json["detail"]?.string))
            known.formUnion(["image_url", "detail", "file_id"])
        case "input_file":
            let source = Self.source(json, ["file_url", "file_data"])
            part = .document(Media(source, name: json["filename"]?.string))
            known.formUnion(["file_url", "file_data", "filename", "file_id"])
        default: throw UnreadableRequest("a part of type \(json["type"] ?? .null)")
        }
        let more = (json.object?.members ?? []).filter { !known.contains($0.key) }
        if !more.isEmpty { part.replay = Replay(format: ResponsesFormat.name, value: .object(JSONObject(more))) }
        return part
    }

    private static func source(_ json: JSONValue, _ addresses: [String]) -> Media.Source {
        if let id = json["file_id"]?.string { return .file(id: id) }
        return .url(addresses.compactMap { json[$0]?.string }.first ?? "")
    }
}

extension ReasoningEffort {
    init?(recorded json: JSONValue?) {
        let all: [ReasoningEffort] = [.none, .minimal, .low, .medium, .high, .extraHigh, .maximum]
        guard let effort = all.first(where: { $0.word == json?.string }) else { return nil }
        self = effort
    }
}

extension OutputFormat {
    init(recorded json: JSONValue?, in member: String?) {
        switch json?["type"]?.string {
        case "json_object": self = .json
        case "json_schema":
            let schema = member.flatMap { json?[$0] } ?? json
            self = .schema(
                OutputSchema(
                    name: schema?["name"]?.string ?? "",
                    description: schema?["description"]?.string,
                    schema: schema?["schema"] ?? .null,
                    isStrict: schema?["strict"]?.bool ?? false
                )
            )
        default: self = .text
        }
    }
}
