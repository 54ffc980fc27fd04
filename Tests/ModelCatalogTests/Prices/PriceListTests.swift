import LanguageModels
import ModelCatalog
import Testing

struct PriceListTests {
    let catalogue: ModelCatalogue

    init() throws {
        catalogue = try ModelCatalogue.builtIn()
    }

    private func cost(_ name: String, _ usage: Usage, _ service: ServiceClass, _ region: String? = nil) -> String? {
        catalogue.match(name)?.profile.prices?.cost(of: usage, as: service, in: region)?.total.formatted(decimals: 9)
    }

    @Test(arguments: [
        // A class that the list lacks has no price.
        ("cohere/command-a-03-2025", 1000, 0, 0, ServiceClass.batch, nil),
        ("openai/gpt-4-0314", 1000, 0, 0, .flex, nil),
        // Batches before GPT-5 give nothing off for the cache: 1,000 × 1.25.
        ("openai/gpt-4o", 1000, 400, 0, .batch, "$0.001250000"),
        // Anthropic's discounts add up: 200 × 0.4 + 400 × 0.04 + 400 × 0.5 (claude-3-5-haiku).
        ("anthropic/claude-3-5-haiku-20241022", 1000, 400, 400, .batch, "$0.000296000"),
        // Flex without a price for the answer costs what batch does.
        ("openai/gpt-5.5", 1000, 0, 0, .flex, "$0.002500000"),
        // A tier without batch keeps the proportion below: 250,000 × 2 (gemini-pro-latest).
        ("gemini/gemini-pro-latest", 250_000, 0, 0, .batch, "$0.500000000"),
        // Flex and priority above the limit, as far as they are stated there.
        ("openai/gpt-5.6", 300_000, 0, 0, .flex, "$1.200000000"),
        ("openai/gpt-5.6", 300_000, 0, 0, .priority, "$4.800000000"),
        ("openai/gpt-5.4", 272_000, 0, 0, .priority, "$1.360000000"),
        ("openai/gpt-5.4", 300_000, 0, 0, .priority, nil),
        // Exactly at the limit the lower price counts.
        ("openai/gpt-5.6", 272_000, 0, 0, .standard, "$1.088000000"),
        ("openai/gpt-5.6", 272_001, 0, 0, .standard, "$2.176008000"),
    ])
    func `bills each class as the service does`(
        name: String,
        input: Int,
        read: Int,
        write: Int,
        service: ServiceClass,
        cost: String?
    ) {
        let usage = Usage(inputTokens: input, outputTokens: 0, cacheReadTokens: read, cacheWriteTokens: write)

        #expect(self.cost(name, usage, service) == cost)
    }

    @Test(arguments: [
        // Two hours' worth: 1,000 × 0.2 of claude-haiku-5-5, for a batch half of it, above the limit 1.0.
        ("anthropic/claude-haiku-5-5", 1000, ServiceClass.standard, "$0.000200000"),
        ("anthropic/claude-haiku-5-5", 1000, .batch, "$0.000100000"),
        ("anthropic/claude-haiku-5-5", 200_000, .standard, "$0.200000000"),
        // A day's at OpenAI, and above the limit, where the list says nothing: twice the short price.
        ("openai/gpt-5.6", 1000, .standard, "$0.010000000"),
        ("openai/gpt-5.6", 300_000, .standard, "$6.000000000"),
    ])
    func `bills what the cache keeps for long`(name: String, tokens: Int, service: ServiceClass, cost: String) {
        var usage = Usage(inputTokens: tokens, outputTokens: 0, cacheWriteTokens: tokens)
        usage.longCacheWriteTokens = tokens

        #expect(self.cost(name, usage, service) == cost)
    }

    @Test func `bills Azure's regions and reasoning that has a price of its own`() {
        let usage = Usage(inputTokens: 1000, outputTokens: 100, reasoningTokens: 60)

        #expect(cost("azure/gpt-4o", usage, .standard, "eu") == "$0.003850000")
        #expect(cost("azure/gpt-4o", usage, .standard, "mars") == "$0.003500000")
        #expect(cost("gemini/gemini-2.5-flash-preview-04-17", usage, .standard) == "$0.000384000")
    }

    @Test(arguments: [Int.min, -1, 0, 1, .max])
    func `mends what no usage can be`(count: Int) throws {
        var usage = Usage(
            inputTokens: count,
            outputTokens: count,
            cacheReadTokens: count,
            cacheWriteTokens: count,
            reasoningTokens: count
        )
        usage.longCacheWriteTokens = count
        for model in catalogue.models {
            for service in ServiceClass.allCases {
                guard let cost = model.prices?.cost(of: usage, as: service, in: "eu") else { continue }
                #expect(cost.total >= .zero)
            }
        }
    }

    @Test func `counts a cache that a service leaves out of its input`() {
        let apart = Usage(inputTokens: 2000, outputTokens: 0, cacheReadTokens: 20_000, cacheWriteTokens: 8000)
        let together = Usage(inputTokens: 30_000, outputTokens: 0, cacheReadTokens: 20_000, cacheWriteTokens: 8000)

        #expect(cost("claude-opus-5-5", apart, .standard) == cost("claude-opus-5-5", together, .standard))
    }
}
