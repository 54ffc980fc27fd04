import Docstrings
import SourceCode

/// Says what a function returns and yields, from the values that its statements give.
final class ResultWriter {
    let scope: FunctionScope
    let content: DocstringContent
    /// What the `return` statements give, in one phrase; `nil` when some value cannot be described.
    let returned: String?
    /// What the `yield` expressions give, in one phrase.
    let yielded: String?
    /// Whether the summary has said what is returned.
    var isTold = false

    init(scope: FunctionScope, content: DocstringContent) {
        self.scope = scope
        self.content = content
        let phrases = ResultPhrases(scope: scope, isBrief: false)
        returned = phrases.returned
        yielded = phrases.yielded
    }

    /// The same in fewer words.
    var brief: ResultPhrases { ResultPhrases(scope: scope, isBrief: true) }

    private var declaration: Declaration { scope.declaration }

    /// The verb for what the body does with its results: a decorator may keep them from the caller.
    var verb: String { scope.wrappers.isEmpty ? yields ? "yield" : "return" : "compute" }

    /// The return annotation on one line.
    var annotation: String? { declaration.returnAnnotation.map(Phrases.collapsed) }

    /// Whether some `return` that is reached gives a value other than a plain `None`.
    var returnsValue: Bool {
        let rows = declaration.record.returns.rows
        return scope.outline.tables.returns[rows].contains { $0.takesEffect && $0.kind != .absent && $0.kind != .none }
    }

    /// Whether there is a section of yields.
    var yields: Bool { declaration.traits.contains(.isGenerator) }

    /// The section of what is returned; `nil` when there is nothing to return.
    func returnEntry() -> Docstring.Entry? {
        if declaration.traits.contains(.isProperty) || returnsNothingByType { return nil }
        let type = yields ? GeneratorType(annotation)?.result : annotation
        if returnsValue {
            return entry(type, text: wrapped(told(type) ?? returned ?? unknownValue(type)))
        }
        if yields {
            guard let annotation, GeneratorType(annotation) == nil else { return nil }
            return entry(annotation, text: wrapped("a generator of what is yielded"))
        }
        let returns = declaration.returns
        if returns.isEmpty {
            if neverReturns { return entry(type, text: "never returns") }
            return type == nil ? nil : entry(type, text: wrapped(unknownValue(type)))
        }
        let isLeft = returns.contains(where: \.takesEffect) || declaration.traits.contains(.canFallThrough)
        return entry(type, text: isLeft ? wrapped("always `None`") : "never returns")
    }

    /// Whether a summary says all that there is to say of what is returned.
    func isWhole(_ summary: String) -> Bool {
        guard let returned, summary.hasPrefix("Return ") else { return false }
        return summary.utf8.dropFirst(7).dropLast().elementsEqual(returned.utf8)
    }

    /// What is left to say of a result that the summary describes: its noun, or that it is no other than the truth.
    private func told(_ type: String?) -> String? {
        guard isTold, let returned, scope.wrappers.isEmpty else { return nil }
        if returned.hasPrefix("whether ") {
            return type == "bool" ? "`True` if \(returned.dropFirst(8)), else `False`" : nil
        }
        let words = returned.split(separator: " ", maxSplits: 3)
        guard words.count == 4, words[2] == "of", words[1] != "tuple", ["the", "a", "an"].contains(words[0]) else {
            return nil
        }
        return Phrases.isFound(", or ", in: returned) ? nil : "the \(words[1])"
    }

    /// A result as the caller gets it, behind the decorators of which nothing is known.
    private func wrapped(_ phrase: String) -> String {
        let wrappers = scope.wrappers
        if wrappers.isEmpty { return phrase }
        let makers = "what \(Phrases.list(wrappers)) \(wrappers.count == 1 ? "makes" : "make") of"
        if phrase.hasPrefix("whether ") { return "\(makers) the answer \(phrase)" }
        return "\(makers) \(phrase == "always `None`" ? "`None`" : phrase)"
    }

    private var returnsNothingByType: Bool {
        annotation == "None" || annotation == "NoReturn"
    }

    /// Whether the annotation says in another spelling than plain `NoReturn` that no call ends normally.
    private var neverReturns: Bool {
        guard let bare = annotation?.filter({ $0 != "'" && $0 != "\"" }) else { return false }
        return bare.hasSuffix("NoReturn") || bare.hasSuffix("Never")
    }

    /// The section of what is yielded; `nil` for what is no generator.
    func yieldEntry() -> Docstring.Entry? {
        guard yields else { return nil }
        let type = GeneratorType(annotation)?.item
        return entry(type, text: wrapped(yielded ?? unknownValue(type)))
    }

    private func entry(_ type: String?, text: String) -> Docstring.Entry {
        Docstring.Entry(names: [], type: content.includesTypes ? type : nil, text: Phrases.sentence(text))
    }

