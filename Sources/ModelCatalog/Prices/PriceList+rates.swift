extension PriceList {
    /// The prices for a request with so many tokens of input; `nil` where there are none for the class of service.
    ///
    /// What the list leaves out for a class is filled in as the services bill, and otherwise left out:
    ///
    /// - A class that the list does not have at all has no prices.
    /// - In a tier that lacks it (few do), batch keeps the proportion to the standard price that it has below, price by price.
    ///   Flex costs what batch does, where it does below. Priority has no prices there: none are stated, and lists differ.
    /// - Where writing the cache has a price, the class's discount counts for the cache, too (Anthropic: discounts
    ///   add up). Elsewhere a cached token costs as much as in the standard class (Gemini), or as the class's other input
    ///   where that is less (OpenAI's batches before GPT-5).
    /// - Keeping the cache for long costs in each tier and class as many times the short price as it does below.
    public func rates(forInput tokens: Int, as service: ServiceClass = .standard) -> Rates? {
        guard let base = tiers.first, base.aboveInputTokens < tokens,
            let tier = tiers.last(where: { $0.aboveInputTokens < tokens }), let standard = tier.rates[.standard],
            var rates = Self.stated(service, in: tier, over: base)
        else { return nil }
        if standard.cacheWrite != nil {
            let (price, whole) = (rates.input, standard.input)
            rates.cachedInput = rates.cachedInput ?? standard.cachedInput?.times(price, over: whole)
            rates.cacheWrite = rates.cacheWrite ?? standard.cacheWrite?.times(price, over: whole)
        } else if let input = rates.input, let cached = standard.cachedInput {
            rates.cachedInput = rates.cachedInput ?? min(input, cached)
        }
        let below = base.rates[.standard]
        rates.longCacheWrite =
            rates.longCacheWrite ?? below?.longCacheWrite?.times(rates.cacheWrite, over: below?.cacheWrite)
        return rates
    }

    /// The prices of a class in a tier, as the tier states them or as the tier below lets them be reckoned.
    private static func stated(_ service: ServiceClass, in tier: Tier, over base: Tier) -> Rates? {
        guard var below = base.rates[service] else { return nil }
        let batch = base.rates[.batch]
        let costsAsBatch = service == .flex && batch != nil && batch?.input == below.input
        if costsAsBatch { below.output = below.output ?? batch?.output }
        guard tier != base else { return below }
        if var own = tier.rates[service] {
            if costsAsBatch { own.output = own.output ?? tier.rates[.batch]?.output }
            return own
        }
        switch service {
        case .flex where costsAsBatch: return stated(.batch, in: tier, over: base)
        case .batch: return tier.rates[.standard]?.scaled(as: below, to: base.rates[.standard])
        case .standard, .flex, .priority: return nil
        }
    }
}

extension PriceList.Rates {
    /// These prices, each by as much dearer or cheaper as one of some prices is to another.
    fileprivate func scaled(as some: Self, to others: Self?) -> Self {
        var rates = Self()
        rates.input = input?.times(some.input, over: others?.input)
        rates.output = output?.times(some.output, over: others?.output)
        rates.cachedInput = cachedInput?.times(some.cachedInput, over: others?.cachedInput)
        rates.cacheWrite = cacheWrite?.times(some.cacheWrite, over: others?.cacheWrite)
        rates.reasoning = reasoning?.times(some.reasoning, over: others?.reasoning)
        return rates
    }
}

extension Money {
    /// The price times the quotient of two others; `nil` where one is missing or the result is no whole number.
    fileprivate func times(_ price: Money?, over whole: Money?) -> Money? {
        guard let price, let whole, whole > .zero else { return nil }
        let product = picodollars.multipliedReportingOverflow(by: price.picodollars)
        guard !product.overflow, product.partialValue.isMultiple(of: whole.picodollars) else { return nil }
        return Money(picodollars: product.partialValue / whole.picodollars)
    }
}
