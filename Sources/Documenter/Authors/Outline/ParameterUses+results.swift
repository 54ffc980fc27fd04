import SourceCode

extension ParameterUses {
    /// Whether the truth of a name is asked for: the last operand of `and` and `or` is a value, but in a condition.
    func isTest(_ index: Int) -> Bool {
        if scope.holds([.if, .not, .while, .elif], at: index - 1) { return true }
        guard scope.holds([.and, .or], at: index - 1) else { return false }
        return scope.holds([.and, .or, .else], at: index + 1)
            || scope.holds([.if, .elif, .while, .assert], at: statement)
    }

    private static let arithmetic: CodeWord = [.operation, .minus, .star, .doubleStar, .percent, .bar]
    private static let choice: CodeWord = [.if, .else, .or, .and]

    /// Notes what a `return` makes of the parameter.
    func noteResult(_ index: Int, _ isEnding: Bool, in use: ParameterUse) {
        let isAlone = index == statement + 1
        let isOutside = scope.body[index].depth == 0
        use.facts.insert(.isInResult)
        let isGiven = !scope.isRebound(scope.word(index), before: scope.body[index].range.offsets.lowerBound)
        if isAlone, isEnding, !scope.holds(.comma, at: index + 1) {
            if isGiven { use.facts.insert(.isReturned) }
            return
        }
        let isOption = isAlone || scope.holds([.else, .or], at: index - 1)
        if isGiven, isOutside, isOption, isEnding || scope.holds(Self.choice, at: index + 1) {
            use.facts.insert(scope.holds(.comma, at: index + 1) ? .isInTuple : .isSometimesReturned)
        } else if isGiven, isOutside, isEnding, scope.holds(.comma, at: index - 1) {
            use.facts.insert(.isInTuple)
        }
    }

    /// Notes the item or attribute that a statement sets to the parameter as it was given.
    func noteTarget(_ index: Int, _ isEnding: Bool, in use: ParameterUse) {
        guard isEnding, scope.body[index].depth == 0, scope.holds(.assign, at: index - 1), index - 1 > statement + 1,
            !scope.holds(.comma, at: index + 1), index - statement < Self.mostTokens,
            use.storedIn.count < Self.mostDetails
        else { return }
        let target = Expression(outline: scope.outline, tokens: scope.body[statement..<index - 1])
        let isOwn = target.tokens.count == 3 && target.first == scope.receiver
        guard !isOwn, target.isPrimary, let code = target.code,
            !scope.isRebound(scope.word(index), before: scope.body[index].range.offsets.lowerBound)
        else { return }
        use.storedIn.insert(code)
    }

    /// Notes the arithmetic operators next to the parameter.
    func noteOperators(_ index: Int, in use: ParameterUse) {
        guard use.operators.count < Self.mostDetails else { return }
        if scope.holds(Self.arithmetic, at: index + 1) { use.operators.insert("`\(scope.word(index + 1))`") }
        guard scope.holds(Self.arithmetic, at: index - 1), index - 2 >= statement else { return }
        guard scope.body[index - 2].kind != .symbol || scope.holds(.closing, at: index - 2) else { return }
        guard !scope.holds(.keywords, at: index - 2) else { return }
        use.operators.insert("`\(scope.word(index - 1))`")
    }
}
