/// The keywords and symbols that descriptions look for, as bits, so that one token is compared with many in one step.
struct CodeWord: OptionSet {
    let rawValue: UInt64

    init(rawValue: UInt64) { self.rawValue = rawValue }

    private init(bit: UInt64) { rawValue = 1 << bit }

    static let and = CodeWord(bit: 0)
    static let or = CodeWord(bit: 1)
    static let not = CodeWord(bit: 2)
    static let `in` = CodeWord(bit: 3)
    static let `is` = CodeWord(bit: 4)
    static let `if` = CodeWord(bit: 5)
    static let `else` = CodeWord(bit: 6)
    static let `for` = CodeWord(bit: 7)
    static let lambda = CodeWord(bit: 8)
    static let await = CodeWord(bit: 9)
    static let yield = CodeWord(bit: 10)
    static let `as` = CodeWord(bit: 11)
    static let def = CodeWord(bit: 12)
    static let `class` = CodeWord(bit: 13)
    static let global = CodeWord(bit: 14)
    static let nonlocal = CodeWord(bit: 15)
    static let del = CodeWord(bit: 16)
    static let `import` = CodeWord(bit: 17)
    static let `while` = CodeWord(bit: 18)
    static let elif = CodeWord(bit: 19)
    static let `return` = CodeWord(bit: 20)
    static let with = CodeWord(bit: 21)
    static let from = CodeWord(bit: 22)
    static let async = CodeWord(bit: 23)
    static let assert = CodeWord(bit: 24)
    static let raise = CodeWord(bit: 25)

    static let comma = CodeWord(bit: 30)
    static let colon = CodeWord(bit: 31)
    static let dot = CodeWord(bit: 32)
    static let assign = CodeWord(bit: 33)
    static let walrus = CodeWord(bit: 34)
    static let openRound = CodeWord(bit: 35)
    static let openSquare = CodeWord(bit: 36)
    static let openCurly = CodeWord(bit: 37)
    static let closeRound = CodeWord(bit: 38)
    static let closeSquare = CodeWord(bit: 39)
    static let closeCurly = CodeWord(bit: 40)
    static let semicolon = CodeWord(bit: 41)
    static let star = CodeWord(bit: 42)
    static let doubleStar = CodeWord(bit: 43)
    static let percent = CodeWord(bit: 44)
    static let equal = CodeWord(bit: 45)
    static let notEqual = CodeWord(bit: 46)
    static let less = CodeWord(bit: 47)
    static let lessOrEqual = CodeWord(bit: 48)
    static let greater = CodeWord(bit: 49)
    static let greaterOrEqual = CodeWord(bit: 50)
    /// `+=` and its relatives.
    static let augmented = CodeWord(bit: 51)
    static let minus = CodeWord(bit: 52)
    static let bar = CodeWord(bit: 53)
    /// Any other symbol.
    static let operation = CodeWord(bit: 54)
    static let newline = CodeWord(bit: 55)

    static let opening: CodeWord = [.openRound, .openSquare, .openCurly]
    static let closing: CodeWord = [.closeRound, .closeSquare, .closeCurly]
    static let comparison: CodeWord = [
        .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .in, .is, .not,
    ]
    /// Keywords that stand between or in front of operands.
    static let expressionKeywords: CodeWord = [.if, .else, .and, .or, .not, .in, .is, .lambda, .await, .yield, .for]
    static let keywords: CodeWord = [
        .expressionKeywords, .as, .def, .class, .global, .nonlocal, .del, .import, .while, .elif, .return, .with, .from,
        .async, .assert, .raise,
    ]

    /// The word that some bytes spell; empty for any other name.
    static func name(_ packed: UInt64) -> CodeWord { names[packed] ?? [] }

    /// The word that a symbol's bytes spell.
    static func symbol(_ packed: UInt64) -> CodeWord { symbols[packed] ?? .operation }

    fileprivate static let names = table(
        """
        and or not in is if else for lambda await yield as def class global nonlocal del import while elif return with \
        from async assert raise
        """,
        from: 0
    )

    private static let symbols: [UInt64: CodeWord] = {
        var symbols = table(", : . = := ( [ { ) ] } ; * ** % == != < <= > >=", from: 30)
        for symbol in "+= -= *= /= //= %= &= |= ^= **= >>= <<= @=".split(separator: " ") {
            symbols[pack(symbol)] = .augmented
        }
        symbols[pack("-")] = .minus
        symbols[pack("|")] = .bar
        return symbols
    }()

    private static func table(_ words: String, from bit: UInt64) -> [UInt64: CodeWord] {
        var table: [UInt64: CodeWord] = [:]
        for (offset, word) in words.split(separator: " ").enumerated() {
            table[pack(word)] = CodeWord(bit: bit + UInt64(offset))
        }
        return table
    }

    private static func pack(_ text: Substring) -> UInt64 { text.utf8.reduce(0) { $0 << 8 | UInt64($1) } }
}

/// Shortcuts to the words that most code is made of.
struct CodeSpellings {
    /// The one set that is used.
    static let shared = CodeSpellings()

    /// The words of symbols of one byte.
    private let symbols: [CodeWord]
    /// A bit for each length and first byte that a keyword has.
    private let shapes: UInt64

    private init() {
        symbols = (0..<128).map { CodeWord.symbol(UInt64($0)) }
        shapes = CodeWord.names.keys.reduce(0) { shapes, packed in
            let length = (64 - packed.leadingZeroBitCount + 7) / 8
            return shapes | Self.shape(of: UInt8(packed >> UInt64(8 * (length - 1))), length)
        }
    }

    /// The word of a symbol of one byte.
    func symbol(_ byte: UInt8) -> CodeWord { byte < 128 ? symbols[Int(byte)] : .operation }

    /// Whether a name may be one of the keywords, by its first byte and length.
    func mayBeName(_ first: UInt8, _ length: Int) -> Bool {
        length <= 8 && shapes & Self.shape(of: first, length) != 0
    }

    private static func shape(of first: UInt8, _ length: Int) -> UInt64 {
        1 << ((UInt64(first) &* 7 &+ UInt64(length)) & 63)
    }
}
