import LanguageModels

/// What a model of OpenAI takes, by the beginning of its name.
struct OpenAIRules: Hashable, Sendable {
    /// When `temperature`, `top_p` and the like may be sent.
    enum Sampling: Hashable, Sendable {
        case always
        /// Only while no effort is asked for: the model does not reason by default.
        case withoutEffort
        /// Only with the effort `none`: the model reasons by default.
        case withEffortNone
        case never
    }

    /// When sampling may be steered.
    var sampling = Sampling.always
    /// The efforts that the model knows, least first; empty where it does not reason, `nil` where that is unknown.
    var efforts: [ReasoningEffort]? = []
    /// Whether `stop` may be sent.
    var takesStop = true
    /// Whether answers can be held to a schema.
    var takesSchema = true
    /// Whether instructions may be sent as such; else they are a user's words.
    var takesInstructions = true
    /// Whether tools want the Responses interface.
    var wantsResponsesForTools = false
    /// Whether the model is to be had through Chat Completions alone.
    var isChatOnly = false
    /// Whether the model is to be had through Responses alone.
    var isResponsesOnly = false

    /// Whether the model reasons, or can.
    var reasons: Bool { efforts.map { !$0.isEmpty } ?? false }

    /// The rules of a model; a name that is not known is taken at its word, nothing is dropped.
    static func rules(for model: String) -> OpenAIRules {
        let name = model.lowercased()
        let base = name.hasPrefix("ft:") ? String(name.dropFirst(3)) : name
        var rules = table.row(for: base) ?? OpenAIRules(efforts: nil)
        if ["-audio", "-realtime", "-search-preview"].contains(where: base.contains) { rules.isChatOnly = true }
        if base.contains("-search-preview") { rules.sampling = .never }
        if ["-codex", "-pro", "deep-research"].contains(where: base.contains), rules.reasons {
            rules.isResponsesOnly = true
        }
        return rules
    }

    private static let table = PrefixTable<OpenAIRules>(
        [
            ("gpt-5.6", reasoning(.withEffortNone, [.none, .low, .medium, .high, .extraHigh, .maximum])),
            ("gpt-5.5-pro", reasoning(.never, [.medium, .high, .extraHigh])),
            ("gpt-5.4-pro", reasoning(.never, [.medium, .high, .extraHigh])),
            ("gpt-5.2-pro", reasoning(.never, [.medium, .high, .extraHigh])),
            ("gpt-5.5", reasoning(.withEffortNone, [.none, .low, .medium, .high, .extraHigh])),
            ("gpt-5.3-chat", reasoning(.never, [.medium])),
            ("gpt-5.2-chat", reasoning(.never, [.medium])),
            ("gpt-5.1-chat", reasoning(.never, [.medium])),
            ("gpt-5.1-codex-max", reasoning(.never, [.low, .medium, .high, .extraHigh])),
            ("gpt-5.1-codex", reasoning(.never, [.low, .medium, .high])),
            ("gpt-5.4", reasoning(.withoutEffort, [.none, .low, .medium, .high, .extraHigh], tools: true)),
            ("gpt-5.3", reasoning(.withoutEffort, [.none, .low, .medium, .high, .extraHigh], tools: false)),
            ("gpt-5.2", reasoning(.withoutEffort, [.none, .low, .medium, .high, .extraHigh], tools: false)),
            ("gpt-5.1", reasoning(.withoutEffort, [.none, .low, .medium, .high], tools: false)),
            // Later ones are taken to be like the latest that is known.
            ("gpt-5.", reasoning(.withEffortNone, [.none, .low, .medium, .high, .extraHigh])),
            ("gpt-5-chat", OpenAIRules()),
            ("gpt-5-pro", reasoning(.never, [.high], tools: false)),
            ("gpt-5-codex", reasoning(.never, [.low, .medium, .high], tools: false)),
            ("gpt-5", reasoning(.never, [.minimal, .low, .medium, .high], tools: false)),
            ("o1-mini", earlyReasoning), ("o1-preview", earlyReasoning),
            ("o1", OpenAIRules(sampling: .never, efforts: [.low, .medium, .high])),
            ("gpt-3.5", OpenAIRules(takesSchema: false)), ("gpt-35", OpenAIRules(takesSchema: false)),
            ("gpt-4o", OpenAIRules()), ("gpt-4.", OpenAIRules()), ("chatgpt-", OpenAIRules()),
            ("gpt-4", OpenAIRules(takesSchema: false)),
            ("codex-mini", reasoning(.never, [.low, .medium, .high], tools: false)),
        ] + (2...9).map { ("o\($0)", reasoning(.never, [.low, .medium, .high], tools: false)) }
    )

