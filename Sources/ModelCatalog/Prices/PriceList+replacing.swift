extension PriceList {
    /// Takes the place of other prices, and knows what is missing beside them.
    ///
    /// Above each limit from which the others had prices of their own there are none, until new ones are stated; the
    /// same goes for the cache and for reasoning. An explicit `null` or an empty list of tiers says that there is nothing
    /// of the kind. By what prices are multiplied in a region stays.
    ///
    /// - Parameters:
    ///   - others: The prices until now.
    ///   - members: The members that the new prices state.
    mutating func replace(_ others: PriceList?, stating members: [String]) {
        guard let others else { return }
        let stated = Set(members)
        let rates = others.tiers.first?.rates[.standard]
        for part in Part.allCases where !stated.contains(part.rawValue) {
            if rates?.price(of: part) != nil || others.unknown.contains(part) { unknown.insert(part) }
        }
        if !stated.contains("tiers") {
            tiers += others.tiers.dropFirst().map { Tier(aboveInputTokens: $0.aboveInputTokens, rates: [:]) }
        }
        if !stated.contains("regional_multiplier") { regionalMillionths = others.regionalMillionths }
    }

    /// Whether a price is missing that a usage needs.
    func isMissing(_ rates: Rates, for counts: BilledCounts) -> Bool {
        unknown.contains { rates.price(of: $0) == nil && counts.tokens(of: $0) > 0 }
    }
}

extension PriceList.Rates {
    fileprivate func price(of part: PriceList.Part) -> Money? {
        switch part {
        case .cachedInput: cachedInput
        case .cacheWrite: cacheWrite
        case .reasoning: reasoning
        }
    }
}

extension BilledCounts {
    fileprivate func tokens(of part: PriceList.Part) -> Int {
        switch part {
        case .cachedInput: read
        case .cacheWrite: write
        case .reasoning: reasoning
        }
    }
}
