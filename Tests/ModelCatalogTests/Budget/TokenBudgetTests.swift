import LanguageModels
import ModelCatalog
import Testing

struct TokenBudgetTests {
    let counter: RequestCounter

    init() throws {
        counter = RequestCounter(in: try ModelCatalogue.builtIn())
    }

    private func profile(_ name: String) throws -> ModelProfile {
        try #require(counter.catalogue.match(name)?.profile)
    }

    @Test(arguments: [
        ("openai/gpt-4o", 111_616, 16_384), ("openai/gpt-4", 6144, 2048), ("openai/gpt-5.6", 922_000, 128_000),
        ("gemini/gemini-2.5-pro", 1_048_576, 65_536), ("anthropic/claude-haiku-4-5", 150_000, 50_000),
        ("openai/gpt-oss-20b", 98_304, 32_768),
    ])
    func `leaves room for the answer`(name: String, prompt: Int, answer: Int) throws {
        let budget = TokenBudget(for: try profile(name))

        #expect(budget.promptTokens == prompt)
        #expect(budget.answerTokens == answer)
    }

    @Test func `knows no limit where there is none`() throws {
        let cyber = try profile("openai/gpt-5.5-cyber")
        let report = TokenBudget.validate(ModelRequest("Hi"), for: cyber, counting: counter)

        #expect(TokenBudget(for: cyber).promptTokens == nil)
        #expect(report.fits)
        #expect(
            report.description == "openai/gpt-5.5-cyber: the prompt has about 8 tokens (estimate, ±5 %); "
                + "the model's limit is not known"
        )
    }

    @Test(arguments: [
        (
            "openai/gpt-4", 1000, 500, 0, 0,
            "openai/gpt-4: the prompt has 1007 tokens, within the 7692 that are left beside an answer of 500"
        ),
        (
            "openai/gpt-4", 8000, 500, 315, 0,
            "openai/gpt-4: the prompt has 8007 tokens, 315 too many for the 7692 that are left beside an answer of 500"
        ),
        (
            "openai/gpt-4o", 10, 20_000, 0, 3616,
            "openai/gpt-4o: an answer of 20000 tokens is 3616 more than the 16384 that the model gives at most"
        ),
    ])
    func `says what is over and by how much`(
        name: String,
        tokens: Int,
        answer: Int,
        excessPrompt: Int,
        excessAnswer: Int,
        text: String
    ) throws {
        var request = ModelRequest(String(repeating: " a", count: tokens))
        request.options.maximumTokens = answer

        let report = TokenBudget.validate(request, for: try profile(name), counting: counter)

        #expect(report.excessPrompt == excessPrompt)
        #expect(report.excessAnswer == excessAnswer)
        #expect(report.fits == (excessPrompt == 0 && excessAnswer == 0))
        #expect(report.description == text)
    }

    @Test func `rounds estimates up, and gives the answer what is left`() throws {
        let request = ModelRequest(String(repeating: "words of the old harvest ", count: 20_000))
        let claude = try profile("anthropic/claude-haiku-4-5")

        let report = TokenBudget.validate(request, for: claude, counting: counter)

        #expect(report.fits)
        #expect(!report.prompt.isExact)
        #expect(report.roomForAnswer == min(64_000, 200_000 - report.prompt.upperBound))
        #expect(report.answer == min(50_000, 200_000 - report.prompt.upperBound))
    }

    @Test func `survives any demand`() throws {
        for maximum in [Int.min, -1, 0, 1, .max] {
            var request = ModelRequest("Hi")
            request.options.maximumTokens = maximum
            for name in ["gpt-4o", "gemini-2.5-pro", "openai/gpt-5.5-cyber"] {
                let report = TokenBudget.validate(request, for: try profile(name), counting: counter)
                #expect(report.fits == (maximum < 20_000 || name.contains("cyber")))
            }
        }
    }
}
