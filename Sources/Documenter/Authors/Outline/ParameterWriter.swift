import Docstrings
import SourceCode

/// Writes an entry for each parameter that callers give, in the signature's order.
struct ParameterWriter {
    let scope: FunctionScope
    let content: DocstringContent

    func entries() -> [Docstring.Entry] {
        guard !scope.givenParameters.isEmpty else { return [] }
        let uses = ParameterUses(scope: scope)
        let constraints = Constraints(scope: scope).sentences()
        var entries: [Docstring.Entry] = []
        entries.reserveCapacity(scope.givenParameters.count)
        for (index, parameter) in scope.givenParameters.enumerated() {
            let name = scope.parameterNames.names[index]
            guard name.utf8.contains(where: { $0 != UInt8(ascii: "_") }) else { continue }
            entries.append(entry(parameter, uses[index], constraints[name] ?? []))
        }
        return entries
    }

    private func entry(_ parameter: Parameter, _ use: ParameterUse, _ constraints: [String]) -> Docstring.Entry {
        var entry = Docstring.Entry(starredName(parameter))
        if content.includesTypes { entry.type = parameter.annotation.map(Phrases.collapsed) }
        entry.defaultValue = shownDefault(parameter)
        entry.isOptional = parameter.defaultValue != nil
        entry.text = ParameterText(parameter: parameter, use: use, constraints: constraints, scope: scope).text
        return entry
    }

    private func starredName(_ parameter: Parameter) -> String {
        switch parameter.kind {
        case .variadic: "*" + parameter.name
        case .variadicKeyword: "**" + parameter.name
        default: parameter.name
        }
    }

    private func shownDefault(_ parameter: Parameter) -> String? {
        guard let text = parameter.defaultValue, text.utf8.count <= 40 else { return nil }
        return text.utf8.contains { $0 == 0x0A || $0 == 0x0D || $0 == UInt8(ascii: "`") } ? nil : text
    }
}

/// What is said of one parameter.
struct ParameterText {
    let parameter: Parameter
    let use: ParameterUse
    let constraints: [String]
    let scope: FunctionScope

    var text: String {
        var sentences = constraints
        if let choices { sentences.append(choices) }
        if sentences.joined().utf8.count < 80, let usage { sentences.append(usage) }
        if sentences.isEmpty { sentences.append(subject) }
        return sentences.joined(separator: " ")
    }

    /// The values of a `Literal` annotation.
    private var choices: String? {
        guard !constraints.contains(where: { $0.hasPrefix("One of") }), let annotation = parameter.annotation else {
            return nil
        }
        guard Phrases.isFound("Literal[", in: annotation) else { return comparedChoices }
        let whole = scope.expression(parameter.record.annotation)
        guard let (base, inside) = whole.trailer(.openSquare), base.last == "Literal" else { return nil }
        let codes = inside.split(at: .comma).compactMap(\.code)
        return codes.count > 1 && codes.count <= 12 ? "One of \(Phrases.list(codes))." : nil
    }

    private var comparedChoices: String? {
        use.comparedWith.count > 1 && use.comparedWith.count <= 8
            ? "Compared with \(Phrases.list(use.comparedWith.texts))." : nil
    }

    /// The name's words as a noun phrase.
    private var subject: String {
        switch parameter.kind {
        case .variadic: return "Positional arguments."
        case .variadicKeyword: return "Keyword arguments."
        default: break
        }
        return Phrases.subject(of: parameter.name, isFlag: isFlag) ?? "The `\(parameter.name)` argument."
    }

    private var isFlag: Bool {
        parameter.annotation == "bool" || parameter.defaultValue == "True" || parameter.defaultValue == "False"
    }

    private var usage: String? {
        if use.count == 0 { return formatted ?? unused }
        var first: String?
        for fact in [stored, kept, passed, called, iterated, container, keyed, tested, returned, yielded] {
            guard let text = fact() else { continue }
            guard let start = first else {
                first = text
                continue
            }
            let isJoined = start.utf8.count + text.utf8.count < 70 && !Phrases.isFound(";", in: start)
            return Phrases.sentence(isJoined ? "\(start) and \(text)" : start)
        }
        if let first { return Phrases.sentence(first) }
        if let loose = shaping ?? computing ?? looseFact { return Phrases.sentence(loose) }
        return constraints.isEmpty ? formatted : nil
    }

