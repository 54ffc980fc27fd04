/// Where the lexer is inside a format or template string.
enum FormatMode {
    /// In the text between replacement fields.
    case text(FormatQuote)
    /// In a replacement field's expression, whose own bracket depth this is.
    case field(depth: Int)
    /// In a replacement field's format specification.
    case specification(FormatQuote)
}

/// How a format string is quoted.
struct FormatQuote {
    var quote: UInt8
    var isTriple: Bool
    var isRaw: Bool
}

/// String literals: plain ones as one token, format and template strings in parts.
extension Lexer {
    /// Reads the literal whose quotes stand at the position, behind a prefix of up to two letters.
    mutating func lexString(prefixStart: Int) throws(SyntaxFailure) {
        var flags: TokenFlags = []
        var isFormat = false
        for index in prefixStart..<position {
            switch base[index] | 0x20 {
            case UInt8(ascii: "b"): flags.insert(.isBytes)
            case UInt8(ascii: "r"): flags.insert(.isRaw)
            case UInt8(ascii: "f"): isFormat = true
            case UInt8(ascii: "t"):
                isFormat = true
                flags.insert(.isTemplate)
            default: break
            }
        }
        let quote = base[position]
        let isTriple = base[position + 1] == quote && base[position + 2] == quote
        if isTriple { flags.insert(.isTriple) }
        if isFormat { return try beginFormat(prefixStart, quote: quote, flags: flags) }
        position += isTriple ? 3 : 1
        if isTriple {
            try skipTriple(quote, from: prefixStart, &flags)
        } else {
            try skipSingle(quote, from: prefixStart, &flags)
        }
        tokens.append(Token(.string, prefixStart, position, flags: flags))
    }

    private mutating func skipSingle(_ quote: UInt8, from start: Int, _ flags: inout TokenFlags) throws(SyntaxFailure) {
        while true {
            let byte = base[position]
            if byte == quote {
                position += 1
                return
            }
            if byte == 0x5C {
                skipEscape(&flags)
            } else if byte.isLineEnd || (byte == 0 && position >= count) {
                throw SyntaxFailure(at: start, "unterminated string literal")
            } else if byte == 0 {
                throw SyntaxFailure(at: position, "source code cannot contain null bytes")
            } else {
                if byte >= 0x80 { flags.insert(.isNonASCII) }
                position += 1
            }
        }
    }

    private mutating func skipTriple(_ quote: UInt8, from start: Int, _ flags: inout TokenFlags) throws(SyntaxFailure) {
        while true {
            skipPlainText(until: quote, &flags)
            let byte = base[position]
            if byte == quote {
                if base[position + 1] == quote, base[position + 2] == quote {
                    position += 3
                    return
                }
                position += 1
            } else if byte == 0x5C {
                skipEscape(&flags)
            } else if byte == 0 {
                let reason = "unterminated triple-quoted string literal"
                throw position >= count
                    ? SyntaxFailure(at: start, reason)
                    : SyntaxFailure(at: position, "source code cannot contain null bytes")
            } else {
                position += 1
            }
        }
    }

    /// Moves to the next quote, backslash or zero byte, eight bytes at a time.
    @inline(__always)
    private mutating func skipPlainText(until quote: UInt8, _ flags: inout TokenFlags) {
        let wanted = ByteScan.repeated(quote)
        var here = position
        var high: UInt64 = 0
        while here < count {
            let word = ByteScan.word(base, here)
            let found =
                ByteScan.matches(word, wanted) | ByteScan.matches(word, ByteScan.repeated(0x5C))
                | ByteScan.matches(word, 0)
            high |= word
            if found != 0 {
                here += ByteScan.firstPlace(found)
                break
            }
            here += 8
        }
        position = here
        // Bytes behind the match may count as well: the flag only asks for a closer look.
        if high & ByteScan.repeated(0x80) != 0 { flags.insert(.isNonASCII) }
    }

    /// Moves behind a backslash and what it escapes.
    @inline(__always)
    mutating func skipEscape(_ flags: inout TokenFlags) {
        let escaped = base[position + 1]
        if escaped == 0x78 || escaped | 0x20 == 0x75 || escaped == 0x4E { flags.insert(.hasCheckedEscape) }
        if escaped >= 0x80 { flags.insert(.isNonASCII) }
        if escaped == 0 {
            position += 1
        } else {
            position += escaped == 0x0D && base[position + 2] == 0x0A ? 3 : 2
        }
    }
}
