/// What a family of models behind Anthropic's Messages takes.
struct AnthropicRules: Sendable {
    /// How a model is told to think.
    enum Thinking: Sendable {
        case never
        case budget
        case adaptive
        case adaptiveOrBudget

        var isAdaptive: Bool { self == .adaptive || self == .adaptiveOrBudget }
        var takesBudget: Bool { self == .budget || self == .adaptiveOrBudget }
    }

    /// The most tokens of an answer.
    var maximumOutput: Int
    /// How it thinks.
    var thinking = Thinking.budget
    /// Whether it takes `temperature`, `top_p` and `top_k`.
    var takesSampling = true
    /// Whether it takes `temperature` beside `top_p`.
    var takesTemperatureWithTopP = false
    /// The words of `output_config.effort`, from the least to the most; none where it takes no effort.
    var efforts: [String] = []
    /// Whether it takes `output_config.format` and strict tools.
    var hasStructuredOutput = true
    /// Whether it can be forced to call a tool.
    var takesForcedTools = true
    /// Whether it goes on where a last message of the assistant ends.
    var takesPrefill = true

    /// The rules for a model, whatever a gateway puts before its name, and whether it writes `4-6` or `4.6`.
    static func rules(for model: String) -> AnthropicRules {
        let name = model.lowercased().replacing(".", with: "-")
        guard let start = name.firstRange(of: "claude") else { return foreign }
        return table.row(for: String(name[start.lowerBound...])) ?? newest
    }

    /// What is true of the newest models, and so is taken to be true of those to come.
    private static let newest = AnthropicRules(
        maximumOutput: 128_000,
        thinking: .adaptive,
        takesSampling: false,
        efforts: ["low", "medium", "high", "xhigh", "max"],
        takesPrefill: false
    )

    private static let unforced = {
        var rules = newest
        rules.takesForcedTools = false
        return rules
    }()

    private static let four6 = AnthropicRules(
        maximumOutput: 128_000,
        thinking: .adaptiveOrBudget,
        efforts: ["low", "medium", "high", "max"],
        takesPrefill: false
    )

    private static let four5 = AnthropicRules(maximumOutput: 64_000)

    /// Claude 4 and 3.7: neither structured output nor strict tools.
    private static func four0(_ maximumOutput: Int) -> AnthropicRules {
        AnthropicRules(maximumOutput: maximumOutput, hasStructuredOutput: false)
    }

    private static let three7 = {
        var rules = four0(64_000)
        rules.takesTemperatureWithTopP = true
        return rules
    }()

    /// Claude 3.5 and older.
    private static func three(_ maximumOutput: Int) -> AnthropicRules {
        AnthropicRules(
            maximumOutput: maximumOutput,
            thinking: .never,
            takesTemperatureWithTopP: true,
            hasStructuredOutput: false
        )
    }

    /// Models of others that answer in Anthropic's format: nothing is known, so little is assumed.
    private static let foreign = AnthropicRules(
        maximumOutput: 8192,
        takesTemperatureWithTopP: true,
        hasStructuredOutput: false
    )

    private static let table = PrefixTable<AnthropicRules>([
        ("claude-opus-4-9", newest),
        ("claude-opus-4-8", newest),
        ("claude-opus-4-7", newest),
        ("claude-opus-4-6", four6),
        ("claude-opus-4-5", AnthropicRules(maximumOutput: 64_000, efforts: ["low", "medium", "high"])),
        ("claude-opus-4-1", AnthropicRules(maximumOutput: 32_000)),
        ("claude-opus-4", four0(32_000)),
        ("claude-sonnet-4-9", newest),
        ("claude-sonnet-4-8", newest),
        ("claude-sonnet-4-7", newest),
        ("claude-sonnet-4-6", four6),
        ("claude-sonnet-4-5", four5),
        ("claude-sonnet-4", four0(64_000)),
        ("claude-haiku-4-5", four5),
        ("claude-fable", unforced),
        ("claude-mythos", unforced),
        ("claude-3-7", three7),
        ("claude-3-5", three(8192)),
        ("claude-3", three(4096)),
        ("claude-2", three(4096)),
        ("claude-1", three(4096)),
        ("claude-instant", three(4096)),
    ])
}
