import SourceCode

/// What an expression node is.
enum NodeKind: UInt8 {
    case name, none, truth, number, string, bytes, format, template, ellipsis
    case attribute, call, `subscript`, slice, starred, doubleStarred, keywordArgument
    case await, yield, lambda, conditional, comparison, logical, not, unary, binary
    case tuple, list, set, dictionary, listComprehension, setComprehension, dictionaryComprehension, generator
    case walrus

    /// What facts call it.
    var expressionKind: ExpressionKind {
        switch self {
        case .name: .name
        case .none: .none
        case .truth: .truth
        case .number: .number
        case .string: .string
        case .bytes: .bytes
        case .format: .formattedString
        case .template: .template
        case .ellipsis: .ellipsis
        case .attribute: .attribute
        case .call: .call
        case .subscript: .subscript
        case .starred, .doubleStarred: .starred
        case .keywordArgument, .walrus: .assignment
        case .await: .await
        case .yield: .yield
        case .lambda: .lambda
        case .conditional: .conditional
        case .comparison: .comparison
        case .logical: .logical
        case .not: .negation
        case .unary, .binary, .slice: .arithmetic
        case .tuple: .tuple
        case .list: .list
        case .set: .set
        case .dictionary: .dictionary
        case .listComprehension: .listComprehension
        case .setComprehension: .setComprehension
        case .dictionaryComprehension: .dictionaryComprehension
        case .generator: .generator
        }
    }
}

/// An expression, stored behind its operands (postfix order), so that a left-recursive grammar needs no moving.
///
/// A subtree is the run from `first` to the node itself; its last operand is the node before it. Nodes live as long
/// as their statement: the facts that outlast it are taken while it is parsed.
struct Node: BitwiseCopyable {
    var start: UInt32
    var end: UInt32
    /// The index of the subtree's first node.
    var first: UInt32
    var kind: NodeKind
    /// The operator of a comparison.
    var operation: ComparisonOperator
    var isParenthesised = false

    @inline(__always) var range: ByteRange { ByteRange(Int(start), Int(end)) }
}

extension UnsafeMutablePointer<Node> {
    /// The indices of a node's operands, in order.
    func operands(of index: Int) -> [Int] {
        var found: [Int] = []
        var child = index - 1
        while child >= Int(self[index].first) {
            found.append(child)
            child = Int(self[child].first) - 1
        }
        return found.reversed()
    }
}

/// How tightly operators bind, and what can begin an expression, by token kind.
struct GrammarTables: @unchecked Sendable {
    // Unchecked because the pointers' memory is written in `init` only, before anyone else has them: it needs no lock.
    let precedence: UnsafePointer<UInt8>
    let startsExpression: UnsafePointer<Bool>

    static let shared = GrammarTables()

    private init() {
        let precedence = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
        precedence.initialize(repeating: 0, count: 256)
        for (level, kinds) in Self.operators {
            for kind in kinds { precedence[Int(kind.rawValue)] = level }
        }
        let starts = UnsafeMutablePointer<Bool>.allocate(capacity: 256)
        starts.initialize(repeating: false, count: 256)
        for kind in Self.starters { starts[Int(kind.rawValue)] = true }
        self.precedence = UnsafePointer(precedence)
        startsExpression = UnsafePointer(starts)
    }

    private static let operators: [(UInt8, [TokenKind])] = [
        (Precedence.or, [.or]), (Precedence.and, [.and]),
        (
            Precedence.comparison,
            [.in, .is, .not, .less, .greater, .lessEqual, .greaterEqual, .equalEqual, .notEqual]
        ),
        (Precedence.bitwiseOr, [.bar]), (Precedence.bitwiseOr + 1, [.caret]), (Precedence.bitwiseOr + 2, [.ampersand]),
        (Precedence.bitwiseOr + 3, [.leftShift, .rightShift]), (Precedence.bitwiseOr + 4, [.plus, .minus]),
        (Precedence.bitwiseOr + 5, [.star, .slash, .doubleSlash, .percent, .at]),
        (Precedence.power, [.doubleStar]),
    ]

    private static let starters: [TokenKind] = [
        .name, .softMatch, .softCase, .softType, .softUnderscore, .number, .string, .formatStart, .keywordNone,
        .keywordTrue, .keywordFalse, .not, .lambda, .await, .leftParenthesis, .leftBracket, .leftBrace, .ellipsis,
        .plus, .minus, .tilde, .star,
    ]
}

/// Levels of the expression grammar, loosest first (Python reference, 6.17).
enum Precedence {
    static let or: UInt8 = 1
    static let and: UInt8 = 2
    static let not: UInt8 = 3
    static let comparison: UInt8 = 4
    static let bitwiseOr: UInt8 = 5
    static let unary: UInt8 = 11
    static let power: UInt8 = 12
}
