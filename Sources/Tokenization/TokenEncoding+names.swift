import CVocabularies

extension TokenEncoding {
    /// GPT-4o, o1 and everything newer of OpenAI's.
    public static let o200kBase = TokenEncoding(
        name: "o200k_base",
        vocabulary: Vocabulary(packed: docent_o200k_base().bytes),
        pattern: .o200k,
        specialTokens: ["<|endoftext|>": 199_999, "<|endofprompt|>": 200_018]
    )

    /// The open-weight models of OpenAI's (gpt-oss): o200k's tokens, other special ones.
    public static let o200kHarmony = TokenEncoding(
        name: "o200k_harmony",
        vocabulary: Vocabulary(packed: docent_o200k_base().bytes),
        pattern: .o200k,
        specialTokens: harmonyTokens
    )

    /// GPT-4, GPT-3.5 and the embeddings since 2022.
    public static let cl100kBase = TokenEncoding(
        name: "cl100k_base",
        vocabulary: Vocabulary(packed: docent_cl100k_base().bytes),
        pattern: .cl100k,
        specialTokens: [
            "<|endoftext|>": 100_257, "<|fim_prefix|>": 100_258, "<|fim_middle|>": 100_259,
            "<|fim_suffix|>": 100_260, "<|endofprompt|>": 100_276,
        ]
    )

    /// Codex and text-davinci-002 and -003.
    public static let p50kBase = TokenEncoding(
        name: "p50k_base",
        vocabulary: Vocabulary(packed: docent_p50k_base().bytes),
        pattern: .gpt2,
        specialTokens: ["<|endoftext|>": 50256]
    )

    /// The editing models of 2022.
    public static let p50kEdit = TokenEncoding(
        name: "p50k_edit",
        vocabulary: Vocabulary(packed: docent_p50k_base().bytes),
        pattern: .gpt2,
        specialTokens: [
            "<|endoftext|>": 50256, "<|fim_prefix|>": 50281, "<|fim_middle|>": 50282, "<|fim_suffix|>": 50283,
        ]
    )

    /// GPT-2 and GPT-3: the first 50,256 tokens of p50k_base.
    public static let r50kBase = TokenEncoding(
        name: "r50k_base",
        vocabulary: Vocabulary(packed: docent_p50k_base().bytes, limit: 50256),
        pattern: .gpt2,
        specialTokens: ["<|endoftext|>": 50256]
    )

    /// Claude 1, 2 and Instant, all retired; later models of Anthropic's have tokenizers that are not public.
    ///
    /// Texts are brought into NFKC by Unicode 14.0 first, so decoding does not always give the text back.
    public static let claude2 = TokenEncoding(
        name: "claude",
        vocabulary: Vocabulary(packed: docent_claude().bytes),
        pattern: .gpt2,
        normalization: .nfkc,
        specialTokens: ["<EOT>": 0, "<META>": 1, "<META_START>": 2, "<META_END>": 3, "<SOS>": 4]
    )

    /// All encodings that are part of the program.
    public static let all = [o200kBase, o200kHarmony, cl100kBase, p50kBase, p50kEdit, r50kBase, claude2]

    /// The encoding with this name, others' names `gpt2` and `claude-2023` included; `nil` for others.
    public static func named(_ name: String) -> TokenEncoding? {
        switch name {
        case "gpt2": r50kBase
        case "claude-2023": claude2
        default: all.first { $0.name == name }
        }
    }

    private static var harmonyTokens: [String: Int] {
        var tokens = [
            "<|startoftext|>": 199_998, "<|endoftext|>": 199_999, "<|return|>": 200_002, "<|constrain|>": 200_003,
            "<|channel|>": 200_005, "<|start|>": 200_006, "<|end|>": 200_007, "<|message|>": 200_008,
            "<|call|>": 200_012,
        ]
        let taken = Set(tokens.values)
        for id in 200_000...201_087 where !taken.contains(id) { tokens["<|reserved_\(id)|>"] = id }
        return tokens
    }
}
