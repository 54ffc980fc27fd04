import SourceCode

/// Which of the called functions a summary names.
extension SummaryWriter {
    /// The distinct functions called, but for those that say little.
    var tellingCalls: [String] { calls { !Self.dull.contains($0) && !Self.hasDullEnding($0) } }

    func calls(where isWanted: (String) -> Bool) -> [String] {
        var names = UniqueNames()
        let raised = declaration.raises.prefix(Self.mostRaises).compactMap(\.raisedName)
        for range in scope.outline.tables.ranges[declaration.record.calls.rows] where range.count <= Phrases.longestCode
        {
            let bytes = scope.outline.file.bytes[range.offsets]
            guard bytes.allSatisfy(Self.isNameByte) else { continue }
            let code = String(decoding: bytes, as: UTF8.self)
            guard isWanted(code), !raised.contains(code) else { continue }
            if code != "print" || names.isEmpty { names.insert(code) }
        }
        return names.quoted
    }

    /// The most `raise` statements whose exceptions are known not to be calls of their own.
    private static let mostRaises = 16

    private static func isNameByte(_ byte: UInt8) -> Bool {
        let letter = byte | 0x20
        return letter >= 0x61 && letter <= 0x7A || byte >= 0x30 && byte <= 0x39 || byte == 0x5F || byte == 0x2E
    }

    static func hasDullEnding(_ code: String) -> Bool {
        code.hasSuffix("Error") || code.hasSuffix("Exception") || code.hasSuffix("Warning") || code.hasSuffix(".append")
    }

    private static let dull: Set<String> = [
        "int", "str", "float", "bool", "list", "tuple", "set", "dict", "bytes", "len", "isinstance", "issubclass",
        "type",
        "hasattr", "getattr", "repr", "id", "callable", "range", "iter", "enumerate", "zip", "super", "min", "max",
        "abs",
        "sum", "any", "all", "hash", "format", "next", "reversed", "map", "filter", "object", "ord", "chr", "sorted",
        "cast",
        "typing.cast", "t.cast", "vars", "property", "locals", "globals", "NotImplementedError", "KeyError",
    ]
}
