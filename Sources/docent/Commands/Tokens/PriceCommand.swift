import LanguageModels
import ModelCatalog

/// `docent price`: what a request would cost.
struct PriceCommand: CatalogueReading {
    static let name = "price"
    static let options: [Option<PriceCommand>] =
        [
            .text("model", "NAME", "A model to price; can be repeated") { $0.models.append($1) }
                .short("m").group("Which models"),
            .flag("all", "All models that can be asked, cheapest first") { $0.showsAll = $1 }.group("Which models"),
            .text("provider", "NAME", "Of all, only this provider's") { $0.provider = $1.lowercased() }
                .group("Which models"),
        ] + catalogueOptions() + [
            .text("model-config", "FILE", "Services and deployments, in YAML or JSON") {
                $0.catalogue.configuration = $1
            }.completing(.files).group("Which models"),
            .number("input", in: 0...tokenLimit, "Tokens of the prompt, cached ones included") { $0.input = $1 },
            .number("output", in: 0...tokenLimit, "Tokens of the answer, reasoning included") { $0.output = $1 },
            .number("cached", in: 0...tokenLimit, "Tokens of the prompt that come from the cache") { $0.cached = $1 },
            .number("cache-write", in: 0...tokenLimit, "Tokens of the prompt that are written to the cache") {
                $0.cacheWrite = $1
            },
            .flag("json", "A line of JSON for each model") { $0.writesJSON = $1 },
        ]

    private static let tokenLimit = 1_000_000_000_000

    static let manual = Manual(
        summary: "Price a request, by model side by side",
        operands: "[FILE]...",
        completion: .files,
        text: """
            Prices a prompt of --input tokens, or of the FILEs, counted as each model
            counts, with an answer of --output tokens: plainly, with the prompt from the
            cache, and as a batch. '~' marks estimates. No service is asked.
            """,
        sections: [
            Manual.Section(
                "Columns",
                """
                price    the request as stated, --cached and --cache-write included
                cached   the same with all of the prompt from the cache: the least it can be
                batch    the same answered within a day
                """
            ),
            Manual.Section(
                "Exit codes",
                """
                0    done
                2    the command line is wrong, names no known model, or a file cannot be read
                3    the output could not be written
                141  whoever read the output has stopped, as 'head' does
                """
            ),
        ]
    )

    static let emptyOperand = "an empty argument is no path; leave it out, or write '-' for standard input"

    var operands: [String] = []
    var catalogue = CatalogueChoice()
    /// The models' names.
    var models: [String] = []
    /// Whether all models are shown.
    var showsAll = false
    /// The only provider of all.
    var provider: String?
    /// Tokens of the prompt.
    var input: Int?
    /// Tokens of the answer.
    var output = 0
    /// Tokens from the cache.
    var cached = 0
    /// Tokens to the cache.
    var cacheWrite = 0
    /// JSON instead of a table.
    var writesJSON = false

    func check() throws(UsageError) {
        guard !models.isEmpty || showsAll else {
            throw UsageError("name a model with --model, or say --all", command: Self.name)
        }
        guard models.isEmpty || !showsAll else {
            throw UsageError("--model and --all exclude each other", command: Self.name)
        }
        guard input == nil || operands.isEmpty else {
            throw UsageError("--input and files exclude each other", command: Self.name)
        }
        if let input, cached + cacheWrite > input {
            throw UsageError("--cached and --cache-write are parts of --input", command: Self.name)
        }
        guard provider == nil || showsAll else {
            throw UsageError("--provider chooses among --all", command: Self.name)
        }
        try FileInput.check(operands, command: Self.name)
    }

    func run(in context: CommandContext) async -> ExitCode {
        do {
            let quotes = try quotes(in: try context.services.directory(catalogue), context)
            let delivery = context.console.output.write(text(quotes))
            return delivery == .complete ? .done : delivery.exitCode
        } catch {
            context.console.say("\(error)")
            return .usage
        }
    }

    private func quotes(in directory: ModelDirectory, _ context: CommandContext) throws -> [PriceQuote] {
        let chosen = try showsAll ? directory.models(of: provider) : []
        let named = try models.map { name throws(InputError) in try directory.model(name) }
        guard input != nil || output > 0 || !operands.isEmpty else {
            throw InputError(
                "there is nothing to price; name files ('-' for standard input), or say --input and --output"
            )
        }
        let prompts = try operands.map { path throws(InputError) in
            String(decoding: try context.services.fileInput.bytes(path), as: UTF8.self)
        }
        let catalogue = directory.catalogue
        let counter = RequestCounter(in: catalogue, calibration: context.services.calibration.load())
        let pricing = Pricing(counter: counter, request: request(prompts), stated: usage)
        if showsAll {
            let page = CataloguePage(catalogue: catalogue, today: context.today)
            let alive = chosen.filter { !page.isGone($0) && $0.prices != nil }
            return alive.map { pricing.quote($0) }.sorted { $0.order < $1.order }
        }
        return named.map { named in
            for note in named.notes(in: catalogue, on: context.today) { context.console.say("note: \(note)") }
            let quote = pricing.quote(named.match)
            if let note = quote.note { context.console.say("note: \(note)") }
            return quote
        }
    }

