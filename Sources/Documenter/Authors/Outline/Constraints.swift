import SourceCode

/// What the checks at a function's start demand of its parameters.
struct Constraints {
    let scope: FunctionScope

    /// The most demands that are told of one parameter.
    private static let mostSentences = 8

    /// The sentences about each parameter, in the order of the checks.
    func sentences() -> [String: [String]] {
        var result: [String: [String]] = [:]
        let record = scope.declaration.record
        guard !record.raises.rows.isEmpty else { return [:] }
        let returns = scope.outline.tables.returns[record.returns.rows]
        let firstReturn = returns.first?.statement.offsets.lowerBound ?? .max
        for fact in scope.declaration.raises where fact.canLeave && !fact.isReraise {
            let offset = fact.record.statement.offsets.lowerBound
            guard offset < firstReturn else { break }
            guard fact.record.guards.rows.count <= 64 else { continue }
            for (name, sentence) in demands(of: fact.guards) where !scope.isRebound(name, before: offset) {
                let known = result[name] ?? []
                if known.count < Self.mostSentences, !known.contains(sentence) {
                    result[name, default: []].append(sentence)
                }
            }
        }
        return result
    }

    private func demands(of guards: [GuardFact]) -> [(String, String)] {
        if guards.count == 1, guards[0].kind == .holds {
            return demands(against: scope.expression(guards[0].record.condition))
        }
        guard guards.count > 1, guards.allSatisfy({ $0.kind == .fails }),
            case let trail = GuardTrail(guards: guards, scope: scope),
            let (subject, values) = trail.excludedValues(guards), values.count > 1
        else { return [] }
        let name = subject.filter { $0 != "`" }
        return scope.isParameter(name) ? [(name, "One of \(Phrases.list(values)).")] : []
    }

    /// What must hold so that a condition does not: each of its alternatives must fail.
    private func demands(against condition: Expression) -> [(String, String)] {
        let condition = condition.unwrapped
        guard condition.topIndex(of: [.and, .if, .lambda, .walrus]) == nil else { return [] }
        let parts = condition.split(at: .or)
        return parts.compactMap { part in demand(against: part.unwrapped) }
    }

    private func demand(against condition: Expression) -> (String, String)? {
        if condition.begins(with: .not) { return demand(for: condition.rest.unwrapped) }
        if let comparison = Comparison(condition) { return compared(comparison, comparison.operation.negated) }
        guard let name = condition.name, scope.isParameter(name) else { return denied(condition) }
        return (name, "Must be falsy.")
    }

    private func demand(for condition: Expression) -> (String, String)? {
        if let name = condition.name, scope.isParameter(name) { return (name, "Must not be empty or otherwise falsy.") }
        if let comparison = Comparison(condition) { return compared(comparison, comparison.operation) }
        guard let (name, arguments) = checked(condition) else { return nil }
        switch (condition.call?.callee.text, arguments.count) {
        case ("isinstance", 1):
            return Conditions.alternatives(arguments[0]).map { (name, "Must be an instance of \($0).") }
        case ("issubclass", 1):
            return Conditions.alternatives(arguments[0]).map { (name, "Must be a subclass of \($0).") }
        case ("callable", 0): return (name, "Must be callable.")
        case ("hasattr", 1):
            return arguments[0].literalString.flatMap(Phrases.code).map { (name, "Must have an attribute \($0).") }
        default: return nil
        }
    }

    private func denied(_ condition: Expression) -> (String, String)? {
        guard let (name, arguments) = checked(condition), condition.call?.callee.text == "isinstance",
            arguments.count == 1
        else {
            return nil
        }
        return Conditions.alternatives(arguments[0]).map { (name, "Must not be an instance of \($0).") }
    }

    /// The parameter that a check is about, and the check's other arguments.
    private func checked(_ condition: Expression) -> (String, [Expression])? {
        guard let (_, arguments) = condition.call, let name = arguments.first?.name, scope.isParameter(name) else {
            return nil
        }
        return (name, Array(arguments.dropFirst()))
    }

    private func compared(_ comparison: Comparison, _ operation: Comparison.Operator) -> (String, String)? {
        if let (callee, arguments) = comparison.left.call, callee.text == "len", arguments.count == 1 {
            guard let name = arguments[0].name, scope.isParameter(name), let value = comparison.right.code else {
                return nil
            }
            return length(name, operation, value)
        }
        guard let name = comparison.left.name, scope.isParameter(name), isStable(comparison.right) else { return nil }
        if operation == .isIn, let choices = Comparison.choices(of: comparison.right) {
            return (name, choices.count == 1 ? "Must be \(choices[0])." : "One of \(Phrases.list(choices)).")
        }
        if operation == .greaterOrEqual, comparison.right.text == "0" { return (name, "Must not be negative.") }
        if !comparison.right.isLiteral, operation == .equal || operation == .notEqual, let value = comparison.right.code
        {
            return (name, operation == .equal ? "Must equal \(value)." : "Must not equal \(value).")
        }
        return comparison.predicate(operation).map { (name, "Must be \($0).".replacingMustBeNot) }
    }

    /// Whether an expression means to the caller what it means in the body.
    private func isStable(_ value: Expression) -> Bool {
        value.tokens.allSatisfy { $0.kind != .name || !scope.isBound(scope.outline.text($0.range)) }
    }

    private func length(_ name: String, _ operation: Comparison.Operator, _ value: String) -> (String, String)? {
        switch operation {
        case .equal: (name, "Must have the length \(value).")
        case .notEqual: value == "`0`" ? (name, "Must not be empty.") : nil
        case .less: (name, "Must have fewer than \(value) items.")
        case .lessOrEqual: (name, "Must have at most \(value) items.")
        case .greater: value == "`0`" ? (name, "Must not be empty.") : (name, "Must have more than \(value) items.")
        case .greaterOrEqual:
            value == "`1`" ? (name, "Must not be empty.") : (name, "Must have at least \(value) items.")
        default: nil
        }
    }
}

extension String {
    /// "Must be not …" in its usual order.
    fileprivate var replacingMustBeNot: String {
        hasPrefix("Must be not ") ? "Must not be " + dropFirst("Must be not ".count) : self
    }
}
