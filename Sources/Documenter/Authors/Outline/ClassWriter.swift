import Docstrings
import SourceCode

/// Writes the docstring of a class: what it is, the parameters of its constructor, its attributes.
struct ClassWriter {
    let target: DocumentationTarget
    private let members: [Declaration]

    init(target: DocumentationTarget) {
        self.target = target
        members = target.declaration.members
    }

    private var declaration: Declaration { target.declaration }
    private var traits: DeclarationTraits { declaration.traits }

    func docstring() -> Docstring {
        var text = CommentedText(summary: summary(), width: target.maximumSummaryWidth)
        let comment = CommentReader.prose(declaration.leadingComment)
        if let comment { text.adoptFreely(comment) }
        let attributes = AttributeWriter(target: target, constructor: constructor)
        var sections: [Docstring.Section] = []
        let scope = describedConstructor.map { FunctionScope($0) }
        let parameters = scope.map { ParameterWriter(scope: $0, content: target.content).entries() } ?? []
        if !parameters.isEmpty { sections.append(.parameters(parameters)) }
        let entries = attributes.entries()
        if !entries.isEmpty { sections.append(.attributes(entries)) }
        let raises = scope.map { RaiseWriter(scope: $0).entries() } ?? []
        if !raises.isEmpty { sections.append(.raises(raises)) }
        return Docstring(summary: text.summary, description: text.description, sections: sections)
    }

    /// The constructor, when the class has one of its own that takes over no generated one.
    private var constructor: Declaration? {
        members.last { $0.kind == .function && $0.name == "__init__" && !$0.traits.contains(.isOverload) }
    }

    private var describedConstructor: Declaration? {
        guard target.content.classDescribesConstructor, let constructor, !constructor.hasDocstring else { return nil }
        return constructor
    }

    private func summary() -> String {
        let sentences = phrases().map(Phrases.sentence)
        return sentences.first { Phrases.fits($0, in: target.maximumSummaryWidth + 1) } ?? sentences.last ?? ""
    }

    private func phrases() -> [String] {
        let noun = Phrases.words(of: declaration.name).joined(separator: " ")
        let fields = declaration.fields.map(\.name).filter { !$0.hasPrefix("_") }.map { "`\($0)`" }
        if traits.contains(.isEnum) { return listed("enumeration of", fields, "enumeration with", "member") }
        if traits.contains(.isNamedTuple) { return listed("named tuple of", fields, "named tuple with", "field") }
        if traits.contains(.isTypedDict) { return listed("dictionary with the keys", fields, "dictionary with", "key") }
        if traits.contains(.isException) { return exceptionPhrases() }
        if traits.contains(.isDataclass) {
            return listed("data class with the fields", fields, "data class with", "field")
        }
        if isTestCase { return testPhrases(noun) }
        return plainPhrases(noun)
    }

    private func listed(_ start: String, _ names: [String], _ short: String, _ noun: String) -> [String] {
        if names.isEmpty { return ["\(short) no \(noun)s"] }
        let singular =
            names.count == 1 ? start.replacingSuffix("keys", "key").replacingSuffix("fields", "field") : start
        return ["\(singular) \(Phrases.list(names))", "\(short) \(Phrases.count(names.count, noun))"]
    }

    private var baseNames: [String] {
        declaration.bases.filter { !$0.contains("=") && !$0.hasPrefix("*") && $0 != "object" }.map(Phrases.collapsed)
    }

    private func exceptionPhrases() -> [String] {
        let raisers = raisingPlaces()
        let base = baseNames.first.flatMap(Phrases.code)
        var phrases: [String] = []
        if !raisers.isEmpty { phrases.append("exception raised by \(Phrases.list(raisers, atMost: 3))") }
        if raisers.count > 1 { phrases.append("exception raised by \(raisers.count) functions of this module") }
        if let base { phrases.append("exception of the kind \(base)") }
        return phrases + ["exception"]
    }

