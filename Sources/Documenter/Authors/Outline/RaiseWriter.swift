import Docstrings
import SourceCode

/// Writes the section of exceptions that can leave a function, one entry for each type.
struct RaiseWriter {
    let scope: FunctionScope

    /// The entries in the order of first appearance; exceptions that the code does not name are left out.
    func entries() -> [Docstring.Entry] {
        var order: [String] = []
        var causes: [String: UniqueTexts] = [:]
        var isFirst = true
        for fact in scope.declaration.raises where fact.canLeave && !isNever(fact) {
            defer { isFirst = false }
            guard let exception = fact.exception else { continue }
            let name = Phrases.collapsed(exception)
            if causes[name] == nil { order.append(name) }
            causes[name, default: UniqueTexts()].insert(cause(of: fact, isFirst: isFirst))
        }
        return order.map { Docstring.Entry(names: [], type: $0, text: text(causes[$0]?.texts ?? [])) }
    }

    /// Whether a condition on the way is a constant that never holds.
    private func isNever(_ fact: RaiseFact) -> Bool {
        guard fact.record.guards.rows.count <= Self.mostGuards else { return false }
        return fact.guards.contains { $0.kind == .holds && ["False", "0", "None"].contains($0.condition) }
    }

    private func text(_ causes: [String]) -> String {
        let shown = causes.count > 4 ? causes.prefix(3) + ["in \(causes.count - 3) other cases"] : causes[...]
        guard shown.count > 1 else { return Phrases.sentence(shown.first ?? "") }
        let last = shown.last == "in some cases" ? "in other cases" : shown.last ?? ""
        return Phrases.sentence(shown.dropLast().joined(separator: ", ") + ", or " + last)
    }

    private func cause(of fact: RaiseFact, isFirst: Bool) -> String {
        let message = message(of: fact)
        guard let circumstance = circumstance(of: fact) else {
            let always =
                fact.followsReturn ? "if \(Self.notReturned)" : isFirst ? "always" : "in all other cases"
            if fact.record.guards.rows.isEmpty { return message.map { "\(always), with the message \($0)" } ?? always }
            return message.map { "in some cases, with the message \($0)" } ?? "in some cases"
        }
        let text = circumstance.text + reservation(about: fact, behind: circumstance)
        guard !circumstance.isPlain, let message else { return text }
        return "\(text) (message: \(message))"
    }

    /// What else must hold for an exception to come, since control may have left before.
    private func reservation(about fact: RaiseFact, behind circumstance: (text: String, isPlain: Bool)) -> String {
        if circumstance.isPlain, fact.isReraise { return "" }
        if circumstance.text.hasSuffix("in some cases") { return "" }
        if fact.followsJump { return ", in some cases" }
        return fact.followsReturn ? " and \(Self.notReturned)" : ""
    }

    private static let notReturned = "the function has not returned before"

    /// The most conditions on the way to a `raise` that are looked at.
    private static let mostGuards = 64

    /// When an exception is raised; `nil` when it always is, or when the conditions are too long.
    private func circumstance(of fact: RaiseFact) -> (text: String, isPlain: Bool)? {
        guard fact.record.guards.rows.count <= Self.mostGuards else { return nil }
        let guards = fact.guards
        guard let last = guards.last else { return nil }
        if fact.isReraise, last.kind == .caught { return ("if it is caught and raised again", true) }
        var trail = GuardTrail(guards: guards, scope: scope)
        if fact.isReraise { trail.reraised = fact.exception.flatMap(Phrases.code) }
        guard let text = trail.text else { return nil }
        return (text, guards.count == 1 && trail.isAboutParameters)
    }

    private func message(of fact: RaiseFact) -> String? {
        guard let message = fact.message, message.utf8.count <= Phrases.longestCode,
            let literal = StringLiteral(message)
        else {
            return nil
        }
        guard literal.content.contains(where: \.isLetter) else { return nil }
        return Phrases.code(message)
    }
}

/// The conditions on the way to a statement, put into words.
struct GuardTrail {
    let guards: [GuardFact]
    let scope: FunctionScope
    /// Of the types that the innermost handler catches, the one that is raised again.
    var reraised: String?

    init(guards: [GuardFact], scope: FunctionScope) {
        self.guards = guards
        self.scope = scope
    }

