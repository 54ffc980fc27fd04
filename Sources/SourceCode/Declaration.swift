/// A module, class or function of an outline, with its facts as text.
public struct Declaration: Sendable {
    /// The outline it belongs to.
    public let outline: SourceOutline
    /// Its row in the outline's table of declarations.
    public let row: Int

    /// Makes the view of a row, which must exist.
    public init(outline: SourceOutline, row: Int) {
        self.outline = outline
        self.row = row
    }

    /// The stored facts.
    public var record: DeclarationRecord { outline.tables.declarations[row] }
    /// What is declared.
    public var kind: DeclarationKind { record.kind }
    /// Yes-or-no facts.
    public var traits: DeclarationTraits { record.traits }
    /// The name; empty for a module.
    public var name: String { outline.text(record.name) }
    /// The enclosing declaration; `nil` for a module.
    public var parent: Declaration? {
        record.parent < 0 ? nil : Declaration(outline: outline, row: Int(record.parent))
    }
    /// Whether it is a function directly in a class.
    public var isMethod: Bool { kind == .function && parent?.kind == .class }
    /// The names from the outermost declaration to this one, joined by periods; empty for a module.
    public var path: String {
        guard let parent, parent.kind != .module else { return name }
        return parent.path + "." + name
    }
    /// What tells it from every other declaration of its file.
    public var identity: DeclarationID { DeclarationID(path: path, ordinal: Int(record.ordinal)) }

    /// Whether a docstring stands in the source.
    public var hasDocstring: Bool { !record.docstring.isEmpty }
    /// The annotation behind `->`, as written.
    public var returnAnnotation: String? { optional(record.returnAnnotation) }
    /// Each decorator's expression, without `@`.
    public var decorators: [String] { texts(record.decorators) }
    /// Each argument between a class's parentheses, keyword arguments included.
    public var bases: [String] { texts(record.bases) }
    /// Each type parameter.
    public var typeParameters: [String] { texts(record.typeParameters) }
    /// The dotted name or other expression in front of each call's parenthesis, in order, with repetitions.
    public var calls: [String] { texts(record.calls) }
    /// Each exception type that an `except` clause of the own body names.
    public var catches: [String] { texts(record.catches) }

    /// The parameters in order, the receiver included.
    public var parameters: [Parameter] {
        outline.tables.parameters[record.parameters.rows].map { Parameter(outline: outline, record: $0) }
    }
    /// The `return` statements of the own body, in order.
    public var returns: [ResultFact] {
        outline.tables.returns[record.returns.rows].map { ResultFact(outline: outline, record: $0) }
    }
    /// The `yield` expressions of the own body, in order.
    public var yields: [ResultFact] {
        outline.tables.yields[record.yields.rows].map { ResultFact(outline: outline, record: $0) }
    }
    /// The ways in which exceptions are raised in the own body, in order.
    public var raises: [RaiseFact] {
        outline.tables.raises[record.raises.rows].map { RaiseFact(outline: outline, record: $0) }
    }
    /// What a class body assigns or annotates, in order.
    public var fields: [Field] {
        outline.tables.fields[record.fields.rows].map { Field(outline: outline, record: $0) }
    }
    /// What a method sets on its receiver, each name once, in order.
    public var attributes: [Field] {
        outline.tables.fields[record.attributes.rows].map { Field(outline: outline, record: $0) }
    }
    /// The comment block directly above, without `#` and common blanks; `nil` if there is none.
    public var leadingComment: String? { optional(record.leadingComment).map(strippedComment) }
    /// The comment on the header's last line, without `#`.
    public var headerComment: String? { optional(record.headerComment).map(strippedComment) }
    /// The comment block before the body's first statement, without `#`.
    public var bodyComment: String? { optional(record.bodyComment).map(strippedComment) }

    private func optional(_ range: ByteRange) -> String? { range.isEmpty ? nil : outline.text(range) }

    private func texts(_ rows: RowRange) -> [String] { outline.tables.ranges[rows.rows].map(outline.text) }
}

/// What tells a declaration from every other of its file: never the name alone.
public struct DeclarationID: Hashable, Sendable {
    /// The names from the outermost declaration inwards, joined by periods; empty for the module.
    public let path: String
    /// Position among the declarations of the same path, counted from 1.
    public let ordinal: Int

    /// Makes an identity.
    public init(path: String, ordinal: Int = 1) {
        self.path = path
        self.ordinal = ordinal
    }
}

/// A parameter with its facts as text.
public struct Parameter: Sendable {
    let outline: SourceOutline
    /// The stored facts.
    public let record: ParameterRecord

