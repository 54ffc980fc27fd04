import Docstrings
import SourceCode

extension SummaryWriter {
    /// What the data model says of a special method, as far as the body does not speak against it.
    var specialSummary: String? {
        let parameter = scope.givenParameters.first?.name
        guard raisedOnly == nil else { return nil }
        guard let operation = Self.comparisons[name] else {
            return contradictsName ? nil : DunderMethods.summary(of: name, parameter: parameter)
        }
        let returns = declaration.returns.filter(\.takesEffect)
        let isComparison = returns.contains { fact in
            let comparison = Comparison(scope.expression(fact.record.value).unwrapped)
            return comparison?.operation.rawValue == operation && comparison?.left.first == scope.receiver
        }
        let isPlain = isComparison || declaration.record.returns.rows.isEmpty && traits.contains(.isStub)
        if isPlain || name == "__eq__" && !returnsConstant && !returns.contains(where: isInequality) {
            return DunderMethods.summary(of: name, parameter: parameter)
        }
        return parameter.map { "Compare the instance with `\($0)`." }
    }

    /// Whether all that comes back is not what the data model asks of a method of the name.
    private var contradictsName: Bool {
        let returns = declaration.returns.filter(\.takesEffect)
        if returns.isEmpty || name == "__subclasshook__" { return false }
        let isCopy = ["__copy__", "__deepcopy__", "__replace__"].contains(name)
        return returns.allSatisfy { $0.value == "NotImplemented" || isCopy && $0.value == scope.receiver }
    }

    /// Whether a result is the opposite of an equality, or may be.
    private func isInequality(_ fact: ResultFact) -> Bool {
        let value = scope.expression(fact.record.value).unwrapped
        return value.begins(with: .not) || value.tokens.contains { $0.word == .notEqual }
    }

    private var returnsConstant: Bool {
        declaration.returns.allSatisfy { [.truth, .none, .absent, .number, .string].contains($0.kind) }
    }

    static let comparisons = [
        "__eq__": "==", "__ne__": "!=", "__lt__": "<", "__le__": "<=", "__gt__": ">", "__ge__": ">=",
    ]

    /// What the statements do, for a function that returns nothing and sets no attribute of its own.
    func offerEffects(to choice: inout PhraseChoice) {
        if choice.isSettled { return }
        let effects = BodyEffects(of: scope)
        choice.offer(effects.changes)
        let calls = calls { !Self.hasDullEnding($0) }
        if !calls.isEmpty { choice.offer("call \(Phrases.list(calls, atMost: 2))") }
        choice.offer(effects.step)
    }

    /// What kind of values are yielded, when they are too many to be told.
    var yieldedNoun: String {
        let kinds = Set(declaration.yields.filter(\.takesEffect).map(\.kind))
        if kinds == [.tuple] { return "tuples" }
        return !kinds.isEmpty && kinds.isSubset(of: [.string, .formattedString]) ? "strings" : "values"
    }

    var lastResort: String {
        let names = scope.givenParameters.map { "`\($0.name)`" }
        return names.isEmpty ? "run `\(name)`" : "process \(Phrases.list(names, atMost: 3))"
    }

    /// Verbs behind which a preposition is rather the keyword of a language.
    static let visiting: Set<String> = ["visit", "leave", "parse", "handle", "compile"]

    static let prepositions: Set<String> = ["from", "to", "with", "into", "by", "on", "in", "at", "of", "for", "as"]

    /// The first parameter behind the preposition that a name ends with; nothing where that may turn the sense round.
    func destination(_ preposition: String, of verb: String) -> String {
        let isTaking = ["remove", "delete", "discard", "drop", "pop", "disconnect", "detach"].contains(verb)
        guard let parameter = scope.givenParameters.first, !isTaking || preposition != "from" else { return "" }
        let isPlain = parameter.kind == .positional || parameter.kind == .positionalOnly
        return isPlain && parameter.defaultValue == nil ? "\(preposition) `\(parameter.name)`" : ""
    }

    /// What is raised and when, for a function that says little else.
    func offerRaises(to choice: inout PhraseChoice) {
        let entries = RaiseWriter(scope: scope).entries()
        let types = entries.compactMap(\.type).compactMap(Phrases.code)
        guard !choice.isSettled, !types.isEmpty, types.count == entries.count else {
            if declaration.raises.contains(where: \.isReraise) { choice.offer("raise the caught exception again") }
            return
        }
        if entries.count == 1, entries[0].text.hasPrefix("If ") {
            choice.offer("raise \(types[0]) i\(entries[0].text.dropFirst().dropLast())")
        }
        let isAlways = entries.count == 1 && entries[0].text.hasPrefix("Always")
        choice.offer("raise \(Phrases.list(types, "or"))\(isAlways ? "" : " in some cases")")
    }
}
