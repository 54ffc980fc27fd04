import Testing

@testable import ModelProviders

struct ModelNameTests {
    @Test(arguments: [
        ("gpt-5-mini", "openai"), ("chatgpt-4o-latest", "openai"), ("o3", "openai"), ("o1-mini", "openai"),
        ("O4-mini", "openai"), ("ft:gpt-4o:acme::1", "openai"), ("claude-sonnet-4-5", "anthropic"),
        ("gemini-2.5-flash", "gemini"), ("models/gemini-2.5-pro", "gemini"), ("gemma-3-27b-it", "gemini"),
        ("command-a-03-2025", "cohere"), ("command", "cohere"), ("c4ai-aya-expanse-8b", "cohere"),
        ("North-mini", "cohere"), ("learnlm-2.0", "gemini"), ("ft:o4-mini:acme::1", "openai"), ("o12", "openai"),
        ("codex-mini-latest", "openai"), ("computer-use-preview", "openai"), ("davinci-002", "openai"),
        ("babbage-002", "openai"),
    ])
    func `finds the provider of a bare name`(name: String, provider: String) {
        #expect(ModelName.provider(of: name) == provider)
    }

    @Test(arguments: [
        "gpt-oss-120b", "GPT-OSS:20b", "o3x", "o1:latest", "grok-4", "deepseek-chat", "aya:8b", "llama3", "gemma3:4b",
        "mistral-large", "omni", "o", "o0", "oracle-1", "qwen3:8b", "",
    ])
    func `leaves other names to who asks`(name: String) {
        #expect(ModelName.provider(of: name) == nil)
    }

    @Test func `splits at the first slash behind a provider`() {
        let isProvider = { ["openrouter", "openai"].contains($0) }

        let routed = ModelName("OpenRouter/anthropic/claude-sonnet-4.5", isProvider: isProvider)
        #expect(routed.provider == "openrouter")
        #expect(routed.model == "anthropic/claude-sonnet-4.5")

        let bare = ModelName("meta-llama/Llama-3", isProvider: isProvider)
        #expect(bare.provider == nil)
        #expect(bare.model == "meta-llama/Llama-3")
    }
}
