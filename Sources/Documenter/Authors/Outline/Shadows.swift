import SourceCode

/// Where a parameter's name stands for something else: in comprehensions, lambdas and inner functions that bind it.
struct Shadows {
    private var hidden: [Int: [Range<Int>]] = [:]
    private var replaced: [Int: [Range<Int>]] = [:]

    /// Hides nothing.
    init() {}

    /// Finds the places in a function's body.
    init(in scope: FunctionScope) {
        var opened: [Int] = []
        for index in scope.body.indices where !scope.body[index].word.isEmpty {
            let word = scope.body[index].word
            if !word.isDisjoint(with: .opening) {
                opened.append(index)
            } else if !word.isDisjoint(with: .closing) {
                _ = opened.popLast()
            } else if word == .for, let open = opened.last {
                noteComprehension(from: open, at: index, in: scope)
            } else if word == .lambda {
                noteLambda(at: index, in: scope)
            }
        }
        noteInner(in: scope)
        noteReplaced(in: scope)
    }

    /// Whether the name at a token is another variable's.
    func hide(_ row: Int, at index: Int) -> Bool { hidden[row]?.contains { $0.contains(index) } ?? false }

    /// Whether the parameter has surely got another value before a token.
    func isReplaced(_ row: Int, at index: Int) -> Bool { replaced[row]?.contains { $0.contains(index) } ?? false }

    /// The most places of one name that are remembered.
    private static let mostPlaces = 64

    private mutating func add(_ range: Range<Int>, _ row: Int) {
        guard !range.isEmpty, hidden[row, default: []].count < Self.mostPlaces else { return }
        hidden[row, default: []].append(range)
    }

    private static func row(of index: Int, in scope: FunctionScope) -> Int? {
        let token = scope.body[index]
        guard token.kind == .name, token.word.isEmpty else { return nil }
        return scope.parameterNames.index(at: token.range, in: scope.outline)
    }

    /// The first iterable is outside of the comprehension: what it names is the parameter.
    private mutating func noteComprehension(from open: Int, at start: Int, in scope: FunctionScope) {
        var rows: [Int] = []
        var index = start + 1
        while index < scope.body.count, !scope.holds(.in, at: index) {
            if let row = Self.row(of: index, in: scope), !scope.holds(.dot, at: index - 1) { rows.append(row) }
            index += 1
        }
        guard !rows.isEmpty else { return }
        let depth = scope.body[start].depth
        let rest = (index + 1)..<max(index + 1, scope.body.count)
        let end = rest.first { scope.body[$0].depth < depth } ?? scope.body.count
        let next =
            rest.first { scope.body[$0].depth < depth || scope.body[$0].depth == depth && isClause($0, scope) } ?? end
        for row in rows {
            add(open..<index, row)
            add(next..<end, row)
        }
    }

    private func isClause(_ index: Int, _ scope: FunctionScope) -> Bool { scope.holds([.for, .if], at: index) }

    private mutating func noteLambda(at start: Int, in scope: FunctionScope) {
        let depth = scope.body[start].depth
        var rows: [Int] = []
        var index = start + 1
        while index < scope.body.count, !(scope.body[index].depth == depth && scope.holds(.colon, at: index)) {
            if scope.body[index].depth == depth, !scope.holds(.assign, at: index - 1),
                let row = Self.row(of: index, in: scope)
            {
                add(index..<index + 1, row)
                rows.append(row)
            }
            index += 1
        }
        guard !rows.isEmpty else { return }
        let end = (index + 1..<max(index + 1, scope.body.count)).first {
            let token = scope.body[$0]
            return token.depth < depth || token.depth == depth && !token.word.isDisjoint(with: Self.lambdaEnds)
        }
        for row in rows { add(index..<(end ?? scope.body.count), row) }
    }

    private static let lambdaEnds: CodeWord = [.comma, .colon, .newline, .semicolon, .for, .closing]

