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
    private lazy var bindings = Bindings(in: self)

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

    /// The expression that a local name gets first, when that is a plain assignment.
    func firstValue(of name: String) -> Expression? {
        bindings[name].first?.value.map { Expression(outline: outline, tokens: body[$0]) }
    }

    /// "function" or "class" for a name declared inside.
    func innerKind(of name: String) -> String? { bindings.innerKind(of: name) }

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
