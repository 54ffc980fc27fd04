import SourceCode

/// A function with what its body binds: the ground on which names in its code are understood.
///
/// The body is cut into tokens when something first asks for them, and once.
final class FunctionScope {
    let declaration: Declaration
    let parameters: [Parameter]
    /// The parameters that callers give.
    let givenParameters: [Parameter]
    /// The name that the call binds: `self` or `cls`.
    let receiver: String?
    /// The names of the parameters that callers give.
    let parameterNames: ParameterNames
    private(set) lazy var body = bodyTokens()
    /// Whether the body's tokens are there already, or will be needed anyway.
    private var needsBody: Bool
    /// The quoted names of decorators that may change the result.
    private(set) lazy var wrappers = Decorators.wrappers(of: declaration)
    private(set) lazy var bindings = Bindings(in: self)
    private lazy var touched = touchedNames()
    /// Where the body sets each attribute of the receiver; -1 for one that it sets at several places.
    private(set) lazy var settings = attributeSettings()

    /// Reads a function's parameters; of a class or module nothing but the declaration is looked at.
    init(_ declaration: Declaration) {
        self.declaration = declaration
        parameters = declaration.parameters
        receiver = parameters.first { $0.isReceiver }?.name
        givenParameters = receiver == nil ? parameters : parameters.filter { !$0.isReceiver }
        parameterNames = ParameterNames(givenParameters.map(\.name))
        needsBody = !givenParameters.isEmpty
    }

    var outline: SourceOutline { declaration.outline }

    private func bodyTokens() -> [CodeToken] {
        guard declaration.kind == .function else { return [] }
        needsBody = true
        return CodeToken.tokens(of: declaration.record.body, in: declaration.outline)
    }

    func isParameter(_ name: String) -> Bool { parameterNames.index(of: name) != nil }

    /// Whether a name gets another value before an offset of the file.
    func isRebound(_ name: String, before offset: Int = .max) -> Bool {
        bindings[name].contains { body[$0.token].range.offsets.lowerBound < offset }
    }

    func isBound(_ name: String) -> Bool { !bindings[name].isEmpty }

    /// The expression that a local name stands for, when it is assigned once and plainly.
    func soleValue(of name: String) -> Expression? {
        let all = bindings[name]
        guard all.count == 1, let value = all[0].value, !isParameter(name) else { return nil }
        return Expression(outline: outline, tokens: body[value])
    }

    /// The built-in collection that a local name stands for, whatever was done to it since.
    func collection(of name: String) -> String? {
        guard !isParameter(name) else { return nil }
        var kinds = UniqueTexts()
        for binding in bindings[name] where !binding.isExtension {
            guard let value = binding.value, kinds.count < 2 else { return nil }
            guard let kind = Expression(outline: outline, tokens: body[value]).collectionKind else { return nil }
            kinds.insert(kind)
        }
        return kinds.count == 1 ? kinds.texts[0] : nil
    }

    /// The most tokens of a value that stands for the name to which it is assigned.
    private static let mostValueTokens = 200

    /// Whether a value still holds what it held, and its names stand for what they stood for.
    func isSettled(_ value: Expression, in name: String) -> Bool {
        guard value.tokens.count <= Self.mostValueTokens else { return false }
        return value.tokens.allSatisfy { token in
            guard token.kind == .name, token.word.isEmpty else { return true }
            let other = outline.text(token.range)
            return bindings[other].count <= (isParameter(other) || other == receiver ? 0 : 1)
        }
    }

    /// Whether something may have changed what a name stands for, without another assignment.
    func isTouched(_ name: String) -> Bool { touched.contains(name) }

    private func touchedNames() -> Set<String> {
        var names: Set<String> = []
        for index in body.indices where body[index].kind == .name && body[index].word.isEmpty {
            guard !holds(.dot, at: index - 1) else { continue }
            let isOpen = body[index].depth > 0 || holds([.dot, .openSquare], at: index + 1)
            if isOpen || holds([.assign, .walrus, .colon], at: index - 1) { names.insert(word(index)) }
        }
        return names
    }

