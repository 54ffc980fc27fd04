import SourceCode

/// Writes the first line of a function's docstring.
struct SummaryWriter {
    let scope: FunctionScope
    let results: ResultWriter
    let width: Int

    private var declaration: Declaration { scope.declaration }
    private var traits: DeclarationTraits { declaration.traits }
    private var name: String { declaration.name }

    /// The best line that fits.
    func summary() -> String {
        if traits.contains(.isProperty) {
            let phrases = propertyPhrases()
            return fitting(isKnownProperty ? phrases : phrases.map { "return \($0)" })
        }
        if name == "__init__" { return fitting(initializerPhrases()) }
        if let known = DunderMethods.summary(of: name, parameter: scope.givenParameters.first?.name) { return known }
        return fitting(phrases())
    }

    private func fitting(_ phrases: [String]) -> String {
        let chosen =
            phrases.first { Phrases.fits($0, in: width) } ?? phrases.min { $0.utf8.count < $1.utf8.count } ?? ""
        return Phrases.sentence(chosen)
    }

    /// Whether the decorator is one of the standard library's, which linters know to make a property.
    private var isKnownProperty: Bool {
        declaration.decorators.contains { decorator in
            let last = decorator.split(separator: ".").last.map(String.init) ?? decorator
            if last == "property" || last == "abstractproperty" { return true }
            return decorator == "functools.cached_property"
                || decorator == "cached_property" && scope.outline.imports("cached_property", from: "functools")
        }
    }

    private func propertyPhrases() -> [String] {
        let words = Phrases.words(of: name).joined(separator: " ")
        var phrases = [results.returned, results.yielded].compactMap { $0 }
        if !phrases.contains(where: { Phrases.fits($0, in: width) }), let brief = results.brief.returned {
            phrases.append(brief)
        }
        phrases.removeAll { $0 == "`None`" || VerbTable.isVerb(String($0.prefix { $0 != " " })) }
        if words.hasPrefix("is ") || words.hasPrefix("has ") || words.hasPrefix("can ") {
            phrases.append("whether it \(words)")
        }
        return phrases + ["the \(words)", "the `\(name)` property"]
    }

    private func initializerPhrases() -> [String] {
        let names = scope.givenParameters.map { "`\($0.name)`" }
        let attributes = publicAttributes
        var phrases: [String] = []
        if !names.isEmpty { phrases.append("initialize the instance with \(Phrases.list(names))") }
        if names.isEmpty, !attributes.isEmpty {
            phrases.append("initialize the instance and set \(Phrases.list(attributes))")
        }
        return phrases + ["initialize the instance"]
    }

    private var publicAttributes: [String] {
        let names = declaration.attributes.map(\.name)
        let shown = names.filter { !$0.hasPrefix("_") }
        return (shown.isEmpty ? names : shown).map { "`\($0)`" }
    }

    private func phrases() -> [String] {
        let words = Phrases.words(of: name)
        guard let first = words.first else { return factPhrases() + [lastResort] }
        if first == "test", words.count > 1 {
            return ["test \(words.dropFirst().joined(separator: " "))", "test `\(name)`"]
        }
        let named = namePhrases(words)
        if isSingleReturn || Self.askingVerbs.contains(first) {
            let telling = resultPhrases.filter { !$0.hasSuffix(", or `None`") }.map {
                (results.yields ? "yield " : "return ") + $0
            }
            if let fitting = telling.first(where: { Phrases.fits($0, in: width) }) { return [fitting] }
            return named + factPhrases() + [lastResort]
        }
        guard let base = named.first else { return factPhrases() + [lastResort] }
        return additions().map { base + $0 } + [base] + named
    }

    private static let askingVerbs: Set<String> = ["get", "is", "has", "are"]

    private var lastResort: String {
        declaration.record.calls.rows.isEmpty ? "carry out `\(name)`" : "make the calls of `\(name)`"
    }

