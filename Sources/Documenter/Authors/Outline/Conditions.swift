import SourceCode

/// Turns a condition in code into a clause of English: `x < 0` becomes "`x` is negative".
struct Conditions {
    /// The clause that says that a condition holds, or with `negated` that it does not; `nil` when it is too long.
    static func clause(_ condition: Expression, negated: Bool = false) -> String? {
        let condition = condition.unwrapped
        guard condition.topIndex(of: [.walrus, .lambda, .if, .await, .yield]) == nil else {
            return plain(condition, negated)
        }
        if condition.topIndex(of: [.or, .and]) != nil {
            return logical(condition, .or, negated) ?? logical(condition, .and, negated) ?? plain(condition, negated)
        }
        if condition.begins(with: .not) { return clause(condition.rest, negated: !negated) }
        if let comparison = Comparison(condition) {
            return comparison.clause(negated: negated) ?? plain(condition, negated)
        }
        if condition.topIndex(of: .comparison) != nil { return plain(condition, negated) }
        return call(condition, negated) ?? truth(condition, negated)
    }

    private static func logical(_ condition: Expression, _ word: CodeWord, _ negated: Bool) -> String? {
        let parts = condition.split(at: word)
        guard (2...3).contains(parts.count), condition.topIndex(of: word == .or ? .and : .or) == nil else { return nil }
        let clauses = parts.compactMap { part in
            part.unwrapped.topIndex(of: [.or, .and]) == nil ? clause(part, negated: negated) : nil
        }
        guard clauses.count == parts.count else { return nil }
        let joined = Phrases.list(clauses, (word == .or) != negated ? "or" : "and")
        return joined.utf8.count <= 150 ? joined : nil
    }

    private static func plain(_ condition: Expression, _ negated: Bool) -> String? {
        if condition.topIndex(of: .comparison) == nil || condition.topIndex(of: [.or, .and, .walrus]) != nil {
            return condition.code.map { "\($0) is \(negated ? "falsy" : "truthy")" }
        }
        return condition.code.map { "\($0) is \(negated ? "false" : "true")" }
    }

    private static func truth(_ condition: Expression, _ negated: Bool) -> String? {
        condition.code.map { "\($0) is \(negated ? "falsy" : "truthy")" }
    }

    private static func call(_ condition: Expression, _ negated: Bool) -> String? {
        guard let (callee, arguments) = condition.call, let subject = arguments.first?.code else { return nil }
        if callee.text == "len", arguments.count == 1 {
            return condition.code.map { "\($0) is \(negated ? "zero" : "not zero")" }
        }
        let not = negated ? "not " : ""
        switch (callee.text, arguments.count) {
        case ("isinstance", 2):
            return alternatives(arguments[1]).map { "\(subject) is \(not)an instance of \($0)" }
        case ("issubclass", 2):
            return alternatives(arguments[1]).map { "\(subject) is \(not)a subclass of \($0)" }
        case ("callable", 1):
            return "\(subject) is \(not)callable"
        case ("hasattr", 2):
            guard let name = arguments[1].literalString, let code = Phrases.code(name) else { return nil }
            return "\(subject) has \(negated ? "no" : "an") attribute \(code)"
        default:
            return method(callee, arguments, negated)
        }
    }

    private static func method(_ callee: Expression, _ arguments: [Expression], _ negated: Bool) -> String? {
        guard arguments.count == 1, let value = arguments[0].code, callee.tokens.count > 2 else { return nil }
        let base = callee.owner
        guard let subject = base.code else { return nil }
        switch callee.last {
        case "startswith": return "\(subject) \(negated ? "does not start" : "starts") with \(value)"
        case "endswith": return "\(subject) \(negated ? "does not end" : "ends") with \(value)"
        default: return nil
        }
    }

    /// The types of the second argument of `isinstance`, as alternatives.
    static func alternatives(_ types: Expression) -> String? {
        let parts = types.elements ?? types.split(at: .bar)
        let codes = parts.compactMap(\.code)
        guard codes.count == parts.count, !codes.isEmpty, codes.count <= 6 else { return nil }
        return Phrases.list(codes, "or")
    }
}

/// One comparison of two operands.
struct Comparison {
    enum Operator: String {
        case equal = "==", notEqual = "!=", less = "<", lessOrEqual = "<=", greater = ">", greaterOrEqual = ">="
        case isIn = "in", isNotIn = "not in", isSame = "is", isNotSame = "is not"

        var negated: Self {
            switch self {
            case .equal: .notEqual
            case .notEqual: .equal
            case .less: .greaterOrEqual
            case .lessOrEqual: .greater
            case .greater: .lessOrEqual
            case .greaterOrEqual: .less
            case .isIn: .isNotIn
            case .isNotIn: .isIn
            case .isSame: .isNotSame
            case .isNotSame: .isSame
            }
        }

        /// Whether its negation is more than the opposite ordering: not everything can be ordered.
        var isOrdering: Bool { self == .less || self == .lessOrEqual || self == .greater || self == .greaterOrEqual }

        var mirrored: Self {
            switch self {
            case .less: .greater
            case .lessOrEqual: .greaterOrEqual
            case .greater: .less
            case .greaterOrEqual: .lessOrEqual
            default: self
            }
        }
    }

    let left: Expression
    let right: Expression
    let operation: Operator

