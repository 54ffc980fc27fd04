import LanguageModels
import ModelCatalog
import Testing

struct OverlayTests {
    let catalogue: ModelCatalogue

    init() throws {
        catalogue = try ModelCatalogue.builtIn()
    }

    @Test func `changes only what it says`() throws {
        let list: JSONValue = [
            "models": [
                [
                    "id": "gpt-4o", "provider": "openai",
                    "price": ["input": 2, "output": 10, "cached_input": 1, "batch": ["input": 1, "output": 4]],
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
        #expect(new.prices?.cost(of: usage)?.total.formatted(decimals: 3) == "$11.500")
        #expect(new.prices?.cost(of: usage, as: .batch)?.total.formatted(decimals: 3) == "$5.000")
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
                [
                    "id": "gpt-4o", "provider": "openai",
                    "price": ["input": "free", "output": 1, "tiers": [["input": 1]]],
                ],
                ["id": "x"],
                7,
                ["id": "y", "provider": "p", "context": 1.5, "deprecation": "soon", "caps": ["tools", "flight"]],
                ["id": "z", "provider": "p", "price": ["input": -1, "output": 1e99, "cached_input": 0.0000001]],
                ["id": "gpt-4", "provider": "openai", "price": ["input": 1]],
                ["id": "gpt-4o", "provider": "ChatGPT"],
            ],
            "deployments": ["a": 1],
        ]

        let error = #expect(throws: CatalogError.self) { try catalogue.overlaid(with: list, from: "prices.yaml") }

        #expect(
            error?.description == """
                prices.yaml: modells: there is no such member
                prices.yaml: tokenizers.mine.factor.prose: a number above 0 and at most 100 is expected, not -1
                prices.yaml: tokenizers.mine.factor.poetry: there is no such member
                prices.yaml: models[0].price.input: a price in dollars for a million tokens, with at most six decimals, is expected, not "free"
                prices.yaml: models[0].price.tiers[0]: above_input_tokens is expected
                prices.yaml: models[1]: id and provider are expected
                prices.yaml: models[2]: an object is expected
                prices.yaml: models[3].context: a count of tokens is expected, not 1.5
                prices.yaml: models[3].deprecation: a day as YYYY-MM-DD is expected, not "soon"
                prices.yaml: models[3].caps[1]: there is no such word: "flight"
                prices.yaml: models[4].price.input: a price in dollars for a million tokens, with at most six decimals, is expected, not -1
                prices.yaml: models[4].price.output: a price in dollars for a million tokens, with at most six decimals, is expected, not 1e+99
                prices.yaml: models[4].price.cached_input: a price in dollars for a million tokens, with at most six decimals, is expected, not 1e-07
                prices.yaml: models[5].price: both input and output are expected
                prices.yaml: models[6]: openai/gpt-4o stands here a second time, after models[0]
                prices.yaml: deployments.a: the name of a model is expected
                """
        )
    }

    @Test func `a new price takes the place of all that was known, and leaves out what nobody has stated`() throws {
        let list: JSONValue = [
            "models": [
                ["id": "gpt-5.6", "provider": "openai", "price": ["input": 3.2, "output": 16]],
                [
                    "id": "claude-opus-5-5", "provider": "claude",
                    "price": ["input": 3, "output": 15, "cache_write": nil],
                ],
                ["id": "gpt-4.1", "provider": "azure", "price": ["input": 1, "output": 2]],
            ]
        ]

        let overlaid = try catalogue.overlaid(with: list)

        let usage = { (input: Int, read: Int, write: Int) in
            Usage(inputTokens: input, outputTokens: 0, cacheReadTokens: read, cacheWriteTokens: write)
        }
        let gpt = try #require(overlaid.match("openai/gpt-5.6")?.profile.prices)
        #expect(gpt.cost(of: usage(200_000, 0, 0))?.total.description == "$0.640000")
        #expect(gpt.cost(of: usage(200_000, 1, 0)) == nil)
        #expect(gpt.cost(of: usage(200_000, 0, 1)) == nil)
        #expect(gpt.cost(of: usage(272_001, 0, 0)) == nil)
        #expect(gpt.cost(of: usage(200_000, 0, 0), as: .batch) == nil)
        #expect(gpt.cost(of: usage(200_000, 0, 0), as: .priority) == nil)
        let claude = try #require(overlaid.match("anthropic/claude-opus-5-5")?.profile.prices)
        #expect(claude.cost(of: usage(1_000_000, 0, 1_000_000))?.total.description == "$3.000000")
        #expect(claude.cost(of: usage(1_000_000, 1, 0)) == nil)
        let azure = try #require(overlaid.match("azure/gpt-4.1")?.profile.prices)
        let region = try #require(azure.regionalMillionths.keys.first)
        #expect(azure.regionalMillionths == catalogue.match("azure/gpt-4.1")?.profile.prices?.regionalMillionths)
        #expect(try #require(azure.cost(of: usage(1_000_000, 0, 0), in: region)).total.description > "$1.000000")
        #expect(overlaid.models.count == catalogue.models.count)
    }

