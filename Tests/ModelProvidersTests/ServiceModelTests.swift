import Testing

@testable import ModelProviders

struct ServiceModelTests {
    @Test func `finds the first row whose prefix fits`() {
        let table = PrefixTable([("gpt-5-chat", 1), ("gpt-5", 2)])

        #expect(table.row(for: "gpt-5-chat-latest") == 1)
        #expect(table.row(for: "GPT-5-mini") == 2)
        #expect(table.row(for: "o3") == nil)
    }
}