    private static let earlyReasoning = OpenAIRules(
        sampling: .never,
        takesStop: false,
        takesSchema: false,
        takesInstructions: false
    )

    private static func reasoning(
        _ sampling: Sampling,
        _ efforts: [ReasoningEffort],
        tools wantsResponses: Bool = true
    ) -> OpenAIRules {
        OpenAIRules(
            sampling: sampling,
            efforts: efforts,
            takesStop: false,
            wantsResponsesForTools: wantsResponses
        )
    }
}

extension RequestPreparation {
    /// Drops what a model of OpenAI does not take.
    mutating func apply(_ rules: OpenAIRules) throws {
        try applyEffort(rules)
        try applySampling(rules)
        try drop(\.topK, named: "topK", because: "the service has no such parameter; it was dropped")
        if !rules.takesStop, !request.options.stop.isEmpty {
            try change("stop", "reasoning models take none; it was dropped") { $0.options.stop = [] }
        }
        if request.options.stop.count > 4 {
            try change("stop", "four are taken; the others were dropped") {
                $0.options.stop = Array($0.options.stop.prefix(4))
            }
        }
        if !rules.takesInstructions, request.messages.contains(where: { $0.role == .system }) {
            try change("system", "the model takes no instructions; they are sent as the user's words") { request in
                for index in request.messages.indices where request.messages[index].role == .system {
                    request.messages[index].role = .user
                }
            }
        }
    }

    private mutating func applyEffort(_ rules: OpenAIRules) throws {
        guard let wanted = request.options.reasoning else { return }
        let budget = "the model takes an effort, not a number of tokens; it was dropped"
        guard let efforts = rules.efforts else {
            if wanted.word == nil { try drop(\.reasoning, named: "reasoning", because: budget) }
            return
        }
        guard !efforts.isEmpty else {
            guard wanted != .none else { return silently { $0.options.reasoning = nil } }
            return try drop(\.reasoning, named: "reasoning", because: "the model does not reason; it was dropped")
        }
        guard let rank = Self.ranks.firstIndex(of: wanted) else {
            return try drop(\.reasoning, named: "reasoning", because: budget)
        }
        guard !efforts.contains(wanted) else { return }
        let nearest = efforts.min { Self.distance($0, from: rank) < Self.distance($1, from: rank) } ?? .medium
        let words = efforts.compactMap(\.word).joined(separator: ", ")
        try change("reasoning", "the model knows \(words); \(nearest.word ?? "") was sent") {
            $0.options.reasoning = nearest
        }
    }

    private static let ranks: [ReasoningEffort] = [.none, .minimal, .low, .medium, .high, .extraHigh, .maximum]

    private static func distance(_ effort: ReasoningEffort, from rank: Int) -> Int {
        abs((ranks.firstIndex(of: effort) ?? 0) - rank)
    }

    private mutating func applySampling(_ rules: OpenAIRules) throws {
        let effort = request.options.reasoning
        let mayBeSteered =
            switch rules.sampling {
            case .always: true
            case .withoutEffort: effort == nil || effort == ReasoningEffort.none
            case .withEffortNone: effort == ReasoningEffort.none
            case .never: false
            }
        let reason = "the model does not take it while it reasons; it was dropped"
        if !mayBeSteered {
            try drop(\.temperature, named: "temperature", because: reason)
            try drop(\.topP, named: "topP", because: reason)
        }
        if rules.efforts != nil, let temperature = request.options.temperature, !(0...2 ~= temperature) {
            let nearest = temperature > 2 ? 2.0 : 0
            try change("temperature", "it lies between 0 and 2; \(Int(nearest)) was sent") {
                $0.options.temperature = nearest
            }
        }
        if !mayBeSteered || rules.reasons {
            let reason = mayBeSteered ? "reasoning models do not take it; it was dropped" : reason
            try drop(\.frequencyPenalty, named: "frequencyPenalty", because: reason)
            try drop(\.presencePenalty, named: "presencePenalty", because: reason)
        }
    }
}