    /// What f-strings of the body do with the parameter.
    private var formatted: String? {
        if isField(endingWith: ["}", "!", ":"]) { return "Formatted into a string." }
        return isField(endingWith: [".", "["]) ? "Used in a formatted string." : nil
    }

    /// Whether an f-string of the body has a field that begins with the parameter's name and goes on in some way.
    private func isField(endingWith ends: [String]) -> Bool {
        guard scope.parameters.count < 100, !scope.isRebound(parameter.name) else { return false }
        let fields = ends.map { "{\(parameter.name)\($0)" }
        return scope.body.contains { token in
            guard token.kind == .string else { return false }
            let text = scope.outline.text(token.range)
            let prefix = text.utf8.prefix { $0 != UInt8(ascii: "'") && $0 != UInt8(ascii: "\"") }
            guard prefix.contains(where: { $0 | 0x20 == UInt8(ascii: "f") }) else { return false }
            return !Phrases.isFound("{{", in: text) && fields.contains { Phrases.isFound($0, in: text) }
        }
    }

    /// "Not used.", unless something that is not looked into may use it.
    private var unused: String? {
        let traits = scope.declaration.traits
        guard traits.isDisjoint(with: [.isStub, .isAbstract]), !scope.body.isEmpty, scope.parameters.count < 100 else {
            return nil
        }
        let isMentioned = scope.body.contains { token in
            guard token.kind == .string else { return false }
            let text = scope.outline.text(token.range)
            let letters = text.utf8.prefix { $0 != UInt8(ascii: "'") && $0 != UInt8(ascii: "\"") }
            let isTemplate = letters.contains { $0 | 0x20 == UInt8(ascii: "f") || $0 | 0x20 == UInt8(ascii: "t") }
            return isTemplate && Phrases.isFound(parameter.name, in: text)
        }
        let isReachable = scope.declaration.calls.contains { ["locals", "vars", "eval", "exec"].contains($0) }
        return isMentioned || isReachable ? nil : "Not used."
    }

    private func kept() -> String? {
        use.storedIn.isEmpty ? nil : "stored in \(Phrases.list(use.storedIn.texts, atMost: 2))"
    }

    private func stored() -> String? { attributes(use.storedAs).map { "stored as \($0)" } }

    private var shaping: String? { attributes(use.shapes).map { "used to set \($0)" } }

    private func attributes(_ names: UniqueTexts) -> String? {
        guard !names.isEmpty else { return nil }
        return
            "the \(Phrases.list(names.texts.map { "`\($0)`" }, atMost: 3)) \(names.count == 1 ? "attribute" : "attributes")"
    }

    private var computing: String? {
        use.computes.isEmpty ? nil : "used to compute \(Phrases.list(use.computes.texts.map { "`\($0)`" }, atMost: 2))"
    }

    private var looseFact: String? {
        if use.facts.contains(.isFormatted) { return "formatted into a string" }
        if let compared, constraints.isEmpty { return compared }
        let callees = use.usedIn.texts.filter { !Self.plain.contains($0) }
        if callees.count == use.usedIn.count, let callees = used(in: callees) { return callees }
        if use.facts.contains(.isSometimesReturned) { return "returned in some cases" }
        if use.facts.contains(.isInTuple) { return "returned in a tuple" }
        guard constraints.isEmpty else { return nil }
        if !use.operators.isEmpty { return "an operand of \(Phrases.list(use.operators.texts))" }
        if let callees = used(in: use.usedIn.texts) { return callees }
        if use.facts.contains(.isInResult) { return "used in the result" }
        if use.facts.contains(.isNoneTested) { return "compared with `None`" }
        return use.facts.contains(.isInCondition) ? "checked in a condition" : nil
    }

    private func used(in callees: [String]) -> String? {
        let codes = callees.compactMap { $0.utf8.first == UInt8(ascii: "`") ? $0 : Phrases.code($0) }
        guard (1...3).contains(codes.count), codes.count == callees.count else { return nil }
        return "used in \(codes.count == 1 ? "a call" : "calls") of \(Phrases.list(codes))"
    }

