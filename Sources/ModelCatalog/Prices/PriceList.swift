public import LanguageModels

/// What a model's tokens cost.
public struct PriceList: Hashable, Sendable {
    /// The price of one token of each kind; `nil` where the service states none of its own.
    public struct Rates: Hashable, Sendable {
        /// Tokens of the prompt.
        public var input: Money?
        /// Tokens of the answer, reasoning included.
        public var output: Money?
        /// Tokens of the prompt that came from the cache; they cost as ``input`` where this is `nil`.
        public var cachedInput: Money?
        /// Tokens of the prompt that were written to the cache; they cost as ``input`` where this is `nil`.
        public var cacheWrite: Money?
        /// The same, kept for long (an hour at Anthropic, a day at OpenAI); as ``cacheWrite`` where this is `nil`.
        public var longCacheWrite: Money?
        /// Tokens of reasoning, only where they cost something else than ``output``.
        public var reasoning: Money?

        /// No prices.
        public init() {}
    }

    /// Prices that count for a whole request once its input passes a limit, and below.
    public struct Tier: Hashable, Sendable {
        /// The tier counts for requests with more tokens of input than this.
        public var aboveInputTokens: Int
        /// The prices, by class of service.
        public var rates: [ServiceClass: Rates]

        /// A tier.
        public init(aboveInputTokens: Int, rates: [ServiceClass: Rates]) {
            self.aboveInputTokens = aboveInputTokens
            self.rates = rates
        }
    }

    /// The tiers; the first begins at -1 and so counts for every request, the highest limit comes last.
    public var tiers: [Tier]
    /// By what the prices are multiplied in a region, in millionths (1,100,000 for Azure's data zones).
    public var regionalMillionths: [String: Int] = [:]
    /// The kinds of tokens that have a price of their own which is not known.
    public var unknown: Set<Part> = []

    /// A part of a request's tokens that may have a price of its own.
    public enum Part: String, Hashable, Sendable, CaseIterable {
        case cachedInput = "cached_input"
        case cacheWrite = "cache_write"
        case reasoning = "reasoning_output"
    }

    /// Prices by tier.
    public init(tiers: [Tier]) {
        self.tiers = tiers.sorted { $0.aboveInputTokens < $1.aboveInputTokens }
    }

    /// What a request costs, `nil` where the list has no prices for it.
    ///
    /// The tier is chosen by all tokens of the input and counts for the whole request. A class of service without
    /// prices of its own gives `nil`: see ``rates(forInput:as:)``. So do tokens whose price is ``unknown``.
    ///
    /// - Parameters:
    ///   - usage: What the request used; cached tokens are part of its input, reasoning of its output. Where the
    ///     service says what it charges (Cohere's billed units), that is priced instead.
    ///   - service: The class of service.
    ///   - region: The region whose multiplier counts, where it has one.
    /// - Returns: The cost by kind of token.
    public func cost(of usage: Usage, as service: ServiceClass = .standard, in region: String? = nil) -> Cost? {
        let counts = BilledCounts(usage)
        guard let rates = rates(forInput: counts.input, as: service), let input = rates.input, let output = rates.output
        else { return nil }
        guard !isMissing(rates, for: counts) else { return nil }
        let write = rates.cacheWrite ?? input
        let reasoning = rates.reasoning ?? output
        let cost = Cost(
            input: input * counts.uncached,
            cacheRead: (rates.cachedInput ?? input) * counts.read,
            cacheWrite: write * (counts.write - counts.longWrite) + (rates.longCacheWrite ?? write) * counts.longWrite,
            output: output * (counts.output - counts.reasoning) + reasoning * counts.reasoning
        )
        return region.flatMap { regionalMillionths[$0] }.map(cost.multiplied) ?? cost
    }
}

/// How fast, and how sure, a request is answered.
public enum ServiceClass: String, Hashable, Sendable, CaseIterable {
    case standard
    /// Within a day.
    case batch
    /// When there is room.
    case flex
    /// Ahead of others.
    case priority
}

/// What a request costs, by kind of token.
public struct Cost: Hashable, Sendable {
    /// Tokens of the prompt that were not cached.
    public var input: Money
    /// Tokens of the prompt from the cache.
    public var cacheRead: Money
    /// Tokens of the prompt written to the cache.
    public var cacheWrite: Money
    /// Tokens of the answer.
    public var output: Money

    /// Everything together.
    public var total: Money { input + cacheRead + cacheWrite + output }

    func multiplied(byMillionths factor: Int) -> Cost {
        func multiplied(_ money: Money) -> Money { Money(picodollars: money.picodollars * Int128(factor) / 1_000_000) }
        return Cost(
            input: multiplied(input),
            cacheRead: multiplied(cacheRead),
            cacheWrite: multiplied(cacheWrite),
            output: multiplied(output)
        )
    }
}
