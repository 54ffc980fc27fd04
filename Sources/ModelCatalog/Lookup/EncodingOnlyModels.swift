import LanguageModels

/// Models of OpenAI's of which the catalogue knows nothing but how they count: embeddings, and those before GPT-3.5.
enum EncodingOnlyModels {
    /// What is known of such a model, by tiktoken's table; `nil` for others.
    static func profile(_ asked: ModelIdentity) -> ModelProfile? {
        guard asked.provider == "openai" || asked.provider == "azure" else { return nil }
        let name = asked.model.lowercased()
        guard let encoding = encodings.first(where: { $0.names.contains(name) })?.encoding else { return nil }
        let tokenizer = TokenizerChoice(name: encoding, certainty: .exact)
        return ModelProfile(name: name, provider: asked.provider, tokenizer: tokenizer)
    }

    private static let encodings: [(encoding: String, names: Set<String>)] = [
        (
            "cl100k_base",
            [
                "text-embedding-3-small", "text-embedding-3-large", "text-embedding-ada-002", "davinci-002",
                "babbage-002",
            ]
        ),
        (
            "p50k_base",
            [
                "text-davinci-003", "text-davinci-002", "code-davinci-002", "code-davinci-001", "code-cushman-002",
                "code-cushman-001", "davinci-codex", "cushman-codex",
            ]
        ),
        ("p50k_edit", ["text-davinci-edit-001", "code-davinci-edit-001"]),
        (
            "r50k_base",
            [
                "text-davinci-001", "text-curie-001", "text-babbage-001", "text-ada-001", "davinci", "curie", "babbage",
                "ada", "gpt2", "gpt-2", "code-search-babbage-code-001", "code-search-ada-code-001",
                "text-similarity-davinci-001", "text-similarity-curie-001", "text-similarity-babbage-001",
                "text-similarity-ada-001", "text-search-davinci-doc-001", "text-search-curie-doc-001",
                "text-search-babbage-doc-001", "text-search-ada-doc-001",
            ]
        ),
    ]
}
