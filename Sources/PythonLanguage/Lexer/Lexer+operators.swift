/// Operators, brackets and the marks that end a replacement field's expression.
extension Lexer {
    @inline(__always)
    mutating func lexOperator(_ byte: UInt8) throws(SyntaxFailure) {
        switch byte {
        case UInt8(ascii: "("): try open(.leftParenthesis)
        case UInt8(ascii: "["): try open(.leftBracket)
        case UInt8(ascii: "{"): try open(.leftBrace)
        case UInt8(ascii: ")"): try close(.rightParenthesis)
        case UInt8(ascii: "]"): try close(.rightBracket)
        case UInt8(ascii: "}"): try close(.rightBrace)
        case UInt8(ascii: ","): add(.comma, 1)
        case UInt8(ascii: ":"): try lexColon()
        case UInt8(ascii: "="): add(.equal, equals: .equalEqual)
        case UInt8(ascii: ";"): add(.semicolon, 1)
        case UInt8(ascii: "!"): try lexExclamation()
        default: try lexArithmetic(byte)
        }
    }

    private mutating func lexArithmetic(_ byte: UInt8) throws(SyntaxFailure) {
        let next = base[position + 1]
        switch byte {
        case UInt8(ascii: "-"): next == 0x3E ? add(.arrow, 2) : add(.minus, equals: .minusEqual)
        case UInt8(ascii: "+"): add(.plus, equals: .plusEqual)
        case UInt8(ascii: "*"):
            next == byte ? addDoubled(.doubleStar, .doubleStarEqual) : add(.star, equals: .starEqual)
        case UInt8(ascii: "/"):
            next == byte ? addDoubled(.doubleSlash, .doubleSlashEqual) : add(.slash, equals: .slashEqual)
        case UInt8(ascii: "<"):
            if next == 0x3E { throw SyntaxFailure(at: position, "'<>' is not an operator; write '!='") }
            next == byte ? addDoubled(.leftShift, .leftShiftEqual) : add(.less, equals: .lessEqual)
        case UInt8(ascii: ">"):
            next == byte ? addDoubled(.rightShift, .rightShiftEqual) : add(.greater, equals: .greaterEqual)
        case UInt8(ascii: "%"): add(.percent, equals: .percentEqual)
        case UInt8(ascii: "@"): add(.at, equals: .atEqual)
        case UInt8(ascii: "&"): add(.ampersand, equals: .ampersandEqual)
        case UInt8(ascii: "|"): add(.bar, equals: .barEqual)
        case UInt8(ascii: "^"): add(.caret, equals: .caretEqual)
        case UInt8(ascii: "~"): add(.tilde, 1)
        default: throw unexpected(byte)
        }
    }

    @inline(__always)
    private mutating func add(_ kind: TokenKind, _ length: Int) {
        tokens.append(Token(kind, position, position + length))
        position += length
    }

    @inline(__always)
    private mutating func add(_ kind: TokenKind, equals assigning: TokenKind) {
        // In a replacement field, `=` in front of `}`, `!` or `:` asks for the expression's own text.
        base[position + 1] == 0x3D ? add(assigning, 2) : add(kind, 1)
    }

    @inline(__always)
    private mutating func addDoubled(_ kind: TokenKind, _ assigning: TokenKind) {
        base[position + 2] == 0x3D ? add(assigning, 3) : add(kind, 2)
    }

    @inline(__always)
    private mutating func open(_ kind: TokenKind) throws(SyntaxFailure) {
        depth += 1
        if depth > maximumBracketDepth {
            throw SyntaxFailure(at: position, "too many nested brackets", isTooDeep: true)
        }
        add(kind, 1)
    }

    @inline(__always)
    private mutating func close(_ kind: TokenKind) throws(SyntaxFailure) {
        if depth == 0 { throw SyntaxFailure(at: position, "a closing bracket without an opening one") }
        let endsField = depth == fieldDepth
        depth -= 1
        add(kind, 1)
        if endsField {
            if kind != .rightBrace { throw SyntaxFailure(at: position - 1, "f-string: expecting '}'") }
            try endField()
        }
    }

    @inline(__always)
    private mutating func lexColon() throws(SyntaxFailure) {
        if depth == fieldDepth, fieldDepth >= 0 {
            add(.colon, 1)
            return try beginSpecification()
        }
        add(.colon, equals: .walrus)
    }

    private mutating func lexExclamation() throws(SyntaxFailure) {
        if base[position + 1] == 0x3D { return add(.notEqual, 2) }
        guard depth == fieldDepth else { throw SyntaxFailure(at: position, "invalid syntax at '!'") }
        add(.exclamation, 1)
    }
}
