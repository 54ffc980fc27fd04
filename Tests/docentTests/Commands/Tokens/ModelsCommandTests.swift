import Foundation
import LanguageModels
import ModelCatalog
import Testing

@testable import docent

struct ModelsCommandTests {
    @Test func `lists the catalogue, sorted, without what is gone`() async throws {
        let console = TestConsole()

        let words = ["models", "--provider", "anthropic", "--sort", "price", "--json"]
        let code = await Docent.run(words, in: console.tokenContext())

        #expect(code == .done)
        let models = try console.output.text.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
        #expect(models.allSatisfy { $0["provider"] == "anthropic" })
        #expect(models.first?["name"] == "claude-haiku-5-5")
        #expect(!models.contains { $0["name"] == "claude-2" })
    }

    @Test func `lists the models of the provider that is meant`() async {
        let console = TestConsole()

        _ = await Docent.run(["models", "--model-type", "claude"], in: console.tokenContext())

        let lines = console.output.text.split(separator: "\n").dropFirst()
        #expect(lines.count > 5 && lines.allSatisfy { $0.hasPrefix("anthropic/") })
    }

    @Test func `lists the prices of long prompts and of batches`() async throws {
        let console = TestConsole()

        _ = await Docent.run(["models", "--provider", "openai", "--json"], in: console.tokenContext())

        let models = try console.output.text.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
        let model = try #require(models.first { $0["name"] == "gpt-5.6" })
        #expect(model["input_price"]?.double == 4)
        #expect(model["batch"] == Self.prices(2, 0.2, 2.5, 10))
        var tier = try #require(Self.prices(8, 0.8, 10, 30).object)
        tier["above_input_tokens"] = 272_000
        tier["batch"] = Self.prices(4, 0.4, 5, 15)
        #expect(model["tiers"] == [.object(tier)])
    }

    private static func prices(_ input: Double, _ cached: Double, _ write: Double, _ output: Double) -> JSONValue {
        [
            "input_price": .double(input), "cached_input_price": .double(cached), "cache_write_price": .double(write),
            "output_price": .double(output),
        ]
    }

    /// What is listed is what is billed: a request of a million tokens costs a million times the price of one.
    @Test func `lists for each model the prices by which requests are priced`() async throws {
        let console = TestConsole()

        _ = await Docent.run(["models", "--json"], in: console.tokenContext())

        let catalogue = try ModelCatalogue.builtIn()
        for line in console.output.text.split(separator: "\n") {
            let listed = try JSONValue(parsing: String(line))
            let provider = try #require(listed["provider"]?.string), name = try #require(listed["name"]?.string)
            let prices = catalogue.match(ModelIdentity(provider: provider, model: name))?.profile.prices
            let sections: [(Int, JSONValue)] =
                [(1000, listed)]
                + (listed["tiers"]?.elements ?? []).map { (($0["above_input_tokens"]?.integer ?? 0) + 1, $0) }
            for (tokens, section) in sections {
                let usage = Usage(inputTokens: tokens, outputTokens: 0)
                for (service, price) in [
                    (ServiceClass.standard, section["input_price"]), (.batch, section["batch"]?["input_price"]),
                ] {
                    let cost = prices?.cost(of: usage, as: service)?.total
                    let billed = cost.map { Double($0.picodollars / Int128(tokens)) / 1e6 }
                    #expect(price?.double == billed, "\(provider)/\(name), \(tokens) tokens, \(service)")
                }
            }
        }
    }

    @Test func `says of prices that a list takes away that they are not known`() async throws {
        let console = TestConsole()

        let words = ["models", "--catalog", "own.yaml", "--provider", "openai", "--json"]
        _ = await Docent.run(words, in: console.tokenContext())

        let models = try console.output.text.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
        let model = try #require(models.first { $0["name"] == "gpt-5.6" }?.object)
        #expect(model["input_price"]?.double == 3)
        #expect(model["cached_input_price"] == JSONValue.null)
        #expect(model["batch"] == nil)
        #expect(model["tiers"] == [["above_input_tokens": 272_000]])
    }

    @Test func `writes no key that is not documented`() async throws {
        let console = TestConsole()
        var keys: Set<String> = []
        func collect(_ value: JSONValue) {
            for (key, value) in value.object?.members ?? [] {
                keys.insert(key)
                collect(value)
            }
            for element in value.elements { collect(element) }
        }
        var known = Calibration()
        let count = TokenCount(count: 1000, isExact: false, margin: 0.2, method: "", basis: 1000, kind: .prose)
        let model = ModelIdentity(provider: "anthropic", model: "claude-sonnet-5")
        known.learn(from: Usage(inputTokens: 1500, outputTokens: 0), for: count, of: model)
        let learnt = known
        let context = console.tokenContext(CalibrationStore(load: { learnt }, save: { _ in }))

        for words in [
            ["models", "--retired"], ["count", "-m", "claude-sonnet-5", "a.txt"], ["price", "--all", "a.txt"],
        ] {
            #expect(await Docent.run(words + ["--json"], in: context) == .done)
        }
        for line in console.output.text.split(separator: "\n") { collect(try JSONValue(parsing: String(line))) }

        let root = URL(filePath: #filePath).pathComponents.dropLast(5).joined(separator: "/")
        let page = try String(contentsOfFile: root + "/Documentation/tokens.md", encoding: .utf8)
        #expect(keys.isSuperset(of: ["tiers", "batch", "calibration", "successor", "cached"]))
        #expect(keys.filter { !page.contains("`\($0)`") }.sorted() == [])
    }
}
