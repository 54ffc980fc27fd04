import SourceCode

/// Turns a call into a noun phrase for its result.
struct CallPhrases {
    let values: ValuePhrases

    func phrase(_ callee: Expression, _ arguments: [Expression], whole: Expression, _ depth: Int) -> String? {
        if callee.first == "super", callee.tokens.count > 4 { return "the result of the inherited `\(callee.last)`" }
        if let known = builtin(callee.text, arguments) ?? method(callee, arguments) { return known }
        let scope = values.scope
        let isPlain = scope.receiver.map { !scope.isRebound($0) } ?? false
        if isPlain, callee.text == scope.receiver, scope.declaration.traits.contains(.isClassMethod) {
            return "a new instance of the class"
        }
        if isPlain, scope.receiver == "self", !scope.isReceiverClass,
            ["self.__class__", "type(self)"].contains(callee.text)
        {
            return "a new instance of the same class"
        }
        let name = callee.dottedName
        if let name, isClassName(callee.last) { return instance(name, arguments) }
        if !values.isBrief, let code = whole.code { return "the result of \(code)" }
        if name == nil, callee.tokens.count > 6, callee.tokens.last?.kind == .name {
            return "the result of the last call, `\(callee.last)`"
        }
        return callee.code.map { "the result of \(values.isBrief ? "" : "calling ")\($0)" }
    }

    private func isClassName(_ name: String) -> Bool {
        let bare = name.utf8.drop { $0 == UInt8(ascii: "_") }
        return bare.first.map(Phrases.isUpper) == true && bare.contains(where: Phrases.isLower)
    }

    private func instance(_ name: String, _ arguments: [Expression]) -> String? {
        guard let code = Phrases.code(name) else { return nil }
        let names = arguments.compactMap { argument in
            argument.name != nil && argument.name == values.scope.receiver
                ? "the instance" : argument.dottedName == nil ? nil : argument.code
        }
        let noun = "\(Phrases.article(code)) \(code)"
        guard !values.isBrief, names.count == arguments.count, (1...3).contains(names.count) else {
            return noun + " instance"
        }
        return "\(noun) made from \(Phrases.list(names))"
    }

    private static let builtins: Set<String> = [
        "len", "sorted", "reversed", "list", "tuple", "set", "frozenset", "str", "int", "float", "bool", "iter", "next",
        "type", "hash", "sum", "abs", "min", "max", "copy.copy", "copy.deepcopy",
    ]

    private static let makers = [
        "list": "an empty list", "dict": "an empty dictionary", "set": "an empty set", "tuple": "an empty tuple",
        "frozenset": "an empty frozen set",
    ]

    private func builtin(_ name: String, _ arguments: [Expression]) -> String? {
        if arguments.isEmpty { return Self.makers[name] }
        guard arguments.count == 1, Self.builtins.contains(name), let code = arguments[0].code,
            arguments[0].topIndex(of: [.for, .assign, .star, .doubleStar]) == nil
        else { return nil }
        switch name {
        case "len": return "the length of \(code)"
        case "sorted": return "the sorted items of \(code)"
        case "reversed": return "the items of \(code) in reverse"
        case "list": return "a list of the items of \(code)"
        case "tuple": return "a tuple of the items of \(code)"
        case "set", "frozenset": return "a \(name == "set" ? "set" : "frozen set") of the items of \(code)"
        case "str": return "\(code) as a string"
        case "int": return "\(code) as an integer"
        case "float": return "\(code) as a float"
        case "bool": return "the truth value of \(code)"
        case "iter": return "an iterator over \(code)"
        case "next": return "the next item of \(code)"
        case "type": return "the type of \(code)"
        case "hash": return "the hash of \(code)"
        case "sum": return "the sum of \(code)"
        case "abs": return "the absolute value of \(code)"
        case "min": return "the smallest item of \(code)"
        case "max": return "the largest item of \(code)"
        case "copy.copy": return "a copy of \(code)"
        case "copy.deepcopy": return "a deep copy of \(code)"
        default: return nil
        }
    }

    private func method(_ callee: Expression, _ arguments: [Expression]) -> String? {
        guard callee.tokens.count > 2, callee.holds(.dot, at: callee.tokens.endIndex - 2) else { return nil }
        let base = callee.owner
        let isLiteral = base.tokens.count == 1 && base.tokens.first?.kind == .string
        guard let subject = base.code else { return nil }
        switch (callee.last, arguments.count) {
        case ("join", 1) where isLiteral:
            guard let items = arguments[0].code, arguments[0].topIndex(of: [.for]) == nil else {
                return base.text.count == 2 ? "a joined string" : "a string joined by \(subject)"
            }
            return base.text.count == 2
                ? "the strings of \(items), joined" : "the strings of \(items), joined by \(subject)"
        case ("format", _) where isLiteral: return "a string formatted as \(subject)"
        case ("copy", 0): return "a copy of \(subject)"
        default: return nil
        }
    }
}
