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

/// Turns neutral prose, where code stands in backticks, into the words of a style.
struct InlineWriter {
    let markup: InlineMarkup
    let source: Bytes
    let end: Int
    private var position: Int
    /// Epytext's open braces: whether each was written as itself.
    private var openBraces: [Bool] = []

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
            default: writePlain(byte, to: &prose)
            }
        }
        prose.endWord()
    }

    private mutating func writePlain(_ byte: UInt8, to prose: inout ProseBuffer) {
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

// MARK: - Code

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

// MARK: - reST

extension InlineWriter {
    /// Writes a character that reST would read as markup with a backslash; `false` if it is none.
    private mutating func writeSpecialReST(_ byte: UInt8, to prose: inout ProseBuffer) -> Bool {
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

    private func writeReSTCode(_ code: Slice<Bytes>, to prose: inout ProseBuffer) {
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

// MARK: - Epytext

extension InlineWriter {
    /// Writes a brace, as an escape where Epytext would read markup; `false` for any other character.
    private mutating func writeSpecialEpytext(_ byte: UInt8, to prose: inout ProseBuffer) -> Bool {
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

    private func writeEpytextCode(_ code: Slice<Bytes>, to prose: inout ProseBuffer) {
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
