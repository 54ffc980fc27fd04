/// One declaration as a reader stores it: ranges and row indices.
///
/// No text is made; ``Declaration`` gives it.
public struct DeclarationRecord: Sendable {
    /// What is declared.
    public var kind = DeclarationKind.module
    /// Yes-or-no facts.
    public var traits: DeclarationTraits = []
    /// The name; empty for a module.
    public var name = ByteRange.none
    /// The row of the enclosing declaration; -1 for a module.
    public var parent: Int32 = -1
    /// Position among the declarations of the same qualified path, counted from 1.
    public var ordinal: Int32 = 1
    /// From the first decorator to the end of the last statement.
    public var extent = ByteRange.none
    /// From `async`, `def` or `class` to behind the colon.
    public var header = ByteRange.none
    /// From the first statement of the body (docstring included) to the end of the last.
    public var body = ByteRange.none
    /// The blanks before the body's statements; empty for a module; for a one-line suite those before the header.
    public var indentation = ByteRange.none
    /// The docstring's literals, with whatever stands between them; empty if there is none.
    public var docstring = ByteRange.none
    /// Where a missing docstring goes.
    public var insertion: UInt32 = 0
    /// The annotation behind `->`; empty if absent.
    public var returnAnnotation = ByteRange.none
    /// The whole comment block directly above, at the same indentation; empty if absent.
    public var leadingComment = ByteRange.none
    /// The comment on the header's last line; empty if absent.
    public var headerComment = ByteRange.none
    /// The comment block before the first statement of the body; empty if absent.
    public var bodyComment = ByteRange.none
    /// McCabe's cyclomatic complexity of the own body, at least 1; 1 for classes and modules.
    public var complexity: Int32 = 1
    /// Rows of ``SourceOutline/Tables/parameters``, the receiver included.
    public var parameters = RowRange.none
    /// Rows of ``SourceOutline/ranges``: each decorator's expression, without `@`.
    public var decorators = RowRange.none
    /// Rows of ``SourceOutline/ranges``: each argument between a class's parentheses.
    public var bases = RowRange.none
    /// Rows of ``SourceOutline/ranges``: each type parameter between square brackets.
    public var typeParameters = RowRange.none
    /// Rows of ``SourceOutline/Tables/returns``, of the own body only.
    public var returns = RowRange.none
    /// Rows of ``SourceOutline/Tables/yields``, of the own body only.
    public var yields = RowRange.none
    /// Rows of ``SourceOutline/Tables/raises``, of the own body only.
    public var raises = RowRange.none
    /// Rows of ``SourceOutline/ranges``: each exception type named in an `except` clause of the own body.
    public var catches = RowRange.none
    /// Rows of ``SourceOutline/ranges``: the dotted name or other expression in front of each call's parenthesis.
    public var calls = RowRange.none
    /// Rows of ``SourceOutline/fields``: what a class body assigns or annotates.
    public var fields = RowRange.none
    /// Rows of ``SourceOutline/fields``: what a method sets on its first parameter (`self.x = …`).
    public var attributes = RowRange.none
    /// Line of the header's first keyword, counted from 1; 1 for a module.
    public var line: Int32 = 1

    /// The record of a module about which nothing is known yet.
    public init() {}
}

/// What kind of parameter it is, in the order in which Python lists them.
public enum ParameterKind: UInt8, Hashable, Sendable, CaseIterable {
    case positionalOnly, positional, variadic, keywordOnly, variadicKeyword
}

/// One parameter as stored.
public struct ParameterRecord: Sendable {
    /// What kind it is.
    public var kind: ParameterKind
    /// The first parameter of a method, bound by the call: `self`, `cls`.
    public var isReceiver: Bool
    /// The name, without stars.
    public var name: ByteRange
    /// The annotation; empty if absent.
    public var annotation: ByteRange
    /// The default's source; empty if absent.
    public var defaultValue: ByteRange

    /// Makes a parameter without annotation and default.
    public init(kind: ParameterKind, name: ByteRange) {
        self.kind = kind
        self.name = name
        isReceiver = false
        annotation = .none
        defaultValue = .none
    }
}

/// What an expression is at its top, as far as a description needs to know.
public enum ExpressionKind: UInt8, Hashable, Sendable, CaseIterable {
    case absent, none, truth, number, string, formattedString, bytes, ellipsis
    case name, attribute, call, `subscript`, await, yield, lambda, conditional
    case comparison, logical, negation, arithmetic
    case tuple, list, set, dictionary, listComprehension, setComprehension, dictionaryComprehension, generator
    case starred, assignment, template
}

