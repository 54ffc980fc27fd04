import LanguageModels
import ModelCatalog
import Testing

struct OverlayTests {
    let catalogue: ModelCatalogue

    init() throws {
        catalogue = try ModelCatalogue.builtIn()
    }

    @Test func `changes only what it says, down to a single price`() throws {
        let list: JSONValue = [
            "models": [
                [
                    "id": "gpt-4o", "provider": "openai", "price": ["input": 2, "batch": ["output": 4]],
                    "context": 1000,
                ],
                ["id": "house-llama", "provider": "local", "max_output": 4096, "tokenizer": "cl100k_base"],
                ["id": "gpt-5", "provider": "openai", "deprecation": nil, "notes": "ours stays"],
            ],
            "deployments": ["docs": "gpt-4o"],
        ]

        let overlaid = try catalogue.overlaid(with: list)

        let old = try #require(catalogue.profile(ModelIdentity(provider: "openai", model: "gpt-4o")))
        let new = try #require(overlaid.profile(ModelIdentity(provider: "openai", model: "gpt-4o")))
        let usage = Usage(inputTokens: 1_000_000, outputTokens: 1_000_000, cacheReadTokens: 500_000)
        #expect(new.contextWindow == 1000)
        #expect(new.maximumOutputTokens == old.maximumOutputTokens)
        #expect(new.prices?.cost(of: usage)?.total.formatted(decimals: 3) == "$11.625")
        #expect(new.prices?.rates(forInput: 1, as: .batch)?.input == old.prices?.rates(forInput: 1, as: .batch)?.input)
        #expect(overlaid.models.count == catalogue.models.count + 1)
        #expect(overlaid.match("local/house-llama")?.profile.tokenizer.name == "cl100k_base")
        #expect(overlaid.profile(ModelIdentity(provider: "openai", model: "gpt-5"))?.retirement == nil)
        #expect(overlaid.match("azure/docs")?.profile.identity.description == "azure/gpt-4o")
        #expect(overlaid.date == catalogue.date)
    }

    @Test func `tells everything that is wrong at once, and where`() {
        let list: JSONValue = [
            "modells": [],
            "tokenizers": ["mine": ["factor": ["prose": -1, "poetry": 2]]],
            "models": [
                ["id": "gpt-4o", "provider": "openai", "price": ["input": "free", "tiers": [["input": 1]]]],
                ["id": "x"],
                7,
                ["id": "y", "provider": "p", "context": 1.5, "deprecation": "soon", "caps": ["tools", "flight"]],
                ["id": "z", "provider": "p", "price": ["input": -1, "output": 1e99, "cached_input": 0.0000001]],
            ],
            "deployments": ["a": 1],
        ]

        let error = #expect(throws: CatalogError.self) { try catalogue.overlaid(with: list, from: "prices.yaml") }

        #expect(
            error?.description == """
                prices.yaml: modells: there is no such member
                prices.yaml: tokenizers.mine.factor.poetry: there is no such member
                prices.yaml: tokenizers.mine.factor.prose: a number above 0 and at most 100 is expected, not -1
                prices.yaml: models[0].price.input: a price in dollars for a million tokens, with at most six decimals, is expected, not "free"
                prices.yaml: models[0].price.tiers[0]: above_input_tokens is expected
                prices.yaml: models[1]: id and provider are expected
                prices.yaml: models[2]: an object is expected
                prices.yaml: models[3].context: a count of tokens is expected, not 1.5
                prices.yaml: models[3].caps[1]: there is no such word: "flight"
                prices.yaml: models[3].deprecation: a day as YYYY-MM-DD is expected, not "soon"
                prices.yaml: models[4].price.input: a price in dollars for a million tokens, with at most six decimals, is expected, not -1
                prices.yaml: models[4].price.output: a price in dollars for a million tokens, with at most six decimals, is expected, not 1e+99
                prices.yaml: models[4].price.cached_input: a price in dollars for a million tokens, with at most six decimals, is expected, not 1e-07
                prices.yaml: deployments.a: the name of a model is expected
                """
        )
    }

    @Test(arguments: ["", "{", "[]", "7", "null", "{\"models\": 3}", "{\"models\": [null]}", "{\"tokenizers\": []}"])
    func `refuses what is no list`(text: String) {
        #expect(throws: CatalogError.self) { try ModelCatalogue(parsing: Array(text.utf8)) }
    }

    @Test func `survives a list with any byte of it changed`() throws {
        var random = SystemRandomNumberGenerator()
        let row =
            #"{"models":[{"id":"a","provider":"b","context":9,"price":{"input":1.5,"output":2,"tiers":[{"above_input_tokens":5,"input":3}],"regional_multiplier":{"eu":1.1}},"deprecation":"2026-01-01"}]}"#
        let bytes = Array(row.utf8)
        for index in bytes.indices {
            var changed = bytes
            changed[index] = UInt8.random(in: 0...255, using: &random)
            let usage = Usage(inputTokens: 10, outputTokens: 10)
            let catalogue = try? ModelCatalogue(parsing: changed)
            for model in catalogue?.models ?? [] { _ = model.prices?.cost(of: usage, as: .batch, in: "eu") }
        }
    }
}