    @Test func `refuses tokenizers that nobody knows, and misspelled ways to count`() {
        let list: JSONValue = [
            "tokenizers": [
                "mine": ["kind": "guess", "relative_to": "o200k", "factors": ["prose": 1.2]],
                "ours": ["kind": "tiktoken", "ranks": "cl100k_base"],
            ],
            "models": [
                ["id": "a", "provider": "p", "tokenizer": "o200k", "tokenizer_certainty": "exact"],
                ["id": "b", "provider": "p", "tokenizer": "ours", "status": "gone"],
                ["id": "c", "provider": "p", "tokenizer": "cohere:c"],
                ["id": "", "provider": "p"],
            ],
        ]

        let error = #expect(throws: CatalogError.self) { try catalogue.overlaid(with: list) }

        #expect(
            error?.description == """
                tokenizers.mine.kind: one of estimate, hf, hf-bpe, sentencepiece-bpe, tiktoken is expected, not guess
                tokenizers.mine.relative_to: there is no encoding o200k
                tokenizers.mine.factors: there is no such member
                models[0].tokenizer: there is no tokenizer o200k; name an encoding, or one of the list's own tokenizers
                models[1].status: one of active, deprecated, retired is expected, not gone
                models[3]: id and provider are expected
                """
        )
    }

    @Test func `takes a row that says nothing of the price of a model that has none`() throws {
        let list: JSONValue = ["models": [["id": "gpt-oss-120b", "provider": "openai", "context": 9]]]

        let overlaid = try catalogue.overlaid(with: list)

        #expect(overlaid.match("gpt-oss-120b")?.profile.contextWindow == 9)
        #expect(overlaid.match("gpt-oss-120b")?.profile.prices == nil)
    }

    @Test func `prices stay unknown under a second list`() throws {
        let first = try catalogue.overlaid(with: [
            "models": [["id": "gpt-5.6", "provider": "openai", "price": ["input": 3, "output": 16, "tiers": []]]]
        ])
        let second = try first.overlaid(with: [
            "models": [["id": "gpt-5.6", "provider": "openai", "price": ["input": 2, "output": 16]]]
        ])

        let prices = try #require(second.match("openai/gpt-5.6")?.profile.prices)
        #expect(prices.cost(of: Usage(inputTokens: 500_000, outputTokens: 0))?.total.description == "$1.000000")
        #expect(prices.cost(of: Usage(inputTokens: 500_000, outputTokens: 0, cacheReadTokens: 1)) == nil)
    }

    @Test func `means a model whatever the case of its name`() throws {
        let list: JSONValue = ["models": [["id": "GPT-5.6", "provider": "OpenAI", "context": 7]]]

        let overlaid = try catalogue.overlaid(with: list)

        #expect(overlaid.match("gpt-5.6")?.profile.contextWindow == 7)
        #expect(overlaid.match("GPT-5.6")?.profile.contextWindow == 7)
        #expect(overlaid.models.count == catalogue.models.count)
    }

    @Test func `names the lines of a list's file`() {
        let list: JSONValue = [
            "models": [["id": "a", "provider": "p"], ["id": "a", "provider": "P", "context": "x"]]
        ]
        let error = #expect(throws: CatalogError.self) { try catalogue.overlaid(with: list, from: "own.yaml") }

        let located = error?.located(in: ["": 1, "models": 2, "models[0]": 3, "models[1]": 6])

        #expect(
            located?.description == """
                own.yaml:6: models[1]: p/a stands here a second time, after models[0] in line 3
                own.yaml:6: models[1].context: a count of tokens is expected, not "x"
                """
        )
    }

    @Test func `tells mistakes in the order of the lines, where parts of a list stand elsewhere`() {
        let list: JSONValue = ["models": [["id": "a", "provider": "p", "context": "x"], 7]]
        let error = #expect(throws: CatalogError.self) { try catalogue.overlaid(with: list) }

        let located = error?.located(in: ["models": 1, "models[0]": 9, "models[1]": 3])

        #expect(located?.problems.map(\.line) == [3, 9])
    }

    @Test func `tells what is wrong in a row whose name is missing, in the order of its members`() {
        let list: JSONValue = [
            "deployments": ["a": 1],
            "models": [
                ["context": "much", "id": "a", "price": ["output": -1, "input": 1], "contxt": 1],
                ["price": ["input": 1], "provider": "", "id": "b", "deprecation": "soon", "caps": ["flight"]],
                ["provider": "openai", "id": "gpt-4o"],
                ["provider": "openai", "id": "gpt-4o", "max_input": "x"],
            ],
            "tokenizers": ["mine": ["relative_to": "x", "kind": "guess"]],
        ]

        let error = #expect(throws: CatalogError.self) { try catalogue.overlaid(with: list) }

        #expect(
            error?.description == """
                deployments.a: the name of a model is expected
                models[0]: id and provider are expected
                models[0].context: a count of tokens is expected, not "much"
                models[0].price.output: a price in dollars for a million tokens, with at most six decimals, is expected, not -1
                models[0].contxt: there is no such member
                models[1]: id and provider are expected
                models[1].price: both input and output are expected
                models[1].deprecation: a day as YYYY-MM-DD is expected, not "soon"
                models[1].caps[0]: there is no such word: "flight"
                models[3]: openai/gpt-4o stands here a second time, after models[2]
                models[3].max_input: a count of tokens is expected, not "x"
                tokenizers.mine.relative_to: there is no encoding x
                tokenizers.mine.kind: one of estimate, hf, hf-bpe, sentencepiece-bpe, tiktoken is expected, not guess
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
