import LanguageModels

@testable import ModelProviders

extension JudgedFormat {
    static let cohere = JudgedFormat(
        api: "cohere-v2-chat",
        owns: { $0.folder == "cohere" },
        model: { fixture, transport in
            CohereModel(fixture.model, key: "k", baseURL: "https://service.example", transport: transport)
        },
        // What was sent to other endpoints is no question to a model.
        request: { fixture, body in body["messages"] == nil ? nil : CohereRequestReader(body).request() },
        normalized: { CohereDifferences.normalized($0) }
    )
}

/// The differences between recorded bodies and ours that mean nothing to the service.
///
/// - the order of members; `stream: false` and none; an empty `description`, empty `parameters` and none
/// - a single part of text and the plain text; an assistant's empty text beside calls
/// - the older name `schema` of `json_schema`
enum CohereDifferences {
    static func normalized(_ body: JSONValue) -> JSONValue {
        guard var object = body.withoutIdleMembers({ $0 == "parameters" && $1 == [:] }).object else { return body }
        if object["stream"] == false { object["stream"] = nil }
        if let schema = object["response_format"]?["schema"] {
            object["response_format"] = ["type": "json_object", "json_schema": schema]
        }
        object["messages"] = .array((object["messages"]?.elements ?? []).map(message))
        return .object(object)
    }

    private static func message(_ message: JSONValue) -> JSONValue {
        guard var object = message.object else { return message }
        let parts = object["content"]?.elements ?? []
        if parts.count == 1, parts[0]["type"] == "text", let text = parts[0]["text"] { object["content"] = text }
        if object["content"] == "", object["tool_calls"] != nil { object["content"] = nil }
        return .object(object)
    }
}

/// Reads a body of Cohere's chat as the request that it stands for; what has no word of ours goes by name.
struct CohereRequestReader {
    private let body: JSONValue

    init(_ body: JSONValue) {
        self.body = body
    }

    func request() -> ModelRequest {
        var rest = RecordedBody(body)
        _ = rest.take(["model", "stream"])
        var request = ModelRequest(messages: (rest.take("messages")?.elements ?? []).map(Self.message))
        request.tools = (rest.take("tools")?.elements ?? []).map {
            Tool(recorded: $0["function"], otherwise: [:])
        }
        switch rest.take("tool_choice")?.string {
        case "NONE": request.toolChoice = .none
        case "REQUIRED": request.toolChoice = .required
        default: break
        }
        let isAlone = body["tools"] == nil && body["documents"] == nil
        if isAlone, body["response_format"]?["type"] != "text", let format = rest.take("response_format") {
            let schema = format["json_schema"] ?? format["schema"]
            request.output = schema.map { .schema(OutputSchema(name: "answer", schema: $0)) } ?? .json
        }
        rest.takeSampling(into: &request.options, topP: "p", topK: "k")
        request.options.seed = rest.take("seed")?.integer
        request.options.providerFields[CohereFormat.name] = rest.rest
        return request
    }

    private static func message(_ json: JSONValue) -> Message {
        let content = json["content"]?.string.map { [MessagePart.text($0)] } ?? parts(json["content"])
        switch json["role"]?.string {
        case "system":
            return Message(.system, parts: content)
        case "tool":
            return Message(.tool, parts: [.result(of: json["tool_call_id"], content)])
        case "assistant":
            let plan = json["tool_plan"]?.string.map { [CohereAnswer.plan($0)] } ?? []
            let calls = (json["tool_calls"]?.elements ?? []).map(MessagePart.call)
            return Message(.assistant, parts: content + plan + calls)
        default:
            return Message(.user, parts: content)
        }
    }

    private static func parts(_ content: JSONValue?) -> [MessagePart] {
        (content?.elements ?? []).compactMap { block in
            guard let image = block["image_url"] else { return CohereAnswer.part(block) }
            return .image(Media(.url(image["url"]?.string ?? ""), detail: image["detail"]?.string))
        }
    }
}
