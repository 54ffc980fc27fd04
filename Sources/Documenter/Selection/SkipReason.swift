/// Why a declaration is left as it is.
public enum SkipReason: String, Hashable, Sendable, CaseIterable {
    case documented
    case isPrivate = "private"
    case nested
    case initializer
    case test
    case overload
    case accessor = "setter or deleter"
    case registration
    case override
    case runtimeData = "runtime docstring"
    case setsItself = "sets __doc__ itself"
    case generated = "generated file"
    case vendored = "vendored file"
    case protectedZone = "formatter-off zone"
    case stubFile = "stub file"
    case emptyPackage = "empty __init__ file"
    case nothingToSay = "nothing to say"
    case unplaceable = "cannot be placed"
}
