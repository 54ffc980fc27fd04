import Docstrings
import SourceCode

/// Writes the docstring of a class: what it is, the parameters of its constructor, its attributes.
struct ClassWriter {
    let target: DocumentationTarget
    private let members: [Declaration]
    private let classBody: ClassBody

    init(target: DocumentationTarget) {
        self.target = target
        members = target.declaration.members
        classBody = ClassBody(target.declaration, members: members)
    }

    private var declaration: Declaration { target.declaration }
    private var traits: DeclarationTraits { declaration.traits }

    func docstring() -> Docstring {
        var text = CommentedText(summary: summary(), width: target.maximumSummaryWidth)
        let comment = CommentReader.prose(declaration.leadingComment)
        if let comment { text.adoptFreely(comment) }
        let constructor = constructor
        let constructorScope = constructor.map { FunctionScope($0) }
        let attributes = AttributeWriter(target: target, constructor: constructorScope, members: classBody)
        var sections: [Docstring.Section] = []
        let scope = constructor.map(isDescribed) == true ? constructorScope : nil
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
        members.last {
            $0.kind == .function && $0.isPrivate && $0.name == "__init__" && !$0.traits.contains(.isOverload)
        }
    }

    private func isDescribed(_ constructor: Declaration) -> Bool {
        target.content.classDescribesConstructor && !constructor.hasDocstring
    }

    private func summary() -> String {
        var choice = PhraseChoice(width: target.maximumSummaryWidth)
        if traits.contains(.isEnum) {
            offerFields(to: &choice, "enumeration of", "enumeration with", "member")
        } else if traits.contains(.isNamedTuple) {
            offerFields(to: &choice, "named tuple of", "named tuple with", "field")
        } else if traits.contains(.isTypedDict) {
            offerFields(to: &choice, "dictionary with the keys", "dictionary with", "key")
        } else if traits.contains(.isException) {
            offerException(to: &choice)
        } else if traits.contains(.isDataclass) {
            offerFields(to: &choice, "data class with the fields", "data class with", "field")
        } else {
            let noun = noun
            if isTestCase { offerTests(to: &choice, noun) } else { offerPlain(to: &choice, noun) }
        }
        return choice.sentenceOrLast
    }

    private var publicFields: [String] {
        UniqueNames(declaration.fields.lazy.filter(isListed).map(\.name)).quoted
    }

    private func isListed(_ field: Field) -> Bool {
        guard !field.name.hasPrefix("_"), classBody.isMember(field) else { return false }
        guard traits.contains(.isDataclass), let annotation = field.annotation else { return true }
        return !Phrases.isFound("ClassVar", in: annotation) && !Phrases.isFound("InitVar", in: annotation)
    }

    private func offerFields(to choice: inout PhraseChoice, _ start: String, _ short: String, _ noun: String) {
        let names = publicFields
        if names.isEmpty { return choice.offer("\(short) no \(noun)s") }
        let singular =
            names.count == 1 ? start.replacingSuffix("keys", "key").replacingSuffix("fields", "field") : start
        choice.offer("\(singular) \(Phrases.list(names))")
        choice.offer("\(short) \(Phrases.count(names.count, noun))")
    }

    private var baseNames: [String] {
        declaration.bases.filter { !$0.contains("=") && !$0.hasPrefix("*") && $0 != "object" }.map(Phrases.collapsed)
    }

    private func offerException(to choice: inout PhraseChoice) {
        let raisers = raisingPlaces()
        if !raisers.isEmpty { choice.offer("exception raised by \(Phrases.list(raisers, atMost: 3))") }
        if raisers.count > 1 { choice.offer("exception raised by \(raisers.count) functions of this module") }
        if let base = baseNames.first.flatMap(Phrases.code) { choice.offer("exception of the kind \(base)") }
        choice.offer("exception")
    }

    /// The most `raise` statements of a file that are searched for an exception's name.
    private static let mostRaises = 2000

    /// The functions of the file that let this exception out; none where there is too much to search.
    private func raisingPlaces() -> [String] {
        let outline = declaration.outline
        let name = outline.file.bytes[declaration.record.name.offsets]
        guard outline.tables.raises.count <= Self.mostRaises else { return [] }
        var paths: [(row: Int, path: String)] = []
        for (row, raise) in outline.tables.raises.enumerated() where raise.canLeave {
            guard raise.exception.count >= name.count else { continue }
            let text = outline.file.bytes[raise.exception.offsets]
            guard text.suffix(name.count) == name else { continue }
            guard text.count == name.count || text.dropLast(name.count).last == UInt8(ascii: ".") else { continue }
            if let function = outline.declaration(raising: row), function.row > 0 {
                paths.append((function.row, function.path))
            }
        }
        return UniqueNames(paths.sorted { $0.row < $1.row }.map(\.path)).quoted
    }

