import LanguageModels

/// A model's name as users write it: `provider/model`, or the bare name of a model whose provider its beginning tells.
struct ModelName: Hashable {
    /// The provider in front of the first slash; `nil` for a bare name.
    var provider: String?
    /// The rest.
    ///
    /// It may hold slashes itself, as OpenRouter's names do.
    var model: String

    /// Splits a name at its first slash, where a provider of that name is known.
    init(_ name: String, isProvider: (String) -> Bool) {
        guard let slash = name.firstIndex(of: "/"), isProvider(name[..<slash].lowercased()) else {
            model = name
            return
        }
        provider = name[..<slash].lowercased()
        model = String(name[name.index(after: slash)...])
    }

    /// The provider that a bare name belongs to by its beginning, `nil` where it does not tell.
    ///
    /// The rows are those of the services' own naming as of 2026; a name with a tag (`gemma3:4b`) is a local server's,
    /// and `gpt-oss` is served by others than OpenAI.
    static func provider(of model: String) -> String? {
        let name = model.lowercased()
        guard !name.contains(":") || name.hasPrefix("ft:"), !name.hasPrefix("gpt-oss") else { return nil }
        return rows.row(for: name) ?? (isReasoningModel(name) ? "openai" : nil)
    }

    /// `o1`, `o3-mini`, `o4`: an o, a number, and a dash or nothing.
    private static func isReasoningModel(_ name: String) -> Bool {
        guard name.first == "o" else { return false }
        let digits = name.dropFirst().prefix { $0.isASCII && $0.isNumber }
        let rest = name.dropFirst(1 + digits.count)
        return !digits.isEmpty && digits.first != "0" && (rest.isEmpty || rest.hasPrefix("-"))
    }

    private static let rows = PrefixTable([
        ("gpt-", "openai"), ("chatgpt-", "openai"), ("ft:gpt-", "openai"), ("ft:o", "openai"),
        ("codex-", "openai"), ("computer-use-", "openai"), ("davinci-002", "openai"), ("babbage-002", "openai"),
        ("claude-", "anthropic"),
        ("gemini-", "gemini"), ("models/gemini-", "gemini"), ("learnlm-", "gemini"), ("gemma-", "gemini"),
        ("command", "cohere"), ("c4ai-", "cohere"), ("north-", "cohere"),
    ])
}