    private func request(_ prompts: [String]) -> ModelRequest? {
        prompts.isEmpty ? nil : ModelRequest(prompts.joined(separator: "\n"))
    }

    private var usage: Usage {
        Usage(
            inputTokens: input ?? 0,
            outputTokens: output,
            cacheReadTokens: cached,
            cacheWriteTokens: cacheWrite
        )
    }

    private func text(_ quotes: [PriceQuote]) -> String {
        if writesJSON { return quotes.map { $0.json.text + "\n" }.joined() }
        var rows = [["model", "input", "output", "price", "cached", "batch"]] + quotes.map(\.cells)
        if quotes.contains(where: { $0.count?.isExact == false }) {
            rows = zip(rows, ["counted"] + quotes.map { $0.count?.method ?? "" }).map { $0 + [$1] }
        }
        return TextTable(rows, right: [1, 2, 3, 4, 5]).lines.map { $0 + "\n" }.joined()
    }
}

/// Prices one request for model after model.
///
/// Models that count alike count the prompt once.
private final class Pricing {
    private let counter: RequestCounter
    private let request: ModelRequest?
    private let stated: Usage
    private var counts: [TokenizerChoice: [String: TokenCount]] = [:]

    init(counter: RequestCounter, request: ModelRequest?, stated: Usage) {
        self.counter = counter
        self.request = request
        self.stated = stated
    }

    /// The quote for a model as it was asked for: where that is another provider's, its price is not that of the profile.
    func quote(_ match: ModelMatch) -> PriceQuote {
        var quote = quote(match.profile)
        quote.foreignName = match.kind == .foreign ? match.asked.description : nil
        return quote
    }

    func quote(_ profile: ModelProfile) -> PriceQuote {
        var usage = stated
        let count = request.map { self.count($0, profile) }
        if let count {
            usage.inputTokens = count.count
            usage.cacheReadTokens = min(stated.cacheReadTokens ?? 0, count.count)
            usage.cacheWriteTokens = min(stated.cacheWriteTokens ?? 0, count.count - (usage.cacheReadTokens ?? 0))
        }
        return PriceQuote(profile: profile, usage: usage, count: count)
    }

    /// The framing differs by provider, the texts' count by tokenizer.
    private func count(_ request: ModelRequest, _ profile: ModelProfile) -> TokenCount {
        if let known = counts[profile.tokenizer]?[profile.provider] { return known }
        let count = counter.count(request, for: profile)
        counts[profile.tokenizer, default: [:]][profile.provider] = count
        return count
    }
}

/// What a request costs at one model.
private struct PriceQuote {
    let profile: ModelProfile
    let usage: Usage
    /// How the prompt was counted, where it was.
    let count: TokenCount?
    /// The name of a model whose provider the catalogue does not know.
    var foreignName: String?

    private var price: Cost? { profile.prices?.cost(of: usage) }
    private var batch: Cost? { profile.prices?.cost(of: usage, as: .batch) }

    /// The least the request can cost: all of the prompt from the cache; `nil` where the model caches nothing.
    private var cached: Cost? {
        guard profile.prices?.rates(forInput: usage.inputTokens)?.cachedInput != nil else { return nil }
        var cached = usage
        cached.cacheReadTokens = usage.inputTokens
        cached.cacheWriteTokens = 0
        return profile.prices?.cost(of: cached)
    }

    /// Why there is no price, unless it is that the catalogue does not know the provider.
    var note: String? {
        guard price == nil, foreignName == nil else { return nil }
        guard profile.prices != nil else { return "\(name): no price is known; a list for --catalog can state one" }
        return "\(name): the list that sets its price states none for such a request (cached_input, cache_write, tiers)"
    }

    /// Cheapest first, those without a price last, equal ones by name.
    var order: (Int128, String) { (price?.total.picodollars ?? .max, name) }

    private var name: String { foreignName ?? "\(profile.provider)/\(profile.name)" }
    private var mark: String { count?.isExact == false ? "~" : "" }

    var cells: [String] {
        let costs = [price, cached, batch].map { $0.map { mark + $0.total.description } ?? "-" }
        return [name, "\(mark)\(usage.inputTokens)", "\(usage.outputTokens)"] + costs
    }

    var json: JSONValue {
        var object = JSONObject()
        object["model"] = .string(name)
        object["input_tokens"] = .integer(usage.inputTokens)
        object["output_tokens"] = .integer(usage.outputTokens)
        object["exact"] = .bool(count?.isExact ?? true)
        object["method"] = count.map { .string($0.method) }
        object["calibration"] = count?.calibration?.json
        object["price"] = price.map { Self.number($0.total) }
        object["cached"] = cached.map { Self.number($0.total) }
        object["batch"] = batch.map { Self.number($0.total) }
        return .object(object)
    }

    /// Dollars as a number with all their decimals.
    private static func number(_ money: Money) -> JSONValue {
        (try? JSONValue(parsing: String(money.formatted(decimals: 12).drop { $0 == "$" }))) ?? .null
    }
}
