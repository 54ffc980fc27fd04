import SourceCode

/// What the statements of a body do, for a function of which its calls and results tell nothing.
struct BodyEffects {
    private let scope: FunctionScope
    private var globals: Set<String> = []
    private var set = UniqueTexts()
    private var deleted = UniqueTexts()
    private var assigned = UniqueTexts()
    private var steps: [Step: String] = [:]

    private enum Step: CaseIterable { case assert, loop, enter, `import` }

    /// The most tokens of a body that are looked at.
    private static let mostTokens = 4000

    /// Reads a function's statements; a body with functions or classes inside is not looked at.
    init(of scope: FunctionScope) {
        self.scope = scope
        let body = scope.body
        let isPlain = body.count <= Self.mostTokens && !body.contains { !$0.word.isDisjoint(with: [.def, .class]) }
        guard isPlain else { return }
        var start = 0
        for index in body.indices where !body[index].word.isDisjoint(with: [.newline, .semicolon]) {
            if start < index { read(start..<index) }
            start = index + 1
        }
        if start < body.count { read(start..<body.count) }
    }

    /// What is set or deleted, and can be seen from outside.
    var changes: String? {
        var phrases: [String] = []
        if !set.isEmpty { phrases.append("set \(Phrases.list(set.texts, atMost: 3))") }
        if !deleted.isEmpty { phrases.append("delete \(Phrases.list(deleted.texts, atMost: 3))") }
        return phrases.isEmpty ? nil : Phrases.list(phrases)
    }

    /// The most telling of the other statements.
    var step: String? {
        Step.allCases.lazy.compactMap { steps[$0] }.first
            ?? (assigned.isEmpty ? nil : "assign \(Phrases.list(assigned.texts, atMost: 3))")
    }

    private mutating func read(_ range: Range<Int>) {
        let statement = Expression(outline: scope.outline, tokens: scope.body[range])
        switch scope.body[range.lowerBound].word {
        case .global, .nonlocal: for part in statement.rest.split(at: .comma) { globals.insert(part.text) }
        case .del: for part in statement.rest.split(at: .comma) { if let code = part.code { deleted.insert(code) } }
        case .assert:
            let test = statement.rest.split(at: .comma).first
            note(.assert, test.flatMap { Conditions.clause($0) }.map { "assert that \($0)" })
        case .for:
            guard let start = statement.topIndex(of: .in), let end = statement.topIndex(of: .colon) else { return }
            note(.loop, statement.slice(start + 1..<max(end, start + 1)).code.map { "iterate over \($0)" })
        case .while:
            let test = statement.rest.split(at: .colon).first
            note(.loop, test.flatMap { Conditions.clause($0) }.map { "loop while \($0)" })
        case .with:
            note(.enter, statement.rest.split(at: [.colon, .as]).first?.code.map { "enter \($0)" })
        case .import: note(.import, statement.rest.code.map { "import \($0)" })
        case .from:
            guard let middle = statement.topIndex(of: .import) else { return }
            let module = statement.slice(range.lowerBound + 1..<middle).code
            let names = statement.slice(middle + 1..<range.upperBound).code
            if let module, let names { note(.import, "import \(names) from \(module)") }
        default: readAssignment(statement)
        }
    }

    private mutating func readAssignment(_ statement: Expression) {
        guard let end = statement.topIndex(of: [.assign, .augmented]), end > statement.tokens.startIndex else { return }
        let isExtended = statement.holds(.augmented, at: end)
        let parts = isExtended ? [statement.slice(statement.tokens.startIndex..<end)] : targets(statement)
        for target in parts.flatMap({ $0.split(at: .comma) }) {
            let name = target.split(at: .colon).first ?? target
            guard name.isPrimary, !name.begins(with: [.opening, .keywords]), let code = name.code else { continue }
            let isLocal = name.tokens.count == 1 && !globals.contains(name.text)
            if isLocal { assigned.insert(code) } else { set.insert(code) }
        }
    }

    private func targets(_ statement: Expression) -> [Expression] { statement.split(at: .assign).dropLast() }

    private mutating func note(_ step: Step, _ phrase: String?) {
        if steps[step] == nil, let phrase { steps[step] = phrase }
    }
}
