import LanguageModels
import Testing

@testable import docent

struct ProviderNamesTests {
    @Test(arguments: [
        ("claude/claude-sonnet-5", "anthropic/claude-sonnet-5"), ("google/gemini-2.5-pro", "gemini/gemini-2.5-pro"),
        ("vertex/gemini-2.5-pro", "gemini/gemini-2.5-pro"), ("models/gemini-2.5-pro", "gemini/gemini-2.5-pro"),
        ("house/big", "house/big"), ("org/with-slash", "together/org/with-slash"), ("team/prod", "openai/gpt-5.6"),
        ("Azure-OpenAI/gpt4o", "azure/gpt-4o"), ("together/org/with-slash", "together/org/with-slash"),
    ])
    func `knows providers by others' words for them, and names that hold slashes`(name: String, model: String) async {
        let console = TestConsole()
        let words = ["price", "--json", "--catalog", "own.yaml", "-m", name, "--input", "1"]

        #expect(await Docent.run(words, in: console.tokenContext()) == .done)
        #expect(console.output.text.contains(#""model":"\#(model)""#), "\(console.output.text)")
        #expect(console.output.text.contains(#""price":"#))
    }

    @Test(arguments: ["openrouter/openai/gpt-5.6", "groq/gpt-5.6", "ollama/gpt-5.6"])
    func `does not take another provider's prices`(name: String) async {
        let console = TestConsole()

        let code = await Docent.run(["price", "--json", "-m", name, "--input", "1"], in: console.tokenContext())

        #expect(code == .done)
        #expect(!console.output.text.contains(#""price":"#))
        let note =
            "note: \(name): prices and limits of \(name.prefix { $0 != "/" }) are not known; taken as openai/gpt-5.6"
        #expect(console.messages.text.contains(note))
    }

    @Test(arguments: ["claude", "Anthropic"])
    func `chooses providers by others' words for them`(provider: String) async throws {
        for words in [["models", "--json"], ["price", "--all", "--input", "1", "--json"]] {
            let console = TestConsole()

            #expect(await Docent.run(words + ["--provider", provider], in: console.tokenContext()) == .done)

            let rows = try console.output.text.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
            #expect(rows.count > 5)
            #expect(
                rows.allSatisfy {
                    $0["provider"] == "anthropic" || $0["model"]?.string?.hasPrefix("anthropic/") == true
                }
            )
        }
    }
}
