import SourceCode

/// Turns a file's bytes into tokens, by the rules of CPython's tokenizer for Python 3.8 to 3.14.
///
/// The bytes must be followed by at least 16 zero bytes, which stop every loop. Comments are kept apart from
/// the tokens; blank lines leave no trace. Format strings are cut into their parts as in PEP 701, which reads
/// older ones the same way.
struct Lexer: ~Copyable {
    let base: UnsafePointer<UInt8>
    let count: Int
    let encoding: SourceEncoding
    let classes: UnsafePointer<CharacterClass>
    let continuesName: UnsafePointer<Bool>
    let keywords: UnsafePointer<KeywordSlot>
    let keywordMultiplier: UInt64

    var tokens: Arena<Token>
    var comments: Arena<ByteRange>
    var position: Int
    /// Open brackets, those of replacement fields included.
    var depth = 0
    var indentation: [IndentationLevel] = [IndentationLevel()]
    var formatModes: [FormatMode] = []
    /// The bracket depth of the innermost replacement field's own level; -1 outside.
    var fieldDepth = -1
    /// Tokens that are the name `__doc__` or `tokens`.
    var notedNames: [Int] = []
    /// The first indentation's text, the file's unit.
    var firstIndentation = ByteRange.none

    /// The limit of ``depth``.
    let maximumBracketDepth: Int
    let maximumIndentationDepth: Int

    init(base: UnsafePointer<UInt8>, count: Int, start: Int, encoding: SourceEncoding, limits: NestingLimits) {
        maximumBracketDepth = limits.brackets
        maximumIndentationDepth = limits.blocks
        self.base = base
        self.count = count
        self.encoding = encoding
        let tables = LexerTables.shared
        classes = tables.classes
        continuesName = tables.continuesName
        keywords = tables.keywords
        keywordMultiplier = KeywordSlot.multiplier
        tokens = Arena(capacity: count / 4 + 64)
        comments = Arena(capacity: count / 512 + 16)
        position = start
    }

    /// Reads all tokens; the last is `endOfFile`.
    mutating func run() throws(SyntaxFailure) {
        try beginLine()
        while try lexToken() {}
    }

    /// Reads what stands at the position; false at the end of the file.
    @inline(__always)
    private mutating func lexToken() throws(SyntaxFailure) -> Bool {
        let byte = base[position]
        switch classes[Int(byte)] {
        case .blank:
            position += 1
        case .nameStart:
            try lexName()
        case .operatorMark:
            try lexOperator(byte)
        case .digit:
            try lexNumber()
        case .quote:
            try lexString(prefixStart: position)
        case .dot:
            try lexDot()
        case .newline:
            try lexNewline()
        case .comment:
            lexComment()
        case .backslash:
            try lexContinuation()
        case .nonASCII:
            try lexName()
        case .end:
            return try lexEnd()
        case .other:
            throw unexpected(byte)
        }
        return true
    }

    @inline(__always)
    private mutating func lexName() throws(SyntaxFailure) {
        let start = position
        var end = start
        while continuesName[Int(base[end])] { end += 1 }
        let length = end - start
        if length <= 8 {
            let loaded = UnsafeRawPointer(base + start).loadUnaligned(as: UInt64.self).littleEndian
            let word = length == 8 ? loaded : loaded & ((1 << UInt64(length * 8)) - 1)
            if length <= 2, isQuote(base[end]), isStringPrefix(word, length: length) {
                position = end
                return try lexString(prefixStart: start)
            }
            let slot = keywords[KeywordSlot.place(of: word, multiplier: keywordMultiplier)]
            if slot.word == word {
                if slot.kind == .name { notedNames.append(tokens.count) }
                tokens.append(Token(slot.kind, start, end))
                position = end
                return
            }
        }
        if containsNonASCII(start, end) { try checkName(start, end) }
        tokens.append(Token(.name, start, end))
        position = end
    }

    @inline(__always)
    private func isQuote(_ byte: UInt8) -> Bool { byte == 0x22 || byte == 0x27 }

