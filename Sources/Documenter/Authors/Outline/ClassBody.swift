import SourceCode

/// What the statements of a class body, without those of its methods and inner classes, make of its attributes.
final class ClassBody {
    private let declaration: Declaration
    private let members: [Declaration]
    private lazy var tokens = ownTokens()
    private lazy var bindings = Bindings(outline: declaration.outline, body: tokens)

    init(_ declaration: Declaration, members: [Declaration]) {
        self.declaration = declaration
        self.members = members
    }

    /// Whether a field is one of the kind that the class has: a member of an enumeration has a value that is no function.
    func isMember(_ field: Field) -> Bool {
        if bindings[field.name].contains(where: \.isDeletion) { return false }
        guard declaration.traits.contains(.isEnum) else { return true }
        guard let value = field.value, field.valueKind != .lambda else { return false }
        return !Self.descriptors.contains { value.hasPrefix($0 + "(") }
    }

    private static let descriptors = [
        "property", "staticmethod", "classmethod", "nonmember", "enum.nonmember", "functools.partial", "partial",
        "cached_property", "functools.cached_property",
    ]

    /// Whether a field gets its value at one place, and under no condition.
    func isSole(_ field: Field) -> Bool {
        guard bindings[field.name].count == 1 else { return false }
        let outline = declaration.outline
        let line = outline.lineStart(of: field.record.name.offsets.lowerBound)
        let indentation = outline.file.bytes[line...].prefix { $0 == 0x20 || $0 == 0x09 }
        return declaration.traits.contains(.isOneLineSuite)
            || indentation.count == declaration.record.indentation.count
    }

    private func ownTokens() -> [CodeToken] {
        var tokens: [CodeToken] = []
        var start = declaration.record.body.start
        for member in members {
            let extent = member.record.extent
            if start < extent.start { tokens += part(start, extent.start) }
            start = max(start, extent.end)
        }
        if start < declaration.record.body.end { tokens += part(start, declaration.record.body.end) }
        return tokens
    }

    private func part(_ start: UInt32, _ end: UInt32) -> [CodeToken] {
        CodeToken.tokens(of: ByteRange(Int(start), Int(end)), in: declaration.outline)
    }
}