    /// Whether the body is nothing but one `return`.
    private var isSingleReturn: Bool {
        declaration.returns.count == 1 && declaration.returns[0].record.statement.start == declaration.record.body.start
    }

    /// The phrases that come from the name, when it begins with a verb.
    private func namePhrases(_ words: [String]) -> [String] {
        guard let first = words.first else { return [] }
        let rest = Array(words.dropFirst())
        if ["is", "has", "can", "should", "are"].contains(first),
            results.returnsValue || declaration.returnAnnotation == "bool"
        {
            return truthPhrases(first, rest)
        }
        switch first {
        case "to" where !rest.isEmpty: return ["convert to \(rest.joined(separator: " "))"]
        case "as" where !rest.isEmpty: return ["return as \(rest.joined(separator: " "))"]
        case "from" where !rest.isEmpty: return ["create from \(rest.joined(separator: " "))"]
        case "on" where !rest.isEmpty: return ["respond to \(rest.joined(separator: " "))"]
        case "new" where !rest.isEmpty: return ["create a new \(rest.joined(separator: " "))"]
        case "setup" where rest.isEmpty, "set" where rest == ["up"]: return ["set up"]
        default: break
        }
        let isNoun = rest.last.map(VerbTable.agents.contains) ?? true
        guard VerbTable.isClearVerb(first) || VerbTable.isVerb(first) && !isNoun, rest.first != "of" else { return [] }
        return ["\(verb(first)) \(object(rest, after: first))".trimmingEnd]
    }

    private func verb(_ word: String) -> String {
        [
            "cleanup": "clean up", "setup": "set up", "recv": "receive", "calc": "calculate", "init": "initialize",
            "del": "delete",
        ][word] ?? word
    }

    private func truthPhrases(_ first: String, _ rest: [String]) -> [String] {
        let predicate = rest.joined(separator: " ")
        let parameter = scope.givenParameters.first.map { "`\($0.name)`" }
        let subject = scope.receiver != nil && parameter == nil ? "the instance" : parameter
        guard let subject, !rest.isEmpty else { return ["return whether `\(name)` holds"] }
        return ["return whether \(subject) \(first == "are" ? "are" : first) \(predicate)"]
    }

    private func object(_ words: [String], after verb: String) -> String {
        guard let first = words.first, let last = words.last else { return "" }
        let text = words.joined(separator: " ")
        let isPlural = last.hasSuffix("s") && !last.hasSuffix("ss") && !last.hasSuffix("us") && !last.hasSuffix("is")
        if VerbTable.linkWords.contains(first) || isPlural || first.last?.isNumber == true { return text }
        let isMaking = ["create", "make", "build", "construct", "generate", "produce", "new"].contains(verb)
        return isMaking ? "\(Phrases.article(first)) \(text)" : "the \(text)"
    }

    /// What the body does, each as a whole phrase, the most telling first.
    private func factPhrases() -> [String] {
        var phrases: [String] = []
        phrases += resultPhrases.map { (results.yields ? "yield " : "return ") + $0 }
        let attributes = publicAttributes
        if !attributes.isEmpty { phrases.append("set \(Phrases.list(attributes, atMost: 3))") }
        let calls = tellingCalls
        for count in [3, 2, 1] where !calls.isEmpty { phrases.append("call \(Phrases.list(calls, atMost: count))") }
        if let only = raisedOnly { phrases.append("raise `\(only)`") }
        if let stub = stubPhrase { phrases.append(stub) }
        if results.returnsValue { phrases.append("return the \(nameWithoutVerb)") }
        if results.yields { phrases.append("yield the items of `\(name)`") }
        return phrases
    }

    /// What is returned or yielded, at length, or in short when that is too long for a line.
    private var resultPhrases: [String] {
        guard results.yields || results.returnsValue else { return [] }
        guard let whole = results.yields ? results.yielded : results.returned else { return [] }
        if whole.utf8.count < 30 { return [whole] }
        let brief = results.brief
        return [whole, results.yields ? brief.yielded : brief.returned].compactMap { $0 }
    }