    /// What kind it is.
    public var kind: ParameterKind { record.kind }
    /// Whether the call binds it: `self`, `cls`.
    public var isReceiver: Bool { record.isReceiver }
    /// The name, without stars.
    public var name: String { outline.text(record.name) }
    /// The annotation as written.
    public var annotation: String? { record.annotation.isEmpty ? nil : outline.text(record.annotation) }
    /// The default's source text.
    public var defaultValue: String? { record.defaultValue.isEmpty ? nil : outline.text(record.defaultValue) }
}

/// A `return` or `yield` with its facts as text.
public struct ResultFact: Sendable {
    let outline: SourceOutline
    /// The stored facts.
    public let record: ResultRecord

    /// What the value is at its top.
    public var kind: ExpressionKind { record.kind }
    /// The value's source text; empty when there is none.
    public var value: String { outline.text(record.value) }
    /// `yield from`.
    public var isDelegating: Bool { record.isDelegating }
    /// Whether the value can get to the caller: the place is reached, and no `finally` replaces the value.
    public var takesEffect: Bool { record.takesEffect }
    /// The statement's line, counted from 1.
    public var line: Int { outline.position(of: Int(record.statement.start)).line }
}

/// A way in which an exception is raised, with its facts as text.
public struct RaiseFact: Sendable {
    let outline: SourceOutline
    /// The stored facts.
    public let record: RaiseRecord

    /// The exception class's dotted name as written; `nil` when the code does not tell the class.
    public var exception: String? { record.namesClass ? outline.text(record.exception) : nil }
    /// The dotted name that is raised or called, a variable's too; `nil` for any other expression.
    public var raisedName: String? { record.exception.isEmpty ? nil : outline.text(record.exception) }
    /// The message literal as written, with quotes and prefix; `nil` if there is none.
    public var message: String? { record.message.isEmpty ? nil : outline.text(record.message) }
    /// Whether a handler of the same function keeps it inside.
    public var isCaughtInside: Bool { record.isCaughtInside }
    /// Whether it can leave the function: it is reached, and not caught inside.
    public var canLeave: Bool { record.canLeave }
    /// Whether it raises again what a handler caught.
    public var isReraise: Bool { record.isReraise }
    /// Whether the function may have returned before, on the way to this place.
    public var followsReturn: Bool { record.followsReturn }
    /// Whether a `break` or `continue` may have led away before, within the loop around this place.
    public var followsJump: Bool { record.followsJump }
    /// The statement's line, counted from 1.
    public var line: Int { outline.position(of: Int(record.statement.start)).line }
    /// The conditions on the way, outermost first.
    public var guards: [GuardFact] {
        outline.tables.guards[record.guards.rows].map { GuardFact(outline: outline, record: $0) }
    }
}

/// A condition with its facts as text.
public struct GuardFact: Sendable {
    let outline: SourceOutline
    /// The stored facts.
    public let record: GuardRecord

    /// How it leads to what it guards.
    public var kind: GuardKind { record.kind }
    /// The test, the exception types, the pattern or the iterable, as written.
    public var condition: String { outline.text(record.condition) }
    /// The operands' texts and the operator, when the test is one comparison.
    public var comparison: (left: String, operation: ComparisonOperator, right: String)? {
        guard record.comparison != .none else { return nil }
        return (outline.text(record.left), record.comparison, outline.text(record.right))
    }
}

/// A class attribute, dataclass field, enum member or instance attribute with its facts as text.
public struct Field: Sendable {
    let outline: SourceOutline
    /// The stored facts.
    public let record: FieldRecord

    /// The name.
    public var name: String { outline.text(record.name) }
    /// The annotation as written.
    public var annotation: String? { record.annotation.isEmpty ? nil : outline.text(record.annotation) }
    /// The assigned value as written.
    public var value: String? { record.value.isEmpty ? nil : outline.text(record.value) }
    /// What the value is at its top.
    public var valueKind: ExpressionKind { record.valueKind }
    /// The comment that documents it, without `#`.
    public var comment: String? {
        record.comment.isEmpty ? nil : strippedComment(outline.text(record.comment))
    }
    /// The attribute docstring's literal, as written, with quotes.
    public var docstring: String? { record.docstring.isEmpty ? nil : outline.text(record.docstring) }
}

/// A comment block's text: each line without blanks in front, `#`s, one colon and one blank.
func strippedComment(_ text: String) -> String {
    let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
    let stripped = lines.map { line in
        var rest = line.drop { $0 == " " || $0 == "\t" || $0 == "\u{0C}" }.drop { $0 == "#" }
        if rest.first == ":" { rest = rest.dropFirst() }
        if rest.first == " " { rest = rest.dropFirst() }
        return String(rest)
    }
    return stripped.joined(separator: "\n")
}
