/// Format and template strings (PEP 701, PEP 750): text, replacement fields and format specifications.
extension Lexer {
    mutating func beginFormat(_ start: Int, quote: UInt8, flags: TokenFlags) throws(SyntaxFailure) {
        position += flags.contains(.isTriple) ? 3 : 1
        tokens.append(Token(.formatStart, start, position, flags: flags))
        if formatModes.count > maximumBracketDepth {
            throw SyntaxFailure(at: start, "f-strings nested too deeply", isTooDeep: true)
        }
        let style = FormatQuote(quote: quote, isTriple: flags.contains(.isTriple), isRaw: flags.contains(.isRaw))
        formatModes.append(.text(style))
        fieldDepth = -1
        try lexText(style, inSpecification: false)
    }

    /// Called behind the `}` that ends a replacement field.
    mutating func endField() throws(SyntaxFailure) {
        formatModes.removeLast()
        try resumeText()
    }

    /// Called behind the `:` of a replacement field.
    mutating func beginSpecification() throws(SyntaxFailure) {
        guard let style = enclosingQuote() else { return }
        formatModes.append(.specification(style))
        fieldDepth = -1
        try lexText(style, inSpecification: true)
    }

    private func enclosingQuote() -> FormatQuote? {
        for mode in formatModes.reversed() {
            if case .text(let style) = mode { return style }
        }
        return nil
    }

    private mutating func resumeText() throws(SyntaxFailure) {
        switch formatModes.last {
        case .text(let style):
            fieldDepth = -1
            try lexText(style, inSpecification: false)
        case .specification(let style):
            fieldDepth = -1
            try lexText(style, inSpecification: true)
        case .field(let depth):
            fieldDepth = depth
        case nil:
            fieldDepth = -1
        }
    }

    /// Reads text up to the next replacement field, the end of the specification or the end of the literal.
    private mutating func lexText(_ style: FormatQuote, inSpecification: Bool) throws(SyntaxFailure) {
        let start = position
        var flags: TokenFlags = style.isRaw ? .isRaw : []
        while true {
            let byte = base[position]
            switch byte {
            case style.quote where endsLiteral(style):
                if inSpecification { throw SyntaxFailure(at: position, "f-string: expecting '}'") }
                return try endFormat(from: start, style, flags)
            case 0x7B:
                // Doubled braces stand for themselves, in a specification they do not.
                if base[position + 1] == 0x7B, !inSpecification {
                    position += 2
                } else {
                    return try beginField(from: start, flags)
                }
            case 0x7D:
                if inSpecification { return try endSpecification(from: start, flags) }
                guard base[position + 1] == 0x7D else {
                    throw SyntaxFailure(at: position, "f-string: single '}' is not allowed")
                }
                position += 2
            case 0x5C:
                skipFormatEscape(style, &flags)
            case 0 where position >= count:
                throw SyntaxFailure(at: start, "unterminated f-string literal")
            case 0:
                throw SyntaxFailure(at: position, "source code cannot contain null bytes")
            case 0x0A, 0x0D:
                if !style.isTriple { throw SyntaxFailure(at: start, "unterminated f-string literal") }
                position += 1
            default:
                position += 1
            }
        }
    }

    @inline(__always)
    private func endsLiteral(_ style: FormatQuote) -> Bool {
        !style.isTriple || (base[position + 1] == style.quote && base[position + 2] == style.quote)
    }

    private mutating func skipFormatEscape(_ style: FormatQuote, _ flags: inout TokenFlags) {
        let escaped = base[position + 1]
        if escaped == 0x7B || escaped == 0x7D {
            position += 1
        } else if !style.isRaw, escaped == 0x4E, base[position + 2] == 0x7B {
            flags.insert(.hasCheckedEscape)
            position += 3
            while position < count, base[position] != 0x7D, base[position] != style.quote, !base[position].isLineEnd {
                position += 1
            }
            if base[position] == 0x7D { position += 1 }
        } else {
            skipEscape(&flags)
        }
    }

    private mutating func addText(from start: Int, _ flags: TokenFlags) {
        if position > start { tokens.append(Token(.formatMiddle, start, position, flags: flags)) }
    }

    private mutating func endFormat(from start: Int, _ style: FormatQuote, _ flags: TokenFlags) throws(SyntaxFailure) {
        addText(from: start, flags)
        let length = style.isTriple ? 3 : 1
        tokens.append(Token(.formatEnd, position, position + length))
        position += length
        formatModes.removeLast()
        if case .field(let depth)? = formatModes.last { fieldDepth = depth } else { fieldDepth = -1 }
    }

    private mutating func beginField(from start: Int, _ flags: TokenFlags) throws(SyntaxFailure) {
        addText(from: start, flags)
        tokens.append(Token(.leftBrace, position, position + 1))
        position += 1
        depth += 1
        if depth > maximumBracketDepth {
            throw SyntaxFailure(at: position, "too many nested brackets", isTooDeep: true)
        }
        formatModes.append(.field(depth: depth))
        fieldDepth = depth
    }

    private mutating func endSpecification(from start: Int, _ flags: TokenFlags) throws(SyntaxFailure) {
        addText(from: start, flags)
        formatModes.removeLast()
        if case .field(let depth)? = formatModes.last { fieldDepth = depth }
    }
}
