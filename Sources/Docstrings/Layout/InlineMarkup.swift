/// How a style writes inline code, and what it must escape in prose.
enum InlineMarkup: Sendable {
    /// Google: `` `code` ``.
    case singleBackticks
    /// NumPy: ``` ``code`` ```.
    case doubleBackticks
    /// reST: ``` ``code`` ```, with stray markup characters escaped.
    case reST
    /// Epytext: `C{code}`, with stray braces escaped.
    case epytext
}

typealias Bytes = UnsafeBufferPointer<UInt8>

extension UInt8 {
    /// Whether it is neither a blank nor part of any style's inline markup.
    fileprivate var isPlain: Bool {
        switch self {
        case 0...0x20, .backtick, .colon, UInt8(ascii: "*"), UInt8(ascii: "|"), UInt8(ascii: "\\"),
            UInt8(ascii: "_"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "@"):
            false
        default: true
        }
    }
}

/// Turns neutral prose, where code stands in backticks, into the words of a style.
struct InlineWriter {
    let markup: InlineMarkup
    let source: Bytes
    let end: Int
    var position: Int
    /// Epytext's open braces: whether each was written as itself.
    var openBraces: [Bool] = []

    init(_ markup: InlineMarkup, source: Bytes, range: Range<Int>) {
        self.markup = markup
        self.source = source
        position = range.lowerBound
        end = range.upperBound
    }

    /// Appends all words of the range to a buffer.
    mutating func write(to prose: inout ProseBuffer) {
        while position < end {
            let byte = source[position]
            switch byte {
            case .blank, 0x09...0x0D:
                prose.endWord(atLineEnd: byte == .lineFeed)
                position += 1
            case .backtick: writeBackticks(to: &prose)
            default: if !writeRun(to: &prose) { writeSpecial(byte, to: &prose) }
            }
        }
        prose.endWord()
    }

    /// Writes the characters that mean nothing in any style; `false` if there is none.
    private mutating func writeRun(to prose: inout ProseBuffer) -> Bool {
        var stop = position
        while stop < end, source[stop].isPlain { stop += 1 }
        guard stop > position else { return false }
        prose.append(plain: source[position..<stop])
        position = stop
        return true
    }

    private mutating func writeSpecial(_ byte: UInt8, to prose: inout ProseBuffer) {
        switch markup {
        case .singleBackticks, .doubleBackticks: break
        case .reST: if writeSpecialReST(byte, to: &prose) { return }
        case .epytext: if writeSpecialEpytext(byte, to: &prose) { return }
        }
        if byte == .colon, let length = addressLength(after: prose.wordInHand) {
            prose.append(unbroken: source[position..<position + length])
            position += length
            return
        }
        prose.append(byte)
        position += 1
    }

    /// The bytes from the colon of an address such as `https://…` to the next blank; `nil` where there is none.
    private func addressLength(after scheme: ArraySlice<UInt8>) -> Int? {
        guard position + 2 < end, source[position + 1] == 0x2F, source[position + 2] == 0x2F,
            scheme.last?.isLowercase == true
        else { return nil }
        var stop = position
        while stop < end, !source[stop].isWhitespace, source[stop] != .backtick { stop += 1 }
        return stop - position
    }
}

extension InlineWriter {
    private mutating func writeBackticks(to prose: inout ProseBuffer) {
        let opening = position
        let length = backtickRun(at: opening)
        guard let closing = closingRun(of: length, from: opening + length) else {
            for _ in 0..<length { writeStrayBacktick(to: &prose) }
            position += length
            return
        }
        position = closing + length
        if length == 1, endsWithRole(prose.wordInHand) || (position < end && source[position] == UInt8(ascii: "_")) {
            while position < end, source[position] == UInt8(ascii: "_") { position += 1 }
            prose.append(unbroken: source[opening..<position])
            return
        }
        writeCode(trimmed(opening + length..<closing), to: &prose)
    }

    private func backtickRun(at start: Int) -> Int {
        var stop = start
        while stop < end, source[stop] == .backtick { stop += 1 }
        return stop - start
    }

    /// The next run of exactly so many backticks, as in Markdown.
    private func closingRun(of length: Int, from start: Int) -> Int? {
        var here = start
        while here < min(end, start + 2000) {
            let run = backtickRun(at: here)
            if run == length && here > start { return here }
            here += max(run, 1)
        }
        return nil
    }

    /// One blank on both sides goes when it only keeps a backtick apart from the delimiter.
    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        var range = range
        while range.count > 1, source[range.lowerBound].isWhitespace { range = range.lowerBound + 1..<range.upperBound }
        while range.count > 1, source[range.upperBound - 1].isWhitespace {
            range = range.lowerBound..<range.upperBound - 1
        }
        return range
    }

    private func writeCode(_ range: Range<Int>, to prose: inout ProseBuffer) {
        let code = source[range]
        switch markup {
        case .singleBackticks:
            if code.contains(.backtick) { writeFenced(code, to: &prose) } else { writeSingle(code, to: &prose) }
        case .doubleBackticks: writeFenced(code, to: &prose)
        case .reST: writeReSTCode(code, to: &prose)
        case .epytext: writeEpytextCode(code, to: &prose)
        }
    }

    private func writeSingle(_ code: Slice<Bytes>, to prose: inout ProseBuffer) {
        prose.append(.backtick)
        prose.append(unbroken: code)
        prose.append(.backtick)
    }

    private func writeFenced(_ code: Slice<Bytes>, to prose: inout ProseBuffer) {
        prose.append("``")
        if code.first == .backtick { prose.append(.blank) }
        prose.append(unbroken: code)
        if code.last == .backtick { prose.append(.blank) }
        prose.append("``")
    }

    private func writeStrayBacktick(to prose: inout ProseBuffer) {
        if case .reST = markup { prose.append(UInt8(ascii: "\\")) }
        prose.append(.backtick)
    }

    /// Whether a word ends with `:role:`.
    private func endsWithRole(_ word: ArraySlice<UInt8>) -> Bool {
        guard word.last == .colon else { return false }
        let name = word.dropLast().reversed().prefix { $0.isWordLike || "-_+.".utf8.contains($0) }
        let start = word.endIndex - 2 - name.count
        return !name.isEmpty && start >= word.startIndex && word[start] == .colon
    }
}
