import LanguageModels

/// How much a model shall think, in the words it takes.
enum GeminiThinking: Hashable {
    case budget(Int)
    case level(GeminiRules.Level)

    /// The member of `thinkingConfig`.
    var member: (key: String, value: JSONValue) {
        switch self {
        case .budget(let tokens): ("thinkingBudget", .integer(tokens))
        case .level(let level): ("thinkingLevel", .string(level.rawValue))
        }
    }

    /// What comes nearest to an effort, and what to say where that is something else than was asked for.
    static func nearest(to effort: ReasoningEffort, by rules: GeminiRules.Thinking) -> (GeminiThinking?, String?) {
        switch rules {
        case .never: (nil, effort == .none ? nil : "the model does not think")
        case .budget(let range, let off): budget(for: effort, within: range, off: off)
        case .levels(let levels): level(for: effort, among: levels)
        }
    }

    private static func budget(
        for effort: ReasoningEffort,
        within range: ClosedRange<Int>,
        off: Bool
    ) -> (GeminiThinking?, String?) {
        let wanted =
            switch effort {
            case .none: 0
            case .minimal, .low: 1024
            case .medium: 8192
            case .high: 24_576
            case .extraHigh, .maximum: range.upperBound
            case .budget(let tokens): tokens
            }
        // Google's words for "as much as it finds fit".
        if wanted == -1 || wanted == 0 && off { return (.budget(wanted), nil) }
        let sent = min(max(wanted, range.lowerBound), range.upperBound)
        if sent == wanted { return (.budget(sent), nil) }
        let reason = wanted == 0 ? "the model cannot do without thinking" : "the model takes \(bounds(range))"
        return (.budget(sent), "\(reason): \(sent) tokens are allowed")
    }

    private static func bounds(_ range: ClosedRange<Int>) -> String {
        "\(range.lowerBound) to \(range.upperBound) tokens for thinking"
    }

    private static func level(
        for effort: ReasoningEffort,
        among levels: [GeminiRules.Level]
    ) -> (GeminiThinking?, String?) {
        guard let wanted = level(of: effort) else { return (nil, nil) }
        let above = levels.first { $0 >= wanted }
        guard let sent = above ?? levels.last else { return (nil, "the model does not think") }
        // The most there is answers to the wish for the most.
        if case .budget = effort {
            return (.level(sent), "the model takes levels, no budget: \(sent.rawValue) is sent")
        }
        let isExact = sent == wanted && effort != .none || effort == .maximum
        return (.level(sent), isExact ? nil : substitution(effort, sent))
    }

    private static func substitution(_ effort: ReasoningEffort, _ level: GeminiRules.Level) -> String {
        let reason = effort == .none ? "the model cannot do without thinking" : "the model has no such level"
        return "\(reason): \(level.rawValue) is sent"
    }

    /// The level that an effort stands for; `nil` leaves it to the model.
    private static func level(of effort: ReasoningEffort) -> GeminiRules.Level? {
        switch effort {
        case .none, .minimal: .minimal
        case .low: .low
        case .medium: .medium
        case .high: .high
        case .extraHigh, .maximum: .extraHigh
        case .budget(..<0): nil
        case .budget(...1024): .low
        case .budget(...8192): .medium
        case .budget: .high
        }
    }
}
