import SourceCode

/// Turns a value in code into a noun phrase: `len(self.items)` becomes "the length of `self.items`".
struct ValuePhrases {
    let scope: FunctionScope
    /// Leaves out what makes a phrase long.
    var isBrief = false

    /// The phrase for an expression, without a full stop; `nil` when the code says too little or too much.
    func phrase(_ value: Expression, depth: Int = 0) -> String? {
        let value = value.unwrapped
        guard !value.isEmpty, depth < 3 else { return nil }
        if value.isConstant { return value.code }
        if value.begins(with: .await) { return phrase(value.rest, depth: depth) }
        if value.begins(with: .lambda) { return "a function" }
        if value.begins(with: .yield) { return "what the caller sends" }
        if let index = value.topIndex(of: .if) { return conditional(value, at: index, depth) }
        if value.topIndex(of: [.for, .comma]) != nil {
            let parts = value.split(at: .comma)
            return value.topIndex(of: .for) == nil && parts.count > 1 ? tuple(parts) : fallback(value)
        }
        if isTruth(value) { return truth(value) }
        if value.isPrimary { return primary(value, depth) }
        return value.topIndex(of: .or) == nil ? operation(value) : fallback(value)
    }

    private func truth(_ value: Expression) -> String {
        if !isBrief, let clause = Conditions.clause(value) { return "whether \(clause)" }
        return value.shortCode.map { "whether \($0)" } ?? "`True` or `False`"
    }

    /// Whether an expression can only be `True` or `False`.
    func isTruth(_ value: Expression) -> Bool {
        let value = value.unwrapped
        guard value.topIndex(of: [.if, .lambda, .comma]) == nil else { return false }
        if value.topIndex(of: .or) != nil { return value.split(at: .or).allSatisfy(isTruth) }
        if value.topIndex(of: .and) != nil { return value.split(at: .and).allSatisfy(isTruth) }
        if value.begins(with: .not) || value.topIndex(of: .comparison) != nil { return true }
        guard let (callee, _) = value.call else { return value.isConstant && value.first != "None" }
        if callee.tokens.count > 2 { return Self.truthMethods.contains(callee.last) }
        return Self.truthFunctions.contains(callee.text)
    }

    private static let truthFunctions: Set<String> = ["isinstance", "issubclass", "callable", "hasattr", "any", "all"]
    private static let truthMethods: Set<String> = ["startswith", "endswith", "issubset", "issuperset", "isdisjoint"]

    private func conditional(_ value: Expression, at index: Int, _ depth: Int) -> String? {
        if isBrief { return nil }
        let parts = value.slice(index + 1..<value.tokens.endIndex).split(at: .else)
        let main = value.slice(value.tokens.startIndex..<index)
        guard parts.count == 2, let clause = Conditions.clause(parts[0]), clause.utf8.count < 70,
            let then = phrase(main, depth: depth + 1), let other = phrase(parts[1], depth: depth + 1)
        else { return fallback(value) }
        return "\(then) if \(clause), else \(other)"
    }

    private func tuple(_ elements: [Expression]) -> String? {
        let codes = elements.compactMap(\.code)
        let size = codes.reduce(0) { $0 + $1.utf8.count }
        guard codes.count == elements.count, size < 90 else { return "a tuple of \(elements.count) values" }
        return "a tuple of \(Phrases.list(codes))"
    }

    private func operation(_ value: Expression) -> String? {
        let isFormatting = value.tokens.first?.kind == .string && value.topIndex(of: [.percent]) != nil
        if isFormatting {
            return value.slice(value.tokens.startIndex..<value.tokens.startIndex + 1).code.map {
                "a string formatted as \($0)"
            }
                ?? "a formatted string"
        }
        return fallback(value)
    }

    private func fallback(_ value: Expression) -> String? {
        if let code = value.shortCode { return code }
        var names: [String] = []
        for token in value.tokens where token.kind == .name {
            let name = scope.outline.text(token.range)
            if scope.isParameter(name), !names.contains("`\(name)`") { names.append("`\(name)`") }
        }
        return names.isEmpty ? nil : "a value made from \(Phrases.list(names))"
    }

    private func primary(_ value: Expression, _ depth: Int) -> String? {
        if let name = value.name { return named(name, depth) }
        if value.tokens.count == 1 { return literal(value) }
        if let call = value.call {
            return CallPhrases(values: self).phrase(call.callee, call.arguments, whole: value, depth)
        }
        if value.dottedName != nil { return attribute(value) }
        if let (base, inside) = value.trailer(.openSquare) { return item(of: base, inside, value) }
        return display(value)
    }

    private func attribute(_ value: Expression) -> String? {
        if value.tokens.count == 3, value.first == scope.receiver, !scope.isRebound(value.first) {
            return "the `\(value.last)` attribute"
        }
        return value.code
    }

    private func item(of base: Expression, _ inside: Expression, _ value: Expression) -> String? {
        guard let whole = value.code else { return base.code.map { "an item of \($0)" } }
        guard inside.topIndex(of: [.colon]) == nil, let key = inside.code, let container = base.code else {
            return "the part \(whole)"
        }
        return key == "`-1`"
            ? "the last item of \(container)"
            : key == "`0`"
                ? "the first item of \(container)"
                : "the item \(key) of \(container)"
    }

