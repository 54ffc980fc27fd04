extension InlineWriter {
    /// Writes a character that reST would read as markup with a backslash; `false` if it is none.
    mutating func writeSpecialReST(_ byte: UInt8, to prose: inout ProseBuffer) -> Bool {
        switch byte {
        case UInt8(ascii: "*"): return writeStars(to: &prose)
        case UInt8(ascii: "|"):
            guard opensMarkup(after: prose.wordInHand.last), hasContent(at: position + 1) else { return false }
            prose.append("\\|")
        case UInt8(ascii: "\\"): prose.append("\\\\")
        case UInt8(ascii: "_"):
            guard endsReference(prose.wordInHand) else { return false }
            prose.append("\\_")
        default: return false
        }
        position += 1
        return true
    }

    /// Leaves well-formed emphasis alone and escapes what only looks like its start.
    private mutating func writeStars(to prose: inout ProseBuffer) -> Bool {
        let opening = position
        var stop = opening
        while stop < end, source[stop] == UInt8(ascii: "*") { stop += 1 }
        let length = stop - opening
        position = stop
        let opens = opensMarkup(after: prose.wordInHand.last) && hasContent(at: stop)
        guard opens else {
            for _ in 0..<length { prose.append(UInt8(ascii: "*")) }
            return true
        }
        if let closing = closingStars(length, from: stop) {
            prose.append(unbroken: source[opening..<closing + length])
            position = closing + length
        } else {
            for _ in 0..<length { prose.append("\\*") }
        }
        return true
    }

    /// Where emphasis of plain words ends.
    private func closingStars(_ length: Int, from start: Int) -> Int? {
        guard length <= 2 else { return nil }
        var here = start
        while here < end, source[here].isWordLike || source[here] == .blank || source[here] == UInt8(ascii: "-") {
            here += 1
        }
        guard here + length <= end, here > start, source[here - 1] != .blank,
            source[here..<here + length].allSatisfy({ $0 == UInt8(ascii: "*") }), closesMarkup(at: here + length)
        else { return nil }
        return here
    }

    func writeReSTCode(_ code: Slice<Bytes>, to prose: inout ProseBuffer) {
        if !opensMarkup(after: prose.wordInHand.last) { prose.append("\\ ") }
        prose.append("``")
        prose.append(unbroken: code)
        prose.append("``")
        if !closesMarkup(at: position) { prose.append("\\ ") }
    }

    /// Whether inline markup may begin behind a character.
    private func opensMarkup(after byte: UInt8?) -> Bool {
        guard let byte else { return true }
        return "'\"([{<-/:".utf8.contains(byte)
    }

    /// Whether inline markup may end before an offset.
    private func closesMarkup(at offset: Int) -> Bool {
        guard offset < end else { return true }
        return source[offset].isWhitespace || "'\")]}>-/\\:.,;!?".utf8.contains(source[offset])
    }

    private func hasContent(at offset: Int) -> Bool { offset < end && !source[offset].isWhitespace }

    /// Whether an underscore behind a word makes a hyperlink reference of it.
    private func endsReference(_ word: ArraySlice<UInt8>) -> Bool {
        guard let last = word.last, last.isWordLike else { return false }
        var stop = position
        while stop < end, source[stop] == UInt8(ascii: "_") { stop += 1 }
        guard closesMarkup(at: stop), stop - position <= 2 else { return false }
        let name = word.reversed().prefix { $0.isWordLike || "-_+.".utf8.contains($0) }
        return name.last?.isWordLike == true
    }
}
