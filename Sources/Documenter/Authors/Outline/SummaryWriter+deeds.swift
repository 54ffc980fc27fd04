import Docstrings
import SourceCode

extension SummaryWriter {
    /// What the data model says of a special method, as far as the body does not speak against it.
    var specialSummary: String? {
        let parameter = scope.givenParameters.first?.name
        guard raisedOnly == nil else { return nil }
        guard let operation = Self.comparisons[name] else {
            return DunderMethods.summary(of: name, parameter: parameter)
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

    var lastResort: String {
        let names = scope.givenParameters.map { "`\($0.name)`" }
        return names.isEmpty ? "run the statements of `\(name)`" : "process \(Phrases.list(names, atMost: 3))"
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
