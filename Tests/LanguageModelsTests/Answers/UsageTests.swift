import LanguageModels
import Testing

struct UsageTests {
    @Test func `adds what is charged, and everything where nobody says`() {
        var charged = Usage(inputTokens: 500, outputTokens: 10)
        charged.billedInputTokens = 5
        charged.billedOutputTokens = 9

        let both = charged + charged
        let mixed = charged + Usage(inputTokens: 100, outputTokens: 20)

        #expect(both.inputTokens == 1000)
        #expect([both.billedInputTokens, both.billedOutputTokens] == [10, 18])
        #expect([mixed.billedInputTokens, mixed.billedOutputTokens] == [105, 29])
        #expect(
            (Usage(inputTokens: 1, outputTokens: 1) + Usage(inputTokens: 1, outputTokens: 1)).billedInputTokens == nil
        )
    }
}
