import LanguageModels

extension ModelProfile {
    /// Reads a row of the catalogue, or of a user's own list; what has another type than it should is reported.
    init(_ identity: ModelIdentity, _ row: CatalogRow, _ report: inout CatalogReport) {
        let tokenizer = row.text("tokenizer", &report) ?? "o200k_base"
        let certainty = row.text("tokenizer_certainty", &report) ?? "assumed"
        if TokenizerChoice.Certainty(rawValue: certainty) == nil {
            report.add(row.path("tokenizer_certainty"), "exact, assumed or private is expected, not \(certainty)")
        }
        self.init(
            name: identity.model,
            provider: identity.provider,
            tokenizer: TokenizerChoice(name: tokenizer, certainty: .init(rawValue: certainty) ?? .assumed)
        )
        contextWindow = row.count("context", &report)
        maximumInputTokens = row.count("max_input", &report)
        maximumOutputTokens = row.count("max_output", &report)
        capabilities = Set(row.words("caps", &report))
        interfaces = row.array("api", &report).compactMap(\.string)
        if row.object("price", &report) != nil, let price = row.json["price"] {
            prices = PriceList(CatalogRow(price, at: row.path("price")), &report)
        }
        isRetired = row.word("status", &report, among: ["active", "deprecated", "retired"]) == "retired"
        notes = row.text("notes", &report)
        successor = row.text("successor", &report)
        retirement = row.day("deprecation", &report)
    }
}

extension PriceList {
    private static let members: Set<String> = [
        "input", "output", "cached_input", "cache_write", "cache_write_1h", "cache_write_24h", "reasoning_output",
        "batch", "flex", "priority", "batch_discount", "tiers", "regional_multiplier", "above_input_tokens",
    ]

    /// Reads the prices of a row; `nil` where there is none for input or output.
    init?(_ row: CatalogRow, _ report: inout CatalogReport) {
        row.allow(Self.members, &report)
        var tiers = [Tier(aboveInputTokens: -1, rates: Self.rates(row, &report))]
        for (index, tier) in row.array("tiers", &report).enumerated() {
            let tier = CatalogRow(tier, at: "\(row.path("tiers"))[\(index)]")
            guard tier.isObject(&report) else { continue }
            tier.allow(Self.members, &report)
            guard let limit = tier.count("above_input_tokens", &report) else {
                report.add(tier.place, "above_input_tokens is expected")
                continue
            }
            tiers.append(Tier(aboveInputTokens: limit, rates: Self.rates(tier, &report)))
        }
        self.init(tiers: tiers)
        for (region, factor) in row.object("regional_multiplier", &report)?.members ?? [] {
            // A row of one member: looking for each among all of them would take ever longer.
            let only = CatalogRow(.object(JSONObject([(region, factor)])), at: row.path("regional_multiplier"))
            guard only.factor(region, &report) != nil, case .number(let number) = factor else { continue }
            guard let millionths = Money.scaled(number.text, decimals: 6) else {
                report.add(only.path(region), "at most six decimals are expected")
                continue
            }
            regionalMillionths[region] = Int(clamping: millionths)
        }
        guard row.json["input"] != nil, row.json["output"] != nil else { return nil }
    }

    private static func rates(_ row: CatalogRow, _ report: inout CatalogReport) -> [ServiceClass: Rates] {
        var rates: [ServiceClass: Rates] = [.standard: Rates(row, &report)]
        for service in ServiceClass.allCases where service != .standard {
            guard row.object(service.rawValue, &report) != nil, let own = row.json[service.rawValue] else { continue }
            let classRow = CatalogRow(own, at: row.path(service.rawValue))
            classRow.allow(members, &report)
            rates[service] = Rates(classRow, &report)
        }
        return rates
    }
}

extension PriceList.Rates {
    fileprivate init(_ row: CatalogRow, _ report: inout CatalogReport) {
        input = row.price("input", &report)
        output = row.price("output", &report)
        cachedInput = row.price("cached_input", &report)
        cacheWrite = row.price("cache_write", &report)
        longCacheWrite = row.price("cache_write_1h", &report) ?? row.price("cache_write_24h", &report)
        reasoning = row.price("reasoning_output", &report)
    }
}