    /// "if `x` is negative and `y` is `None`"; `nil` when the conditions are too many or too long.
    var text: String? {
        var clauses: [String] = []
        var loop: String?
        var isCut = false
        for fact in condensed {
            switch fact {
            case .clause(let clause): if !clauses.contains(clause) { clauses.append(clause) }
            case .loop(let iterable): loop = iterable
            case .unclear: isCut = true
            }
        }
        if clauses.count > 3 {
            clauses = Array(clauses.suffix(2))
            isCut = true
        }
        guard !clauses.isEmpty else { return loop.flatMap { isCut ? nil : "while iterating over \($0)" } }
        let alternatives = clauses.count > 1 && clauses.contains { Phrases.isFound(" or ", in: $0) }
        var text = "if " + (alternatives ? clauses.joined(separator: ", and ") : Phrases.list(clauses))
        if let loop { text += " while iterating over \(loop)" }
        if isCut { text += ", in some cases" }
        return text.utf8.count <= 220 ? text : nil
    }

    /// Whether all that a reader must know are the parameters.
    var isAboutParameters: Bool {
        guard let fact = guards.last, fact.kind == .holds || fact.kind == .fails else { return false }
        let names = scope.expression(fact.record.condition).tokens.filter { $0.kind == .name }
        return names.contains { scope.isParameter(scope.outline.text($0.range)) } && names.count <= 3
    }

    private enum Fact {
        case clause(String)
        case loop(String)
        case unclear
    }

    private var condensed: [Fact] {
        var facts: [Fact] = []
        var index = 0
        while index < guards.count {
            let fact = guards[index]
            if let reraised, fact.kind == .caught, index == lastCaught {
                facts.append(.clause("\(Phrases.article(reraised)) \(reraised) is caught"))
                index += 1
            } else if fact.kind == .fails {
                let run = guards[index...].prefix { $0.kind == .fails }
                facts.append(failing(Array(run)))
                index += run.count
            } else {
                facts.append(single(fact))
                index += 1
            }
        }
        return facts
    }

    private var lastCaught: Int? { guards.lastIndex { $0.kind == .caught } }

    private func expression(_ fact: GuardFact) -> Expression { scope.expression(fact.record.condition) }

    private func single(_ fact: GuardFact) -> Fact {
        let condition = expression(fact)
        switch fact.kind {
        case .holds, .fails:
            if condition.text == "True" || condition.text == "1" || isAboutRebound(condition) { return .unclear }
            return Conditions.clause(condition, negated: fact.kind == .fails).map(Fact.clause) ?? .unclear
        case .caught:
            guard let types = Conditions.alternatives(condition) else { return .unclear }
            return .clause("\(Phrases.article(types)) \(types) is caught")
        case .matches:
            if condition.text == "_" { return .clause("no other `case` matches") }
            return condition.code.map { .clause("`case` \($0) matches") } ?? .unclear
        case .iterates:
            return condition.code.map(Fact.loop) ?? .unclear
        case .untold:
            return .unclear
        }
    }

    /// Whether a condition is about a parameter that no longer holds what the caller gave.
    private func isAboutRebound(_ condition: Expression) -> Bool {
        condition.tokens.contains { token in
            guard token.kind == .name else { return false }
            let name = scope.outline.text(token.range)
            return scope.isParameter(name) && scope.isRebound(name, before: token.range.offsets.lowerBound)
        }
    }

    private func failing(_ run: [GuardFact]) -> Fact {
        if run.count == 1 { return single(run[0]) }
        if let (subject, values) = excludedValues(run) {
            return .clause("\(subject) is none of \(Phrases.list(values))")
        }
        let clauses = run.prefix(3).compactMap { fact in
            if case .clause(let clause) = single(fact) { clause } else { nil }
        }
        let text = Phrases.list(clauses)
        let isShort = run.count == 2 && clauses.count == 2 && text.utf8.count < 110
        return .clause(isShort && !Phrases.isFound(" or ", in: text) ? text : "no earlier branch is taken")
    }

    /// The values that a chain of `if x == …` has gone through, when all compare the same thing.
    func excludedValues(_ run: [GuardFact]) -> (subject: String, values: [String])? {
        var subject: String?
        var values: [String] = []
        for fact in run {
            guard let comparison = Comparison(expression(fact).unwrapped), let left = comparison.left.code else {
                return nil
            }
            guard subject == nil || subject == left else { return nil }
            subject = left
            switch comparison.operation {
            case .equal, .isSame:
                guard let value = comparison.right.code else { return nil }
                values.append(value)
            case .isIn:
                guard let choices = Comparison.choices(of: comparison.right) else { return nil }
                values += choices
            default: return nil
            }
        }
        return subject.map { ($0, values) }
    }
}
