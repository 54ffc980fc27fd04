/// All allowances that a request must find room in: those the caller set, and those the service told.
struct AllowanceBuckets {
    private enum Unit: CaseIterable {
        case requests
        case tokens
        case inputTokens
        case outputTokens

        func cost(of estimate: TokenEstimate, requests: Int) -> Double {
            switch self {
            case .requests: Double(requests)
            case .tokens: Double(estimate.input + estimate.output)
            case .inputTokens: Double(estimate.input)
            case .outputTokens: Double(estimate.output)
            }
        }

        func allowance(in limits: ServiceLimits) -> ServiceLimits.Allowance {
            switch self {
            case .requests: limits.requests
            case .tokens: limits.tokens
            case .inputTokens: limits.inputTokens
            case .outputTokens: limits.outputTokens
            }
        }
    }

    /// At most two for each unit, the caller's in front.
    private var buckets: [(unit: Unit, isLearned: Bool, bucket: AllowanceBucket)] = []

    init(requestsPerMinute: Int?, tokensPerMinute: Int?, now: Double) {
        for (unit, limit) in [(Unit.requests, requestsPerMinute), (.tokens, tokensPerMinute)] {
            guard let limit else { continue }
            buckets.append((unit, false, AllowanceBucket(perMinute: limit, now: now)))
        }
    }

    /// How long until a request fits everywhere; 0 for now.
    mutating func wait(for estimate: TokenEstimate, now: Double) -> Double {
        var wait = 0.0
        for index in buckets.indices {
            buckets[index].bucket.refill(at: now)
            let cost = buckets[index].unit.cost(of: estimate, requests: 1)
            wait = max(wait, buckets[index].bucket.wait(for: cost))
        }
        return wait
    }

    /// Takes what a request is expected to need.
    mutating func take(_ estimate: TokenEstimate) {
        for index in buckets.indices {
            buckets[index].bucket.take(buckets[index].unit.cost(of: estimate, requests: 1))
        }
    }

    /// Puts back what was estimated too high, and takes what was estimated too low.
    mutating func correct(_ estimate: TokenEstimate, to actual: TokenEstimate) {
        for index in buckets.indices {
            let unit = buckets[index].unit
            buckets[index].bucket.correct(unit.cost(of: estimate, requests: 1), to: unit.cost(of: actual, requests: 1))
        }
    }

    /// Takes over what the service says of its limits while so much is in flight.
    mutating func learn(_ limits: ServiceLimits, inFlight: TokenEstimate, requests: Int, now: Double) {
        guard limits != ServiceLimits() else { return }
        for unit in Unit.allCases {
            let allowance = unit.allowance(in: limits)
            let taken = unit.cost(of: inFlight, requests: requests)
            guard let index = learnedIndex(unit, from: allowance, taken: taken, now: now) else { continue }
            buckets[index].bucket.refill(at: now)
            buckets[index].bucket.learn(allowance, inFlight: taken)
        }
    }

    /// Where a learned allowance stands; a new one has given to what is in flight, which is put right there later.
    private mutating func learnedIndex(
        _ unit: Unit,
        from allowance: ServiceLimits.Allowance,
        taken: Double,
        now: Double
    ) -> Int? {
        if let index = buckets.firstIndex(where: { $0.unit == unit && $0.isLearned }) { return index }
        guard let limit = allowance.limit, limit > 0 else { return nil }
        var bucket = AllowanceBucket(perMinute: limit, now: now)
        bucket.take(taken)
        buckets.append((unit, true, bucket))
        return buckets.count - 1
    }
}
