import LanguageModels

/// What a family of models behind `generateContent` takes.
struct GeminiRules: Sendable {
    /// How a model is told how much to think.
    enum Thinking: Sendable {
        /// It does not think.
        case never
        /// By tokens within a range; `off` tells whether 0 turns thinking off.
        case budget(ClosedRange<Int>, off: Bool)
        /// By words, from the least to the most.
        case levels([Level])
    }

    /// A word of `thinkingLevel`.
    enum Level: String, Sendable, Comparable, CaseIterable {
        case minimal = "MINIMAL"
        case low = "LOW"
        case medium = "MEDIUM"
        case high = "HIGH"
        case extraHigh = "XHIGH"

        static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }

        private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    /// How it is told how much to think.
    var thinking = Thinking.never
    /// Whether it takes `systemInstruction`.
    var takesSystem = true
    /// Whether it takes function declarations.
    var takesTools = true
    /// Whether it answers in JSON on demand.
    var hasStructuredOutput = true
    /// Whether function declarations go together with JSON on demand.
    var takesToolsWithOutput = false
    /// Whether calls can be held to their schemas without being forced (`VALIDATED`).
    var takesValidatedCalls = false
    /// Whether a call is refused that lacks the signature it came with.
    var needsSignatures = false
    /// Whether results of functions may hold images and documents.
    var takesMediaInResults = false
    /// Whether it takes `temperature`, `topP` and `topK`.
    var takesSampling = true
    /// Whether it takes `presencePenalty` and `frequencyPenalty`.
    var takesPenalties = false
    /// Whether it goes on where a last message of the model ends.
    var takesPrefill = true

    /// The rules for a model, whatever resource it is named as.
    static func rules(for model: String) -> GeminiRules {
        let name = model.split(separator: "/").last.map(String.init) ?? model
        return table.row(for: name) ?? newest
    }
}

extension GeminiRules {
    private static let old = GeminiRules(takesPenalties: true)

    /// Gemma behind this service before Gemma 4: text alone.
    private static let gemma = GeminiRules(takesSystem: false, takesTools: false, hasStructuredOutput: false)

    private static let gemma4 = GeminiRules(takesSystem: false)

    private static func two5(_ budget: ClosedRange<Int>, off: Bool) -> GeminiRules {
        GeminiRules(thinking: .budget(budget, off: off), takesValidatedCalls: true)
    }

    private static func three(_ levels: [Level]) -> GeminiRules {
        GeminiRules(
            thinking: .levels(levels),
            takesToolsWithOutput: true,
            takesValidatedCalls: true,
            needsSignatures: true,
            takesMediaInResults: true
        )
    }

    /// From Gemini 3.5 Flash-Lite and 3.6 Flash on.
    private static func three6(_ levels: [Level]) -> GeminiRules {
        var rules = three(levels)
        rules.takesSampling = false
        rules.takesPrefill = false
        return rules
    }

    /// What is true of the newest models, and so is taken to be true of those to come.
    private static let newest = three6([.low, .medium, .high])

    private static let table = PrefixTable<GeminiRules>([
        ("gemini-1", old),
        ("gemini-pro-vision", old),
        ("learnlm", old),
        ("gemini-2.0", old),
        ("gemini-2.5-pro", two5(128...32_768, off: false)),
        ("gemini-2.5-flash-lite", two5(512...24_576, off: true)),
        ("gemini-2.5-flash-image", GeminiRules(takesValidatedCalls: true)),
        ("gemini-2.5-flash-preview-tts", GeminiRules(takesTools: false)),
        ("gemini-2.5-computer-use", two5(128...32_768, off: false)),
        ("gemini-2.5", two5(1...24_576, off: true)),
        ("gemini-robotics-er-1", two5(1...24_576, off: true)),
        ("gemini-3-pro", three([.low, .high])),
        ("gemini-3-flash", three([.minimal, .low, .medium, .high])),
        ("gemini-3.1-pro", three([.low, .medium, .high])),
        ("gemini-3.1-flash", three([.minimal, .low, .medium, .high])),
        ("gemini-3.5-flash-lite", three6([.minimal, .low, .medium, .high])),
        ("gemini-3.5-flash", three([.minimal, .low, .medium, .high])),
        ("gemini-3.6-flash", three6([.minimal, .low, .medium, .high])),
        ("gemini-flash-lite-latest", three6([.minimal, .low, .medium, .high])),
        ("gemini-pro-latest", three([.low, .medium, .high])),
        ("gemini-pro", old),
        ("gemma-4", gemma4),
        ("gemma", gemma),
    ])
}