    /// Whether letters in front of a quote are a string prefix: r, u, b, f, t, br, fr, tr in any case and order.
    @inline(__always)
    private func isStringPrefix(_ word: UInt64, length: Int) -> Bool {
        let lower = word | 0x2020
        let first = UInt8(truncatingIfNeeded: lower)
        let isSingle = first == 0x72 || first == 0x75 || first == 0x62 || first == 0x66 || first == 0x74
        guard length == 2 else { return isSingle }
        let second = UInt8(truncatingIfNeeded: lower >> 8)
        let other = first == 0x72 ? second : second == 0x72 ? first : 0
        return other == 0x62 || other == 0x66 || other == 0x74
    }

    @inline(__always)
    private func containsNonASCII(_ start: Int, _ end: Int) -> Bool {
        var bits: UInt8 = 0
        var index = start
        while index < end {
            bits |= base[index]
            index += 1
        }
        return bits >= 0x80
    }

    @inline(never)
    private func checkName(_ start: Int, _ end: Int) throws(SyntaxFailure) {
        let name = encoding.decode(UnsafeBufferPointer(start: base + start, count: end - start))
        for (index, scalar) in name.unicodeScalars.enumerated() {
            let isFine =
                scalar == "_" || (index == 0 ? scalar.properties.isXIDStart : scalar.properties.isXIDContinue)
            if !isFine {
                let code = String(scalar.value, radix: 16, uppercase: true)
                throw SyntaxFailure(
                    at: start,
                    "invalid character U+\(String(repeating: "0", count: max(0, 4 - code.count)))\(code)"
                )
            }
        }
    }

    @inline(never)
    func unexpected(_ byte: UInt8) -> SyntaxFailure {
        let shown = String(UnicodeScalar(byte)).debugDescription.dropFirst().dropLast()
        return SyntaxFailure(at: position, "invalid character '\(shown)'")
    }

    @inline(__always)
    private mutating func lexDot() throws(SyntaxFailure) {
        if base[position + 1].isDigit { return try lexNumber() }
        if base[position + 1] == 0x2E, base[position + 2] == 0x2E {
            tokens.append(Token(.ellipsis, position, position + 3))
            position += 3
        } else {
            tokens.append(Token(.dot, position, position + 1))
            position += 1
        }
    }

    @inline(__always)
    mutating func lexComment() {
        let start = position
        position = endOfLine(from: start)
        comments.append(ByteRange(start, position))
    }

    /// The offset of the next line end, zero byte or of the end of the file.
    @inline(__always)
    func endOfLine(from start: Int) -> Int {
        var end = start
        while end < count {
            let word = ByteScan.word(base, end)
            let found =
                ByteScan.matches(word, ByteScan.repeated(0x0A)) | ByteScan.matches(word, ByteScan.repeated(0x0D))
                | ByteScan.matches(word, 0)
            if found != 0 { return min(end + ByteScan.firstPlace(found), count) }
            end += 8
        }
        return count
    }

    /// Where the innermost bracket that is still open stands.
    private var unclosedBracket: Int {
        var closed = 0
        var index = tokens.count - 1
        while index >= 0 {
            switch tokens[index].kind {
            case .rightParenthesis, .rightBracket, .rightBrace: closed += 1
            case .leftParenthesis, .leftBracket, .leftBrace:
                if closed == 0 { return Int(tokens[index].start) }
                closed -= 1
            default: break
            }
            index -= 1
        }
        return position
    }

    private mutating func lexEnd() throws(SyntaxFailure) -> Bool {
        guard position >= count else {
            throw SyntaxFailure(at: position, "source code cannot contain null bytes")
        }
        guard formatModes.isEmpty else { throw SyntaxFailure(at: position, "f-string: expecting '}'") }
        guard depth == 0 else { throw SyntaxFailure(at: unclosedBracket, "the bracket was never closed") }
        if tokens.count > 0, tokens[tokens.count - 1].kind != .newline, tokens[tokens.count - 1].kind != .dedent {
            tokens.append(Token(.newline, count, count))
        }
        while indentation.count > 1 {
            indentation.removeLast()
            tokens.append(Token(.dedent, count, count))
        }
        // Two more, so that the parser may look ahead without asking.
        for _ in 0..<3 { tokens.append(Token(.endOfFile, count, count)) }
        return false
    }
}
