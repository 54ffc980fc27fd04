import SourceCode

/// What decorators and bases make of a declaration, told by the last component of their names.
extension FactsBuilder {
    func decoratorTraits(of record: DeclarationRecord) -> DeclarationTraits {
        var traits: DeclarationTraits = []
        for row in record.decorators.rows {
            let name = dottedName(tables.ranges[row])
            traits.formUnion(decoratorTraits(named: lastComponent(name), isDotted: name.count != lastLength(name)))
        }
        if record.decorators.rows.isEmpty { return traits }
        let isRegistered = record.decorators.rows.contains {
            lastComponent(dottedName(tables.ranges[$0])) == "register"
        }
        if isRegistered, bytesEqual(record.name, "_") { traits.insert(.isRegistration) }
        return traits
    }

    private func lastLength(_ range: ByteRange) -> Int { lastComponent(range).utf8.count }

    private func decoratorTraits(named name: String, isDotted: Bool) -> DeclarationTraits {
        switch name {
        case "overload": .isOverload
        case "property", "cached_property", "getter": .isProperty
        case "abstractproperty": [.isProperty, .isAbstract]
        case "setter": isDotted ? .isSetter : []
        case "deleter": isDotted ? .isDeleter : []
        case "staticmethod": .isStaticMethod
        case "abstractstaticmethod": [.isStaticMethod, .isAbstract]
        case "classmethod": .isClassMethod
        case "abstractclassmethod": [.isClassMethod, .isAbstract]
        case "abstractmethod": .isAbstract
        case "override": .isOverride
        case "contextmanager", "asynccontextmanager": .isContextManager
        case "dataclass", "dataclass_transform", "define", "frozen", "mutable", "attrs", "attributes": .isDataclass
        case "s": isDotted ? .isDataclass : []
        default: []
        }
    }

    func baseTraits(of record: DeclarationRecord) -> DeclarationTraits {
        var traits: DeclarationTraits = []
        for row in record.bases.rows {
            let base = tables.ranges[row]
            if isKeywordArgument(base) { continue }
            traits.formUnion(baseTraits(named: lastComponent(dottedName(base))))
        }
        return traits
    }

    private func baseTraits(named name: String) -> DeclarationTraits {
        switch name {
        case "Enum", "IntEnum", "StrEnum", "Flag", "IntFlag", "ReprEnum": .isEnum
        case "NamedTuple": .isNamedTuple
        case "TypedDict": .isTypedDict
        case "Protocol": .isProtocol
        case "BaseModel": .isDataclass
        case "type", "ABCMeta", "EnumMeta", "EnumType": .isMetaclass
        case "BaseException", "BaseExceptionGroup", "ExceptionGroup": .isException
        default:
            name.hasSuffix("Error") || name.hasSuffix("Exception") || name.hasSuffix("Warning")
                ? .isException : name.hasSuffix("Enum") ? .isEnum : []
        }
    }

    /// The dotted name at the beginning of an expression: `a.b` of `a.b(c)[d]`.
    private func dottedName(_ range: ByteRange) -> ByteRange {
        var end = Int(range.start)
        while end < Int(range.end), base[end] >= 0x80 || base[end].isNameStart || base[end].isDigit || base[end] == 0x2E
        {
            end += 1
        }
        return ByteRange(Int(range.start), end)
    }

    private func isKeywordArgument(_ range: ByteRange) -> Bool {
        var here = Int(dottedName(range).end)
        while here < Int(range.end), base[here].isBlank { here += 1 }
        return here + 1 < Int(range.end) && base[here] == UInt8(ascii: "=") && base[here + 1] != UInt8(ascii: "=")
    }
}
