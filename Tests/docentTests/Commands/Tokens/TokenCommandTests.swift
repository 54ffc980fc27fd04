import LanguageModels
import ModelCatalog
import Testing

@testable import docent

struct TokenCommandTests {
    @Test func `counts files, with a total`() async {
        let console = TestConsole()

        let code = await Docent.run(["count", "a.txt", "b.txt"], in: console.tokenContext())

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

        let code = await Docent.run(["count", "--json", "--encoding", "cl100k_base"], in: console.tokenContext())

        #expect(code == .done)
        #expect(
            console.output.text == """
                {"file":"-","tokens":5,"exact":true,"method":"cl100k_base","characters":16,"bytes":16}

                """
        )
    }

    @Test func `marks estimates, and says when a model goes`() async {
        let console = TestConsole()

        let code = await Docent.run(["count", "-m", "claude-sonnet-4-5", "a.txt"], in: console.tokenContext())

        #expect(code == .done)
        #expect(console.output.text.contains("tokens (estimate)"))
        #expect(console.output.text.contains("~3 "))
        #expect(console.messages.text.contains("anthropic/claude-sonnet-4-5 will be shut down on 2026-11-30"))
    }

    @Test func `goes on behind a file that cannot be read`() async {
        let console = TestConsole()

        let code = await Docent.run(["count", "none", "a.txt"], in: console.tokenContext())

        #expect(code == .someFailed)
        #expect(console.messages.text == "docent: none: it does not exist\n")
        #expect(console.output.text.contains("a.txt"))
    }

    @Test func `prices a usage as the services bill it`() async {
        let console = TestConsole()
        let words = ["price", "-m", "gpt-5.6", "-m", "claude-haiku-5-5", "--input", "50000", "--output", "2000"]

        let code = await Docent.run(words, in: console.tokenContext())

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

        let code = await Docent.run(["price", "--all", "--json", "a.txt"], in: console.tokenContext())

        #expect(code == .done)
        let lines = console.output.text.split(separator: "\n")
        let prices = try lines.map { try JSONValue(parsing: String($0)) }
        #expect(prices.count > 100)
        let totals = prices.compactMap { $0["price"]?.double }
        #expect(totals == totals.sorted())
        #expect(prices.contains { $0["exact"]?.bool == true } && prices.contains { $0["exact"]?.bool == false })
    }

    @Test func `takes a list of the user's own, in YAML`() async {
        let console = TestConsole()

        let words = ["price", "--catalog", "own.yaml", "-m", "house/big", "--input", "1000000"]
        let code = await Docent.run(words, in: console.tokenContext())

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
        (["price", "-m", "nosuch/gpt-4o"], "nosuch is no provider that is known; there are openai, azure, anthropic"),
        (["count", "-m", "nosuch/gpt-4o", "a.txt"], "nosuch is no provider that is known"),
        (["price", "-m", "/gpt-4o"], "'/gpt-4o' names no provider before its slash; write provider/model"),
        (["count", "--model-type", "claude", "a.txt"], "--model-type says whose model is meant; name the model with"),
        (["count", "--env-file", "x", "a.txt"], "--env-file is for asking services; say --live, or leave it out"),
        (["models", "--env-file", "x"], "--env-file is for asking services; say --live, or leave it out"),
        (["count", "--live", "--catalog", "own.yaml", "a.txt"], "--catalog is for counting without a service"),
        (["models", "--provider", "openai", "--model-type", "claude"], "--provider and --model-type say the same"),
        (["price", "-m", "openai/"], "'openai/' names no model; write provider/model"),
        (["price", "-m", "openai//"], "'openai//' names no model"),
        (["price", "--all", "--provider", "nosuch"], "nosuch is no provider that is known"),
        (["price", "--all", "--provider", "groq"], "the catalogue has no models of groq; it has those of openai"),
        (["price", "-m", "gpt-5", "--provider", "openai"], "--provider chooses among --all"),
        (["models", "--live", "--provider", "nosuch"], "nosuch is no provider that is known"),
        (["models", "--live", "--provider", "opnai"], "opnai is no provider that is known; did you mean openai?"),
        (["count", "-", "a.txt", "-"], "standard input can be read only once; name '-' once"),
        (["price", "-m", "gpt-5", "-", "-"], "standard input can be read only once"),
        (["models", "--provider", "zzz"], "zzz is no provider that is known; there are openai"),
        (["models", "--sort", "zzz"], "name, price, context"),
        (["models", "--live", "--sort", "price"], "--sort, --retired and --catalog are about the catalogue"),
        (["models", "--live", "--retired"], "leave them out with --live"),
        (["models", "--model-type", "zzz"], "zzz is no provider that is known"),
        (["count", "-m", "gpt-5", "--model-type", "zzz"], "zzz is no provider that is known"),
        (["price", "-m", "gpt-5"], "there is nothing to price; name files ('-' for standard input), or say --input"),
        (["price", "--all", "--cache-write", "0"], "there is nothing to price"),
        (["count", ""], "leave it out, or write '-' for standard input"),
        (["price", "-m", "gpt-5", ""], "leave it out, or write '-' for standard input"),
    ])
    func `says what is wrong with a command line`(words: [String], message: String) async {
        let console = TestConsole()

        #expect(await Docent.run(words, in: console.tokenContext()) == .usage)
        #expect(console.messages.text.contains(message), "\(console.messages.text)")
    }

    @Test func `has the service count`() async {
        let console = TestConsole()

        let code = await Docent.run(
            ["count", "--live", "--json", "-m", "x/y", "a.txt", "b.txt"],
            in: console.tokenContext()
        )

        #expect(code == .someFailed)
        #expect(
            console.output.text == """
                {"file":"a.txt","tokens":77,"exact":true,"method":"counted by counting","characters":11,"bytes":11}

                """
        )
        #expect(console.messages.text.contains("too many requests"))
    }

    @Test func `has a service count nothing but text`() async {
        let console = TestConsole()

        let code = await Docent.run(["count", "--live", "-m", "x/y", "latin.txt", "a.txt"], in: console.tokenContext())

        #expect(code == .someFailed)
        #expect(
            console.messages.text == """
                docent: latin.txt: no service counts this, as it is no text in UTF-8 (the byte 0xE9 at offset 3, in line 1)

                """
        )
        #expect(console.output.text.contains("77"))
    }

    @Test func `counts by a tokenizer's file whatever its name`() async {
        let console = TestConsole()

        let code = await Docent.run(["count", "-e", "ranks", "a.txt"], in: console.tokenContext())

        #expect(code == .done, "\(console.messages.text)")
        #expect(console.output.text.hasSuffix("    11          11     11  a.txt\n"))
    }

    @Test(arguments: [
        ("claude", "claude-opus-5-5"), ("anthropic", "anthropic/claude-opus-5-5"),
        ("claude", "anthropic/claude-opus-5-5"),
    ])
    func `counts as a provider's model`(type: String, name: String) async {
        let console = TestConsole()

        let words = ["count", "--model-type", type, "-m", name, "a.txt"]
        #expect(await Docent.run(words, in: console.tokenContext()) == .done)
        #expect(console.output.text.contains("estimate: o200k_base × 1.65"))
    }

    @Test func `says of models without a price that they have none, under the names that were asked for`() async {
        let console = TestConsole()

        let words = ["price", "-m", "cohere/command-a-plus-05-2026", "-m", "groq/gpt-5.6", "--input", "1"]
        _ = await Docent.run(words, in: console.tokenContext())

        #expect(
            console.messages.text == """
                docent: note: cohere/command-a-plus-05-2026: no price is known; a list for --catalog can state one
                docent: note: groq/gpt-5.6: prices and limits of groq are not known; taken as openai/gpt-5.6

                """
        )
        #expect(
            console.output.text == """
                model                          input  output  price  cached  batch
                cohere/command-a-plus-05-2026      1       0      -       -      -
                groq/gpt-5.6                       1       0      -       -      -

                """
        )
    }

    @Test func `shows only what a price of the user's own covers`() async {
        let console = TestConsole()

        let words = ["price", "--catalog", "own.yaml", "-m", "gpt-5.6", "--input", "1000000"]
        _ = await Docent.run(words + ["--cached", "5"], in: console.tokenContext())
        _ = await Docent.run(words.dropLast() + ["200000"], in: console.tokenContext())

        #expect(
            console.output.text == """
                model             input  output  price  cached  batch
                openai/gpt-5.6  1000000       0      -       -      -
                model            input  output      price  cached  batch
                openai/gpt-5.6  200000       0  $0.600000       -      -

                """
        )
        let reason = "the list that sets its price states none for such a request (cached_input, cache_write, tiers)"
        #expect(console.messages.text == "docent: note: openai/gpt-5.6: \(reason)\n")
    }

    @Test func `shows what answers have taught`() async throws {
        let console = TestConsole()
        var known = Calibration()
        let count = TokenCount(count: 1000, isExact: false, margin: 0.2, method: "", basis: 1000, kind: .prose)
        let model = ModelIdentity(provider: "anthropic", model: "claude-sonnet-5")
        for _ in 0..<3 { known.learn(from: Usage(inputTokens: 1500, outputTokens: 0), for: count, of: model) }
        let learnt = known
        let context = console.tokenContext(CalibrationStore(load: { learnt }, save: { _ in }))

        _ = await Docent.run(["count", "-m", "claude-sonnet-5", "a.txt"], in: context)
        _ = await Docent.run(["price", "-m", "claude-sonnet-5", "a.txt"], in: context)
        _ = await Docent.run(["count", "--json", "-m", "claude-sonnet-5", "a.txt"], in: context)
        _ = await Docent.run(["price", "--json", "-m", "claude-sonnet-5", "a.txt"], in: context)

        let lines = console.output.text.split(separator: "\n").map(String.init)
        #expect(lines[0] == "tokens (estimate)  characters  bytes  file   counted")
        #expect(lines[1].hasSuffix("~3          11     11  a.txt  calibrated: o200k_base × 1.5, from 3 answers"))
        #expect(lines[2].hasSuffix("batch  counted"))
        #expect(lines[3].hasSuffix("calibrated: o200k_base × 1.5, from 3 answers"))
        for line in lines[4...5] {
            #expect(try JSONValue(parsing: line)["calibration"] == ["ratio": 1.5, "answers": 3])
        }
    }

    @Test func `shows no table where nothing was counted`() async {
        let console = TestConsole()

        #expect(await Docent.run(["count", "none"], in: console.tokenContext()) == .someFailed)
        #expect(console.output.text.isEmpty)
    }
}
