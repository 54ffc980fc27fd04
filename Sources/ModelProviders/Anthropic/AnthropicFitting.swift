import LanguageModels

/// A request fitted to what a Claude model takes: what it does not take is dropped or replaced, with a warning.
struct AnthropicFitting {
    /// The request as it is to be sent, and what was changed.
    private(set) var preparation: RequestPreparation
    /// The model's rules.
    let rules: AnthropicRules
    /// What the caller set for Anthropic alone; it is sent as it is.
    let own: JSONObject
    /// The most tokens of the answer; the service demands the number.
    private(set) var maximumTokens: Int
    /// How the model is told to think; `nil` where it is not.
    private(set) var thinking: JSONValue?
    /// The word for how much work the model is to do.
    private(set) var effort: String?
    /// The form of the answer, for models with structured output.
    private(set) var format: JSONValue?
    /// The form of the answer, for models that must be made to call a tool.
    private(set) var answerSchema: OutputSchema?
    /// What is added to the caller's instructions.
    private(set) var instruction: String?
    /// The places up to which the prompt is cached.
    private(set) var marks = AnthropicCacheMarks()

    /// Fits a request to a model.
    ///
    /// - Throws: ``ModelError`` of kind `unsupported`.
    init(_ request: ModelRequest, rules: AnthropicRules, identity: ModelIdentity) throws {
        preparation = RequestPreparation(request, for: identity)
        self.rules = rules
        own = request.options.providerFields[AnthropicFormat.name] ?? JSONObject()
        maximumTokens = own["max_tokens"]?.integer ?? rules.maximumOutput
        try fitTokens()
        try fitOutput()
        try fitThinking()
        try fitSampling()
        try fitTools()
        try fitPrefill()
        try fitRest()
        marks = try AnthropicCacheMarks(for: &preparation, limit: own["cache_control"] == nil ? 4 : 3)
    }

    /// The request as it is to be sent.
    var request: ModelRequest { preparation.request }
    /// Its options.
    var options: RequestOptions { preparation.request.options }
    /// Whether the model thinks before it answers.
    var isThinking: Bool { thinkingType == "enabled" || thinkingType == "adaptive" }

    private var thinkingType: String? { thinking?["type"]?.string }
}

extension AnthropicFitting {
    private mutating func fitTokens() throws {
        guard own["max_tokens"] == nil, let wanted = options.maximumTokens else { return }
        maximumTokens = wanted
        guard wanted > rules.maximumOutput else { return }
        try preparation.change("maximumTokens", "the model writes at most \(rules.maximumOutput) tokens") { _ in }
        maximumTokens = rules.maximumOutput
    }

    private mutating func fitOutput() throws {
        switch request.output {
        case .text:
            break
        case .json:
            let reason = "Anthropic has no JSON mode; the instructions ask for JSON instead"
            try preparation.change("output", reason) { _ in }
            instruction = "Answer with a single JSON object and nothing else: no words around it, no code fence."
        case .schema(let schema) where rules.hasStructuredOutput && !AnthropicSchema.isRecursive(schema.schema):
            let fitted = AnthropicSchema(schema.schema)
            if !fitted.moved.isEmpty {
                let names = fitted.moved.joined(separator: ", ")
                try preparation.change("output", "the service does not enforce \(names) of the schema") { _ in }
            }
            format = ["type": "json_schema", "schema": fitted.schema]
        case .schema(let schema):
            if case .tool(let name) = request.toolChoice, !request.tools.isEmpty {
                try preparation.change("output", "a call of \(name) is asked for, which leaves no answer") { _ in }
            } else {
                answerSchema = schema
            }
        }
    }

    private mutating func fitThinking() throws {
        thinking = own["thinking"]
        guard thinking == nil, let wanted = options.reasoning else { return }
        if wanted == .none || wanted == .budget(tokens: 0) {
            thinking = rules.thinking.isAdaptive ? ["type": "disabled"] : nil
        } else if rules.thinking == .never {
            try preparation.drop(\.reasoning, named: "reasoning", because: "the model does not think")
        } else if answerSchema != nil {
            let reason = "the model cannot think where its answer must fit a schema"
            try preparation.drop(\.reasoning, named: "reasoning", because: reason)
        } else if case .budget(let tokens) = wanted {
            try think(upTo: tokens)
        } else {
            try think(wanted.word ?? "high")
        }
    }

    private mutating func think(upTo tokens: Int) throws {
        guard rules.thinking.takesBudget else {
            let word = tokens <= 2048 ? "low" : tokens <= 8192 ? "medium" : tokens <= 24_576 ? "high" : "max"
            let reason = "the model takes no budget to think; effort \(word) is sent instead"
            try preparation.change("reasoning", reason) { _ in }
            thinking = ["type": "adaptive"]
            effort = word
            return
        }
        try enable(budget: tokens, isExact: true)
    }

    private mutating func think(_ word: String) throws {
        if !rules.efforts.isEmpty { effort = try fittingEffort(word) }
        guard !rules.thinking.isAdaptive else {
            thinking = ["type": "adaptive"]
            return
        }
        let budgets = ["minimal": 1024, "low": 2048, "medium": 8192, "high": 16_384, "xhigh": 24_576, "max": 31_999]
        try enable(budget: budgets[word] ?? 8192, isExact: false)
    }

    /// The word itself, or the nearest below that the model knows.
    private mutating func fittingEffort(_ word: String) throws -> String? {
        guard !rules.efforts.contains(word) else { return word }
        let order = ["minimal", "low", "medium", "high", "xhigh", "max"]
        let place = order.firstIndex(of: word) ?? order.count
        let below = order[..<place].last { rules.efforts.contains($0) } ?? rules.efforts.first
        try preparation.change("reasoning", "the model knows no effort \(word); \(below ?? "none") is sent") { _ in }
        return below
    }

