import LanguageModels

@testable import ModelProviders

/// Reads a recorded body of `generateContent` as the request that it stands for; what has no word of ours goes by name,
/// and so does what the model's rules would change: they have tests of their own.
struct GeminiRequestReader {
    private let body: JSONValue
    private let rules: GeminiRules

    init(_ body: JSONValue, rules: GeminiRules) {
        self.body = GeminiDifferences.camel(body)
        self.rules = rules
    }

    func request() throws -> ModelRequest {
        var rest = RecordedBody(body)
        _ = rest.take("model")
        let system = (rest.take("systemInstruction")?["parts"]?.elements ?? []).compactMap { $0["text"]?.string }
        var request = ModelRequest(messages: [])
        if !system.isEmpty { request.messages = [Message(.system, parts: system.map { .text($0) })] }
        request.messages += try (rest.take("contents")?.elements ?? []).map(Self.message)
        let tools = rest.take("tools")?.elements ?? []
        let functions = tools.filter { $0["functionDeclarations"]?.elements.allSatisfy(Self.isPlain) == true }
        request.tools = functions.flatMap { $0["functionDeclarations"]?.elements ?? [] }.map(Self.tool)
        readCalling(&rest, &request)
        readGeneration(rest.take("generationConfig")?.object ?? JSONObject(), &request)
        request.options.gemini.serviceTools = tools.filter { !functions.contains($0) }
        request.options.providerFields[GeminiFormat.name] = {
            var fields = rest.rest
            fields.merge(request.options.gemini.fields)
            return fields
        }()
        return request
    }

    /// Whether all that is said of a function has a word of ours.
    private static func isPlain(_ json: JSONValue) -> Bool {
        let schema = GeminiDifferences.function(json)["parametersJsonSchema"] ?? [:]
        let keys: Set = ["name", "description", "parameters", "parametersJsonSchema"]
        return keys.isSuperset(of: json.object?.keys ?? []) && GeminiSchema.accepted(schema) == schema
    }

    private static func tool(_ json: JSONValue) -> Tool {
        let parameters = GeminiDifferences.function(json)["parametersJsonSchema"]
        let name = json["name"]?.string ?? ""
        return Tool(
            name: name,
            description: json["description"]?.string ?? "",
            parameters: parameters ?? ["type": "object", "properties": [:]]
        )
    }

    /// What requests have words for; all else goes by name.
    private func readCalling(_ rest: inout RecordedBody, _ request: inout ModelRequest) {
        let config = body["toolConfig"]?["functionCallingConfig"]
        let names = (config?["allowedFunctionNames"]?.elements ?? []).compactMap(\.string)
        let isPlain = names.isEmpty || names == request.tools.map(\.name)
        switch config?["mode"]?.string {
        case "ANY" where names.count == 1: request.toolChoice = .tool(names[0])
        case "ANY" where isPlain: request.toolChoice = .required
        case "NONE" where isPlain: request.toolChoice = .none
        case "VALIDATED" where isPlain:
            for index in request.tools.indices { request.tools[index].isStrict = true }
        default: return
        }
        var others = rest.take("toolConfig")?.object ?? JSONObject()
        others["functionCallingConfig"] = nil
        if !others.isEmpty { rest.rest["toolConfig"] = .object(others) }
    }

    private func readGeneration(_ config: JSONObject, _ request: inout ModelRequest) {
        var config = RecordedBody(.object(config))
        if rules.takesSampling {
            request.options.temperature = config.take("temperature")?.double
            request.options.topP = config.take("topP")?.double
            request.options.topK = config.take("topK")?.integer
        }
        request.options.seed = config.take("seed")?.integer
        request.options.maximumTokens = config.take("maxOutputTokens")?.integer
        request.options.stop = config.take("stopSequences")?.elements.compactMap(\.string) ?? []
        readOutput(&config, &request)
        if var thinking = config.rest["thinkingConfig"]?.object, let budget = thinking["thinkingBudget"]?.integer,
            case .budget(let range, let off) = rules.thinking,
            range.contains(budget) || budget == -1 || budget == 0 && off
        {
            request.options.reasoning = budget == 0 ? ReasoningEffort.none : .budget(tokens: budget)
            thinking["thinkingBudget"] = nil
            config.rest["thinkingConfig"] = thinking.isEmpty ? nil : .object(thinking)
        }
        request.options.gemini.generationConfig = config.rest
    }

    private func readOutput(_ config: inout RecordedBody, _ request: inout ModelRequest) {
        guard config.rest["responseMimeType"] == "application/json",
            request.tools.isEmpty || rules.takesToolsWithOutput, rules.hasStructuredOutput
        else { return }
        GeminiDifferences.moveSchema("responseSchema", to: "responseJsonSchema", in: &config.rest)
        let schema = config.rest["responseJsonSchema"]
        guard schema.map({ GeminiSchema.accepted($0) == $0 }) ?? true else { return }
        _ = config.take("responseMimeType")
        _ = config.take("responseJsonSchema")
        request.output = schema.map { .schema(OutputSchema(name: "answer", schema: $0)) } ?? .json
    }

    private static func message(_ json: JSONValue) throws -> Message {
        let parts = try (json["parts"]?.elements ?? []).map(part)
        let isModel = json["role"]?.string == "model"
        let isResult = parts.contains { part in
            if case .toolResult = part.content { true } else { false }
        }
        return Message(isModel ? .assistant : isResult ? .tool : .user, parts: parts)
    }

    private static func part(_ json: JSONValue) throws -> MessagePart {
        var extras = json.object ?? JSONObject()
        let content: MessagePart.Content
        if let text = json["text"]?.string {
            extras["text"] = nil
            content = json["thought"]?.bool == true ? .reasoning(text) : .text(text)
        } else if let call = json["functionCall"] {
            let id = call["id"]?.string
            extras["functionCall"] = id.map { ["id": .string($0)] }
            let arguments = call["args"]?.text ?? "{}"
            content = .toolCall(ToolCall(id: id ?? "call", name: call["name"]?.string ?? "", arguments: arguments))
        } else if let result = json["functionResponse"] {
            extras["functionResponse"] = nil
            content = .toolResult(
                ToolResult(
                    callID: result["id"]?.string ?? "call",
                    name: result["name"]?.string ?? "",
                    content: [.text(result["response"]?.text ?? "{}")]
                        + (try result["parts"]?.elements.map(part) ?? [])
                )
            )
        } else if let data = json["inlineData"] {
            extras["inlineData"] = nil
            let bytes = Base64.bytes(of: data["data"]?.string ?? "") ?? []
            content = .document(Media(.bytes(bytes), type: data["mimeType"]?.string))
        } else if let file = json["fileData"] {
            extras["fileData"] = nil
            content = .document(Media(.url(file["fileUri"]?.string ?? ""), type: file["mimeType"]?.string))
        } else {
            content = .other
        }
        let replay = extras.isEmpty ? nil : Replay(format: GeminiFormat.name, value: .object(extras))
        return MessagePart(content, replay: replay)
    }
}
