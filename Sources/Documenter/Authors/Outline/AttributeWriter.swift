import Docstrings
import SourceCode

/// Writes the public attributes of a class: what its body assigns, and what its constructor sets.
struct AttributeWriter {
    let target: DocumentationTarget
    let constructor: FunctionScope?
    let members: ClassBody

    /// The most attributes that a class lists which declares them by assigning constants.
    private static let mostConstants = 40

    func entries() -> [Docstring.Entry] {
        let instance = (constructor?.declaration.attributes ?? []).filter(isDocumented)
        let fields = classFields
        guard !instance.isEmpty || !fields.isEmpty else { return [] }
        let scope = constructor ?? FunctionScope(target.declaration)
        let settings = settings(among: instance, for: fields)
        var entries: [Docstring.Entry] = []
        var names = UniqueTexts()
        for field in fields where names.insert(field.name) {
            let setting = field.record.value.isEmpty ? settings[field.name] : nil
            entries.append(entry(field, describedBy: setting ?? field, scope, isInstance: setting != nil))
        }
        for field in instance where !isParameter(field, scope) && names.insert(field.name) {
            entries.append(entry(field, describedBy: field, scope, isInstance: true))
        }
        return entries
    }

    /// What the constructor sets of the fields that the class body only annotates.
    private func settings(among instance: [Field], for fields: [Field]) -> [String: Field] {
        guard fields.contains(where: { $0.record.value.isEmpty }) else { return [:] }
        let set = instance.lazy.filter { !$0.record.value.isEmpty }.map { ($0.name, $0) }
        return Dictionary(set) { first, _ in first }
    }

    /// What the class body declares; nothing when it is a long list of constants.
    private var classFields: [Field] {
        let fields = target.declaration.fields.filter { isDocumented($0) && members.isMember($0) }
        let needsAll = !target.declaration.traits.isDisjoint(with: [.isDataclass, .isNamedTuple, .isTypedDict])
        return needsAll || fields.count <= Self.mostConstants ? fields : []
    }

    private func isDocumented(_ field: Field) -> Bool {
        target.declaration.outline.file.bytes[field.record.name.offsets].first != UInt8(ascii: "_")
    }

    /// Whether an attribute only keeps the parameter of its own name, which has an entry already.
    private func isParameter(_ field: Field, _ scope: FunctionScope) -> Bool {
        target.content.classDescribesConstructor && field.record.value.count == field.record.name.count
            && field.value == field.name && scope.isParameter(field.name)
    }

    private func entry(
        _ field: Field,
        describedBy fact: Field,
        _ scope: FunctionScope,
        isInstance: Bool
    ) -> Docstring.Entry {
        var entry = Docstring.Entry(field.name)
        if target.content.includesTypes { entry.type = field.annotation.map(Phrases.collapsed) }
        if let written = written(field, isInstance: isInstance && field.value != nil) {
            entry.text = written + value(of: fact, scope, isInstance: isInstance)
        } else {
            entry.text = text(fact, scope, isInstance: isInstance)
        }
        return entry
    }

    /// The sentence about the value that stands behind what the author of the code wrote; empty where there is none.
    private func value(of field: Field, _ scope: FunctionScope, isInstance: Bool) -> String {
        let traits = target.declaration.traits
        guard field.value != nil, !traits.contains(.isEnum), members.isSole(field) || isInstance else { return "" }
        let value = scope.expression(field.record.value)
        if isInstance {
            guard isSetOnce(field, scope), value.isLiteral, let code = value.code else { return "" }
            return " Initially \(code)."
        }
        if !traits.isDisjoint(with: [.isDataclass, .isNamedTuple]) {
            return fieldDefault(value).map { " " + $0 } ?? ""
        }
        guard value.isLiteral, let code = value.code else { return "" }
        return " Initially \(code)."
    }

    private func text(_ field: Field, _ scope: FunctionScope, isInstance: Bool) -> String {
        if isInstance, let written = written(field, isInstance: true) {
            return written + self.value(of: field, scope, isInstance: true)
        }
        let traits = target.declaration.traits
        guard field.value != nil else { return subject(field) }
        let value = scope.expression(field.record.value)
        if isInstance, !isSetOnce(field, scope) { return "Set by the constructor." }
        if !isInstance, !members.isSole(field) { return subject(field) }
        if traits.contains(.isEnum), !isInstance {
            return value.code.map { "The member with the value \($0)." } ?? "A member of the enumeration."
        }
        if !traits.isDisjoint(with: [.isDataclass, .isNamedTuple]) {
            return [subject(field), fieldDefault(value)].compactMap { $0 }.joined(separator: " ")
        }
        let phrase =
            ValuePhrases(scope: scope).phrase(value)
            ?? "a value computed \(isInstance ? "on construction" : "in the class body")"
        return Phrases.sentence(isInstance ? "initially \(phrase)" : phrase)
    }

    /// Whether the constructor sets an attribute at one place, and under no condition.
    private func isSetOnce(_ field: Field, _ scope: FunctionScope) -> Bool {
        guard let index = scope.settings[field.name], index >= 0 else { return false }
        return scope.isUnconditional(index)
    }

    private func subject(_ field: Field) -> String {
        let value = field.value
        if field.name.utf8.count <= 2 { return "The `\(field.name)` attribute." }
        let isFlag = field.annotation == "bool" || value == "True" || value == "False"
        return Phrases.subject(of: field.name, isFlag: isFlag)
            ?? "The \(Phrases.words(of: field.name).joined(separator: " "))."
    }

    /// The sentence about a field's default; `nil` where it has none, or one that cannot be quoted.
    private func fieldDefault(_ value: Expression) -> String? {
        guard let (callee, arguments) = value.call, ["field", "Field", "ib", "attrib"].contains(callee.last) else {
            return value.code.map { "Defaults to \($0)." }
        }
        for argument in arguments where ["default", "factory", "default_factory"].contains(argument.first) {
            guard argument.holds(.assign, at: argument.tokens.startIndex + 1) else { continue }
            let given = argument.slice(argument.tokens.startIndex + 2..<argument.tokens.endIndex)
            return given.code.map { argument.first == "default" ? "Defaults to \($0)." : "By default made by \($0)." }
        }
        return nil
    }

    /// What the attribute's own docstring or comment says.
    ///
    /// In a constructor a comment above a line is as often about a step, so only one behind it counts.
    private func written(_ field: Field, isInstance: Bool) -> String? {
        if let docstring = field.docstring, let literal = StringLiteral(docstring) {
            let text = Phrases.collapsed(literal.content)
            if !text.isEmpty, text.utf8.count <= 400, !text.contains("\\") { return Phrases.sentence(text) }
        }
        let isBehind = field.record.comment.start > field.record.name.start
        guard isBehind || !isInstance, let comment = field.comment else { return nil }
        guard let prose = CommentReader.prose(comment) ?? (isBehind ? CommentReader.label(comment) : nil) else {
            return nil
        }
        return Phrases.sentence(Phrases.collapsed(prose))
    }
}
