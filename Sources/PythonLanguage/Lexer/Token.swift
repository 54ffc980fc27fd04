import SourceCode

/// What a token is.
///
/// Keywords and operators have a kind each, so that the parser compares one byte.
enum TokenKind: UInt8 {
    case endOfFile, newline, indent, dedent
    case number, string, formatStart, formatMiddle, formatEnd
    // Names; the last four are keywords in some places only.
    case name, softMatch, softCase, softType, softUnderscore
    // Keywords.
    case keywordFalse, keywordNone, keywordTrue
    case and, `as`, assert, `async`, await, `break`, `class`, `continue`, def, del, elif, `else`, except, finally, `for`
    case from, global, `if`, `import`, `in`, `is`, lambda, nonlocal, not, or, pass, raise, `return`, `try`, `while`
    case with, yield
    // Brackets and marks.
    case leftParenthesis, rightParenthesis, leftBracket, rightBracket, leftBrace, rightBrace
    case colon, comma, semicolon, dot, ellipsis, arrow, exclamation, equal, walrus
    // Operators.
    case plus, minus, star, slash, doubleSlash, percent, at, doubleStar
    case ampersand, bar, caret, tilde, leftShift, rightShift
    case less, greater, lessEqual, greaterEqual, equalEqual, notEqual
    // Augmented assignments.
    case plusEqual, minusEqual, starEqual, slashEqual, doubleSlashEqual, percentEqual, atEqual, doubleStarEqual
    case ampersandEqual, barEqual, caretEqual, leftShiftEqual, rightShiftEqual

    @inline(__always)
    var isName: Bool { rawValue >= TokenKind.name.rawValue && rawValue <= TokenKind.softUnderscore.rawValue }

    @inline(__always)
    var isAugmentedAssignment: Bool { rawValue >= TokenKind.plusEqual.rawValue }
}

/// A token: its kind, where it stands, and what the lexer saw in a literal.
struct Token: BitwiseCopyable {
    var start: UInt32
    var end: UInt32
    var kind: TokenKind
    var flags: TokenFlags

    @inline(__always)
    init(_ kind: TokenKind, _ start: Int, _ end: Int, flags: TokenFlags = []) {
        self.start = UInt32(truncatingIfNeeded: start)
        self.end = UInt32(truncatingIfNeeded: end)
        self.kind = kind
        self.flags = flags
    }

    @inline(__always) var range: ByteRange { ByteRange(Int(start), Int(end)) }
}

/// What the lexer saw in a string literal.
struct TokenFlags: OptionSet, BitwiseCopyable {
    let rawValue: UInt8

    static let isBytes = TokenFlags(rawValue: 1)
    static let isRaw = TokenFlags(rawValue: 2)
    static let isTriple = TokenFlags(rawValue: 4)
    /// An escape that can be wrong: `\x`, `\u`, `\U`, `\N`.
    static let hasCheckedEscape = TokenFlags(rawValue: 8)
    /// A template string (`t""`), on a start token.
    static let isTemplate = TokenFlags(rawValue: 16)
    static let isNonASCII = TokenFlags(rawValue: 32)
}

/// Why a file is not Python, before it has a path: thrown by lexer and parser.
struct SyntaxFailure: Error {
    let offset: Int
    let reason: String
    var isTooDeep = false

    init(at offset: Int, _ reason: String, isTooDeep: Bool = false) {
        self.offset = offset
        self.reason = reason
        self.isTooDeep = isTooDeep
    }
}
