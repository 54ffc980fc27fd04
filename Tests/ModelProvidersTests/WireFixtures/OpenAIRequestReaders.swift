import LanguageModels

@testable import ModelProviders

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
        if !request.tools.isEmpty || rest.rest["tools"] != nil {
            request.options.allowsParallelToolCalls = rest.take("parallel_tool_calls")?.bool
            request.toolChoice = rest.takeChoice("tool_choice") ?? .automatic
        }
        if case .object(var text) = rest.take("text") {
            request.output = OutputFormat(recorded: text["format"], in: nil)
            text["format"] = nil
            rest.rest["text"] = text.isEmpty ? nil : .object(text)
        }
        rest.takeSampling(into: &request.options, maximum: ["max_output_tokens"])
        request.options.metadata = ChatRequestReader.labels(rest.take("metadata"))
        if case .object(var reasoning) = rest.take("reasoning") {
            request.options.reasoning = ReasoningEffort(recorded: reasoning["effort"])
            if request.options.reasoning != nil { reasoning["effort"] = nil }
            rest.rest["reasoning"] = reasoning.isEmpty ? nil : .object(reasoning)
        }
        request.options.providerFields[ResponsesFormat.name] = rest.rest
        return request
    }

    private static func message(_ item: JSONValue) throws -> Message {
        switch item["type"]?.string ?? "message" {
        case "function_call_output":
            return Message(.tool, parts: [.result(of: item["call_id"], try parts(item["output"]))])
        case "message" where item["role"] != "assistant":
            return Message(item["role"] == "user" ? .user : .system, parts: try parts(item["content"]))
        case "message" where item["id"] == nil:
            let texts = item["content"]?.elements ?? []
            let text = item["content"]?.string ?? texts.compactMap { $0["text"]?.string }.joined()
            return Message(.assistant, text)
        default:
            return Message(.assistant, parts: ResponsesAnswer.parts(of: item))
        }
    }

    private static func parts(_ content: JSONValue?) throws -> [MessagePart] {
        try content?.string.map { [.text($0)] } ?? (content?.elements ?? []).map(part)
    }

    private static func part(_ json: JSONValue) throws -> MessagePart {
        var part: MessagePart
        var known: Set = ["type"]
        switch json["type"]?.string {
        case "input_text":
            part = .text(json["text"]?.string ?? "")
            known.insert("text")
        case "input_image":
            part = .image(Media(source(json, "image_url"), detail: json["detail"]?.string))
            known.formUnion(["image_url", "file_id", "detail"])
        case "input_file":
            let address = json["file_url"] == nil ? "file_data" : "file_url"
            part = .document(Media(source(json, address), name: json["filename"]?.string))
            known.formUnion(["file_url", "file_data", "file_id", "filename"])
        default: throw UnreadableRequest("a part of type \(json["type"] ?? .null)")
        }
        let more = (json.object?.members ?? []).filter { !known.contains($0.key) && $0.value != .null }
        if !more.isEmpty { part.replay = Replay(format: ResponsesFormat.name, value: .object(JSONObject(more))) }
        return part
    }

    private static func source(_ json: JSONValue, _ address: String) -> Media.Source {
        json["file_id"]?.string.map { .file(id: $0) } ?? .url(json[address]?.string ?? "")
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
