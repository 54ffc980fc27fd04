/// What a family of Cohere's models takes.
struct CohereRules: Sendable {
    /// Whether it takes `tool_choice`.
    var takesToolChoice = true
    /// Whether it thinks, and takes `thinking`.
    var thinks = false

    /// The rules for a model; models that are not known take everything.
    static func rules(for model: String) -> CohereRules {
        table.row(for: model) ?? CohereRules(thinks: true)
    }

    private static let table = PrefixTable<CohereRules>([
        ("command-a-reasoning", CohereRules(thinks: true)),
        ("command-a-plus", CohereRules(thinks: true)),
        ("command-a", CohereRules()),
        ("command-r7b", CohereRules()),
        ("command-r", CohereRules(takesToolChoice: false)),
        ("command-light", CohereRules(takesToolChoice: false)),
        ("command-nightly", CohereRules(takesToolChoice: false)),
        ("c4ai-", CohereRules(takesToolChoice: false)),
    ])
}
