import SourceCode

/// The places at which a body gives values to names.
struct Bindings {
    /// A place at which a name gets a value.
    struct Binding {
        /// The index of the name's token.
        let token: Int
        /// The assigned expression, when it is a plain assignment to this name alone.
        var value: Range<Int>?
        /// Declared by `def` or `class`: the index of that token.
        var keyword: Int?
        /// Taken away by `del`.
        var isDeletion = false
        /// The value stays what it is, with something added: `x += …`.
        var isExtension = false
    }

    private let outline: SourceOutline
    private let body: [CodeToken]
    private var all: [Binding] = []
    /// The bindings of each name, once they are too many to be compared one by one.
    private var rows: [String: [Binding]] = [:]

    /// Finds the bindings in a function's body.
    init(in scope: FunctionScope) {
        self.init(outline: scope.outline, body: scope.body)
    }

    /// Finds the bindings in tokens.
    init(outline: SourceOutline, body: [CodeToken]) {
        self.outline = outline
        self.body = body
        find()
        guard all.count > 32 else { return }
        for binding in all { rows[outline.text(body[binding.token].range), default: []].append(binding) }
    }

    subscript(name: String) -> [Binding] {
        if all.isEmpty { return [] }
        return all.count > 32 ? rows[name] ?? [] : all.filter { isName(name, at: $0.token) }
    }

    /// "function" or "class" for a name declared inside.
    func innerKind(of name: String) -> String? {
        guard let keyword = self[name].last(where: { $0.keyword != nil })?.keyword else { return nil }
        return body[keyword].word == .def ? "function" : "class"
    }

    private func isName(_ name: String, at index: Int) -> Bool {
        let range = body[index].range
        return range.count == name.utf8.count && outline.text(range) == name
    }

    private func holds(_ words: CodeWord, at index: Int) -> Bool {
        index >= 0 && index < body.count && !body[index].word.isDisjoint(with: words)
    }

    private mutating func find() {
        var statement = 0
        var target = 0
        for index in body.indices where !body[index].word.isEmpty {
            switch body[index].word {
            case .newline, .semicolon:
                statement = index + 1
                target = statement
            case .colon where index == statement + 1 && isBlockStart(at: statement):
                statement = index + 1
                target = statement
            case .augmented: bind(index - 1, isExtension: isAddition(at: index))
            case .walrus: bind(index - 1)
            case .assign where body[index].depth == 0:
                bindTargets(target..<index, value: target == statement ? valueRange(after: index) : nil)
                target = index + 1
            case .for: bindLoop(from: index + 1)
            case .def, .class: bind(index + 1, keyword: index)
            case .as: bindAlias(at: index + 1)
            case .global, .nonlocal, .import: bindRest(from: index + 1)
            case .del: bindRest(from: index + 1, isDeletion: true)
            default: continue
            }
        }
        bindPatterns()
    }

    /// Whether a block begins whose statements may stand on the same line.
    private func isBlockStart(at index: Int) -> Bool {
        holds(.else, at: index) || isName("try", at: index) || isName("finally", at: index)
    }

    private func isAddition(at index: Int) -> Bool { isName("+=", at: index) || isName("|=", at: index) }

    private mutating func bind(_ index: Int, value: Range<Int>? = nil, keyword: Int? = nil, isExtension: Bool = false) {
        guard body.indices.contains(index), body[index].kind == .name else { return }
        all.append(Binding(token: index, value: value, keyword: keyword, isExtension: isExtension))
    }

    /// Binds what stands behind `as`, a name or names in brackets.
    private mutating func bindAlias(at start: Int) {
        guard holds(.opening, at: start) else { return bind(start) }
        let depth = body[start].depth
        for index in (start + 1)..<body.count {
            if body[index].depth <= depth { break }
            bind(index)
        }
    }

    /// Binds the names up to the statement's end, but for those behind a period.
    private mutating func bindRest(from start: Int, isDeletion: Bool = false) {
        var index = start
        while index < body.count, !holds([.newline, .semicolon], at: index) {
            if body[index].kind == .name, body[index].word.isEmpty, !holds(.dot, at: index - 1) {
                all.append(Binding(token: index, isDeletion: isDeletion && !holds([.dot, .openSquare], at: index + 1)))
            }
            index += 1
        }
    }

    /// Binds every name of the patterns behind `case`.
    private mutating func bindPatterns() {
        var isStart = true
        for index in body.indices {
            let isPattern = isStart && isName("case", at: index) && !holds([.assign, .dot, .augmented], at: index + 1)
            if isPattern { bindPattern(from: index + 1) }
            isStart = !body[index].word.isDisjoint(with: [.newline, .semicolon])
        }
    }

    private mutating func bindPattern(from start: Int) {
        var index = start
        while index < body.count, !holds(.newline, at: index), !(body[index].depth == 0 && holds(.colon, at: index)) {
            if body[index].word.isEmpty, !holds(.dot, at: index - 1) { bind(index) }
            index += 1
        }
    }

    private func valueRange(after index: Int) -> Range<Int>? {
        var end = index + 1
        while end < body.count, body[end].word != .newline {
            if body[end].depth == 0 {
                if body[end].word == .semicolon { break }
                if body[end].word == .assign { return nil }
            }
            end += 1
        }
        return end == index + 1 ? nil : index + 1..<end
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
}
