public import SourceCode

extension DeclarationTraits {
    /// The names of the traits that hold, as JSON and messages show them, in the order of their declaration.
    public var names: [String] {
        Self.named.lazy.filter { contains($0.trait) }.map(\.name)
    }

    private static let named: [(trait: DeclarationTraits, name: String)] = [
        (.isAsync, "async"),
        (.isGenerator, "generator"),
        (.isOverload, "overload"),
        (.isProperty, "property"),
        (.isSetter, "setter"),
        (.isDeleter, "deleter"),
        (.isStaticMethod, "staticMethod"),
        (.isClassMethod, "classMethod"),
        (.isAbstract, "abstract"),
        (.isOverride, "override"),
        (.isDataclass, "dataclass"),
        (.isEnum, "enum"),
        (.isNamedTuple, "namedTuple"),
        (.isTypedDict, "typedDict"),
        (.isProtocol, "protocol"),
        (.isException, "exception"),
        (.isStub, "stub"),
        (.isOneLineSuite, "oneLineSuite"),
        (.isConditional, "conditional"),
        (.isNested, "nested"),
        (.isRegistration, "registration"),
        (.setsDocstringItself, "setsDocstringItself"),
        (.isInProtectedZone, "protectedZone"),
        (.isGenerated, "generated"),
        (.hasRuntimeDocstring, "runtimeDocstring"),
        (.isContextManager, "contextManager"),
        (.canFallThrough, "canFallThrough"),
        (.isMetaclass, "metaclass"),
        (.hasDocstringDecorator, "docstringDecorator"),
    ]
}
