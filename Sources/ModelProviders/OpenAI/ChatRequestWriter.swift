import LanguageModels

/// Writes a request that was fitted to the model as the body of Chat Completions.
struct ChatRequestWriter {
    let quirks: ChatQuirks
    /// The request; what has to be changed while it is written is noted there, too.
    var preparation: RequestPreparation

    private var request: ModelRequest { preparation.request }
    private var options: RequestOptions { preparation.request.options }

    /// The whole body but for what the caller gave by name.
    mutating func body(isStream: Bool) throws -> JSONObject {
        var members: [(key: String, value: JSONValue)] = []
        members.reserveCapacity(8)
        members.append(("model", .string(preparation.identity.model)))
        let writer = ChatMessageWriter(quirks: quirks, identity: preparation.identity)
        members.append(("messages", .array(try writer.messages(of: &preparation))))
        addTools(to: &members)
        addOptions(to: &members)
        if let format = responseFormat { members.append(("response_format", format)) }
        if isStream {
            members.append(("stream", true))
            if quirks.sendsStreamOptions { members.append(("stream_options", ["include_usage": true])) }
        }
        return JSONObject(members)
    }

    private func addOptions(to members: inout [(key: String, value: JSONValue)]) {
        func add(_ key: String, _ value: JSONValue?) {
            if let value { members.append((key, value)) }
        }
        add(quirks.maximumTokensName, options.maximumTokens.map { .integer($0) })
        add("temperature", options.temperature.map { .double($0) })
        add("top_p", options.topP.map { .double($0) })
        add("top_k", options.topK.map { .integer($0) })
        add("frequency_penalty", options.frequencyPenalty.map { .double($0) })
        add("presence_penalty", options.presencePenalty.map { .double($0) })
        add("stop", options.stop.isEmpty ? nil : .array(options.stop.map { .string($0) }))
        add(quirks.seedName, options.seed.map { .integer($0) })
        add("reasoning_effort", options.reasoning?.word.map { .string($0) })
        if !options.metadata.isEmpty { add("metadata", options.metadata.json) }
    }

    private func addTools(to members: inout [(key: String, value: JSONValue)]) {
        if !request.tools.isEmpty { members.append(("tools", .array(request.tools.map(tool)))) }
        // Tools may be given by name alone, too.
        guard !request.tools.isEmpty || options.providerFields[ChatFormat.name]?["tools"] != nil else { return }
        switch request.toolChoice {
        case .automatic: break
        case .none: members.append(("tool_choice", "none"))
        case .required: members.append(("tool_choice", .string(quirks.requiredToolChoice)))
        case .tool(let name):
            members.append(("tool_choice", ["type": "function", "function": ["name": .string(name)]]))
        }
        if let parallel = options.allowsParallelToolCalls { members.append(("parallel_tool_calls", .bool(parallel))) }
    }

    private func tool(_ tool: Tool) -> JSONValue {
        var function: [(key: String, value: JSONValue)] = [("name", .string(tool.name))]
        if !tool.description.isEmpty { function.append(("description", .string(tool.description))) }
        function.append(("parameters", tool.parameters))
        if let isStrict = tool.isStrict, quirks.takesStrictTools { function.append(("strict", .bool(isStrict))) }
        return ["type": "function", "function": .object(JSONObject(function))]
    }

    private var responseFormat: JSONValue? {
        switch request.output {
        case .text: nil
        case .json: ["type": "json_object"]
        case .schema(let schema): ["type": "json_schema", "json_schema": .object(schema.members)]
        }
    }
}

extension OutputSchema {
    /// The schema as both of OpenAI's interfaces describe it, one inside a member, one beside the type.
    var members: JSONObject {
        var members: [(key: String, value: JSONValue)] = [("name", .string(name))]
        if let description { members.append(("description", .string(description))) }
        members.append(("schema", schema))
        members.append(("strict", .bool(isStrict)))
        return JSONObject(members)
    }
}

extension [String: String] {
    /// An object, its keys in alphabetical order so that equal requests give equal bytes.
    var json: JSONValue {
        .object(JSONObject(sorted { $0.key < $1.key }.map { (key: $0.key, value: .string($0.value)) }))
    }
}
