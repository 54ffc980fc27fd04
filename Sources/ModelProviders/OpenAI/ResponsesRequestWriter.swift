import LanguageModels

/// Writes a request that was fitted to the model as the body of Responses.
struct ResponsesRequestWriter {
    let model: String
    let rules: OpenAIRules
    let request: ModelRequest
    let items: ResponsesItemWriter

    private var options: RequestOptions { request.options }

    /// The whole body but for what the caller gave by name.
    func body(isStream: Bool) throws -> JSONObject {
        var members: [(key: String, value: JSONValue)] = [("model", .string(model))]
        let opening = request.messages.prefix { $0.role == .system && !$0.parts.contains { $0.replay != nil } }
        if !opening.isEmpty {
            members.append(("instructions", .string(opening.map(\.text).joined(separator: "\n\n"))))
        }
        members.append(("input", .array(try items.items(of: request.messages.dropFirst(opening.count)))))
        addTools(to: &members)
        addOptions(to: &members)
        if isStream { members.append(("stream", true)) }
        return JSONObject(members)
    }

    private func addOptions(to members: inout [(key: String, value: JSONValue)]) {
        if let maximum = options.maximumTokens { members.append(("max_output_tokens", .integer(maximum))) }
        if let temperature = options.temperature { members.append(("temperature", .double(temperature))) }
        if let topP = options.topP { members.append(("top_p", .double(topP))) }
        if let effort = options.reasoning?.word { members.append(("reasoning", ["effort": .string(effort)])) }
        if let format { members.append(("text", ["format": format])) }
        if !options.metadata.isEmpty { members.append(("metadata", options.metadata.json)) }
        // The whole conversation is sent every time; nothing needs to be kept at the service.
        members.append(("store", false))
    }

    private var format: JSONValue? {
        switch request.output {
        case .text: nil
        case .json: ["type": "json_object"]
        case .schema(let schema): .object(JSONObject([(key: "type", value: "json_schema")] + schema.members.members))
        }
    }

    private func addTools(to members: inout [(key: String, value: JSONValue)]) {
        if !request.tools.isEmpty { members.append(("tools", .array(request.tools.map(tool)))) }
        // Tools may be given by name alone, too.
        guard !request.tools.isEmpty || options.providerFields[ResponsesFormat.name]?["tools"] != nil else { return }
        switch request.toolChoice {
        case .automatic: break
        case .none: members.append(("tool_choice", "none"))
        case .required: members.append(("tool_choice", "required"))
        case .tool(let name): members.append(("tool_choice", ["type": "function", "name": .string(name)]))
        }
        if let parallel = options.allowsParallelToolCalls { members.append(("parallel_tool_calls", .bool(parallel))) }
    }

    /// A tool; the service takes a tool without `strict` as strict and adds to its schema, so it is always said.
    private func tool(_ tool: Tool) -> JSONValue {
        var members: [(key: String, value: JSONValue)] = [("type", "function"), ("name", .string(tool.name))]
        if !tool.description.isEmpty { members.append(("description", .string(tool.description))) }
        members.append(("parameters", tool.parameters))
        let isStrict = tool.isStrict ?? (StrictSchema.fault(in: tool.parameters) == nil)
        members.append(("strict", .bool(isStrict)))
        return .object(JSONObject(members))
    }

    /// What is not kept at the service must come sealed, or it cannot go on from its reasoning.
    func addEncryptedReasoning(to body: inout JSONObject) {
        guard body["store"] == .bool(false), rules.reasons else { return }
        let sealed: JSONValue = "reasoning.encrypted_content"
        let include = body["include"]?.elements ?? []
        if !include.contains(sealed) { body["include"] = .array(include + [sealed]) }
    }
}
