/// What a byte can begin, as the lexer's first look at it.
enum CharacterClass: UInt8 {
    case other, blank, newline, comment, nameStart, digit, quote, operatorMark, dot, backslash, nonASCII, end
}

/// The lexer's lookup tables, made once.
struct LexerTables: @unchecked Sendable {
    // Unchecked because the pointers' memory is written in `init` only, before anyone else has them: it needs no lock.
    let classes: UnsafePointer<CharacterClass>
    /// 1 where a byte goes on with a name; non-ASCII bytes do.
    let continuesName: UnsafePointer<Bool>
    let keywords: UnsafePointer<KeywordSlot>

    static let shared = LexerTables()

    private init() {
        let classes = UnsafeMutablePointer<CharacterClass>.allocate(capacity: 256)
        let continues = UnsafeMutablePointer<Bool>.allocate(capacity: 256)
        for value in 0..<256 {
            let byte = UInt8(value)
            classes[value] = Self.characterClass(of: byte)
            continues[value] = byte >= 0x80 || byte.isNameStart || byte.isDigit
        }
        self.classes = UnsafePointer(classes)
        continuesName = UnsafePointer(continues)
        keywords = UnsafePointer(KeywordSlot.table())
    }

    private static func characterClass(of byte: UInt8) -> CharacterClass {
        switch byte {
        case 0: .end
        case UInt8(ascii: " "), UInt8(ascii: "\t"), 0x0C: .blank
        case UInt8(ascii: "\n"), UInt8(ascii: "\r"): .newline
        case UInt8(ascii: "#"): .comment
        case UInt8(ascii: "'"), UInt8(ascii: "\""): .quote
        case UInt8(ascii: "."): .dot
        case UInt8(ascii: "\\"): .backslash
        case 0x80...: .nonASCII
        default: byte.isNameStart ? .nameStart : byte.isDigit ? .digit : .operatorMark
        }
    }
}

/// A place in the keyword table: a word of up to eight letters as an integer, and its kind.
struct KeywordSlot: BitwiseCopyable {
    var word: UInt64 = 0
    var kind = TokenKind.name

    /// The hash's multiplier, found by trial: it gives all words places of their own.
    static let multiplier: UInt64 = KeywordSlot.findMultiplier()
    static let shift: UInt64 = 64 - 8

    @inline(__always)
    static func place(of word: UInt64, multiplier: UInt64) -> Int { Int((word &* multiplier) >> shift) }

    static func table() -> UnsafeMutablePointer<KeywordSlot> {
        let table = UnsafeMutablePointer<KeywordSlot>.allocate(capacity: 256)
        table.initialize(repeating: KeywordSlot(), count: 256)
        for (word, kind) in keywords {
            table[place(of: packed(word), multiplier: multiplier)] = KeywordSlot(word: packed(word), kind: kind)
        }
        return table
    }

    private static func packed(_ word: String) -> UInt64 {
        word.utf8.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static func findMultiplier() -> UInt64 {
        let words = keywords.map { packed($0.0) }
        var candidate: UInt64 = 0x9E37_79B9_7F4A_7C15
        while Set(words.map { place(of: $0, multiplier: candidate) }).count < words.count {
            candidate = candidate &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        }
        return candidate
    }

    /// Names that the lexer notes though they are no keywords: `__doc__` and `tokens` tell of docstrings used as data.
    private static let keywords: [(String, TokenKind)] = [
        ("__doc__", .name), ("tokens", .name),
        ("False", .keywordFalse), ("None", .keywordNone), ("True", .keywordTrue), ("and", .and), ("as", .as),
        ("assert", .assert), ("async", .async), ("await", .await), ("break", .break), ("class", .class),
        ("continue", .continue), ("def", .def), ("del", .del), ("elif", .elif), ("else", .else),
        ("except", .except), ("finally", .finally), ("for", .for), ("from", .from), ("global", .global),
        ("if", .if), ("import", .import), ("in", .in), ("is", .is), ("lambda", .lambda),
        ("nonlocal", .nonlocal), ("not", .not), ("or", .or), ("pass", .pass), ("raise", .raise),
        ("return", .return), ("try", .try), ("while", .while), ("with", .with), ("yield", .yield),
        ("match", .softMatch), ("case", .softCase), ("type", .softType), ("_", .softUnderscore),
    ]
}

extension UInt8 {
    @inline(__always) var isDigit: Bool { self &- 0x30 < 10 }
    @inline(__always) var isNameStart: Bool { (self | 0x20) &- 0x61 < 26 || self == 0x5F }
    @inline(__always) var isHexDigit: Bool { isDigit || (self | 0x20) &- 0x61 < 6 }
    @inline(__always) var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0C }
    @inline(__always) var isLineEnd: Bool { self == 0x0A || self == 0x0D }
}