    func unknownValue(_ type: String?) -> String {
        guard let type, let code = Phrases.code(type.filter { $0 != "'" && $0 != "\"" }) else {
            return "the computed value"
        }
        let isName = type.utf8.allSatisfy {
            $0 != UInt8(ascii: "[") && $0 != UInt8(ascii: "|") && $0 != UInt8(ascii: " ")
        }
        if !isName { return "a value of the type \(code)" }
        if code == "`bytes`" { return "a `bytes` object" }
        return type == "bool" ? "`True` or `False`" : "\(Phrases.article(code)) \(code)"
    }
}

/// The values that a function's statements give, in words.
struct ResultPhrases {
    let scope: FunctionScope
    let isBrief: Bool

    private var declaration: Declaration { scope.declaration }
    private var values: ValuePhrases { ValuePhrases(scope: scope, isBrief: isBrief) }

    /// What the `return` statements give, in one phrase; `nil` when some value cannot be described.
    var returned: String? {
        var phrases = UniqueTexts()
        var hasNone = declaration.traits.contains(.canFallThrough)
        for fact in declaration.returns where fact.takesEffect {
            guard fact.kind != .absent, fact.kind != .none else {
                hasNone = true
                continue
            }
            guard let phrase = values.phrase(scope.expression(fact.record.value)) else { return nil }
            phrases.insert(phrase)
        }
        guard !phrases.isEmpty else { return nil }
        let isGenerator = declaration.traits.contains(.isGenerator)
        if hasNone, !isGenerator { phrases.insert("`None`") }
        return joined(phrases.texts)
    }

    /// What the `yield` expressions give, in one phrase.
    var yielded: String? {
        var phrases = UniqueTexts()
        for fact in declaration.yields where fact.takesEffect {
            guard let phrase = phrase(of: fact) else { return nil }
            phrases.insert(phrase)
        }
        return phrases.isEmpty ? "nothing" : joined(phrases.texts)
    }

    private func phrase(of fact: ResultFact) -> String? {
        let value = scope.expression(fact.record.value)
        if value.isEmpty { return "`None`" }
        if fact.isDelegating {
            return value.code.map { "each item of \($0)" }
                ?? value.call?.callee.code.map { "each item of the result of \($0)" }
        }
        guard let name = value.name, !scope.isParameter(name), name != scope.receiver else {
            return values.phrase(value)
        }
        return scope.soleValue(of: name) == nil && scope.isBound(name) ? "each `\(name)`" : values.phrase(value)
    }

    /// Whether a phrase is one piece of code, or a string's.
    private static func isQuoted(_ phrase: String) -> Bool {
        let code = phrase.utf8.drop { $0 != UInt8(ascii: "`") }
        guard
            phrase.utf8.first == UInt8(ascii: "`") || phrase.hasPrefix("the string `")
                || phrase.hasPrefix("the bytes `")
        else { return false }
        return code.dropFirst().firstIndex(of: UInt8(ascii: "`")) == code.indices.last
    }

    private func joined(_ phrases: [String]) -> String? {
        if phrases.count == 1 { return phrases[0] }
        if phrases.allSatisfy(Self.isQuoted) {
            return phrases.count <= 8 ? Phrases.list(phrases, "or") : "one of \(phrases.count) values"
        }
        var shown: [String] = []
        var size = 0
        for phrase in phrases where shown.count < 3 && size + phrase.utf8.count < 170 {
            shown.append(phrase)
            size += phrase.utf8.count
        }
        let rest = phrases.count - shown.count
        if rest > 0 { shown.append(rest == 1 ? "another value" : "one of \(rest) other values") }
        return shown.count == 1 ? shown[0] : shown.dropLast().joined(separator: ", ") + ", or " + (shown.last ?? "")
    }
}

/// The parts of an annotation such as `Generator[int, None, str]`.
struct GeneratorType {
    let item: String?
    let result: String?

    private static let names: Set<String> = [
        "Generator", "Iterator", "Iterable", "AsyncGenerator", "AsyncIterator", "AsyncIterable",
    ]

    /// Reads an annotation; fails for what is no generator's.
    init?(_ annotation: String?) {
        guard let annotation else { return nil }
        let head = annotation.prefix { $0 != "[" }
        guard let name = head.split(separator: ".").last.map(String.init), Self.names.contains(name) else { return nil }
        let inside = annotation.dropFirst(head.count + 1).dropLast()
        let parts = Self.split(inside)
        item = parts.first
        result = name == "Generator" && parts.count == 3 && parts[2] != "None" ? parts[2] : nil
    }

    private static func split(_ text: Substring) -> [String] {
        var parts = [""]
        var depth = 0
        for character in text {
            if "[(".contains(character) { depth += 1 }
            if "])".contains(character) { depth -= 1 }
            if character == ",", depth == 0 { parts.append("") } else { parts[parts.count - 1].append(character) }
        }
        let trimmed = parts.map { Phrases.collapsed($0) }
        return trimmed == [""] ? [] : trimmed
    }
}
