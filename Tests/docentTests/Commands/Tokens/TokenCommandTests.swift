import LanguageModels
import ModelCatalog
import Testing

@testable import docent

struct TokenCommandTests {
    @Test func `counts files, with a total`() async {
        let console = TestConsole()

        let code = await Docent.run(["count", "a.txt", "b.txt"], in: context(console))

        #expect(code == .done)
        #expect(
            console.output.text == """
                tokens  characters  bytes  file
                     2          11     11  a.txt
                     2           2      3  b.txt
                     4          13     14  total

                """
        )
    }

    @Test func `counts standard input piece by piece`() async {
        let console = TestConsole()

        let code = await Docent.run(["count", "--json", "--encoding", "cl100k_base"], in: context(console))

        #expect(code == .done)
        #expect(
            console.output.text == """
                {"file":"-","tokens":5,"exact":true,"method":"cl100k_base","characters":16,"bytes":16}

                """
        )
    }

    @Test func `marks estimates, and says when a model goes`() async {
        let console = TestConsole()

        let code = await Docent.run(["count", "-m", "claude-sonnet-4-5", "a.txt"], in: context(console))

        #expect(code == .done)
        #expect(console.output.text.contains("tokens (estimate)"))
        #expect(console.output.text.contains("~3 "))
        #expect(console.messages.text.contains("anthropic/claude-sonnet-4-5 will be shut down on 2026-11-30"))
    }

    @Test func `goes on behind a file that cannot be read`() async {
        let console = TestConsole()

        let code = await Docent.run(["count", "none", "a.txt"], in: context(console))

        #expect(code == .someFailed)
        #expect(console.messages.text == "docent: none: it does not exist\n")
        #expect(console.output.text.contains("a.txt"))
    }

    @Test func `prices a usage as the services bill it`() async {
        let console = TestConsole()
        let words = ["price", "-m", "gpt-5.6", "-m", "claude-haiku-5-5", "--input", "50000", "--output", "2000"]

        let code = await Docent.run(words, in: context(console))

        #expect(code == .done)
        #expect(
            console.output.text == """
                model                       input  output      price     cached      batch
                openai/gpt-5.6              50000    2000  $0.240000  $0.060000  $0.120000
                anthropic/claude-haiku-5-5  50000    2000  $0.006000  $0.001500  $0.003000

                """
        )
    }

    @Test func `prices files as prompts, all models cheapest first`() async throws {
        let console = TestConsole()

        let code = await Docent.run(["price", "--all", "--json", "a.txt"], in: context(console))

        #expect(code == .done)
        let lines = console.output.text.split(separator: "\n")
        let prices = try lines.map { try JSONValue(parsing: String($0)) }
        #expect(prices.count > 100)
        let totals = prices.compactMap { $0["price"]?.double }
        #expect(totals == totals.sorted())
        #expect(prices.contains { $0["exact"]?.bool == true } && prices.contains { $0["exact"]?.bool == false })
    }

    @Test func `lists the catalogue, sorted, without what is gone`() async throws {
        let console = TestConsole()

        let words = ["models", "--provider", "anthropic", "--sort", "price", "--json"]
        let code = await Docent.run(words, in: context(console))

        #expect(code == .done)
        let models = try console.output.text.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
        #expect(models.allSatisfy { $0["provider"] == "anthropic" })
        #expect(models.first?["name"] == "claude-haiku-5-5")
        #expect(!models.contains { $0["name"] == "claude-2" })
    }

    @Test func `takes a list of the user's own, in YAML`() async {
        let console = TestConsole()

        let words = ["price", "--catalog", "own.yaml", "-m", "house/big", "--input", "1000000"]
        let code = await Docent.run(words, in: context(console))

        #expect(code == .done)
        #expect(console.output.text.contains("house/big  1000000       0  $1.250000"))
    }

    @Test(arguments: [
        (["price", "--input", "1"], "name a model with --model, or say --all"),
        (["price", "-m", "gpt-5", "--all"], "--model and --all exclude each other"),
        (["price", "-m", "gpt-5", "--input", "1", "a.txt"], "--input and files exclude each other"),
        (["price", "-m", "gpt-5", "--input", "1", "--cached", "2"], "--cached and --cache-write are parts of --input"),
        (["price", "-m", "zzz"], "the catalogue has no model like 'zzz'; see 'docent models'"),
        (["price", "-m", "gpt-5", "none"], "none: it does not exist"),
        (["count", "-e", "zzz"], "there is no encoding 'zzz'; there are o200k_base"),
        (["count", "-e", "none.json"], "none.json: it does not exist"),
        (["count", "-e", "a.txt"], "a.txt"),
        (["count", "-e", "r50k_base", "-m", "gpt-5"], "--model and --encoding exclude each other"),
        (["models", "--provider", "zzz"], "the catalogue has no models of that; providers are openai"),
        (["models", "--sort", "zzz"], "name, price, context"),
    ])
    func `says what is wrong with a command line`(words: [String], message: String) async {
        let console = TestConsole()

        #expect(await Docent.run(words, in: context(console)) == .usage)
        #expect(console.messages.text.contains(message), "\(console.messages.text)")
    }

    @Test func `has the service count`() async {
        let console = TestConsole()

        let code = await Docent.run(["count", "--live", "--json", "-m", "x/y", "a.txt", "b.txt"], in: context(console))

        #expect(code == .someFailed)
        #expect(
            console.output.text == """
                {"file":"a.txt","tokens":77,"exact":true,"method":"counted by counting","characters":11,"bytes":11}

                """
        )
        #expect(console.messages.text.contains("too many requests"))
    }

    private func context(_ console: TestConsole) -> CommandContext {
        var services = console.context().services
        let catalogue = services.catalogue
        services.secondsSince1970 = { 1_795_219_200 }
        services.calibration = .none
        services.models = { _ in
            ModelAccess(
                providers: [],
                model: { RetryingModel(CountingModel()) },
                list: { _ in [] },
                health: { HealthReport(identity: ModelIdentity(provider: $0, model: "")) },
                close: {}
            )
        }
        services.fileInput = FileInput { path, take throws(InputError) in
            switch path {
            case "a.txt": take(Array("hello world".utf8)[...])
            case "b.txt": take(Array("é\n".utf8)[...])
            case "-": for piece in ["hello wor", "ld, aga", ""] { take(Array(piece.utf8)[...]) }
            default: throw InputError("\(path): it does not exist")
            }
        }
        services.catalogue = { choice in
            guard choice.list == "own.yaml" else { return try catalogue(choice) }
            let list: JSONValue = [
                "models": [["id": "big", "provider": "house", "price": ["input": 1.25, "output": 2]]]
            ]
            return try catalogue(CatalogueChoice()).overlaid(with: list)
        }
        return CommandContext(console: console.console, services: services)
    }
}

/// A model whose service counts one text and refuses others.
private struct CountingModel: LanguageModel, TokenCounting {
    let identity = ModelIdentity(provider: "counting", model: "m")

    func respond(to request: ModelRequest) async throws -> ModelResponse {
        ModelResponse(parts: [], finishReason: .stop)
    }

    func stream(_ request: ModelRequest) -> ModelStream { ModelStream([]) }

    func countTokens(of request: ModelRequest) async throws -> Int {
        guard request.messages.map(\.text) == ["hello world"] else {
            throw ModelError(.rateLimited, "", identity: identity)
        }
        return 77
    }
}
