import LanguageModels

extension ModelProfile {
    /// Reads a row of the catalogue, or of a user's own list.
    ///
    /// - Throws: ``CatalogError`` where a member has another type than it should, or the name or provider is missing.
    init(_ json: JSONValue, at place: String) throws(CatalogError) {
        let row = CatalogRow(json, at: place)
        let tokenizer = try row.text("tokenizer") ?? "o200k_base"
        let certainty = try row.text("tokenizer_certainty") ?? "assumed"
        guard let name = try row.text("id"), let provider = try row.text("provider") else {
            throw CatalogError(place: place, message: "id and provider are expected")
        }
        self.init(
            name: name,
            provider: provider,
            tokenizer: TokenizerChoice(name: tokenizer, certainty: .init(rawValue: certainty) ?? .assumed)
        )
        contextWindow = try row.count("context")
        maximumInputTokens = try row.count("max_input")
        maximumOutputTokens = try row.count("max_output")
        capabilities = Set(json["caps"]?.elements.compactMap { $0.string.flatMap(Capability.init) } ?? [])
        interfaces = json["api"]?.elements.compactMap(\.string) ?? []
        prices =
            try json["price"].map { price throws(CatalogError) in try PriceList(price, at: "\(place).price") } ?? nil
        isRetired = try row.text("status") == "retired"
        notes = try row.text("notes")
        if let day = try row.text("deprecation") {
            guard let retirement = CalendarDay(day) else {
                throw CatalogError(
                    place: "\(place).deprecation",
                    message: "a day as YYYY-MM-DD is expected, not \(day)"
                )
            }
            self.retirement = retirement
        }
    }
}

extension PriceList {
    /// Reads the prices of a row; `nil` where there is none for input or output.
    init?(_ json: JSONValue, at place: String) throws(CatalogError) {
        guard json["input"] != nil, json["output"] != nil else { return nil }
        var tiers = [Tier(aboveInputTokens: -1, rates: try Self.rates(json, at: place))]
        for (index, tier) in (json["tiers"]?.elements ?? []).enumerated() {
            let tierPlace = "\(place).tiers[\(index)]"
            guard let limit = try CatalogRow(tier, at: tierPlace).count("above_input_tokens") else {
                throw CatalogError(place: tierPlace, message: "above_input_tokens is expected")
            }
            tiers.append(Tier(aboveInputTokens: limit, rates: try Self.rates(tier, at: tierPlace)))
        }
        self.init(tiers: tiers)
        for (region, factor) in json["regional_multiplier"]?.object?.members ?? [] {
            guard case .number(let number) = factor, let millionths = Money.scaled(number.text, decimals: 6) else {
                throw CatalogError(place: "\(place).regional_multiplier", message: "a number is expected")
            }
            regionalMillionths[region] = Int(clamping: millionths)
        }
    }

    private static func rates(_ json: JSONValue, at place: String) throws(CatalogError) -> [ServiceClass: Rates] {
        var rates: [ServiceClass: Rates] = [.standard: try Rates(json, at: place)]
        for service in ServiceClass.allCases where service != .standard {
            if let own = json[service.rawValue] { rates[service] = try Rates(own, at: "\(place).\(service.rawValue)") }
        }
        return rates
    }
}

extension PriceList.Rates {
    fileprivate init(_ json: JSONValue, at place: String) throws(CatalogError) {
        let row = CatalogRow(json, at: place)
        input = try row.price("input")
        output = try row.price("output")
        cachedInput = try row.price("cached_input")
        cacheWrite = try row.price("cache_write")
        longCacheWrite = try row.price("cache_write_1h")
        reasoning = try row.price("reasoning_output")
    }
}

/// A row of a catalogue, whose members must have the right types where they are.
private struct CatalogRow {
    let json: JSONValue
    let place: String

    init(_ json: JSONValue, at place: String) {
        self.json = json
        self.place = place
    }

    func text(_ name: String) throws(CatalogError) -> String? {
        guard let value = json[name] else { return nil }
        guard let text = value.string else { throw problem(name, "a text") }
        return text
    }

    func count(_ name: String) throws(CatalogError) -> Int? {
        guard let value = json[name] else { return nil }
        guard case .number = value, let count = value.integer, count >= 0 else {
            throw problem(name, "a count of tokens")
        }
        return count
    }

    func price(_ name: String) throws(CatalogError) -> Money? {
        guard let value = json[name] else { return nil }
        guard case .number(let number) = value, let price = Money(dollarsForMillion: number.text) else {
            throw problem(name, "a price in dollars for a million tokens, with at most six decimals,")
        }
        return price
    }

    private func problem(_ name: String, _ expected: String) -> CatalogError {
        CatalogError(place: "\(place).\(name)", message: "\(expected) is expected")
    }
}

/// What is wrong with a list of models.
public struct CatalogError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Where in the list, such as `models[3].price.input`.
    public var place: String
    /// What was expected.
    public var message: String

    /// `place: message`.
    public var description: String { "\(place): \(message)" }
}
