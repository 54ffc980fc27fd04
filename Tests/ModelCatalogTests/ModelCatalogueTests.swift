import LanguageModels
import ModelCatalog
import Testing
import Tokenization

struct ModelCatalogueTests {
    @Test func `knows the models that it ships with`() throws {
        let catalogue = try ModelCatalogue.builtIn()

        #expect(catalogue.models.count == 352)
        #expect(catalogue.date == CalendarDay("2026-11-21"))
        // A model that is not sold by the token is not free.
        #expect(!catalogue.models.contains { $0.prices?.rates(forInput: 0)?.output == .zero })
    }

    /// An answer of Cohere's: what was processed, and what is charged of it.
    private static var charged: Usage {
        var usage = Usage(inputTokens: 576, outputTokens: 303, cacheReadTokens: 448, reasoningTokens: 28)
        usage.billedInputTokens = 80
        usage.billedOutputTokens = 301
        return usage
    }

    @Test(arguments: [
        (
            "openai", "gpt-4o-2024-08-06", Usage(inputTokens: 10_000, outputTokens: 500, cacheReadTokens: 4096),
            ServiceClass.standard, "$0.024880"
        ),
        (
            "anthropic", "claude-opus-5-5",
            Usage(inputTokens: 30_000, outputTokens: 1200, cacheReadTokens: 20_000, cacheWriteTokens: 8000), .standard,
            "$0.076000"
        ),
        (
            "openai", "gpt-5.6",
            Usage(inputTokens: 300_000, outputTokens: 10_000, cacheReadTokens: 100_000, reasoningTokens: 6000),
            .standard, "$1.980000"
        ),
        ("anthropic", "claude-haiku-5-5", Usage(inputTokens: 50_000, outputTokens: 2000), .batch, "$0.003000"),
        (
            "gemini", "gemini-3.1-pro-preview", Usage(inputTokens: 250_000, outputTokens: 8000, reasoningTokens: 5000),
            .standard, "$1.144000"
        ),
        ("cohere", "command-a-03-2025", Usage(inputTokens: 80, outputTokens: 301), .standard, "$0.003210"),
        ("cohere", "command-a-03-2025", charged, .standard, "$0.003210"),
    ])
    func `costs what the services bill`(
        provider: String,
        name: String,
        usage: Usage,
        service: ServiceClass,
        cost: String
    ) throws {
        let catalogue = try ModelCatalogue.builtIn()
        let model = try #require(catalogue.models.first { $0.provider == provider && $0.name == name })

        #expect(model.prices?.cost(of: usage, as: service)?.total.description == cost)
    }

    @Test func `counts every model by an encoding of its own, or by an estimate that says so`() throws {
        let catalogue = try ModelCatalogue.builtIn()
        let estimated = ["claude-3", "claude-4.7", "gemma2", "gemma3", "gemma4"]
        for model in catalogue.models {
            let name = model.tokenizer.name
            let meter = RequestCounter(in: catalogue).meter(for: model)
            let count = meter.count("def f(x):\n    return x\n")

            if estimated.contains(name) || name.hasPrefix("cohere:") {
                #expect(!count.isExact && count.method.hasPrefix("estimate: o200k_base × 1."), "\(model.identity)")
                #expect(catalogue.tokenizers[name] != nil || name.hasPrefix("cohere:"))
            } else {
                #expect(TokenEncoding.named(name)?.name == meter.encoding.name, "\(model.identity): \(name)")
                #expect(count.isExact == (model.tokenizer.certainty == .exact), "\(model.identity)")
            }
        }
        for name in catalogue.tokenizers.keys where name != "cohere:*" && !estimated.contains(name) {
            #expect(TokenEncoding.named(name) != nil, "\(name)")
        }
    }
}