    /// Whether the receiver is a class although the method is no class method.
    var isReceiverClass: Bool {
        declaration.name == "__new__" || receiver == "cls" || declaration.parent?.traits.contains(.isMetaclass) == true
    }

    /// "function" or "class" for a name declared inside.
    func innerKind(of name: String) -> String? { bindings.innerKind(of: name) }

    private func attributeSettings() -> [String: Int] {
        guard let receiver else { return [:] }
        var settings: [String: Int] = [:]
        for index in body.indices where body[index].kind == .name && holds(.dot, at: index - 1) {
            let isSet = holds([.assign, .augmented, .colon, .comma], at: index + 1) || holds(.closing, at: index + 1)
            guard isSet || holds(.del, at: index - 3), !holds(.dot, at: index - 3) else { continue }
            guard word(index - 2) == receiver, isTarget(index) else { continue }
            let name = word(index)
            settings[name] = settings[name] == nil ? index : -1
        }
        return settings
    }

    /// Whether a token may stand in front of the statement's last `=`.
    private func isTarget(_ index: Int) -> Bool {
        if holds([.assign, .augmented], at: index + 1) { return body[index].depth == 0 }
        var start = index - 2
        while start > 0, !holds([.newline, .semicolon, .assign], at: start - 1), index - start < 64 { start -= 1 }
        return !holds([.if, .elif, .while, .return, .raise, .assert], at: start) && !holds(.assign, at: start - 1)
            && (start == index - 2 || body[start].depth == body[index].depth || holds(.opening, at: start))
            && !holds(.closing, at: index + 1)
    }

    func word(_ index: Int) -> String {
        body.indices.contains(index) ? outline.text(body[index].range) : ""
    }

    /// The code in a range; cut from the body where that has been looked at.
    func expression(_ range: ByteRange) -> Expression {
        if needsBody, let start = firstToken(at: range.start), body[start].range.start == range.start {
            var end = start
            while end < body.count, body[end].range.end <= range.end { end += 1 }
            if end > start, body[end - 1].range.end == range.end {
                return Expression(outline: outline, tokens: body[start..<end])
            }
        }
        return Expression(outline: outline, range: range)
    }

    /// The index of the first token that does not begin before an offset.
    private func firstToken(at offset: UInt32) -> Int? {
        guard let last = body.last, last.range.start >= offset else { return nil }
        var low = 0
        var high = body.count
        while low < high {
            let middle = (low + high) / 2
            if body[middle].range.start < offset { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Whether a token of the body is one of some keywords and symbols.
    func holds(_ words: CodeWord, at index: Int) -> Bool {
        index >= 0 && index < body.count && !body[index].word.isDisjoint(with: words)
    }
}

/// Names that are looked up again and again: compared one by one when they are few.
struct ParameterNames {
    let names: [String]
    private let rows: [String: Int]
    /// A bit for each length and first byte that a name has, to pass over most others.
    private let shapes: UInt64

    init(_ names: [String]) {
        self.names = names
        rows = names.count <= 16 ? [:] : Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
        shapes = names.reduce(0) { $0 | Self.shape(of: $1.utf8.first ?? 0, $1.utf8.count) }
    }

    var isEmpty: Bool { names.isEmpty }

    /// The position of a name.
    func index(of name: String) -> Int? {
        names.count <= 16 ? names.firstIndex(of: name) : rows[name]
    }

    /// The position of the name that stands in a range.
    func index(at range: ByteRange, in outline: SourceOutline) -> Int? {
        let first = outline.file.bytes[range.offsets.lowerBound]
        guard shapes & Self.shape(of: first, range.count) != 0 else { return nil }
        guard names.count > 16 || names.contains(where: { $0.utf8.count == range.count }) else { return nil }
        return index(of: outline.text(range))
    }

    private static func shape(of first: UInt8, _ length: Int) -> UInt64 {
        1 << ((UInt64(first) &* 7 &+ UInt64(length)) & 63)
    }
}