    private var compared: String? {
        if let container = quoted(use.soughtIn) { return "searched for in \(container)" }
        guard let operands = list(use.operands), !use.operands.contains("?") else { return nil }
        let isGuarded = use.facts.contains(.isNoneTested) && !use.facts.contains(.isComparedAnyway)
        return "compared with \(operands)" + (isGuarded ? " unless it is `None`" : "")
    }

    private func list(_ codes: UniqueTexts) -> String? {
        codes.isEmpty || codes.count > 3 ? nil : Phrases.list(codes.texts)
    }

    private func quoted(_ texts: UniqueTexts) -> String? {
        let codes = texts.texts.compactMap { $0.utf8.first == UInt8(ascii: "`") ? $0 : Phrases.code($0) }
        return codes.isEmpty || codes.count > 3 || codes.count < texts.count ? nil : Phrases.list(codes)
    }

    private func passed() -> String? {
        if use.passedTo.isEmpty { return nil }
        let callees = Array(zip(use.passedTo.texts, use.keywords))
        let telling = callees.filter { !Self.plain.contains($0.0) }
        let chosen = telling.isEmpty ? callees.filter { Self.conversions.contains($0.0) } : telling
        let codes = chosen.compactMap { callee, keyword in
            Phrases.code(callee).map { code in
                keyword.flatMap { $0 == parameter.name ? nil : Phrases.code($0) }.map { "\(code) as \($0)" } ?? code
            }
        }
        guard !codes.isEmpty else { return nil }
        if telling.isEmpty { return "converted with \(codes[0])" }
        let isVariadic = parameter.kind == .variadic || parameter.kind == .variadicKeyword
        return "passed \(isVariadic ? "on " : "")to \(Phrases.list(codes, atMost: 2))"
    }

    private static let conversions: Set<String> = [
        "int", "str", "float", "bool", "list", "tuple", "set", "dict", "bytes",
    ]
    private static let plain: Set<String> = [
        "int", "str", "float", "bool", "list", "tuple", "set", "dict", "bytes", "len", "isinstance", "issubclass",
        "type",
        "hasattr", "getattr", "setattr", "repr", "print", "id", "callable", "range", "iter", "next", "enumerate", "zip",
        "sorted", "min", "max", "abs", "sum", "any", "all", "hash", "format", "super",
    ]

    private func called() -> String? {
        if use.facts.contains(.isCalled) { return calledWith }
        if use.facts.contains(.isAwaited) { return "awaited" }
        if use.facts.contains(.isContext) { return "entered as a context" }
        if !use.methods.isEmpty { return "used through its \(named(use.methods, "method"))" }
        if use.attributes.isEmpty, !use.changes.isEmpty { return "changed in its \(named(use.changes, "attribute"))" }
        return use.attributes.isEmpty ? nil : "read for its \(named(use.attributes, "attribute"))"
    }

    private var calledWith: String {
        guard use.arguments.count == 1, let given = use.arguments.texts.first, given != "?" else { return "called" }
        let awaited = use.facts.contains(.isCallPlain) ? "" : "; its result is awaited"
        return (given.isEmpty ? "called without arguments" : "called with \(given)") + awaited
    }

    private func named(_ names: UniqueTexts, _ noun: String) -> String {
        "\(Phrases.list(names.texts.map { "`\($0)`" }, atMost: 3)) \(names.count == 1 ? noun : noun + "s")"
    }

    private static let loops: Set<String> = ["enumerate", "iter", "zip", "sorted", "any", "all", "sum"]

    private func iterated() -> String? {
        let isLooped = use.facts.contains(.isIterated) || use.passedTo.texts.contains { Self.loops.contains($0) }
        return isLooped ? "iterated over" : nil
    }

    private func container() -> String? {
        if use.facts.contains(.isItemDeleted) { return "changed in place" }
        if use.facts.contains(.isItemSet) { return "changed in place by item" }
        if use.facts.contains(.isIndexed) {
            return parameter.kind == .variadic ? "read by position" : "read by index or key"
        }
        return use.facts.contains(.isSearched) ? "searched for items" : nil
    }

    private func keyed() -> String? { quoted(use.keyOf).map { "used as an index or key of \($0)" } }

    private func tested() -> String? { use.facts.contains(.isTested) ? "tested for truth" : nil }

    private func yielded() -> String? { use.facts.contains(.isYielded) ? "yielded" : nil }

    private func returned() -> String? { use.facts.contains(.isReturned) ? "returned" : nil }
}
