import SourceCode

/// Writes the first line of a function's docstring.
struct SummaryWriter {
    let scope: FunctionScope
    let results: ResultWriter
    let width: Int

    var declaration: Declaration { scope.declaration }
    var traits: DeclarationTraits { declaration.traits }
    var name: String { declaration.name }

    /// The best line that fits.
    func summary() -> String {
        var choice = PhraseChoice(width: width)
        if name == "__call__" { offerResults(to: &choice) { "\(results.verb) \($0)" } }
        if choice.isSettled { return choice.sentence }
        if !traits.contains(.isProperty), name != "__init__", let known = specialSummary { return known }
        if traits.contains(.isProperty) {
            offerProperty(to: &choice, isKnownProperty ? "" : "return ")
        } else if name == "__init__" {
            offerInitializer(to: &choice)
        } else {
            offerPhrases(to: &choice)
        }
        return choice.sentence
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

    private func offerProperty(to choice: inout PhraseChoice, _ start: String) {
        var phrases =
            scope.wrappers.isEmpty ? [results.returned, results.yields ? results.yielded : nil].compactMap { $0 } : []
        if !phrases.contains(where: { Phrases.fits($0, in: width) }), let brief = results.brief.returned {
            phrases.append(brief)
        }
        for phrase in phrases where phrase != "`None`" && !VerbTable.isVerb(String(phrase.prefix { $0 != " " })) {
            choice.offer(
                start.isEmpty && phrase.utf8.first == UInt8(ascii: "`") ? "the value of \(phrase)" : start + phrase
            )
        }
        guard !choice.isSettled else { return }
        let words = Phrases.words(of: name).joined(separator: " ")
        if words.hasPrefix("is ") || words.hasPrefix("has ") || words.hasPrefix("can ") {
            choice.offer("\(start)whether it \(words)")
        }
        if words.utf8.count > 2 { choice.offer("\(start)the \(words)") }
        choice.offer("\(start)the `\(name)` property")
    }

    private func offerInitializer(to choice: inout PhraseChoice) {
        let names = scope.givenParameters.map { "`\($0.name)`" }
        if names.isEmpty {
            let attributes = publicAttributes
            if !attributes.isEmpty { choice.offer("initialize the instance and set \(Phrases.list(attributes))") }
        } else {
            choice.offer("initialize the instance with \(Phrases.list(names))")
        }
        choice.offer("initialize the instance")
    }

    private var publicAttributes: [String] {
        let names = declaration.attributes.map(\.name)
        let shown = names.filter { !$0.hasPrefix("_") }
        return (shown.isEmpty ? names : shown).map { "`\($0)`" }
    }

    private func offerPhrases(to choice: inout PhraseChoice) {
        let words = Phrases.words(of: name)
        if words.first == "test", words.count > 1 {
            choice.offer("test \(words.dropFirst().joined(separator: " "))")
            return choice.offer("test `\(name)`")
        }
        if let first = words.first, isSingleReturn || Self.askingVerbs.contains(first) {
            let start = results.verb + " "
            offerResults(to: &choice) { $0.hasSuffix(", or `None`") ? nil : start + $0 }
            guard !choice.isSettled else { return }
            if words.count > 1 { choice.offer(namePhrase(words)) }
        } else if let base = namePhrase(words) {
            offerAdditions(to: &choice, behind: base)
            let names = scope.givenParameters.map { "`\($0.name)`" }
            if !names.isEmpty, !base.utf8.contains(0x20) { choice.offer("\(base) using \(Phrases.list(names))") }
            return choice.offer(base)
        }
        offerFacts(to: &choice)
        offerRaises(to: &choice)
        offerEffects(to: &choice)
        choice.offer(lastResort)
    }

    private static let askingVerbs = ["get", "is", "has", "are"]

    /// Whether the body is nothing but one `return`.
    private var isSingleReturn: Bool {
        let record = declaration.record
        return record.returns.rows.count == 1
            && scope.outline.tables.returns[record.returns.rows.lowerBound].statement.start == record.body.start
    }

    /// The phrase that comes from the name, when it begins with a verb.
    private func namePhrase(_ words: [String]) -> String? {
        guard let first = words.first else { return nil }
        let rest = Array(words.dropFirst())
        if ["is", "has", "can", "should", "are"].contains(first),
            results.returnsValue || declaration.returnAnnotation == "bool"
        {
            return truthPhrase(first, rest)
        }
        switch first {
        case "to" where !rest.isEmpty: return "convert to \(rest.joined(separator: " "))"
        case "as" where !rest.isEmpty: return "return as \(rest.joined(separator: " "))"
        case "from" where !rest.isEmpty: return "create from \(rest.joined(separator: " "))"
        case "on" where !rest.isEmpty: return "respond to \(rest.joined(separator: " "))"
        case "new" where !rest.isEmpty: return "create a new \(rest.joined(separator: " "))"
        case "setup" where rest.isEmpty, "set" where rest == ["up"]: return "set up"
        default: break
        }
        let isNoun = rest.last.map(VerbTable.agents.contains) ?? true
        guard VerbTable.isClearVerb(first) || VerbTable.isVerb(first) && !isNoun, rest.first != "of" else { return nil }
        return "\(verb(first)) \(object(rest, after: first))".trimmingEnd
    }

    private func verb(_ word: String) -> String {
        switch word {
        case "cleanup": "clean up"
        case "setup": "set up"
        case "recv": "receive"
        case "calc": "calculate"
        case "init": "initialize"
        case "del": "delete"
        default: word
        }
    }

    private func truthPhrase(_ first: String, _ rest: [String]) -> String {
        let predicate = rest.joined(separator: " ")
        let parameter = scope.givenParameters.first.map { "`\($0.name)`" }
        let subject = scope.receiver != nil && parameter == nil ? "the instance" : parameter
        guard let subject, !rest.isEmpty else { return "return whether `\(name)` holds" }
        return "return whether \(subject) \(first) \(predicate)"
    }

    /// The first parameter as the object of a verb that says what is done to it.
    private func soleObject(of verb: String) -> String {
        guard Self.transitive.contains(verb), let parameter = scope.givenParameters.first else { return "" }
        let isPlain = parameter.kind == .positional || parameter.kind == .positionalOnly
        return isPlain && parameter.defaultValue == nil ? "`\(parameter.name)`" : ""
    }

    private static let transitive: Set<String> = [
        "add", "append", "check", "compare", "convert", "decode", "discard", "encode", "escape", "format", "insert",
        "normalize", "parse", "print", "process", "register", "remove", "transform", "unregister", "validate", "visit",
        "wrap",
    ]

    private func object(_ words: [String], after verb: String) -> String {
        if words.count == 1, Self.prepositions.contains(words[0]), Self.visiting.contains(verb) {
            return soleObject(of: verb)
        }
        if let last = words.last, Self.prepositions.contains(last) {
            let end = destination(last, of: verb)
            return words.count > 1
                ? object(Array(words.dropLast()), after: verb) + (end.isEmpty ? "" : " " + end)
                : end.isEmpty ? last : end
        }
        guard let first = words.first, let last = words.last else { return soleObject(of: verb) }
        let text = words.joined(separator: " ")
        let isPlural = last.hasSuffix("s") && !last.hasSuffix("ss") && !last.hasSuffix("us") && !last.hasSuffix("is")
        if VerbTable.linkWords.contains(first) || isPlural || first.last?.isNumber == true { return text }
        let isMaking = ["create", "make", "build", "construct", "generate", "produce", "new"].contains(verb)
        return isMaking ? "\(Phrases.article(first)) \(text)" : "the \(text)"
    }

    /// What the body does, each as a whole phrase, the most telling first.
    private func offerFacts(to choice: inout PhraseChoice) {
        let start = results.verb + " "
        offerResults(to: &choice) { start + $0 }
        offerDeeds(to: &choice, set: "set ", call: "call ")
        if choice.isSettled { return }
        if let only = raisedOnly { choice.offer("raise `\(only)`") }
        choice.offer(stubPhrase)
        if results.returnsValue, scope.wrappers.isEmpty {
            choice.offer(nameWithoutVerb.utf8.count > 2 ? "return the \(nameWithoutVerb)" : "return a computed value")
        }
        if results.yields { choice.offer("\(results.verb) \(yieldedNoun)") }
    }

    /// What is returned or yielded, at length, or in short when that is too long for a line.
    private func offerResults(to choice: inout PhraseChoice, _ phrase: (String) -> String?) {
        guard !choice.isSettled, results.yields || results.returnsValue else { return }
        guard let whole = results.yields ? results.yielded : results.returned else { return }
        if !scope.wrappers.isEmpty, whole.hasPrefix("whether ") { return choice.offer("find out \(whole)") }
        choice.offer(phrase(whole))
        guard !choice.isSettled, whole.utf8.count >= 30 else { return }
        let brief = results.brief
        choice.offer((results.yields ? brief.yielded : brief.returned).flatMap(phrase))
    }

    /// Which attributes are set, and which functions called.
    private func offerDeeds(to choice: inout PhraseChoice, set: String, call: String) {
        if choice.isSettled { return }
        let attributes = publicAttributes
        if !attributes.isEmpty { choice.offer(set + Phrases.list(attributes, atMost: 3)) }
        if choice.isSettled { return }
        let calls = tellingCalls
        guard !calls.isEmpty else { return }
        for count in 0..<3 { choice.offer(call + Phrases.list(calls, atMost: 3 - count)) }
    }

    private var nameWithoutVerb: String {
        let words = Phrases.words(of: name)
        let isGetter =
            words.count > 1 && ["get", "compute", "return", "fetch", "find", "make", "create"].contains(words[0])
        return (isGetter ? Array(words.dropFirst()) : words).joined(separator: " ")
    }

    var raisedOnly: String? {
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
    private func offerAdditions(to choice: inout PhraseChoice, behind base: String) {
        let link = results.yields && scope.wrappers.isEmpty ? ", yielding " : " and \(results.verb) "
        let isReturning = base.hasPrefix("return ")
        offerResults(to: &choice) { isReturning ? "\(results.verb) \($0)" : base + link + $0 }
        offerDeeds(to: &choice, set: "\(base) and set ", call: "\(base) by calling ")
    }
}

extension String {
    fileprivate var trimmingEnd: String { utf8.last == 0x20 ? String(dropLast()) : self }
}

extension SourceOutline {
    /// The most lines that are searched for imports.
    private static let mostImportLines = 1000

    /// Whether one of the file's first lines imports a name from a module in the plain form.
    fileprivate func imports(_ name: String, from module: String) -> Bool {
        let wanted = Array("from \(module) import ".utf8)
        for start in tables.lineStarts.prefix(Self.mostImportLines).map(Int.init) {
            guard start < file.bytes.count, file.bytes[start] == wanted[0] else { continue }
            guard file.bytes[start...].starts(with: wanted) else { continue }
            let line = file.bytes[start...].prefix { $0 != 0x0A && $0 != 0x0D }
            if String(decoding: line, as: UTF8.self).contains(name) { return true }
        }
        return false
    }
}
