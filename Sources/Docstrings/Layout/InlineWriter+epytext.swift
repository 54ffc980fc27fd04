extension InlineWriter {
    /// Writes a brace, as an escape where Epytext would read markup; `false` for any other character.
    mutating func writeSpecialEpytext(_ byte: UInt8, to prose: inout ProseBuffer) -> Bool {
        if byte == UInt8(ascii: "@"), prose.isBetweenWords, prose.words.isEmpty {
            prose.append("E{@}")
        } else if byte == UInt8(ascii: "}") {
            if openBraces.popLast() == true { prose.append(byte) } else { prose.append("E{rb}") }
        } else if byte == UInt8(ascii: "{") {
            writeOpeningBrace(to: &prose)
            return true
        } else {
            return false
        }
        position += 1
        return true
    }

    private mutating func writeOpeningBrace(to prose: inout ProseBuffer) {
        let length = balancedLength()
        if let length, isInlineTag(prose.wordInHand) {
            prose.append(unbroken: source[position..<position + length])
            position += length
            return
        }
        let isLiteral = length != nil && prose.wordInHand.last?.isUppercase != true
        if length != nil { openBraces.append(isLiteral) }
        prose.append(isLiteral ? "{" : "E{lb}")
        position += 1
    }

    /// Whether a word ends with one of Epytext's inline tags, and no other letter stands before it.
    private func isInlineTag(_ word: ArraySlice<UInt8>) -> Bool {
        guard let tag = word.last, "BCEGILMSUX".utf8.contains(tag) else { return false }
        return word.dropLast().last?.isWordLike != true
    }

    /// The bytes from an opening brace to its partner, if that is not far.
    private func balancedLength() -> Int? {
        var depth = 0
        for offset in position..<min(end, position + 500) {
            if source[offset] == UInt8(ascii: "{") { depth += 1 }
            if source[offset] == UInt8(ascii: "}") { depth -= 1 }
            if depth == 0 { return offset + 1 - position }
        }
        return nil
    }

    func writeEpytextCode(_ code: Slice<Bytes>, to prose: inout ProseBuffer) {
        prose.append("C{")
        if isSafeInBraces(code) { prose.append(unbroken: code) } else { writeEscapingBraces(code, to: &prose) }
        prose.append("}")
    }

    /// Whether braces are balanced and none stands behind a capital letter.
    private func isSafeInBraces(_ code: Slice<Bytes>) -> Bool {
        var depth = 0
        var previous: UInt8 = 0
        for byte in code {
            if byte == UInt8(ascii: "{") {
                if previous.isUppercase { return false }
                depth += 1
            } else if byte == UInt8(ascii: "}") {
                depth -= 1
                if depth < 0 { return false }
            }
            previous = byte
        }
        return depth == 0
    }

    private func writeEscapingBraces(_ code: Slice<Bytes>, to prose: inout ProseBuffer) {
        for byte in code {
            switch byte {
            case UInt8(ascii: "{"): prose.append("E{lb}")
            case UInt8(ascii: "}"): prose.append("E{rb}")
            default: prose.append(byte.isWhitespace ? .blank : byte)
            }
        }
    }
}
