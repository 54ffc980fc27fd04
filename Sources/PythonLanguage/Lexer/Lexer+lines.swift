import SourceCode

/// The width of an indentation, measured as CPython does: tabs to multiples of 8, and tabs as one column.
struct IndentationLevel {
    var column = 0
    var alternateColumn = 0
}

/// Line starts, line ends, continuations and indentation.
extension Lexer {
    mutating func lexNewline() throws(SyntaxFailure) {
        let start = position
        skipLineEnd()
        guard depth == 0 else { return }
        tokens.append(Token(.newline, start, position))
        try beginLine()
    }

    /// Moves behind the line end at the position: `\n`, `\r\n` or `\r`.
    @inline(__always)
    mutating func skipLineEnd() {
        let isPair = base[position] == 0x0D && base[position + 1] == 0x0A
        position += isPair ? 2 : 1
    }

    mutating func lexContinuation() throws(SyntaxFailure) {
        guard base[position + 1].isLineEnd else {
            throw SyntaxFailure(at: position, "unexpected character after line continuation character")
        }
        position += 1
        skipLineEnd()
        if position >= count { throw SyntaxFailure(at: position, "unexpected end of file after line continuation") }
    }

    /// Skips lines without code and turns the indentation of the next one into tokens.
    mutating func beginLine() throws(SyntaxFailure) {
        while true {
            let (level, blanks) = try measureIndentation()
            switch base[position] {
            case 0x23:
                lexComment()
                if base[position].isLineEnd { skipLineEnd() }
            case 0x0A, 0x0D:
                skipLineEnd()
            case 0 where position >= count:
                return
            default:
                return try indent(to: level, blanks: blanks)
            }
        }
    }

    /// The width of the blanks at the position, and where they stand behind the last form feed.
    private mutating func measureIndentation() throws(SyntaxFailure) -> (IndentationLevel, ByteRange) {
        var level = IndentationLevel()
        var continued: (IndentationLevel, ByteRange)?
        var start = position
        while true {
            switch base[position] {
            case 0x20:
                level.column += 1
                level.alternateColumn += 1
            case 0x09:
                level.column = (level.column / 8 + 1) * 8
                level.alternateColumn += 1
            case 0x0C:
                level = IndentationLevel()
                start = position + 1
            case 0x5C:
                // A continuation inside the indentation: the first line's blanks count (CPython 3.10 and later).
                if continued == nil { continued = (level, ByteRange(start, position)) }
                try lexContinuation()
                level = IndentationLevel()
                start = position
                continue
            default:
                let measured = (level, ByteRange(start, position))
                guard let continued, continued.0.column > 0 else { return measured }
                return continued
            }
            position += 1
        }
    }

    private mutating func indent(to level: IndentationLevel, blanks: ByteRange) throws(SyntaxFailure) {
        guard let current = indentation.last else { return }
        if level.column == current.column {
            if level.alternateColumn != current.alternateColumn { throw inconsistentTabs() }
        } else if level.column > current.column {
            if level.alternateColumn <= current.alternateColumn { throw inconsistentTabs() }
            if indentation.count >= maximumIndentationDepth {
                throw SyntaxFailure(at: position, "too many levels of indentation", isTooDeep: true)
            }
            if indentation.count == 1, firstIndentation.isEmpty { firstIndentation = blanks }
            indentation.append(level)
            tokens.append(Token(.indent, Int(blanks.start), Int(blanks.end)))
        } else {
            try dedent(to: level)
        }
    }

    private mutating func dedent(to level: IndentationLevel) throws(SyntaxFailure) {
        while let top = indentation.last, indentation.count > 1, level.column < top.column {
            indentation.removeLast()
            tokens.append(Token(.dedent, position, position))
        }
        guard let top = indentation.last, top.column == level.column else {
            throw SyntaxFailure(at: position, "unindent does not match any outer indentation level")
        }
        if top.alternateColumn != level.alternateColumn { throw inconsistentTabs() }
    }

    private func inconsistentTabs() -> SyntaxFailure {
        SyntaxFailure(at: position, "inconsistent use of tabs and spaces in indentation")
    }
}
