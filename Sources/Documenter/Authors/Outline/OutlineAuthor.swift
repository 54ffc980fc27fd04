public import Docstrings
import SourceCode

/// Writes docstrings from what the code states, and nothing else: no network, no guesses about purpose.
///
/// The result depends on the declaration alone; the same code always gets the same words.
public struct OutlineAuthor: DocstringAuthor {
    /// Makes an author.
    public init() {}

    /// Says what the facts of a declaration tell; the summary is empty where they tell nothing.
    public func write(for target: DocumentationTarget) async throws -> Docstring { docstring(for: target) }

    /// As ``write(for:)``, without waiting and without failing.
    public func docstring(for target: DocumentationTarget) -> Docstring {
        switch target.declaration.kind {
        case .module: ModuleWriter(target: target).docstring()
        case .class: ClassWriter(target: target).docstring()
        case .function: FunctionWriter(target: target).docstring()
        }
    }
}

/// Writes the docstring of a function or method.
struct FunctionWriter {
    let target: DocumentationTarget

    func docstring() -> Docstring {
        let scope = FunctionScope(target.declaration)
        let results = ResultWriter(scope: scope, content: target.content)
        let writer = SummaryWriter(scope: scope, results: results, width: target.maximumSummaryWidth)
        let summary = writer.summary()
        results.isTold = results.isWhole(summary)
        var text = CommentedText(summary: summary, width: target.maximumSummaryWidth)
        if !target.declaration.traits.contains(.isProperty) { text.adopt(target.declaration) }
        var docstring = Docstring(summary: text.summary, description: text.description)
        docstring.sections = sections(scope, results, hasDescription: !text.description.isEmpty)
        return docstring
    }

    private func sections(_ scope: FunctionScope, _ results: ResultWriter, hasDescription: Bool) -> [Docstring.Section]
    {
        var sections: [Docstring.Section] = []
        let parameters = ParameterWriter(scope: scope, content: target.content).entries()
        if !parameters.isEmpty { sections.append(.parameters(parameters)) }
        let returns = results.returnEntry()
        let yields = results.yieldEntry()
        let raises = RaiseWriter(scope: scope).entries()
        let isOnlyNone = returns != nil && !results.returnsValue && results.annotation == nil
        let isShort = parameters.isEmpty && yields == nil && raises.isEmpty && !hasDescription
        if let returns, !(isOnlyNone && isShort) { sections.append(.returns([returns])) }
        if let yields { sections.append(.yields([yields])) }
        if !raises.isEmpty { sections.append(.raises(raises)) }
        return sections
    }
}

/// A summary and a description, with what the comment at the declaration adds.
struct CommentedText {
    private(set) var summary: String
    private(set) var description = ""
    let width: Int

    init(summary: String, width: Int) {
        self.summary = summary
        self.width = width
    }

    /// Takes a function's comment: its first sentence as the summary where it is a command, the rest as description.
    mutating func adopt(_ declaration: Declaration) {
        guard let prose = CommentReader.prose(declaration.leadingComment) else { return }
        let (first, rest) = CommentReader.sentences(prose)
        let words = first.split(separator: " ", maxSplits: 1).map(String.init)
        let verb = words.first.flatMap { word in word.allSatisfy(\.isLetter) ? VerbTable.imperative(of: word) : nil }
        let isNoun =
            words.last.map { text in
                ["of ", "for ", "that ", "are ", "is ", "to ", "in "].contains(where: text.hasPrefix)
            } ?? true
        if let verb, words.count == 2, !isNoun || verb == words.first?.lowercased(), Phrases.fits(first, in: width) {
            summary = Phrases.sentence("\(verb) \(words[1])")
            description = rest
        } else {
            description = Self.ended(prose)
        }
    }

    /// Takes a class's or module's comment, whose first sentence may be anything.
    mutating func adoptFreely(_ prose: String) {
        let (first, rest) = CommentReader.sentences(prose)
        if Phrases.fits(first, in: width), first.first?.isLetter == true, !first.hasPrefix("This ") {
            summary = Phrases.sentence(first)
            description = rest.isEmpty ? "" : Self.ended(rest)
        } else {
            description = Self.ended(prose)
        }
    }

    private static func ended(_ text: String) -> String {
        guard let first = text.first, let last = text.last else { return text }
        let start = first.isLowercase ? first.uppercased() + text.dropFirst() : text
        return ".?!)".contains(last) ? start : start + "."
    }
}
