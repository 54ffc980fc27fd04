import LanguageModels

@testable import ModelProviders

/// Reads a recorded body of `generateContent` as the request that it stands for; what has no word of ours goes by name.
struct GeminiRequestReader {
    private let body: JSONValue

    init(_ body: JSONValue) {
        self.body = GeminiDifferences.camel(body)
    }

    func request() throws -> ModelRequest {
        var rest = RecordedBody(body)
        _ = rest.take("model")
        let system = (rest.take("systemInstruction")?["parts"]?.elements ?? []).compactMap { $0["text"]?.string }
        var request = ModelRequest(messages: [])
        if !system.isEmpty { request.messages = [Message(.system, parts: system.map { .text($0) })] }
        request.messages += try (rest.take("contents")?.elements ?? []).map(Self.message)
        let tools = rest.take("tools")?.elements ?? []
        let functions = tools.flatMap { $0["functionDeclarations"]?.elements ?? [] }
        request.tools = functions.map { json in
            Tool(
                name: json["name"]?.string ?? "",
                description: json["description"]?.string ?? "",
                parameters: GeminiDifferences.normalized(["tools": [["functionDeclarations": [json]]]])["tools"]?[0]?[
                    "functionDeclarations"
                ]?[0]?["parametersJsonSchema"] ?? .null
            )
        }
        readCalling(rest.take("toolConfig")?["functionCallingConfig"], &request)
        readGeneration(rest.take("generationConfig")?.object ?? JSONObject(), &request)
        request.options.providerFields[GeminiFormat.name] = {
            var fields = rest.rest
            fields.merge(request.options.gemini.fields)
            return fields
        }()
        return request
    }

    private func readCalling(_ config: JSONValue?, _ request: inout ModelRequest) {
        let names = (config?["allowedFunctionNames"]?.elements ?? []).compactMap(\.string)
        switch config?["mode"]?.string {
        case "ANY": request.toolChoice = names.count == 1 ? .tool(names[0]) : .required
        case "NONE": request.toolChoice = .none
        case "VALIDATED":
            for index in request.tools.indices { request.tools[index].isStrict = true }
        default: break
        }
    }

    private func readGeneration(_ config: JSONObject, _ request: inout ModelRequest) {
        var config = RecordedBody(.object(config))
        request.options.temperature = config.take("temperature")?.double
        request.options.topP = config.take("topP")?.double
        request.options.maximumTokens = config.take("maxOutputTokens")?.integer
        if config.take("responseMimeType") == "application/json" {
            let own = config.take("responseSchema").map {
                GeminiDifferences.normalized(["generationConfig": ["responseSchema": $0]])
            }
            let schema = config.take("responseJsonSchema") ?? own?["generationConfig"]?["responseJsonSchema"]
            request.output = schema.map { .schema(OutputSchema(name: "answer", schema: $0)) } ?? .json
        }
        if let thinking = config.take("thinkingConfig") {
            request.options.reasoning = thinking["thinkingBudget"]?.integer.map {
                $0 == 0 ? .none : .budget(tokens: $0)
            }
            request.options.gemini.includesThoughts = thinking["includeThoughts"]?.bool
        }
        var all = request.options.gemini.generationConfig
        all.merge(config.rest)
        request.options.gemini.generationConfig = all
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
        var content: MessagePart.Content
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
            let response = result["response"] ?? [:]
            content = .toolResult(
                ToolResult(
                    callID: result["id"]?.string ?? "call",
                    name: result["name"]?.string ?? "",
                    content: [.text(response["output"]?.string ?? response.text)]
                )
            )
        } else {
            throw UnreadableRequest("a part \(json)")
        }
        let replay = extras.isEmpty ? nil : Replay(format: GeminiFormat.name, value: .object(extras))
        return MessagePart(content, replay: replay)
    }
}
