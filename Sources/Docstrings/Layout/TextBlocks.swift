/// Tells the prose of a text from what must stay as it is.
///
/// Kept verbatim: doctests, fenced blocks, literal blocks behind `::`, lists, tables, block quotes, directives with
/// their blocks, and field lists.
struct TextBlocks {
    enum Kind {
        /// A paragraph that may be wrapped.
        case prose
        /// Lines that stay.
        case verbatim
    }

    struct Block {
        let kind: Kind
        /// Whole lines, without the last line's end.
        let range: Range<Int>
        /// Whether an empty line stands before it.
        let isApart: Bool
    }

    private let source: Bytes
    private var position = 0
    private var isBehindIntroduction = false

    init(_ source: Bytes) { self.source = source }

    /// The next block; `nil` at the end.
    mutating func next() -> Block? {
        let start = position
        skipBlankLines()
        guard position < source.count else { return nil }
        let isApart = position > start
        let line = lineRange(at: position)
        let kind: Kind = beginsVerbatim(line) ? .verbatim : .prose
        let end = kind == .verbatim ? verbatimEnd(from: line) : proseEnd(from: line)
        position = min(end + 1, source.count)
        return Block(kind: kind, range: line.lowerBound..<trimmedEnd(line.lowerBound..<end), isApart: isApart)
    }

    private mutating func skipBlankLines() {
        while position < source.count {
            let line = lineRange(at: position)
            guard isBlank(line) else { return }
            position = min(line.upperBound + 1, source.count)
            if line.upperBound == source.count { position = source.count }
        }
    }

    /// The end of a paragraph: before an empty line or one that begins a verbatim block.
    private func proseEnd(from first: Range<Int>) -> Int {
        var line = first
        while line.upperBound < source.count, !endsWithIntroduction(line) {
            let following = lineRange(at: line.upperBound + 1)
            if isBlank(following) || beginsVerbatim(following) { break }
            line = following
        }
        return line.upperBound
    }

    /// The end of a verbatim block that begins with a line.
    private func verbatimEnd(from first: Range<Int>) -> Int {
        if isFence(first) { return fenceEnd(from: first) }
        let isDoctest = starts(first, with: ">>>")
        var line = first
        while line.upperBound < source.count {
            let following = lineRange(at: line.upperBound + 1)
            if isBlank(following) {
                guard !isDoctest, let resumed = resumption(behind: following, deeperThan: indent(first)) else { break }
                line = resumed
            } else {
                line = following
            }
        }
        return line.upperBound
    }

    /// The next line with text behind empty ones, if it still belongs to a block of some indentation.
    private func resumption(behind blank: Range<Int>, deeperThan margin: Int) -> Range<Int>? {
        var line = blank
        while isBlank(line) {
            guard line.upperBound < source.count else { return nil }
            line = lineRange(at: line.upperBound + 1)
        }
        return indent(line) > margin ? line : nil
    }

    private func fenceEnd(from first: Range<Int>) -> Int {
        var line = first
        while line.upperBound < source.count {
            line = lineRange(at: line.upperBound + 1)
            if isFence(line) { break }
        }
        return line.upperBound
    }
}

// MARK: - Lines

extension TextBlocks {
    private func lineRange(at start: Int) -> Range<Int> {
        var end = start
        while end < source.count, source[end] != .lineFeed { end += 1 }
        return start..<end
    }

    private func isBlank(_ line: Range<Int>) -> Bool { source[line].allSatisfy(\.isWhitespace) }

    private func indent(_ line: Range<Int>) -> Int { source[line].prefix { $0 == .blank || $0 == .tab }.count }

    private func trimmedEnd(_ range: Range<Int>) -> Int {
        var end = range.upperBound
        while end > range.lowerBound, source[end - 1].isWhitespace { end -= 1 }
        return end
    }

    private func starts(_ line: Range<Int>, with prefix: StaticString) -> Bool {
        let count = prefix.utf8CodeUnitCount
        let start = line.lowerBound + indent(line)
        guard start + count <= line.upperBound else { return false }
        return (0..<count).allSatisfy { source[start + $0] == prefix.utf8Start[$0] }
    }

    private func isFence(_ line: Range<Int>) -> Bool { starts(line, with: "```") || starts(line, with: "~~~") }

    /// Whether a line of prose announces an indented literal block.
    private func endsWithIntroduction(_ line: Range<Int>) -> Bool {
        let end = trimmedEnd(line)
        return end - line.lowerBound >= 2 && source[end - 1] == .colon && source[end - 2] == .colon
    }

    private func beginsVerbatim(_ line: Range<Int>) -> Bool {
        guard let first = source[line].first else { return false }
        if first.isWordLike { return first.isDigit && isEnumerated(line) || isLetterEnumerated(line) }
        switch first {
        case .blank, .tab: return true
        case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"):
            return isBullet(line) || isRule(line) || starts(line, with: "+-") || starts(line, with: "+=")
        case UInt8(ascii: "#"): return starts(line, with: "#. ") || starts(line, with: "# ")
        case UInt8(ascii: "="), UInt8(ascii: "^"): return isRule(line)
        case UInt8(ascii: "~"): return isFence(line) || isRule(line)
        case .backtick: return isFence(line)
        case UInt8(ascii: "|"): return starts(line, with: "| ") || starts(line, with: "|-")
        case .period: return starts(line, with: ".. ")
        case UInt8(ascii: ">"): return starts(line, with: ">>>") || starts(line, with: "> ")
        case .colon: return isField(line)
        case UInt8(ascii: "("): return isEnumerated(line.lowerBound + 1..<line.upperBound)
        default: return false
        }
    }

    private func isBullet(_ line: Range<Int>) -> Bool {
        line.count == 1 || source[line.lowerBound + 1].isWhitespace
    }

    /// `1. `, `1) `.
    private func isEnumerated(_ line: Range<Int>) -> Bool {
        let digits = source[line].prefix(while: \.isDigit)
        return !digits.isEmpty && digits.count < 4 && isMarker(at: digits.endIndex, in: line)
    }

    /// `a) `.
    private func isLetterEnumerated(_ line: Range<Int>) -> Bool {
        guard line.count > 2, source[line.lowerBound + 1] == UInt8(ascii: ")") else { return false }
        return isMarker(at: line.lowerBound + 1, in: line)
    }

    private func isMarker(at offset: Int, in line: Range<Int>) -> Bool {
        guard offset < line.upperBound, source[offset] == .period || source[offset] == UInt8(ascii: ")") else {
            return false
        }
        return offset + 1 == line.upperBound || source[offset + 1].isWhitespace
    }

    /// A line of one punctuation mark, three times at least, with blanks perhaps: a table's border or an underline.
    private func isRule(_ line: Range<Int>) -> Bool {
        let mark = source[line.lowerBound]
        let marks = source[line].count { $0 == mark }
        return marks >= 3 && source[line].allSatisfy { $0 == mark || $0.isWhitespace }
    }

    /// `:name:` or `:name argument:`.
    private func isField(_ line: Range<Int>) -> Bool {
        guard line.count > 2, source[line.lowerBound + 1].isWordLike else { return false }
        guard let close = source[(line.lowerBound + 1)..<line.upperBound].firstIndex(of: .colon) else { return false }
        return close + 1 == line.upperBound || source[close + 1].isWhitespace
    }
}