    private var nameWithoutVerb: String {
        let words = Phrases.words(of: name)
        let isGetter =
            words.count > 1 && ["get", "compute", "return", "fetch", "find", "make", "create"].contains(words[0])
        return (isGetter ? Array(words.dropFirst()) : words).joined(separator: " ")
    }

    private var raisedOnly: String? {
        guard let fact = declaration.raises.first, fact.guards.isEmpty,
            fact.record.statement.start == declaration.record.body.start
        else { return nil }
        return fact.exception.map(Phrases.collapsed)
    }

    private var stubPhrase: String? {
        guard traits.contains(.isStub) else { return nil }
        let words = Phrases.words(of: name).joined(separator: " ")
        if let annotation = results.annotation, annotation != "None" {
            let value = results.unknownValue(annotation)
            return value.hasPrefix("a value") ? "return the \(words)" : "return \(value)"
        }
        return traits.contains(.isAbstract) ? "define `\(name)` for subclasses" : "do nothing"
    }

    /// What follows a phrase made from the name, the most telling first.
    private func additions() -> [String] {
        var additions: [String] = []
        additions += resultPhrases.map { (results.yields ? ", yielding " : " and return ") + $0 }
        let attributes = publicAttributes
        if !attributes.isEmpty { additions.append(" and set \(Phrases.list(attributes, atMost: 3))") }
        let calls = tellingCalls
        for count in [3, 2, 1] where !calls.isEmpty {
            additions.append(" by calling \(Phrases.list(calls, atMost: count))")
        }
        return additions
    }

    /// The distinct functions called, but for those that say little.
    private var tellingCalls: [String] {
        var names = UniqueNames()
        for range in scope.outline.tables.ranges[declaration.record.calls.rows] where range.count <= Phrases.longestCode
        {
            let bytes = scope.outline.file.bytes[range.offsets]
            guard bytes.allSatisfy(Self.isNameByte) else { continue }
            let code = String(decoding: bytes, as: UTF8.self)
            guard !Self.dull.contains(code), !Self.dullEndings.contains(where: code.hasSuffix) else { continue }
            if code != "print" || names.quoted.isEmpty { names.insert(code) }
        }
        return names.quoted
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        let letter = byte | 0x20
        return letter >= 0x61 && letter <= 0x7A || byte >= 0x30 && byte <= 0x39 || byte == 0x5F || byte == 0x2E
    }

    private static let dullEndings = ["Error", "Exception", "Warning", ".append"]
    private static let dull: Set<String> = [
        "int", "str", "float", "bool", "list", "tuple", "set", "dict", "bytes", "len", "isinstance", "issubclass",
        "type",
        "hasattr", "getattr", "repr", "id", "callable", "range", "iter", "enumerate", "zip", "super", "min", "max",
        "abs",
        "sum", "any", "all", "hash", "format", "next", "reversed", "map", "filter", "object", "ord", "chr", "sorted",
        "cast",
        "typing.cast", "t.cast", "vars", "property", "locals", "globals", "NotImplementedError", "KeyError",
    ]
}

extension String {
    fileprivate var trimmingEnd: String { hasSuffix(" ") ? String(dropLast()) : self }
}

extension SourceOutline {
    /// Whether a line of the file imports a name from a module in the plain form.
    fileprivate func imports(_ name: String, from module: String) -> Bool {
        let wanted = Array("from \(module) import ".utf8)
        for start in tables.lineStarts.map(Int.init) where file.bytes[start...].starts(with: wanted) {
            let line = file.bytes[start...].prefix { $0 != 0x0A && $0 != 0x0D }
            if String(decoding: line, as: UTF8.self).contains(name) { return true }
        }
        return false
    }
}
