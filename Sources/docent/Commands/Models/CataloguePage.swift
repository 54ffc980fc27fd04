import LanguageModels
import ModelCatalog

/// Lays the catalogue out for people or for programs.
struct CataloguePage {
    let catalogue: ModelCatalogue
    let today: CalendarDay

    /// Whether a model cannot be asked any more.
    func isGone(_ model: ModelProfile) -> Bool {
        model.isRetired || model.retirement.map { $0 <= today } == true
    }

    /// The models in an order; those for which it says nothing come last.
    func sorted(_ models: [ModelProfile], by order: ModelsCommand.Order) -> [ModelProfile] {
        switch order {
        case .name: models.sorted { ($0.provider, $0.name) < ($1.provider, $1.name) }
        case .price: models.sorted { (blended($0), $0.name) < (blended($1), $1.name) }
        case .context: models.sorted { ($1.contextWindow ?? -1, $0.name) < ($0.contextWindow ?? -1, $1.name) }
        }
    }

    /// The price of three tokens of input and one of output, as models are usually compared.
    private func blended(_ model: ModelProfile) -> Int128 {
        let usage = Usage(inputTokens: 3, outputTokens: 1)
        return model.prices?.cost(of: usage)?.total.picodollars ?? .max
    }

    /// A table with a head.
    func table(_ models: [ModelProfile]) -> String {
        let head = ["model", "context", "output", "$ in", "$ cached", "$ out", "tokenizer", "until"]
        let rows = models.map { model in
            let rates = model.prices?.rates(forInput: 0)
            let prices = [rates?.input, rates?.cachedInput, rates?.output].map(perMillion)
            let limits = [model.contextWindow, model.maximumOutputTokens].map { $0.map(Self.short) ?? "" }
            let sure = model.tokenizer.certainty == .exact ? "" : " (\(model.tokenizer.certainty.rawValue))"
            return ["\(model.provider)/\(model.name)"] + limits + prices
                + [model.tokenizer.name + sure, model.retirement.map { "\($0)" } ?? ""]
        }
        return TextTable([head] + rows, right: [1, 2, 3, 4, 5]).lines.map { $0 + "\n" }.joined()
    }

    /// A line of JSON for each model.
    func json(_ models: [ModelProfile]) -> String {
        models.map { json($0).text + "\n" }.joined()
    }

    private func json(_ model: ModelProfile) -> JSONValue {
        var object = JSONObject()
        object["provider"] = .string(model.provider)
        object["name"] = .string(model.name)
        object["context_window"] = model.contextWindow.map(JSONValue.integer)
        object["max_input_tokens"] = model.maximumInputTokens.map(JSONValue.integer)
        object["max_output_tokens"] = model.maximumOutputTokens.map(JSONValue.integer)
        if let prices = model.prices { Self.add(prices, to: &object) }
        object["tokenizer"] = .string(model.tokenizer.name)
        object["tokenizer_certainty"] = .string(model.tokenizer.certainty.rawValue)
        object["capabilities"] = .array(model.capabilities.map(\.rawValue).sorted().map(JSONValue.string))
        object["retirement"] = model.retirement.map { .string("\($0)") }
        object["successor"] = catalogue.retirement(of: model, on: today)?.successor.map(JSONValue.string)
        return .object(object)
    }

    /// Adds the prices of usual requests, and apart from them those of long prompts.
    private static func add(_ prices: PriceList, to object: inout JSONObject) {
        add(prices, forInput: 0, to: &object)
        let tiers = prices.tiers.dropFirst().map { tier in
            var object = JSONObject([("above_input_tokens", .integer(tier.aboveInputTokens))])
            add(prices, forInput: tier.aboveInputTokens + 1, to: &object)
            return JSONValue.object(object)
        }
        object["tiers"] = tiers.isEmpty ? nil : .array(tiers)
    }

    /// Adds the prices of a request with so many tokens of input, and of the same in a batch.
    private static func add(_ prices: PriceList, forInput tokens: Int, to object: inout JSONObject) {
        guard let rates = prices.rates(forInput: tokens) else { return }
        add(rates, of: prices, to: &object)
        guard let rates = prices.rates(forInput: tokens, as: .batch) else { return }
        var batch = JSONObject()
        add(rates, of: prices, to: &batch)
        object["batch"] = .object(batch)
    }

    /// Adds prices; one that is not known is null, one that is that of other tokens is left out.
    private static func add(_ rates: PriceList.Rates, of prices: PriceList, to object: inout JSONObject) {
        func number(_ price: Money?, _ part: PriceList.Part) -> JSONValue? {
            guard let price else { return prices.unknown.contains(part) ? .some(.null) : .none }
            return Self.number(price)
        }
        object["input_price"] = rates.input.map(Self.number)
        object["cached_input_price"] = number(rates.cachedInput, .cachedInput)
        object["cache_write_price"] = number(rates.cacheWrite, .cacheWrite)
        object["output_price"] = rates.output.map(Self.number)
    }

    /// A price as it is quoted: for a million tokens, with the decimals that it has.
    private func perMillion(_ price: Money?) -> String {
        price.map { Self.decimals($0) } ?? ""
    }

    private static func number(_ price: Money) -> JSONValue {
        (try? JSONValue(parsing: decimals(price))) ?? .null
    }

    /// The price of a million tokens, with at least two decimals.
    private static func decimals(_ price: Money) -> String {
        var text = (price * 1_000_000).formatted(decimals: 6).drop { $0 == "$" }
        while text.last == "0", text.dropLast(2).last != "." { text.removeLast() }
        return String(text)
    }

    /// `128k`, `1.05M`: limits as they are talked of.
    private static func short(_ tokens: Int) -> String {
        if tokens >= 1_000_000 {
            let hundredths = (tokens + 5000) / 10_000
            return hundredths.isMultiple(of: 100) ? "\(hundredths / 100)M" : "\(Double(hundredths) / 100)M"
        }
        return tokens >= 10_000 ? "\((tokens + 500) / 1000)k" : "\(tokens)"
    }
}
