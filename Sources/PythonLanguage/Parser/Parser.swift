import SourceCode

/// Checks tokens against Python's grammar (3.8 to 3.14) by recursive descent, and hands facts on as it goes.
///
/// Expression nodes live only until their statement ends. Recursion is bounded: brackets and blocks by the lexer's
/// limits, prefix operators, conditionals and lambdas by `maximumDepth`.
struct Parser: ~Copyable {
    let base: UnsafePointer<UInt8>
    let tokens: UnsafeMutablePointer<Token>
    let precedence: UnsafePointer<UInt8>
    let startsExpression: UnsafePointer<Bool>
    let encoding: SourceEncoding

    var index = 0
    var nodes = Arena<Node>(capacity: 256)
    var facts: FactsBuilder
    /// A kind and a nesting depth for each statement, docstrings left out: with the tokens, the file's structure.
    var shapes: Arena<UInt16>
    /// The targets of the assignment at hand, as node indices.
    var targets: [Int] = []
    var suiteDepth = 0
    var lambdaDepth = 0
    var expressionDepth = 0

    /// The limit of ``expressionDepth``.
    let maximumDepth: Int

    init(
        base: UnsafePointer<UInt8>,
        tokens: UnsafeMutablePointer<Token>,
        tokenCount: Int,
        facts: consuming FactsBuilder,
        encoding: SourceEncoding,
        limits: NestingLimits
    ) {
        maximumDepth = limits.expressions
        self.base = base
        self.tokens = tokens
        self.encoding = encoding
        self.facts = facts
        let tables = GrammarTables.shared
        precedence = tables.precedence
        startsExpression = tables.startsExpression
        shapes = Arena(capacity: tokenCount / 8 + 16)
    }

    // MARK: Tokens

    @inline(__always) var kind: TokenKind { tokens[index].kind }
    @inline(__always) var nextKind: TokenKind { tokens[index + 1].kind }
    @inline(__always) var start: Int { Int(tokens[index].start) }
    @inline(__always) var previousEnd: Int { index > 0 ? Int(tokens[index - 1].end) : 0 }
    @inline(__always) mutating func advance() { index += 1 }

    /// Moves on if the token is of a kind.
    @inline(__always)
    mutating func accept(_ wanted: TokenKind) -> Bool {
        guard kind == wanted else { return false }
        index += 1
        return true
    }

    @inline(__always)
    mutating func expect(_ wanted: TokenKind, _ description: @autoclosure () -> String) throws(SyntaxFailure) {
        guard kind == wanted else { throw unexpected(expecting: description()) }
        index += 1
    }

    /// Moves behind a name and returns its range.
    @inline(__always)
    mutating func expectName() throws(SyntaxFailure) -> ByteRange {
        let token = tokens[index]
        guard token.kind.isName else { throw unexpected(expecting: "a name") }
        index += 1
        return token.range
    }

    @inline(never)
    func unexpected(expecting description: String) -> SyntaxFailure {
        let token = tokens[index]
        let found: String
        switch token.kind {
        case .newline: found = "the end of the line"
        case .endOfFile: found = "the end of the file"
        case .indent: found = "an unexpected indent"
        case .dedent: found = "an unexpected unindent"
        default:
            let length = min(Int(token.end - token.start), 40)
            let bytes = UnsafeBufferPointer(start: base + Int(token.start), count: length)
            found = "'\(encoding.decode(bytes))'"
        }
        return SyntaxFailure(at: Int(token.start), "expected \(description), found \(found)")
    }

    // MARK: Nodes

    @inline(__always)
    mutating func emit(_ kind: NodeKind, from start: Int, first: Int, _ operation: ComparisonOperator = .none) {
        nodes.append(
            Node(
                start: UInt32(truncatingIfNeeded: start),
                end: tokens[index - 1].end,
                first: UInt32(truncatingIfNeeded: first),
                kind: kind,
                operation: operation
            )
        )
    }

    /// Emits a node for the token at hand and moves on.
    @inline(__always)
    mutating func emitLeaf(_ kind: NodeKind) {
        let token = tokens[index]
        nodes.append(
            Node(
                start: token.start,
                end: token.end,
                first: UInt32(truncatingIfNeeded: nodes.count),
                kind: kind,
                operation: .none
            )
        )
        index += 1
    }

    /// The node emitted last: the root of what was just parsed.
    @inline(__always) var root: Node { nodes[nodes.count - 1] }
    @inline(__always) var rootIndex: Int { nodes.count - 1 }

    /// The indices of a node's operands, in order.
    func operands(of index: Int) -> [Int] { nodes.base.operands(of: index) }

    @inline(__always)
    mutating func enter() throws(SyntaxFailure) {
        expressionDepth += 1
        if expressionDepth > maximumDepth {
            throw SyntaxFailure(at: start, "expressions nested too deeply", isTooDeep: true)
        }
    }

    @inline(__always)
    mutating func leave() { expressionDepth -= 1 }

    /// Parses the whole file.
    mutating func run() throws(SyntaxFailure) {
        facts.beginModule()
        var position = SuitePosition(declaration: 0)
        while kind != .endOfFile { _ = try statement(&position) }
        facts.endModule()
    }
}
