import SourceCode

extension ParameterUses {
    /// Notes what is compared with the parameter, and in what it is searched for.
    func noteOperands(_ index: Int, in use: ParameterUse) {
        if scope.holds(.is, at: index + 1) { return noteNone(index, in: use) }
        let isNegated = scope.holds(.not, at: index + 1)
        if scope.holds(.in, at: index + (isNegated ? 2 : 1)) {
            guard use.soughtIn.count < Self.mostDetails, isOperandStart(index) else { return }
            if let code = operand(from: index + (isNegated ? 3 : 2)) { use.soughtIn.insert(code) }
        } else if scope.holds(Self.order, at: index + 1), isOperandStart(index) {
            compare(with: operand(from: index + 2), use)
        } else if scope.holds(Self.order, at: index - 1), operandEnd(from: index) == index + 1 {
            compare(with: operand(before: index - 1), use)
        }
    }

    private static let order: CodeWord = [.equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual]

    private func compare(with code: String?, _ use: ParameterUse) {
        if use.guardedStatement != statement { use.facts.insert(.isComparedAnyway) }
        if use.operands.count < Self.mostDetails { use.operands.insert(code ?? "?") }
    }

    private func noteNone(_ index: Int, in use: ParameterUse) {
        let isNegated = scope.holds(.not, at: index + 2)
        let end = index + (isNegated ? 4 : 3)
        guard scope.word(end - 1) == "None" else { return }
        use.facts.insert(.isNoneTested)
        let isCondition = scope.holds([.if, .elif, .while], at: statement) && index == statement + 1
        guard isCondition, scope.body[index].depth == 0, scope.holds(isNegated ? .and : .or, at: end) else { return }
        let rest = scope.body[end...].prefix { $0.word != .newline && !($0.depth == 0 && $0.word == .colon) }
        let breaking: CodeWord = isNegated ? [.or, .if, .else] : [.if, .else]
        if !rest.contains(where: { !$0.word.isDisjoint(with: breaking) }) { use.guardedStatement = statement }
    }

    private static let boundary: CodeWord = [
        .and, .or, .not, .if, .elif, .else, .while, .return, .assign, .comma, .colon, .newline, .semicolon, .for, .in,
        .is, .lambda, .assert, .walrus, .augmented, .yield, .await,
    ]
    private static let edge = boundary.union(order)

    private func isOperandStart(_ index: Int) -> Bool {
        index == 0 || scope.holds(Self.boundary.union(.opening), at: index - 1)
    }

    /// The index behind the operand that begins at an index; `nil` when it is long.
    private func operandEnd(from start: Int) -> Int? {
        guard start < scope.body.count else { return nil }
        let depth = scope.body[start].depth
        for index in start..<min(start + Self.mostTokens, scope.body.count) {
            let token = scope.body[index]
            if token.depth < depth || token.depth == depth && !token.word.isDisjoint(with: Self.edge) { return index }
        }
        return start + Self.mostTokens >= scope.body.count ? scope.body.count : nil
    }

    private func operand(from start: Int) -> String? {
        guard let end = operandEnd(from: start), end > start, !scope.holds(Self.order, at: end) else { return nil }
        return Expression(outline: scope.outline, tokens: scope.body[start..<end]).code
    }

    private func operand(before end: Int) -> String? {
        guard end > 0 else { return nil }
        let depth = scope.body[end].depth
        var start = end
        while start > max(0, end - Self.mostTokens) {
            let token = scope.body[start - 1]
            if token.depth < depth || token.depth == depth && !token.word.isDisjoint(with: Self.edge) { break }
            start -= 1
        }
        guard start < end, start > end - Self.mostTokens, !scope.holds(Self.order, at: start - 1) else { return nil }
        return Expression(outline: scope.outline, tokens: scope.body[start..<end]).code
    }
}
