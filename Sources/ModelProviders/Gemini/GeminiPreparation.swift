import LanguageModels

extension RequestPreparation {
    /// Fits a request to what a Gemini model takes.
    ///
    /// - Throws: ``ModelError`` of kind `unsupported`.
    mutating func fit(to rules: GeminiRules) throws {
        try fitTools(to: rules)
        try fitSampling(to: rules)
        try fitCachedContent()
        if !rules.takesPrefill, request.messages.last(where: { $0.role != .system })?.role == .assistant {
            throw unsupported("the model does not go on from a last message of its own: end with one of the user")
        }
    }

    private mutating func fitTools(to rules: GeminiRules) throws {
        if request.output != .text, !rules.hasStructuredOutput {
            throw unsupported("the model does not answer in JSON on demand: ask for it in words")
        }
        guard !request.tools.isEmpty else { return }
        guard rules.takesTools else { throw unsupported("the model does not call tools") }
        for tool in request.tools { try check(tool.name) }
        if request.output != .text, !rules.takesToolsWithOutput {
            guard request.toolChoice == .none else {
                throw unsupported("tools and a form for the answer do not go together before Gemini 3: leave one out")
            }
            try change("tools", "left out, since they do not go together with a form for the answer") { $0.tools = [] }
        }
        if request.tools.contains(where: { $0.isStrict == true }), !rules.takesValidatedCalls {
            try change("tools.isStrict", "the model cannot hold calls to their schema") { request in
                for index in request.tools.indices { request.tools[index].isStrict = nil }
            }
        }
        if request.options.allowsParallelToolCalls == false {
            try drop(
                \.allowsParallelToolCalls,
                named: "allowsParallelToolCalls",
                because: "Gemini has no switch for it"
            )
        }
    }

    private func check(_ name: String) throws {
        func isLetter(_ byte: UInt8) -> Bool { 0x61...0x7A ~= byte | 0x20 || byte == 0x5F }
        let isTaken = name.utf8.allSatisfy { isLetter($0) || 0x30...0x3A ~= $0 || 0x2D...0x2E ~= $0 }
        guard isTaken, 1...128 ~= name.utf8.count, name.utf8.first.map(isLetter) == true else {
            let reason = "tools are named with up to 128 letters, digits, _, -, . and :, and begin with a letter or _"
            throw unsupported("the name of tool \"\(name)\" is not taken; \(reason)")
        }
    }

    private mutating func fitSampling(to rules: GeminiRules) throws {
        if !rules.takesSampling {
            let reason = "the model samples by its own settings"
            try drop(\.temperature, named: "temperature", because: reason)
            try drop(\.topP, named: "topP", because: reason)
            try drop(\.topK, named: "topK", because: reason)
        }
        if !rules.takesPenalties {
            let reason = "the model takes no penalties"
            try drop(\.presencePenalty, named: "presencePenalty", because: reason)
            try drop(\.frequencyPenalty, named: "frequencyPenalty", because: reason)
        }
        if let temperature = request.options.temperature, !(0...2 ~= temperature) {
            let nearest = temperature > 2 ? 2.0 : 0.0
            try change("temperature", "Gemini takes 0 to 2: \(Int(nearest)) is sent") {
                $0.options.temperature = nearest
            }
        }
        if request.options.stop.count > 5 {
            try change("stop", "Gemini takes five texts: the first five are sent") {
                $0.options.stop = Array($0.options.stop.prefix(5))
            }
        }
    }

    /// What a cached prompt holds may not be sent beside it.
    private mutating func fitCachedContent() throws {
        guard request.options.gemini.cachedContent != nil else { return }
        if request.messages.contains(where: { $0.role == .system }) {
            try change("messages", "the system prompt is left out, since the cached content has its own") {
                $0.messages.removeAll { $0.role == .system }
            }
        }
        if !request.tools.isEmpty {
            try change("tools", "left out, since the cached content has its own") { $0.tools = [] }
        }
    }

    /// How much the model shall think; what differs from the wish is said.
    mutating func thinking(by rules: GeminiRules) throws -> GeminiThinking? {
        guard let effort = request.options.reasoning else { return nil }
        let (thinking, difference) = GeminiThinking.nearest(to: effort, by: rules.thinking)
        if let difference { try change("reasoning", difference) { _ in } }
        return thinking
    }
}