    private func literal(_ value: Expression) -> String? {
        guard let token = value.tokens.first else { return nil }
        if token.kind == .string, StringLiteral(value.text)?.prefix.contains("f") == true {
            return value.code.map { "the string \($0)" } ?? "a formatted string"
        }
        if token.kind == .string, StringLiteral(value.text)?.prefix.contains("b") == true {
            return value.code.map { "the bytes \($0)" } ?? "fixed bytes"
        }
        if token.kind == .string { return value.code.map { "the string \($0)" } ?? "a fixed string" }
        return value.code
    }

    private func named(_ name: String, _ depth: Int) -> String? {
        if ["None", "True", "False", "NotImplemented", "Ellipsis"].contains(name) { return "`\(name)`" }
        if name == scope.receiver {
            if scope.isRebound(name) { return "the resulting `\(name)`" }
            let isClass = scope.declaration.traits.contains(.isClassMethod)
            if !isClass, scope.isReceiverClass { return "`\(name)` itself" }
            return isClass ? "the class itself" : "the instance itself"
        }
        if let kind = scope.innerKind(of: name), scope.bindings[name].count == 1, !scope.isParameter(name) {
            return "the inner \(kind) `\(name)`"
        }
        if scope.isParameter(name) { return scope.isRebound(name) ? "the resulting `\(name)`" : "the given `\(name)`" }
        guard scope.isBound(name) else { return "`\(name)`" }
        return local(name, depth) ?? scope.collection(of: name).map { "the \($0) `\(name)`" }
            ?? "the resulting `\(name)`"
    }

    /// What a local name stands for, when it is assigned once and nothing has changed it since.
    private func local(_ name: String, _ depth: Int) -> String? {
        guard let value = scope.soleValue(of: name), scope.isSettled(value, in: name) else { return nil }
        if value.isEmptyCollection { return nil }
        guard let phrase = phrase(value, depth: depth + 1) else { return nil }
        let isKept = value.isLiteral || phrase.hasPrefix("the result of ") || phrase.hasSuffix(" instance")
        return isKept || !scope.isTouched(name) ? phrase : nil
    }

    private func display(_ value: Expression) -> String? {
        if value.begins(with: .openSquare) { return collection(value, "list") }
        if value.begins(with: .openCurly) { return dictionary(value) ?? collection(value, "set") }
        guard value.begins(with: .openRound) else { return fallback(value) }
        guard let elements = value.elements else { return comprehension(value, "a generator") }
        return elements.isEmpty ? "an empty tuple" : tuple(elements)
    }

    private func collection(_ value: Expression, _ noun: String) -> String? {
        if value.tokens.count == 2 { return noun == "set" ? "an empty dictionary" : "an empty list" }
        if value.elements != nil { return value.code.map { "the \(noun) \($0)" } ?? "a \(noun)" }
        return comprehension(value, "a \(noun)")
    }

    private func comprehension(_ value: Expression, _ noun: String) -> String? {
        let inside = value.inside
        guard !isBrief, let start = inside.topIndex(of: [.for]), inside.topIndex(of: [.async]) == nil else {
            return noun
        }
        let element = inside.slice(inside.tokens.startIndex..<start)
        let rest = inside.slice(start + 1..<inside.tokens.endIndex)
        guard rest.topIndex(of: [.for]) == nil, let middle = rest.topIndex(of: [.in]) else { return noun }
        let target = rest.slice(rest.tokens.startIndex..<middle)
        let source = rest.slice(middle + 1..<rest.tokens.endIndex)
        let filter = source.topIndex(of: [.if])
        let iterable = source.slice(source.tokens.startIndex..<(filter ?? source.tokens.endIndex))
        guard let from = iterable.code, let each = target.code else { return noun }
        let condition = filter.flatMap { Conditions.clause(source.slice($0 + 1..<source.tokens.endIndex)) }
        if filter != nil, condition == nil { return "\(noun) made from \(from)" }
        let ending = condition.map { " for which \($0)" } ?? ""
        if element.text == target.text { return "\(noun) of each \(each) in \(from)\(ending)" }
        guard let code = element.code else { return "\(noun) made from \(from)" }
        return "\(noun) of \(code) for each \(each) in \(from)\(ending)"
    }

    private func dictionary(_ value: Expression) -> String? {
        let inside = value.inside
        guard inside.topIndex(of: [.colon]) != nil else { return nil }
        guard inside.topIndex(of: [.for]) == nil else { return comprehension(value, "a dictionary") }
        let keys = inside.split(at: .comma).map { $0.split(at: .colon)[0] }
        let codes = keys.compactMap { $0.isLiteral ? $0.code : nil }
        guard codes.count == keys.count, codes.count <= 8 else { return "a dictionary" }
        return codes.count == 1
            ? "a dictionary with the key \(codes[0])" : "a dictionary with the keys \(Phrases.list(codes))"
    }
}