    /// Inner functions with parameters or variables of the same name.
    private mutating func noteInner(in scope: FunctionScope) {
        let declarations = scope.outline.tables.declarations
        let end = scope.declaration.record.extent.end
        for row in declarations.indices.dropFirst(scope.declaration.row + 1) {
            if declarations[row].extent.start >= end { break }
            guard declarations[row].kind == .function else { continue }
            let inner = Declaration(outline: scope.outline, row: row)
            for parameter in inner.parameters {
                guard let index = scope.parameterNames.index(of: parameter.name) else { continue }
                add(tokens(in: parameter.record.name, scope), index)
                add(tokens(in: inner.record.body, scope), index)
            }
            noteVariables(of: tokens(in: inner.record.body, scope), scope)
        }
    }

    private mutating func noteVariables(of body: Range<Int>, _ scope: FunctionScope) {
        let isShared = body.contains { scope.holds([.nonlocal, .global], at: $0) }
        guard !body.isEmpty, !isShared else { return }
        for (row, name) in scope.parameterNames.names.prefix(Self.mostPlaces).enumerated() {
            if scope.bindings[name].contains(where: { body.contains($0.token) }) { add(body, row) }
        }
    }

    private func tokens(in range: ByteRange, _ scope: FunctionScope) -> Range<Int> {
        let start = scope.firstIndex(at: range.start)
        return start..<max(start, scope.firstIndex(at: range.end))
    }

    /// Whether a value may be the one that the name had: `x or y`, `x if x else y`.
    private func mayKeep(_ name: String, _ value: Range<Int>, _ scope: FunctionScope) -> Bool {
        let whole = Expression(outline: scope.outline, tokens: scope.body[value])
        guard let options = whole.unwrapped.choices else { return false }
        return options.contains { $0.unwrapped.name == name }
    }

    /// Parameters that get another value in a statement: up to the end of its block they are no longer what was given.
    private mutating func noteReplaced(in scope: FunctionScope) {
        for (row, name) in scope.parameterNames.names.enumerated() {
            for binding in scope.bindings[name].prefix(Self.mostPlaces) {
                guard !binding.isExtension, !binding.isDeletion, !hide(row, at: binding.token) else { continue }
                if let value = binding.value, mayKeep(name, value, scope) { continue }
                guard binding.value != nil || binding.keyword != nil else { continue }
                let start = binding.value?.upperBound ?? binding.token
                let end =
                    scope.isUnconditional(binding.token) ? scope.body.count : scope.endOfBlock(binding.token, start)
                if start < end { replaced[row, default: []].append(start..<end) }
            }
        }
    }
}

extension FunctionScope {
    /// The index of the first token that does not begin before an offset; the number of tokens when there is none.
    func firstIndex(at offset: UInt32) -> Int {
        var low = 0
        var high = body.count
        while low < high {
            let middle = (low + high) / 2
            if body[middle].range.start < offset { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Where the block of the statement that begins with a token ends; the statement's end when it does not begin a line.
    func endOfBlock(_ token: Int, _ statementEnd: Int) -> Int {
        guard token == 0 || holds(.newline, at: token - 1) else { return statementEnd }
        let width = column(of: token)
        let starts = body.indices[min(statementEnd, body.count)...].dropFirst()
        return starts.first { holds(.newline, at: $0 - 1) && column(of: $0) < width } ?? body.count
    }

    private func column(of index: Int) -> Int {
        let offset = body[index].range.offsets.lowerBound
        return offset - outline.lineStart(of: offset)
    }

    /// Whether a token's line is indented as the body is, and no deeper.
    func isUnconditional(_ index: Int) -> Bool {
        let line = outline.lineStart(of: body[index].range.offsets.lowerBound)
        let indentation = outline.file.bytes[line...].prefix { $0 == 0x20 || $0 == 0x09 }
        return !declaration.traits.contains(.isOneLineSuite)
            && indentation.count == declaration.record.indentation.count
    }
}

extension SourceOutline {
    /// The offset at which the line of an offset begins.
    func lineStart(of offset: Int) -> Int {
        let starts = tables.lineStarts
        var low = 0
        var high = starts.count
        while low < high {
            let middle = (low + high) / 2
            if Int(starts[middle]) <= offset { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? Int(starts[low - 1]) : 0
    }
}
