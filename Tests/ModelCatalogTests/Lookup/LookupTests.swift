import LanguageModels
import ModelCatalog
import Testing

struct LookupTests {
    let catalogue: ModelCatalogue

    init() throws {
        catalogue = try ModelCatalogue.builtIn()
    }

    @Test(arguments: [
        ("openai/gpt-4o", "openai/gpt-4o", ModelMatch.Kind.exact),
        ("gpt-4o", "openai/gpt-4o", .exact),
        ("GPT-4o ", "openai/gpt-4o", .exact),
        ("claude-opus-5-5", "anthropic/claude-opus-5-5", .exact),
        ("anthropic/claude-sonnet-4.5", "anthropic/claude-sonnet-4-5", .alias),
        ("anthropic/claude-3-5-haiku", "anthropic/claude-3-5-haiku-latest", .alias),
        ("anthropic/us.anthropic.claude-haiku-4-5-20251001-v1:0", "anthropic/claude-haiku-4-5-20251001", .alias),
        ("anthropic/claude-opus-4@20250514", "anthropic/claude-opus-4-20250514", .alias),
        ("gemini/models/gemini-2.5-pro", "gemini/gemini-2.5-pro", .alias),
        ("vertex/publishers/google/models/gemini-2.5-pro", "gemini/gemini-2.5-pro", .alias),
        ("openai/ft:gpt-4o-mini-2024-07-18:acme::Bx1", "openai/ft:gpt-4o-mini-2024-07-18", .alias),
        ("openai/gpt-35-turbo", "openai/gpt-3.5-turbo", .alias),
        ("azure/gpt-35-turbo", "azure/gpt-35-turbo", .exact),
        ("azure-openai/gpt-5", "azure/gpt-5", .exact),
        ("openai/gpt-4o-2025-07-01", "openai/gpt-4o", .assumed),
        ("azure/gpt4o", "azure/gpt-4o", .assumed),
        ("azure/GPT4oMini", "azure/gpt-4o-mini", .assumed),
        ("azure/team-gpt-4o-mini-eu", "azure/gpt-4o-mini", .assumed),
        ("azure/prod_gpt41", "azure/gpt-4.1", .assumed),
        ("azure/mygpt4turbo", "azure/gpt-4-turbo", .assumed),
        ("azure/o3mini-dev", "azure/o3-mini", .assumed),
        ("azure/gpt-4-1106", "azure/gpt-4", .assumed),
        ("anthropic/claude-opus-6", "anthropic/claude-opus-5-5", .assumed),
        ("anthropic/claude-sonnet-9-1", "anthropic/claude-sonnet-5-5", .assumed),
        ("gemini/gemini-5-pro", "gemini/gemini-3.1-pro-preview", .assumed),
        ("openai/gpt-5.7", "openai/gpt-5.6", .assumed),
        ("openrouter/openai/gpt-4o", "openai/gpt-4o", .foreign),
        ("groq/gpt-oss-120b", "openai/gpt-oss-120b", .foreign),
    ])
    func `finds the model that a name means`(name: String, found: String, kind: ModelMatch.Kind) throws {
        let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
        let match =
            parts.count == 2
            ? catalogue.match(ModelIdentity(provider: parts[0], model: parts[1])) : catalogue.match(name)

        #expect(match?.profile.identity.description == found)
        #expect(match?.kind == kind)
        #expect(match.map { ($0.note != nil) == $0.isAssumed } == true)
    }

    @Test(arguments: ["anthropic/llama-3", "local/llama-3", "", "/", "openai/", "o", "🦙", "azure/-", "gemini/:::"])
    func `resembles nothing where nothing does, and never crashes`(name: String) {
        #expect(catalogue.match(name) == nil)
    }

    @Test(arguments: [
        ("text-embedding-3-small", "cl100k_base"), ("openai/davinci-002", "cl100k_base"),
        ("azure/text-embedding-ada-002", "cl100k_base"), ("text-davinci-003", "p50k_base"),
        ("code-davinci-edit-001", "p50k_edit"), ("davinci", "r50k_base"), ("GPT2", "r50k_base"),
    ])
    func `knows how the oldest models and embeddings count, and nothing else of them`(name: String, encoding: String)
        throws
    {
        let match = try #require(catalogue.match(name))

        #expect(match.kind == .exact)
        #expect(match.profile.tokenizer == TokenizerChoice(name: encoding, certainty: .exact))
        #expect(match.profile.prices == nil)
        #expect(RequestCounter(in: catalogue).count("hello world", for: match.profile).isExact)
    }

    @Test func `finds every model by its own name and knows it exactly`() {
        for model in catalogue.models {
            let match = catalogue.match(model.identity)
            #expect(match?.profile == model)
            #expect(match?.kind == .exact)
        }
    }

    @Test func `calls no guess exact, and keeps a foreign provider's prices out`() throws {
        let assumed = try #require(catalogue.match("openai/gpt-4o-2025-07-01"))
        let foreign = try #require(catalogue.match(ModelIdentity(provider: "openrouter", model: "openai/gpt-4o")))

        #expect(assumed.profile.tokenizer.certainty == .assumed)
        #expect(assumed.profile.prices != nil)
        #expect(
            assumed.note
                == "openai/gpt-4o-2025-07-01 is not in the catalogue; assumed to be like gpt-4o (of another date)"
        )
        #expect(foreign.profile.prices == nil)
        #expect(foreign.profile.contextWindow == 128_000)
    }

    @Test func `takes deployments as they are mapped, and only one step`() throws {
        let mapped = catalogue.naming([
            "Docs-Prod": "gpt-4.1", "fast": "anthropic/claude-haiku-5-5", "a": "b", "b": "a", "gpt-4o": "gpt-4o",
        ])

        let azure = try #require(mapped.match(ModelIdentity(provider: "azure", model: "docs-prod")))
        #expect(azure.profile.identity.description == "azure/gpt-4.1")
        #expect(azure.kind == .deployment)
        #expect(azure.asked.model == "docs-prod")
        #expect(mapped.match("fast")?.profile.identity.description == "anthropic/claude-haiku-5-5")
        #expect(mapped.match(ModelIdentity(provider: "cohere", model: "a")) == nil)
        #expect(mapped.match("openai/gpt-4o")?.kind == .exact)
    }
}
