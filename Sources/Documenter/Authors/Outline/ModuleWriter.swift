import Docstrings
import SourceCode

/// Writes the docstring of a module: what it defines, or what it passes on.
struct ModuleWriter {
    let target: DocumentationTarget

    func docstring() -> Docstring {
        let names = Definitions(module: target.declaration)
        var text = CommentedText(summary: summary(names), width: target.maximumSummaryWidth)
        if let prose = CommentReader.prose(target.declaration.leadingComment) { text.adoptFreely(prose) }
        var description = text.description
        if description.isEmpty, names.isCounted(text.summary) {
            description = names.listing(width: target.maximumSummaryWidth)
        }
        return Docstring(summary: text.summary, description: description)
    }

    private func summary(_ names: Definitions) -> String {
        var choice = PhraseChoice(width: target.maximumSummaryWidth)
        names.offerPhrases(to: &choice)
        return choice.sentenceOrLast
    }
}

/// What a module defines at its top level, in words.
struct Definitions {
    private(set) var classes: [String] = []
    private(set) var exceptions: [String] = []
    private(set) var functions: [String] = []
    private var statements: ModuleStatements?

    init(module: Declaration) {
        var all = (classes: UniqueNames(), exceptions: UniqueNames(), functions: UniqueNames())
        for member in module.members {
            switch member.kind {
            case .class where member.traits.contains(.isException): all.exceptions.insert(member.name)
            case .class: all.classes.insert(member.name)
            case .function, .module: all.functions.insert(member.name)
            }
        }
        let groups = [all.classes.quoted, all.exceptions.quoted, all.functions.quoted]
        let hasPublic = groups.contains { $0.contains { !$0.hasPrefix("`_") } }
        classes = groups[0].filter { !hasPublic || !$0.hasPrefix("`_") }
        exceptions = groups[1].filter { !hasPublic || !$0.hasPrefix("`_") }
        functions = groups[2].filter { !hasPublic || !$0.hasPrefix("`_") }
        if !hasPublic { statements = ModuleStatements(module) }
    }

    private var groups: [(noun: String, plural: String, names: [String])] {
        [("class", "classes", classes), ("exception", "exceptions", exceptions), ("function", "functions", functions)]
            .filter { !$0.2.isEmpty }
    }

    /// Offers the candidates for the summary, the most telling first.
    func offerPhrases(to choice: inout PhraseChoice) {
        if let phrases = statements?.phrases, !phrases.isEmpty {
            for phrase in phrases { choice.offer(phrase) }
            return
        }
        guard !groups.isEmpty else { return }
        let named = groups.map { "the \($0.names.count == 1 ? $0.noun : $0.plural) \(Phrases.list($0.names))" }
        choice.offer("define \(Phrases.list(named))")
        choice.offer(counted)
        choice.offer(numbered)
    }

    private var counted: String {
        "define "
            + Phrases.list(
                groups.map { $0.names.count == 1 ? "the \($0.noun) \($0.names[0])" : "\($0.names.count) \($0.plural)" }
            )
    }

    private var numbered: String {
        "define " + Phrases.list(groups.map { Phrases.count($0.names.count, $0.noun, $0.plural) })
    }

    /// Whether a sentence tells numbers instead of names.
    func isCounted(_ sentence: String) -> Bool {
        !groups.isEmpty && (sentence == Phrases.sentence(counted) || sentence == Phrases.sentence(numbered))
    }

    /// The most names that a module's docstring lists.
    private static let mostListed = 60

    /// All names, in lines of a width; nothing when there are very many.
    func listing(width: Int) -> String {
        guard groups.reduce(0, { $0 + $1.names.count }) <= Self.mostListed else { return "" }
        let sentences = groups.filter { $0.names.count > 1 }.map { "The \($0.plural) are \(Phrases.list($0.names))." }
        return sentences.map { Self.wrapped($0, width: width) }.joined(separator: "\n\n")
    }

    private static func wrapped(_ text: String, width: Int) -> String {
        var lines = [""]
        var used = 0
        for word in text.utf8.split(separator: UInt8(ascii: " ")) {
            let size = word.count + (word.contains(UInt8(ascii: "`")) ? 3 : 1)
            if used > 0, used + size > width {
                lines.append(String(Substring(word)))
                used = size
            } else {
                if used > 0 { lines[lines.count - 1] += " " }
                lines[lines.count - 1] += Substring(word)
                used += size
            }
        }
        return lines.joined(separator: "\n")
    }
}

/// What a module without definitions of its own does: the names it imports for others, and its constants.
struct ModuleStatements {
    private var importedNames = UniqueNames()
    private var sourceNames = UniqueNames()
    private var constantNames = UniqueNames()

    /// The most bytes that are looked at.
    private static let mostBytes = 100_000

    init(_ module: Declaration) {
        let outline = module.outline
        let range = ByteRange(0, min(outline.file.bytes.count, Self.mostBytes))
        let tokens = CodeToken.tokens(of: range, in: outline)
        for line in tokens.split(whereSeparator: { $0.kind == .newline }) {
            read(Expression(outline: outline, tokens: line), isIndented: isIndented(line, outline))
        }
    }

    private func isIndented(_ line: ArraySlice<CodeToken>, _ outline: SourceOutline) -> Bool {
        guard let start = line.first?.range.offsets.lowerBound, start > 0 else { return false }
        let before = outline.file.bytes[start - 1]
        return before == UInt8(ascii: " ") || before == UInt8(ascii: "\t")
    }

    private mutating func read(_ line: Expression, isIndented: Bool) {
        guard !isIndented else { return }
        if line.begins(with: .from), let cut = line.topIndex(of: [.import]) {
            let source = line.slice(line.tokens.startIndex + 1..<cut).text.split(separator: " ").joined()
            if source.hasPrefix(".") { readImport(line.slice(cut + 1..<line.tokens.endIndex), source) }
        } else if line.tokens.count > 2, line.holds(.assign, at: line.tokens.startIndex + 1),
            let first = line.tokens.first, first.kind == .name
        {
            let name = line.first
            if !name.hasPrefix("_") { constantNames.insert(name) }
        }
    }

    private mutating func readImport(_ names: Expression, _ source: String) {
        let list = names.elements ?? names.unwrapped.split(at: .comma)
        for item in list {
            let name = item.last
            if name != "*", !name.hasPrefix("_") { importedNames.insert(name) }
        }
        sourceNames.insert(source)
    }

    /// The candidates for the summary.
    var phrases: [String] {
        let (constants, imported, sources) = (constantNames.quoted, importedNames.quoted, sourceNames.quoted)
        var phrases: [String] = []
        if !constants.isEmpty {
            let noun = constants.count == 1 ? "the name" : "the names"
            phrases += ["define \(noun) \(Phrases.list(constants))", "define \(constants.count) names"]
        }
        if !sources.isEmpty {
            var passed: [String] = []
            if !imported.isEmpty { passed.append("import \(Phrases.list(imported)) from \(Phrases.list(sources))") }
            if !imported.isEmpty {
                passed.append(
                    "import \(imported.count == 1 ? "a name" : "\(imported.count) names") from \(Phrases.list(sources, atMost: 3))"
                )
            }
            passed.append("import from \(sources.count == 1 ? "a module" : "\(sources.count) modules")")
            phrases = passed + phrases
        }
        return phrases
    }
}