    /// Reads a condition; fails unless it is one comparison, neither more nor less.
    init?(_ condition: Expression) {
        guard let start = condition.topIndex(of: .comparison), start > condition.tokens.startIndex else { return nil }
        let isPair =
            condition.holds(.not, at: start) || condition.holds(.is, at: start) && condition.holds(.not, at: start + 1)
        let text = isPair ? "\(condition.word(start)) \(condition.word(start + 1))" : condition.word(start)
        guard let operation = Operator(rawValue: text) else { return nil }
        let rest = condition.slice(start + (isPair ? 2 : 1)..<condition.tokens.endIndex)
        guard !rest.isEmpty, rest.topIndex(of: [.comparison, .and, .or, .comma, .if]) == nil else { return nil }
        self.init(condition.slice(condition.tokens.startIndex..<start), operation, rest)
    }

    init(_ left: Expression, _ operation: Operator, _ right: Expression) {
        let isSwapped = left.isLiteral && !right.isLiteral && operation != .isIn && operation != .isNotIn
        self.left = isSwapped ? right : left
        self.right = isSwapped ? left : right
        self.operation = isSwapped ? operation.mirrored : operation
    }

    /// "`x` is negative"; `nil` when an operand is too long.
    func clause(negated: Bool) -> String? {
        if negated, operation.isOrdering {
            return Phrases.code("\(left.text) \(operation.rawValue) \(right.text)").map { "\($0) does not hold" }
        }
        guard let subject else { return nil }
        let operation = negated ? operation.negated : operation
        if !right.isLiteral, let value = right.code {
            if operation == .equal { return "\(subject) equals \(value)" }
            if operation == .notEqual { return "\(subject) differs from \(value)" }
        }
        return predicate(operation).map { "\(subject) is \($0)" }
    }

    private var subject: String? {
        guard let (callee, arguments) = left.call, arguments.count == 1, let code = arguments[0].code else {
            return left.code
        }
        switch callee.text {
        case "len": return "the length of \(code)"
        case "type": return "the type of \(code)"
        default: return left.code
        }
    }

    /// What stands behind "is": "negative", "not `None`", "`1` or `2`".
    func predicate(_ operation: Operator) -> String? {
        switch operation {
        case .isIn: return membership ?? right.code.map { "in \($0)" }
        case .isNotIn: return exclusion ?? right.code.map { "not in \($0)" }
        default: break
        }
        guard let value = right.code else { return nil }
        switch operation {
        case .equal, .isSame, .isIn: return value
        case .notEqual, .isNotSame, .isNotIn: return "not \(value)"
        case .less: return value == "`0`" ? "negative" : "less than \(value)"
        case .lessOrEqual: return "at most \(value)"
        case .greater: return value == "`0`" ? "positive" : "greater than \(value)"
        case .greaterOrEqual: return "at least \(value)"
        }
    }

    private var membership: String? { Self.choices(of: right).map { Phrases.list($0, "or") } }

    private var exclusion: String? {
        Self.choices(of: right).map { $0.count == 1 ? "not \($0[0])" : "none of \(Phrases.list($0))" }
    }

    /// The quoted elements of a literal collection of literals.
    static func choices(of collection: Expression) -> [String]? {
        guard let elements = collection.elements, !elements.isEmpty, elements.count <= 12 else { return nil }
        let codes = elements.compactMap { $0.isLiteral || $0.dottedName != nil ? $0.code : nil }
        return codes.count == elements.count ? codes : nil
    }
}

extension Expression {
    /// Whether it is a number, a string or a constant that the language knows.
    var isLiteral: Bool {
        guard let token = tokens.first else { return false }
        if tokens.count == 2, token.word == .minus { return tokens[tokens.startIndex + 1].kind == .number }
        guard tokens.count == 1 else { return false }
        if token.kind != .name { return token.kind != .symbol }
        return isConstant
    }

    /// What stands between the quotes of a plain string literal.
    var literalString: String? {
        guard tokens.count == 1, tokens.first?.kind == .string else { return nil }
        return StringLiteral(text)?.content
    }

    /// The values of which it is one: the operands of `or`, or the two ends of a conditional expression.
    var choices: [Expression]? {
        if let index = topIndex(of: .if) {
            let rest = slice(index + 1..<tokens.endIndex).split(at: .else)
            return [slice(tokens.startIndex..<index)] + rest.dropFirst()
        }
        return topIndex(of: .or) == nil ? nil : split(at: .or)
    }

    /// Whether it is `None`, `True` or `False`.
    var isConstant: Bool {
        guard tokens.count == 1, (4...5).contains(range.count) else { return false }
        return first == "None" || first == "True" || first == "False"
    }

    /// What stands in front of the last period.
    var owner: Expression { Expression(outline: outline, tokens: tokens.dropLast(2)) }

    /// The elements of a tuple, list or set display.
    var elements: [Expression]? {
        guard isBracketed else { return nil }
        let inside = inside
        guard inside.topIndex(of: [.for, .colon, .doubleStar]) == nil else { return nil }
        if begins(with: .openRound), inside.topIndex(of: .comma) == nil, !inside.isEmpty { return nil }
        return inside.split(at: .comma)
    }
}

/// A string literal's parts, as far as messages need them.
struct StringLiteral {
    let prefix: String
    let content: String

    /// Reads one literal; fails for several in a row.
    init?(_ text: String) {
        let prefix = text.utf8.prefix { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "'") }
        var rest = text.utf8.dropFirst(prefix.count)
        guard let quote = rest.first, prefix.count <= 2 else { return nil }
        let isLong = rest.count >= 6 && rest.prefix(3).allSatisfy { $0 == quote }
        let width = isLong ? 3 : 1
        guard rest.count >= 2 * width, rest.suffix(width).allSatisfy({ $0 == quote }) else { return nil }
        rest = rest.dropFirst(width).dropLast(width)
        guard isLong || !rest.contains(quote) else { return nil }
        self.prefix = String(Substring(prefix)).lowercased()
        content = String(Substring(rest))
    }
}
