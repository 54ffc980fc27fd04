import LanguageModels

/// Writes a request for Anthropic's Messages (https://docs.claude.com/en/api/messages).
struct AnthropicRequest {
    /// The tool through which models without structured output give an answer that fits a schema.
    ///
    /// Reading an answer turns its calls into text, so no tool of the caller may have this name.
    static let answerTool = "answer_in_required_form"

    private let fitting: AnthropicFitting

    /// Writes a request that fits its model.
    init(_ fitting: AnthropicFitting) {
        self.fitting = fitting
    }

    private var request: ModelRequest { fitting.request }

    /// The body of the request.
    ///
    /// - Throws: ``ModelError`` of kind `unsupported`.
    func body(isStream: Bool) throws -> JSONValue {
        let conversation = try AnthropicConversation(fitting)
        var members: [(key: String, value: JSONValue)] = [
            ("model", .string(fitting.preparation.identity.model)), ("max_tokens", .integer(fitting.maximumTokens)),
        ]
        if let system = conversation.system { members.append(("system", system)) }
        members.append(("messages", .array(conversation.messages)))
        addTools(to: &members, calledBefore: conversation.calledTools)
        addOptions(to: &members)
        if isStream { members.append(("stream", true)) }
        var body = JSONObject(members)
        guard !fitting.own.isEmpty else { return .object(body) }
        var fields = fitting.own
        fields[AnthropicOptions.betasKey] = nil
        // They stand among the caller's already.
        fields["tools"] = nil
        body.merge(fields)
        return .object(body)
    }

    private func addOptions(to members: inout [(key: String, value: JSONValue)]) {
        let options = fitting.options
        if let temperature = options.temperature { members.append(("temperature", .double(temperature))) }
        if let topP = options.topP { members.append(("top_p", .double(topP))) }
        if let topK = options.topK { members.append(("top_k", .integer(topK))) }
        if !options.stop.isEmpty { members.append(("stop_sequences", .array(options.stop.map { .string($0) }))) }
        if let thinking = fitting.thinking, fitting.own["thinking"] == nil { members.append(("thinking", thinking)) }
        var output = JSONObject()
        if let effort = fitting.effort { output["effort"] = .string(effort) }
        if let format = fitting.format { output["format"] = format }
        if !output.isEmpty { members.append(("output_config", .object(output))) }
        if let user = options.metadata["user_id"] { members.append(("metadata", ["user_id": .string(user)])) }
    }

    private func addTools(to members: inout [(key: String, value: JSONValue)], calledBefore: [String]) {
        var tools = request.tools.map { definition(of: $0) }
        var choice = tools.isEmpty ? nil : Self.choice(request.toolChoice)
        let serverTools = fitting.own["tools"]?.elements ?? []
        if tools.isEmpty, serverTools.isEmpty, fitting.answerSchema == nil, !calledBefore.isEmpty {
            // The service refuses calls and results in a conversation for which no tools are defined.
            tools = calledBefore.map { definition(of: Tool(name: $0)) }
            choice = ["type": "none"]
        }
        if let lifetime = fitting.marks.ofTools, case .object(var last)? = tools.last {
            last["cache_control"] = lifetime.cacheControl
            tools[tools.count - 1] = .object(last)
        }
        tools += serverTools
        if let answerSchema = fitting.answerSchema {
            tools.append(Self.answerTool(answerSchema))
            choice = answerChoice
        }
        guard !tools.isEmpty else { return }
        members.append(("tools", .array(tools)))
        if fitting.options.allowsParallelToolCalls == false, choice?["type"] != "none" {
            var object = choice?.object ?? JSONObject([("type", "auto")])
            object["disable_parallel_tool_use"] = true
            choice = .object(object)
        }
        if let choice { members.append(("tool_choice", choice)) }
    }

    private func definition(of tool: Tool) -> JSONValue {
        var definition = JSONObject([("name", .string(tool.name))])
        if !tool.description.isEmpty { definition["description"] = .string(tool.description) }
        let isStrict = tool.isStrict == true && fitting.rules.hasStructuredOutput
        definition["input_schema"] = isStrict ? AnthropicSchema(tool.parameters).schema : tool.parameters
        if isStrict { definition["strict"] = true }
        return .object(definition)
    }

    private static func choice(_ choice: ToolChoice) -> JSONValue? {
        switch choice {
        case .automatic: nil
        case .none: ["type": "none"]
        case .required: ["type": "any"]
        case .tool(let name): ["type": "tool", "name": .string(name)]
        }
    }

    /// With tools of the caller's the model may call one of them before it answers; alone it answers once.
    private var answerChoice: JSONValue {
        if fitting.isThinking || !fitting.rules.takesForcedTools { return ["type": "auto"] }
        if !request.tools.isEmpty, request.toolChoice != .none { return ["type": "any"] }
        return ["type": "tool", "name": .string(Self.answerTool), "disable_parallel_tool_use": true]
    }

    private static func answerTool(_ schema: OutputSchema) -> JSONValue {
        var words =
            "Gives the final answer, in the form that is required. Call it exactly once, when the answer is ready."
        if let description = schema.description { words += " The answer: \(description)" }
        return ["name": .string(answerTool), "description": .string(words), "input_schema": schema.schema]
    }
}
