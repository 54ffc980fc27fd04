import Tokenization

extension TokenBudget {
    /// The most important of a prompt that fits into so many tokens.
    ///
    /// The sections go in the order of their priority, the least important first, and of equals the later; the last
    /// one to go shrinks first, if it may: its end is cut off behind a declaration, a paragraph, a line, or else
    /// between tokens, never inside a character. The order is kept. More tokens never give less of any section.
    ///
    /// - Parameters:
    ///   - prompt: The sections.
    ///   - tokens: The tokens that there are for the prompt's text, none where it is negative; what services put around
    ///     it is the caller's to leave room for.
    ///   - meter: How the model counts; estimates are rounded up, at most by 15 %.
    /// - Returns: What fits, and what was dropped.
    /// - Throws: ``FittingError`` where the required sections alone do not fit.
    public static func fit(
        _ prompt: SectionedPrompt,
        into tokens: Int,
        counting meter: TokenMeter
    ) throws(FittingError) -> FittedPrompt {
        let fitting = PromptFitting(prompt, meter)
        return try fitting.fitted(into: max(tokens, 0))
    }
}

/// The work of fitting one prompt; its tables do not depend on the budget.
struct PromptFitting {
    private let prompt: SectionedPrompt
    private let meter: TokenMeter
    private let kind: TextKind
    private let cuts: [SectionCuts]
    private let separatorCost: Int
    /// The sections by importance, the required ones first.
    private let order: [Int]

    init(_ prompt: SectionedPrompt, _ meter: TokenMeter) {
        self.prompt = prompt
        self.meter = meter
        kind = TextKind(detecting: prompt.sections.map(\.text).joined(separator: "\n"))
        cuts = prompt.sections.map { SectionCuts($0, meter.encoding) }
        separatorCost = meter.encoding.count(prompt.separator)
        order = prompt.sections.indices.sorted { left, right in
            let (one, other) = (prompt.sections[left], prompt.sections[right])
            if one.isRequired != other.isRequired { return one.isRequired }
            return one.priority == other.priority || one.isRequired ? left < right : one.priority > other.priority
        }
    }

    func fitted(into budget: Int) throws(FittingError) -> FittedPrompt {
        let whole = cuts.map(\.total)
        if size(of: whole) <= budget { return fitted(whole) }
        // Sums of parts and counts of wholes differ by a little. Taking the largest sum whose whole really fits keeps
        // the promise that more tokens never give less.
        var room = largestBasis(for: budget)
        var last: [SectionCuts.Cut]?
        while room >= 0 {
            let state = state(for: room)
            if state != last {
                guard hasRequired(state) else { break }
                if size(of: state) <= budget { return fitted(state) }
                last = state
            }
            room -= 1
        }
        let least = least
        guard size(of: least) > budget else { return fitted(least) }
        let names = prompt.sections.filter(\.isRequired).map(\.name)
        throw FittingError(required: size(of: least), budget: budget, sections: names)
    }

    /// The required sections alone.
    private var least: [SectionCuts.Cut] {
        zip(prompt.sections, cuts).map { $0.isRequired ? $1.total : SectionCuts.Cut(bytes: 0, cost: 0) }
    }

    private func hasRequired(_ state: [SectionCuts.Cut]) -> Bool {
        zip(prompt.sections, zip(state, cuts)).allSatisfy { !$0.isRequired || $1.0 == $1.1.total }
    }

    /// What is there of each section where the sum of costs may be this.
    private func state(for room: Int) -> [SectionCuts.Cut] {
        var state = cuts.map { _ in SectionCuts.Cut(bytes: 0, cost: 0) }
        var left = room
        var isFirst = true
        for index in order where cuts[index].total.bytes > 0 {
            let forText = left - (isFirst ? 0 : separatorCost)
            guard forText > 0 else { break }
            let cut = cuts[index].cut(costingAtMost: forText)
            let isWhole = cut == cuts[index].total
            guard cut.bytes > 0, isWhole || cut.cost >= prompt.sections[index].smallestUse else { break }
            state[index] = cut
            // What is less important comes only once this is there as a whole.
            guard isWhole else { break }
            left = forText - cut.cost
            isFirst = false
        }
        return state
    }

    /// The tokens of what is there, as the model counts them, rounded up.
    private func size(of state: [SectionCuts.Cut]) -> Int {
        count(text(of: state)).upperBound
    }

    private func count(_ text: String) -> TokenCount {
        meter.count(basis: meter.encoding.count(text), kind: kind)
    }

    private func text(of state: [SectionCuts.Cut]) -> String {
        zip(cuts, state).filter { $1.bytes > 0 }.map { $0.text(before: $1) }.joined(separator: prompt.separator)
    }

    /// The most tokens of the encoding that may come to the budget.
    private func largestBasis(for budget: Int) -> Int {
        let (factor, margin) = meter.factor(for: kind)
        guard budget > 0 else { return 0 }
        let perToken = factor * (1 + min(margin, TokenizerProfile.defaultMargin))
        return Int((Double(budget) / perToken).rounded(.up))
    }

    private func fitted(_ state: [SectionCuts.Cut]) -> FittedPrompt {
        var kept: [FittedPrompt.Kept] = []
        var dropped: [FittedPrompt.Dropped] = []
        for (index, section) in prompt.sections.enumerated() {
            let (cut, total) = (state[index], cuts[index].total)
            if cut.bytes > 0 {
                kept.append(.init(index: index, name: section.name, text: cuts[index].text(before: cut)))
            }
            guard cut.bytes < total.bytes else { continue }
            let tokens = meter.count(basis: max(total.cost - cut.cost, 1), kind: kind).count
            dropped.append(
                .init(name: section.name, bytes: total.bytes - cut.bytes, tokens: tokens, isWhole: cut.bytes == 0)
            )
        }
        return FittedPrompt(
            sections: kept,
            dropped: dropped,
            separator: prompt.separator,
            count: count(text(of: state))
        )
    }
}