    /// The budget lies between 1,024 and the answer's tokens.
    private mutating func enable(budget: Int, isExact: Bool) throws {
        guard maximumTokens > 1024 else {
            let reason = "thinking takes more than the \(maximumTokens) tokens that are allowed"
            return try preparation.drop(\.reasoning, named: "reasoning", because: reason)
        }
        let fitted = min(max(budget, 1024), maximumTokens - 1)
        if isExact, fitted != budget {
            let reason = "the budget must be at least 1024 and below maximumTokens; \(fitted) is sent"
            try preparation.change("reasoning", reason) { _ in }
        }
        thinking = ["type": "enabled", "budget_tokens": .integer(fitted)]
    }

    private mutating func fitSampling() throws {
        let unknown = "Anthropic does not know it"
        try preparation.drop(\.seed, named: "seed", because: unknown)
        try preparation.drop(\.frequencyPenalty, named: "frequencyPenalty", because: unknown)
        try preparation.drop(\.presencePenalty, named: "presencePenalty", because: unknown)
        guard rules.takesSampling else {
            let reason = "the model takes no options of sampling"
            try preparation.drop(\.temperature, named: "temperature", because: reason)
            try preparation.drop(\.topP, named: "topP", because: reason)
            return try preparation.drop(\.topK, named: "topK", because: reason)
        }
        if let temperature = options.temperature, !(0...1 ~= temperature) {
            let fitted = temperature > 1 ? 1.0 : 0
            try preparation.change("temperature", "it lies between 0 and 1; \(Int(fitted)) is sent") {
                $0.options.temperature = fitted
            }
        }
        if isThinking { try fitSamplingToThinking() }
        if !rules.takesTemperatureWithTopP, options.temperature != nil {
            try preparation.drop(\.topP, named: "topP", because: "the model does not take it beside temperature")
        }
    }

    private mutating func fitSamplingToThinking() throws {
        let reason = "the model does not take it while it thinks"
        if let temperature = options.temperature, temperature != 1 {
            try preparation.drop(\.temperature, named: "temperature", because: reason)
        }
        try preparation.drop(\.topK, named: "topK", because: reason)
        if let topP = options.topP, topP < 0.95 { try preparation.drop(\.topP, named: "topP", because: reason) }
    }

    private mutating func fitTools() throws {
        for tool in request.tools { try check(tool) }
        if !rules.hasStructuredOutput, request.tools.contains(where: { $0.isStrict == true }) {
            try preparation.change("isStrict", "the model's tools cannot be strict") { request in
                for index in request.tools.indices { request.tools[index].isStrict = nil }
            }
        }
        let isForced = request.toolChoice != .automatic && request.toolChoice != .none
        guard isForced, !request.tools.isEmpty else { return }
        if !rules.takesForcedTools {
            try preparation.change("toolChoice", "the model cannot be forced to call a tool") {
                $0.toolChoice = .automatic
            }
        } else if thinkingType == "enabled" {
            try preparation.change("toolChoice", "the model cannot be forced to call a tool while it thinks") {
                $0.toolChoice = .automatic
            }
        }
    }

    private func check(_ tool: Tool) throws {
        let isTaken = tool.name.utf8.allSatisfy { byte in
            0x61...0x7A ~= byte | 0x20 || 0x30...0x39 ~= byte || byte == 0x2D || byte == 0x5F
        }
        guard isTaken, 1...128 ~= tool.name.utf8.count else {
            let reason = "tools are named with up to 128 letters, digits, _ and -"
            throw preparation.unsupported("the name of tool \"\(tool.name)\" is not taken; \(reason)")
        }
        if tool.name == AnthropicRequest.answerTool, !rules.hasStructuredOutput {
            throw preparation.unsupported("the name of tool \"\(tool.name)\" is used to ask for structured answers")
        }
    }

    /// A last message of the assistant is what the model is to go on from.
    private mutating func fitPrefill() throws {
        guard let last = request.messages.last(where: { $0.role != .system }), last.role == .assistant,
            last.parts.allSatisfy({ $0.text != nil })
        else { return }
        var reason: String?
        if format != nil { reason = "an answer that must fit a schema cannot be begun" }
        if thinkingType == "enabled" { reason = "the model does not go on from a beginning while it thinks" }
        if !rules.takesPrefill { reason = "the model does not go on from a beginning of its answer" }
        guard let reason, let index = request.messages.lastIndex(where: { $0.role != .system }) else { return }
        try preparation.change("messages", "\(reason); the last message is not sent") { $0.messages.remove(at: index) }
        if !request.messages.contains(where: { $0.role != .system }) {
            throw preparation.unsupported("nothing is left to answer: the only message is the assistant's")
        }
    }

    private mutating func fitRest() throws {
        if options.stop.contains(where: { $0.allSatisfy(\.isWhitespace) }) {
            try preparation.change("stop", "a text of white space alone cannot end an answer") { request in
                request.options.stop.removeAll { $0.allSatisfy(\.isWhitespace) }
            }
        }
        let labels = options.metadata.keys.filter { $0 != "user_id" }.sorted()
        guard !labels.isEmpty else { return }
        try preparation.change("metadata", "Anthropic takes user_id alone, not \(labels.joined(separator: ", "))") {
            $0.options.metadata = $0.options.metadata.filter { $0.key == "user_id" }
        }
    }
}
