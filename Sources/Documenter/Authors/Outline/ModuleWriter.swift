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
        let sentences = names.phrases.map(Phrases.sentence)
        return sentences.first { Phrases.fits($0, in: target.maximumSummaryWidth + 1) } ?? sentences.last ?? ""
    }
}

/// What a module defines at its top level, in words.
struct Definitions {
    private(set) var classes: [String] = []
    private(set) var exceptions: [String] = []
    private(set) var functions: [String] = []
    private var statements: ModuleStatements?

    init(module: Declaration) {
        var all: (classes: [String], exceptions: [String], functions: [String]) = ([], [], [])
        for member in module.members {
            let code = "`\(member.name)`"
            if member.kind == .class, member.traits.contains(.isException) {
                if !all.exceptions.contains(code) { all.exceptions.append(code) }
            } else if member.kind == .class {
                if !all.classes.contains(code) { all.classes.append(code) }
            } else if !all.functions.contains(code) {
                all.functions.append(code)
            }
        }
        let hasPublic = (all.classes + all.exceptions + all.functions).contains { !$0.hasPrefix("`_") }
        classes = all.classes.filter { !hasPublic || !$0.hasPrefix("`_") }
        exceptions = all.exceptions.filter { !hasPublic || !$0.hasPrefix("`_") }
        functions = all.functions.filter { !hasPublic || !$0.hasPrefix("`_") }
        if !hasPublic { statements = ModuleStatements(module) }
    }

    private var groups: [(noun: String, plural: String, names: [String])] {
        [("class", "classes", classes), ("exception", "exceptions", exceptions), ("function", "functions", functions)]
            .filter { !$0.2.isEmpty }
    }

    /// The candidates for the summary, the most telling first.
    var phrases: [String] {
        if let phrases = statements?.phrases, !phrases.isEmpty { return phrases }
        guard !groups.isEmpty else { return [] }
        let named = groups.map { "the \($0.names.count == 1 ? $0.noun : $0.plural) \(Phrases.list($0.names))" }
        return ["define \(Phrases.list(named))", counted, numbered]
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

    /// All names, in lines of a width.
    func listing(width: Int) -> String {
        let sentences = groups.filter { $0.names.count > 1 }.map { "The \($0.plural) are \(Phrases.list($0.names))." }
        return sentences.map { Self.wrapped($0, width: width) }.joined(separator: "\n\n")
    }

    private static func wrapped(_ text: String, width: Int) -> String {
        var lines = [""]
        var used = 0
        for word in text.split(separator: " ") {
            let size = word.utf8.count + (word.contains("`") ? 3 : 1)
            if used > 0, used + size > width {
                lines.append(String(word))
                used = size
            } else {
                lines[lines.count - 1] += (used == 0 ? "" : " ") + word
                used += size
            }
        }
        return lines.joined(separator: "\n")
    }
}

/// What a module without definitions of its own does: the names it imports for others, and its constants.
struct ModuleStatements {
    private var imported: [String] = []
    private var sources: [String] = []
    private var constants: [String] = []

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
            if !name.hasPrefix("_"), !constants.contains("`\(name)`") { constants.append("`\(name)`") }
        }
    }

    private mutating func readImport(_ names: Expression, _ source: String) {
        let list = names.elements ?? names.unwrapped.split(at: .comma)
        for item in list {
            let name = item.last
            if name != "*", !name.hasPrefix("_"), !imported.contains("`\(name)`") { imported.append("`\(name)`") }
        }
        if !sources.contains("`\(source)`") { sources.append("`\(source)`") }
    }

    /// The candidates for the summary.
    var phrases: [String] {
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
