import SourceCode

/// A function with what its body binds: the ground on which names in its code are understood.
struct FunctionScope {
    /// A place at which a name gets a value.
    struct Binding {
        /// The index of the name's token.
        let token: Int
        /// The assigned expression, when it is a plain assignment to this name alone.
        let value: Range<Int>?
    }

    let declaration: Declaration
    let parameters: [Parameter]
    let body: [CodeToken]
    private(set) var bindings: [String: [Binding]] = [:]
    /// Names declared inside by `def` or `class`.
    private(set) var inner: [String: String] = [:]
    /// The name that the call binds: `self` or `cls`.
    let receiver: String?
    /// The names of the parameters that callers give.
    let parameterNames: Set<String>

    /// Reads a function's body; of a class or module nothing but the declaration is looked at.
    init(_ declaration: Declaration) {
        self.declaration = declaration
        parameters = declaration.parameters
        receiver = parameters.first { $0.isReceiver }?.name
        parameterNames = Set(parameters.lazy.filter { !$0.isReceiver }.map(\.name))
        let range = declaration.kind == .function ? declaration.record.body : .none
        body = CodeToken.tokens(of: range, in: declaration.outline)
        findBindings()
    }

    var outline: SourceOutline { declaration.outline }

    /// The parameters that callers give.
    var givenParameters: [Parameter] { parameters.filter { !$0.isReceiver } }

    func isParameter(_ name: String) -> Bool { parameterNames.contains(name) }

    /// Whether a name gets another value before an offset of the file.
    func isRebound(_ name: String, before offset: Int = .max) -> Bool {
        (bindings[name] ?? []).contains { body[$0.token].range.offsets.lowerBound < offset }
    }

    /// The expression that a local name stands for, when it is assigned once and plainly.
    func soleValue(of name: String) -> Expression? {
        guard let all = bindings[name], all.count == 1, let value = all[0].value, !isParameter(name) else { return nil }
        return Expression(outline: outline, tokens: body[value])
    }

    func word(_ index: Int) -> String {
        body.indices.contains(index) ? outline.text(body[index].range) : ""
    }

    func expression(_ range: ByteRange) -> Expression { Expression(outline: outline, range: range) }
}

extension FunctionScope {
    /// Whether a token of the body is one of some keywords and symbols.
    func holds(_ words: CodeWord, at index: Int) -> Bool {
        body.indices.contains(index) && !body[index].word.isDisjoint(with: words)
    }

    private mutating func findBindings() {
        var statement = 0
        for (index, token) in body.enumerated() where !token.word.isEmpty {
            switch token.word {
            case .newline, .semicolon: statement = index + 1
            case .augmented, .walrus: bind(index - 1)
            case .assign where token.depth == 0: bindTargets(statement..<index, value: valueRange(after: index))
            case .for: bindLoop(from: index + 1)
            case .as, .def, .class, .global, .nonlocal, .del, .import: bindNamed(after: index)
            default: continue
            }
        }
    }

    private mutating func bind(_ index: Int, value: Range<Int>? = nil) {
        guard body.indices.contains(index), body[index].kind == .name else { return }
        bindings[word(index), default: []].append(Binding(token: index, value: value))
    }

    private func valueRange(after index: Int) -> Range<Int>? {
        let rest = body[(index + 1)...]
        let end = rest.firstIndex { $0.word == .newline || $0.depth == 0 && $0.word == .semicolon } ?? body.endIndex
        let isChained = rest[..<end].contains { $0.depth == 0 && $0.word == .assign }
        return isChained || end == index + 1 ? nil : index + 1..<end
    }

    private mutating func bindTargets(_ range: Range<Int>, value: Range<Int>?) {
        guard let start = range.first else { return }
        let isPlain = range.count == 1 || range.count > 2 && holds(.colon, at: start + 1)
        if isPlain { return bind(start, value: value) }
        for index in range where body[index].kind == .name && !holds(.dot, at: index - 1) {
            let isBase =
                holds([.dot, .openSquare], at: index + 1) || body[index].depth > 0 && holds(.openSquare, at: index - 1)
            if !isBase { bind(index) }
        }
    }

    private mutating func bindLoop(from start: Int) {
        var index = start
        while index < body.count, body[index].word != .in {
            if body[index].word.isEmpty { bind(index) }
            index += 1
        }
    }

    private mutating func bindNamed(after index: Int) {
        bind(index + 1)
        if holds([.def, .class], at: index), body.indices.contains(index + 1) {
            inner[word(index + 1)] = holds(.def, at: index) ? "function" : "class"
        }
    }
}
