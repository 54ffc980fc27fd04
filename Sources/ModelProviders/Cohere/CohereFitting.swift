import LanguageModels

/// A request fitted to what a model of Cohere's takes: what it does not take is dropped or replaced, with a warning.
struct CohereFitting {
    /// The request as it is to be sent, and what was changed.
    private(set) var preparation: RequestPreparation
    /// What the caller set for Cohere alone; it is sent as it is.
    private(set) var own: JSONObject
    /// Whether the model thinks, and how much; `nil` leaves it to the model.
    private(set) var thinking: JSONValue?
    /// The form of the answer.
    private(set) var format: JSONValue?
    /// What is added to the caller's instructions.
    private(set) var instruction: String?
    private let rules: CohereRules

    /// Fits a request to a model.
    ///
    /// - Throws: ``ModelError`` of kind `unsupported`.
    init(_ request: ModelRequest, rules: CohereRules, identity: ModelIdentity) throws {
        preparation = RequestPreparation(request, for: identity)
        self.rules = rules
        own = request.options.providerFields[CohereFormat.name] ?? JSONObject()
        try fitTools()
        try fitOutput()
        try fitThinking()
        try fitSampling()
        try fitPenalties()
        try fitRest()
    }

    /// The request as it is to be sent.
    var request: ModelRequest { preparation.request }
    /// Its options.
    var options: RequestOptions { preparation.request.options }

    /// What limits the thoughts to so many tokens.
    static func thinking(upTo tokens: Int) -> JSONValue {
        tokens > 0 ? ["type": "enabled", "token_budget": .integer(tokens)] : ["type": "disabled"]
    }

    private mutating func fitTools() throws {
        for tool in request.tools { try check(tool.name) }
        guard !request.tools.isEmpty else { return }
        if case .tool(let name) = request.toolChoice {
            guard request.tools.contains(where: { $0.name == name }) else {
                throw preparation.unsupported("a call of tool \"\(name)\" is asked for, which is not among the tools")
            }
        }
        if request.toolChoice != .automatic, request.toolChoice != .none, !rules.takesToolChoice {
            try preparation.change("toolChoice", "the model cannot be forced to call a tool") { request in
                if case .tool(let name) = request.toolChoice { request.tools.removeAll { $0.name != name } }
                request.toolChoice = .automatic
            }
        }
        if options.allowsParallelToolCalls == false {
            let reason = "Cohere's models may always call several tools at once"
            try preparation.drop(\.allowsParallelToolCalls, named: "allowsParallelToolCalls", because: reason)
        }
        try fitStrictness()
    }

    private func check(_ name: String) throws {
        func isLetter(_ byte: UInt8) -> Bool { 0x61...0x7A ~= byte | 0x20 || byte == 0x5F }
        let isTaken = name.utf8.allSatisfy { isLetter($0) || 0x30...0x39 ~= $0 }
        guard isTaken, let first = name.utf8.first, isLetter(first) else {
            let reason = "Cohere's tools are named with letters, digits and _, and begin with no digit"
            throw preparation.unsupported("the name of tool \"\(name)\" is not taken; \(reason)")
        }
    }

    /// Strictness holds for all tools or for none.
    private mutating func fitStrictness() throws {
        let strict = request.tools.count { $0.isStrict == true }
        guard strict > 0, own["strict_tools"] == nil else { return }
        if strict < request.tools.count {
            try preparation.change("isStrict", "Cohere's tools are strict all together or not at all") { _ in }
        } else {
            own["strict_tools"] = true
        }
    }

    private mutating func fitOutput() throws {
        guard request.output != .text else { return }
        if request.toolChoice == .none, !request.tools.isEmpty {
            // Tools that must not be called would stand in the way of the form of the answer.
            try preparation.change("tools", "they cannot be sent with a form of the answer") { $0.tools = [] }
        }
        guard request.tools.isEmpty, own["documents"] == nil else {
            let reason = "it cannot be held to with tools or documents; the instructions ask for it instead"
            try preparation.change("output", reason) { _ in }
            instruction = Self.instruction(for: request.output)
            return
        }
        switch request.output {
        case .text:
            break
        case .json:
            format = ["type": "json_object"]
            // The model may write for ever where nothing asks it for JSON.
            let asks = request.messages.contains { $0.text.lowercased().contains("json") }
            if !asks { instruction = Self.instruction(for: .json) }
        case .schema(let schema):
            format = ["type": "json_object", "json_schema": schema.schema]
        }
    }

    private static func instruction(for output: OutputFormat) -> String {
        let words = "Answer with a single JSON object and nothing else: no words around it, no code fence."
        guard case .schema(let schema) = output else { return words }
        return "\(words) It must fit this JSON Schema: \(schema.schema.text)"
    }

    private mutating func fitThinking() throws {
        guard own["thinking"] == nil, let wanted = options.reasoning else { return }
        guard rules.thinks else {
            if wanted == .none || wanted == .budget(tokens: 0) { return }
            return try preparation.drop(\.reasoning, named: "reasoning", because: "the model does not think")
        }
        thinking =
            switch wanted {
            case .none: Self.thinking(upTo: 0)
            case .minimal: Self.thinking(upTo: 512)
            case .low: Self.thinking(upTo: 2048)
            case .medium: Self.thinking(upTo: 8192)
            case .high, .extraHigh, .maximum: ["type": "enabled"]
            case .budget(let tokens): Self.thinking(upTo: tokens)
            }
    }

    private mutating func fitSampling() throws {
        try clamp(\.temperature, named: "temperature", to: 0...1)
        try clamp(\.topP, named: "topP", to: 0.01...0.99)
        guard let topK = options.topK, !(0...500 ~= topK) else { return }
        try preparation.change("topK", "it lies between 0 and 500") { $0.options.topK = min(max(topK, 0), 500) }
    }

    private mutating func fitPenalties() throws {
        try clamp(\.frequencyPenalty, named: "frequencyPenalty", to: 0...1)
        try clamp(\.presencePenalty, named: "presencePenalty", to: 0...1)
        guard let frequency = options.frequencyPenalty, let presence = options.presencePenalty else { return }
        if frequency == 0 {
            try preparation.drop(\.frequencyPenalty, named: "frequencyPenalty", because: "Cohere takes one penalty")
        } else {
            let reason = presence == 0 ? "Cohere takes one penalty" : "Cohere takes one penalty; the other is kept"
            try preparation.drop(\.presencePenalty, named: "presencePenalty", because: reason)
        }
    }

    private mutating func clamp(
        _ option: WritableKeyPath<RequestOptions, Double?>,
        named name: String,
        to range: ClosedRange<Double>
    ) throws {
        guard let value = options[keyPath: option], !range.contains(value) else { return }
        let fitted = min(max(value, range.lowerBound), range.upperBound)
        let (low, high) = (JSONValue.double(range.lowerBound), JSONValue.double(range.upperBound))
        try preparation.change(name, "it lies between \(low) and \(high); \(JSONValue.double(fitted)) is sent") {
            $0.options[keyPath: option] = fitted
        }
    }

    private mutating func fitRest() throws {
        if options.stop.count > 5 {
            try preparation.change("stop", "at most five texts can end an answer; the first five are sent") {
                $0.options.stop = Array($0.options.stop.prefix(5))
            }
        }
        if !options.metadata.isEmpty {
            try preparation.change("metadata", "Cohere keeps no labels") { $0.options.metadata = [:] }
        }
        if own["safety_mode"] != nil, !request.tools.isEmpty || own["documents"] != nil {
            try preparation.change("safetyMode", "it cannot be set with tools or documents") { _ in }
            own["safety_mode"] = nil
        }
    }
}
