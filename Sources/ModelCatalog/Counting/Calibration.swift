public import LanguageModels

/// What answers have taught about estimates: how many tokens services really counted for those counted here.
///
/// It is a value; who makes it keeps it, as ``json``, and gives it back the next time.
public struct Calibration: Hashable, Sendable {
    /// The tokens of many requests, as a service counted them and as they were counted here.
    public struct Ratio: Hashable, Sendable {
        /// What the service counted.
        public private(set) var actual: Double
        /// What was counted here, before any factor.
        public private(set) var basis: Double
        /// The answers that taught it.
        public private(set) var answers: Int

        /// The service's tokens for one of ours, 0.25 to 4.
        public var value: Double { Calibration.bounds.clamp(actual / max(basis, 1)) }

        /// Whether enough has been seen to use it at all: in a short request what stands around the text counts most.
        public var isUsable: Bool { basis >= 200 }

        /// Whether enough has been seen to trust it.
        public var isSettled: Bool { answers >= 3 && basis >= 1000 }

        init?(actual: Double, basis: Double, answers: Int) {
            let isSane = actual.isFinite && basis.isFinite && basis >= 1 && answers > 0
            guard isSane, Calibration.bounds.contains(actual / basis) else { return nil }
            self.actual = actual
            self.basis = basis
            self.answers = min(answers, 1 << 40)
        }

        mutating func add(_ other: Ratio) {
            actual += other.actual
            basis += other.basis
            answers = min(answers + other.answers, 1 << 40)
            // What is old fades, so that a service that changes its ways is followed.
            guard basis > Calibration.memory else { return }
            actual *= Calibration.memory / basis
            basis = Calibration.memory
        }
    }

    private struct Key: Hashable {
        var model: ModelIdentity
        var kind: TextKind
    }

    private var ratios: [Key: Ratio] = [:]

    /// Ratios outside are taken for mistakes.
    static let bounds = 0.25...4.0
    /// How many tokens of ours are remembered at most for a model and a kind.
    static let memory = 2_000_000.0

    /// Nothing learnt yet.
    public init() {}

    /// Whether nothing has been learnt yet.
    public var isEmpty: Bool { ratios.isEmpty }

    /// Learns from an answer.
    ///
    /// The texts teach, not what stands around them. What is exact teaches nothing, nor do images and the like, which
    /// are only guessed, nor what cannot be: a ratio below 0.25 or above 4.
    ///
    /// - Parameters:
    ///   - usage: What the service counted.
    ///   - count: What was counted for the request here.
    ///   - model: The model that answered.
    public mutating func learn(from usage: Usage, for count: TokenCount, of model: ModelIdentity) {
        guard !count.isExact, !count.hasMedia else { return }
        // What a service adds to a prompt and does not charge is not counted here either.
        let actual = usage.billedInputTokens ?? usage.inputTokens
        let fixed = Double(count.fixed)
        let ratio = Ratio(actual: Double(actual) - fixed, basis: Double(count.basis) - fixed, answers: 1)
        guard let ratio else { return }
        add(ratio, Key(model: model, kind: count.kind))
    }

    /// Takes in what was learnt elsewhere, such as by another run at the same time.
    public mutating func merge(_ other: Calibration) {
        for (key, ratio) in other.ratios { add(ratio, key) }
    }

    /// What was learnt of a model, by kind of text.
    public func ratios(of model: ModelIdentity) -> [TextKind: Ratio] {
        var found: [TextKind: Ratio] = [:]
        for kind in TextKind.allCases { found[kind] = ratios[Key(model: model, kind: kind)] }
        return found
    }

    private mutating func add(_ ratio: Ratio, _ key: Key) {
        guard var known = ratios[key] else { return ratios[key] = ratio }
        known.add(ratio)
        ratios[key] = known
    }
}

extension Calibration {
    /// Everything learnt, for keeping: sorted, so that the same gives the same text.
    public var json: JSONValue {
        let rows = ratios.map { key, ratio in
            (key: "\(key.model)#\(key.kind.rawValue)", value: ratio)
        }
        let members = rows.sorted { $0.key < $1.key }.map { key, ratio in
            let value: JSONValue = [
                "actual": .double(ratio.actual.rounded()), "basis": .double(ratio.basis.rounded()),
                "answers": .integer(ratio.answers),
            ]
            return (key: key, value: value)
        }
        return .object(JSONObject(members))
    }

    /// What was kept.
    ///
    /// What is wrong in it is left out, since a calibration can be learnt again.
    public init(_ json: JSONValue) {
        for (key, value) in json.object?.members ?? [] {
            guard let slash = key.firstIndex(of: "/"), let mark = key.lastIndex(of: "#"), slash < mark,
                let kind = TextKind(rawValue: String(key[key.index(after: mark)...])),
                let actual = value["actual"]?.double, let basis = value["basis"]?.double,
                let answers = value["answers"]?.integer,
                let ratio = Ratio(actual: actual, basis: basis, answers: answers)
            else { continue }
            let name = String(key[key.index(after: slash)..<mark])
            ratios[Key(model: ModelIdentity(provider: String(key[..<slash]), model: name), kind: kind)] = ratio
        }
    }
}

extension ClosedRange<Double> {
    fileprivate func clamp(_ value: Double) -> Double { Swift.min(Swift.max(value, lowerBound), upperBound) }
}
