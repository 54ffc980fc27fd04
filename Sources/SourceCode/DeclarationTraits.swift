/// What kind of thing is declared.
public enum DeclarationKind: UInt8, Hashable, Sendable, CaseIterable {
    /// A file as a whole.
    case module
    /// A class.
    case `class`
    /// A function, or a method when its parent is a class.
    case function
}

/// Yes-or-no facts of a declaration.
public struct DeclarationTraits: OptionSet, Hashable, Sendable {
    /// A bit for each fact.
    public let rawValue: UInt64

    /// Makes traits from their bits.
    public init(rawValue: UInt64) { self.rawValue = rawValue }

    private init(bit: UInt64) { self.init(rawValue: 1 << bit) }

    /// `async def`.
    public static let isAsync = DeclarationTraits(bit: 0)
    /// The own body yields.
    public static let isGenerator = DeclarationTraits(bit: 1)
    /// Decorated with `overload`.
    public static let isOverload = DeclarationTraits(bit: 2)
    /// A getter: decorated with `property`, `cached_property` or a relative.
    public static let isProperty = DeclarationTraits(bit: 3)
    /// Decorated with `x.setter`.
    public static let isSetter = DeclarationTraits(bit: 4)
    /// Decorated with `x.deleter`.
    public static let isDeleter = DeclarationTraits(bit: 5)
    /// Decorated with `staticmethod`.
    public static let isStaticMethod = DeclarationTraits(bit: 6)
    /// Decorated with `classmethod`, or one of the implicit ones (`__new__` is static, `__init_subclass__` is not).
    public static let isClassMethod = DeclarationTraits(bit: 7)
    /// Decorated with `abstractmethod` or a relative.
    public static let isAbstract = DeclarationTraits(bit: 8)
    /// Decorated with `override`.
    public static let isOverride = DeclarationTraits(bit: 9)
    /// A class decorated as a dataclass (standard library, attrs, pydantic) or derived from a pydantic model.
    public static let isDataclass = DeclarationTraits(bit: 10)
    /// A class derived from an enumeration.
    public static let isEnum = DeclarationTraits(bit: 11)
    /// A class derived from `NamedTuple`.
    public static let isNamedTuple = DeclarationTraits(bit: 12)
    /// A class derived from `TypedDict`.
    public static let isTypedDict = DeclarationTraits(bit: 13)
    /// A class derived from `Protocol`.
    public static let isProtocol = DeclarationTraits(bit: 14)
    /// A class derived from an exception or warning class, by the base's name.
    public static let isException = DeclarationTraits(bit: 15)
    /// The body holds nothing but a docstring, `...`, `pass` or `raise NotImplementedError`.
    public static let isStub = DeclarationTraits(bit: 16)
    /// The body stands on the header's logical line.
    public static let isOneLineSuite = DeclarationTraits(bit: 17)
    /// Declared inside `if`, `try`, `with`, a loop or a `match` arm.
    public static let isConditional = DeclarationTraits(bit: 18)
    /// Declared inside a function, at any depth.
    public static let isNested = DeclarationTraits(bit: 19)
    /// A registration of another function's case under the name `_` or by `@f.register`.
    public static let isRegistration = DeclarationTraits(bit: 20)
    /// The body or class sets `__doc__` itself.
    public static let setsDocstringItself = DeclarationTraits(bit: 21)
    /// Inside a `# fmt: off`, `# yapf: disable` or like zone.
    public static let isInProtectedZone = DeclarationTraits(bit: 22)
    /// A file that says it is generated.
    public static let isGenerated = DeclarationTraits(bit: 23)
    /// The docstring is data at run time (a command's help text, a route's description, a grammar rule, …).
    public static let hasRuntimeDocstring = DeclarationTraits(bit: 24)
    /// Decorated with `contextmanager` or `asynccontextmanager`.
    public static let isContextManager = DeclarationTraits(bit: 25)
    /// Some path reaches the end of the body, so that it may return nothing.
    public static let canFallThrough = DeclarationTraits(bit: 26)
    /// A metaclass: derived from `type` or a class whose name says so.
    public static let isMetaclass = DeclarationTraits(bit: 27)
    /// Decorated in a way that replaces the docstring (`Appender`, `Substitution`, `doc`, …).
    public static let hasDocstringDecorator = DeclarationTraits(bit: 28)
}