    private var isTestCase: Bool {
        declaration.name.hasPrefix("Test") || baseNames.contains { $0.hasSuffix("TestCase") }
    }

    private func offerTests(to choice: inout PhraseChoice, _ noun: String) {
        let tests = members.filter { $0.kind == .function && $0.name.hasPrefix("test") }
        guard !tests.isEmpty else {
            choice.offer("test case based on \(Phrases.list(baseNames.compactMap(Phrases.code)))")
            return choice.offer("test case")
        }
        let subject = noun.split(separator: " ").filter { $0 != "test" && $0 != "tests" && $0 != "case" }
        let count = tests.count == 1 ? "a test" : "\(tests.count) tests"
        if !subject.isEmpty { choice.offer("test case with \(count) of \(subject.joined(separator: " "))") }
        choice.offer("test case with \(count)")
    }

    /// The name's words, unless they are too few or negate what follows.
    private var noun: String {
        let words = Phrases.words(of: declaration.name)
        let noun = words.joined(separator: " ")
        let isUnclear = noun.utf8.count <= 2 || ["no", "not", "non", "without"].contains(words.first)
        return isUnclear && !isTestCase ? "class" : noun
    }

    private func offerPlain(to choice: inout PhraseChoice, _ noun: String) {
        let kind = traits.contains(.isProtocol) ? "protocol" : traits.contains(.isMetaclass) ? "metaclass" : noun
        let bases = baseNames.filter {
            !$0.hasPrefix("Protocol") && !$0.hasPrefix("Generic") && $0 != "type" && $0 != "ABC" && $0 != "abc.ABC"
        }.compactMap(Phrases.code)
        let based = bases.isEmpty ? kind : "\(kind) based on \(Phrases.list(bases))"
        let methods = UniqueNames(members.lazy.filter(isPublicMethod).map(\.name)).quoted
        if methods.count == 1, kind == "class" { choice.offer("\(based) with the method \(methods[0])") }
        if !methods.isEmpty {
            choice.offer("\(based) with \(Phrases.list(methods))")
            choice.offer("\(based) with \(Phrases.list(methods, atMost: 2))")
            choice.offer("\(based) with \(Phrases.count(methods.count, "method"))")
        } else {
            offerOthers(to: &choice, based)
        }
        choice.offer(based)
        choice.offer(kind)
    }

    private func isPublicMethod(_ member: Declaration) -> Bool {
        member.kind == .function && !member.isPrivate && !member.traits.contains(.isSetter)
    }

    /// What a class has that has no public method.
    private func offerOthers(to choice: inout PhraseChoice, _ based: String) {
        let fields = publicFields
        if !fields.isEmpty { choice.offer("\(based) with \(Phrases.list(fields, atMost: 3))") }
        if choice.isSettled { return }
        let special = members.filter { $0.kind == .function && $0.name.hasPrefix("__") && $0.name != "__init__" }
            .map { "`\($0.name)`" }
        if !special.isEmpty { choice.offer("\(based) with \(Phrases.list(special, atMost: 3))") }
        if choice.isSettled { return }
        let attributes = (constructor?.attributes ?? []).map(\.name).filter { !$0.hasPrefix("_") }.map { "`\($0)`" }
        if !attributes.isEmpty { choice.offer("\(based) with \(Phrases.list(attributes, atMost: 3))") }
    }
}

extension SourceOutline {
    /// The declaration whose own body holds a row of the table of raised exceptions.
    func declaration(raising row: Int) -> Declaration? {
        let offset = tables.raises[row].statement.start
        var low = 0
        var high = tables.declarations.count
        while low < high {
            let middle = (low + high) / 2
            if tables.declarations[middle].extent.start <= offset { low = middle + 1 } else { high = middle }
        }
        var here = low - 1
        while here >= 0 {
            if tables.declarations[here].raises.rows.contains(row) { return Declaration(outline: self, row: here) }
            here = Int(tables.declarations[here].parent)
        }
        return nil
    }
}

extension Declaration {
    /// The declarations directly inside, in file order.
    var members: [Declaration] {
        var members: [Declaration] = []
        for next in outline.tables.declarations.indices.dropFirst(row + 1) {
            let parent = Int(outline.tables.declarations[next].parent)
            if parent < row { break }
            if parent == row { members.append(Declaration(outline: outline, row: next)) }
        }
        return members
    }

    /// Whether the name begins with an underscore.
    var isPrivate: Bool {
        let name = outline.tables.declarations[row].name
        return !name.isEmpty && outline.file.bytes[name.offsets.lowerBound] == UInt8(ascii: "_")
    }
}

extension String {
    fileprivate func replacingSuffix(_ suffix: String, _ other: String) -> String {
        hasSuffix(suffix) ? dropLast(suffix.count) + other : self
    }
}