    /// The functions of the file that let this exception out.
    private func raisingPlaces() -> [String] {
        let outline = declaration.outline
        let name = declaration.name
        let suffix = "." + name
        let rows = outline.tables.raises.indices.filter { row in
            let raise = outline.tables.raises[row]
            guard !raise.isCaughtInside, raise.exception.count >= declaration.record.name.count else { return false }
            let text = outline.text(raise.exception)
            return text == name || text.hasSuffix(suffix)
        }
        guard !rows.isEmpty else { return [] }
        let functions = outline.declarations.filter { function in
            rows.contains { function.record.raises.rows.contains($0) }
        }
        return UniqueNames(functions.map(\.path)).quoted
    }

    private var isTestCase: Bool {
        declaration.name.hasPrefix("Test") || baseNames.contains { $0.hasSuffix("TestCase") }
    }

    private func testPhrases(_ noun: String) -> [String] {
        let tests = members.filter { $0.kind == .function && $0.name.hasPrefix("test") }
        let subject = noun.split(separator: " ").filter { !["test", "tests", "case"].contains($0) }.joined(
            separator: " "
        )
        guard !tests.isEmpty else {
            return ["test case based on \(Phrases.list(baseNames.compactMap(Phrases.code)))", "test case"]
        }
        let count = tests.count == 1 ? "a test" : "\(tests.count) tests"
        return subject.isEmpty
            ? ["test case with \(count)"] : ["test case with \(count) of \(subject)", "test case with \(count)"]
    }

    private func plainPhrases(_ noun: String) -> [String] {
        let kind = traits.contains(.isProtocol) ? "protocol" : traits.contains(.isMetaclass) ? "metaclass" : noun
        let bases = baseNames.filter {
            !$0.hasPrefix("Protocol") && !$0.hasPrefix("Generic") && $0 != "type" && $0 != "ABC" && $0 != "abc.ABC"
        }.compactMap(Phrases.code)
        let methods = members.filter {
            $0.kind == .function && !$0.name.hasPrefix("_") && !$0.traits.contains(.isSetter)
        }
        let names = UniqueNames(methods.map(\.name)).quoted
        let based = bases.isEmpty ? kind : "\(kind) based on \(Phrases.list(bases))"
        var phrases: [String] = []
        if !names.isEmpty {
            phrases.append("\(based) with \(Phrases.list(names))")
            phrases.append("\(based) with \(Phrases.list(names, atMost: 2))")
            phrases.append("\(based) with \(Phrases.count(names.count, "method"))")
        }
        if names.isEmpty {
            let fields = declaration.fields.map(\.name).filter { !$0.hasPrefix("_") }.map { "`\($0)`" }
            if !fields.isEmpty { phrases.append("\(based) with \(Phrases.list(fields, atMost: 3))") }
            let special = members.filter { $0.kind == .function && $0.name.hasPrefix("__") && $0.name != "__init__" }
                .map { "`\($0.name)`" }
            if !special.isEmpty { phrases.append("\(based) with \(Phrases.list(special, atMost: 3))") }
            let attributes = (constructor?.attributes ?? []).map(\.name).filter { !$0.hasPrefix("_") }.map { "`\($0)`" }
            if !attributes.isEmpty { phrases.append("\(based) with \(Phrases.list(attributes, atMost: 3))") }
        }
        return phrases + [based, kind]
    }
}

extension Declaration {
    /// The declarations directly inside, in file order.
    var members: [Declaration] {
        let declarations = outline.tables.declarations
        var rows: [Int] = []
        var next = row + 1
        while next < declarations.count, Int(declarations[next].parent) >= row {
            if Int(declarations[next].parent) == row { rows.append(next) }
            next += 1
        }
        return rows.map { Declaration(outline: outline, row: $0) }
    }
}

extension String {
    fileprivate func replacingSuffix(_ suffix: String, _ other: String) -> String {
        hasSuffix(suffix) ? dropLast(suffix.count) + other : self
    }
}
