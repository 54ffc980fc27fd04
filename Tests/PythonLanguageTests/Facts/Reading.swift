import PythonLanguage
import SourceCode
import Testing

/// What the reader makes of a text.
struct Reading {
    let outline: SourceOutline

    init(_ text: String) throws {
        outline = try PythonLanguage().read(SourceFile(text: text))
    }

    /// The declaration of a path, the last if there are several.
    func callAsFunction(_ path: String = "f") throws -> Declaration {
        try #require(outline.declarations.last { $0.path == path })
    }

    /// The paths of all declarations but the module, in file order; from the second of a path on with its ordinal.
    var paths: [String] {
        outline.declarations.dropFirst().map { declaration in
            let identity = declaration.identity
            return identity.ordinal == 1 ? identity.path : "\(identity.path) #\(identity.ordinal)"
        }
    }

    /// The paths of the declarations with a trait.
    func paths(with trait: DeclarationTraits) -> [String] {
        outline.declarations.filter { $0.traits.contains(trait) }.map(\.path)
    }
}

/// A function `f` with a body, each of whose lines is indented.
func function(_ body: String) -> String {
    let lines = body.split(separator: "\n", omittingEmptySubsequences: false)
    return "def f():\n" + lines.map { $0.isEmpty ? "\n" : "    \($0)\n" }.joined()
}

extension Parameter {
    /// The parameter as a line of text.
    var line: String {
        let receiver = isReceiver ? "receiver " : ""
        let type = annotation.map { ": \($0)" } ?? ""
        let value = defaultValue.map { " = \($0)" } ?? ""
        return "\(receiver)\(kind) \(name)\(type)\(value)"
    }
}

extension ResultFact {
    /// The result as a line of text.
    var line: String { (isDelegating ? "from " : "") + "\(kind)" + (value.isEmpty ? "" : " \(value)") }
}

extension RaiseFact {
    /// The way of raising as a line of text.
    var line: String {
        var words = [exception ?? raisedName.map { "variable \($0)" } ?? "something"]
        if let message { words.append(message) }
        if isReraise { words.append("again") }
        if isCaughtInside { words.append("inside") }
        return (words + guards.map { "| \($0.kind) \($0.condition)" }).joined(separator: " ")
    }
}

extension Field {
    /// The field as a line of text.
    var line: String {
        let type = annotation.map { ": \($0)" } ?? ""
        let text = value.map { " = \(valueKind) \($0)" } ?? ""
        return name + type + text + (comment.map { " # \($0)" } ?? "") + (docstring.map { " \($0)" } ?? "")
    }
}