/// A `return` or a `yield` as stored.
public struct ResultRecord: Sendable {
    /// The `return` statement or the `yield` expression.
    public var statement: ByteRange
    /// Empty when nothing is returned or yielded.
    public var value: ByteRange
    /// What the value is at its top.
    public var kind: ExpressionKind
    /// `yield from`.
    public var isDelegating: Bool
    /// Behind a statement after which control never goes on: it is never executed.
    public var isUnreachable = false
    /// A `return` whose value a `finally` replaces.
    public var isReplaced = false

    /// Whether its value can get to the caller.
    public var takesEffect: Bool { !isUnreachable && !isReplaced }

    /// Makes a result.
    public init(statement: ByteRange, value: ByteRange, kind: ExpressionKind, isDelegating: Bool = false) {
        self.statement = statement
        self.value = value
        self.kind = kind
        self.isDelegating = isDelegating
    }
}

/// How a guard leads to what it guards.
public enum GuardKind: UInt8, Hashable, Sendable, CaseIterable {
    /// The test of an `if`, `elif` or `while` holds.
    case holds
    /// The test of an earlier `if` or `elif` of the same chain does not hold.
    case fails
    /// An exception of these types was caught.
    case caught
    /// A `match` arm's pattern fits (with its guard, if any).
    case matches
    /// Inside a loop over this iterable.
    case iterates
    /// Something that is not recorded: the `else` of a loop or a `try`, or the far end of a very long `if` chain.
    case untold
}

/// A comparison operator.
public enum ComparisonOperator: UInt8, Hashable, Sendable, CaseIterable, BitwiseCopyable {
    case none, equal, notEqual, less, lessOrEqual, greater, greaterOrEqual, `in`, notIn, `is`, isNot
}

/// One condition on the way to a `raise`, outermost first.
public struct GuardRecord: Sendable {
    /// How it leads to what it guards.
    public var kind: GuardKind
    /// The test, the exception types, the pattern or the iterable.
    public var condition: ByteRange
    /// What the test is at its top.
    public var shape: ExpressionKind
    /// When the test is one comparison of two operands: the operator, else `.none`.
    public var comparison: ComparisonOperator
    /// The left operand of that comparison.
    public var left: ByteRange
    /// The right operand of that comparison.
    public var right: ByteRange

    /// Makes a condition that is no single comparison.
    public init(kind: GuardKind, condition: ByteRange, shape: ExpressionKind) {
        self.kind = kind
        self.condition = condition
        self.shape = shape
        comparison = .none
        left = .none
        right = .none
    }
}

/// A way in which an exception leaves a statement, as stored.
///
/// A handler's bare `raise` gives a row for each type that it handles.
public struct RaiseRecord: Sendable {
    /// The `raise` statement.
    public var statement: ByteRange
    /// The dotted name that is raised or called, as written; empty when it is something else.
    public var exception: ByteRange
    /// Whether the name is a class's, as far as the file tells; a variable says nothing of what is raised.
    public var namesClass: Bool
    /// The first argument when it is a string literal or f-string; else empty.
    public var message: ByteRange
    /// Rows of ``SourceOutline/guards``, outermost first.
    public var guards: RowRange
    /// Caught by a handler of the same function, or replaced by a `finally` that returns: it cannot leave.
    public var isCaughtInside: Bool
    /// Behind a statement after which control never goes on, or in a handler to which no exception of the type comes.
    public var isUnreachable: Bool
    /// A bare `raise`, or a `raise` of the name a handler bound.
    public var isReraise: Bool
    /// The function may have returned before, on the way to this place.
    public var followsReturn = false
    /// A `break` or `continue` may have led away before, within the loop around this place.
    public var followsJump = false

    /// Whether it can leave the function: it is reached, and not caught inside.
    public var canLeave: Bool { !isCaughtInside && !isUnreachable }

    /// Makes a raise of something unknown, under no condition.
    public init(statement: ByteRange) {
        self.statement = statement
        exception = .none
        namesClass = false
        message = .none
        guards = .none
        isCaughtInside = false
        isUnreachable = false
        isReraise = false
    }
}

/// A class attribute, dataclass field, enum member or instance attribute as stored.
public struct FieldRecord: Sendable {
    /// The name; of an instance attribute without its receiver.
    public var name: ByteRange
    /// The annotation; empty if absent.
    public var annotation: ByteRange
    /// The assigned value; empty if absent or unpacked from a larger one.
    public var value: ByteRange
    /// What the value is at its top.
    public var valueKind: ExpressionKind
    /// The comment that documents it: `#:` or other lines directly above, or one behind it on its line.
    public var comment: ByteRange
    /// The string literal right after the assignment.
    public var docstring: ByteRange

    /// Makes a field of which only the name is known.
    public init(name: ByteRange) {
        self.name = name
        annotation = .none
        value = .none
        valueKind = .absent
        comment = .none
        docstring = .none
    }
}
