/// Writes the lines of a docstring: prose wrapped to the room there is, verbatim zones as they are.
struct TextWriter {
    let layout: DocstringLayout
    let markup: InlineMarkup
    /// The columns a line has behind the block's indentation.
    let room: Int
    var prose = ProseBuffer()
    private(set) var bytes: [UInt8] = []
    /// What did not fit into the summary.
    var restOfSummary: ProseBuffer?
    private let unit: [UInt8]
    private let unitWidth: Int
    private var lineStart = 0
    private var lineStarts: [Int] = []

    init(_ layout: DocstringLayout, markup: InlineMarkup) {
        self.layout = layout
        self.markup = markup
        room = max(layout.lineLength - layout.indentationWidth, 1)
        unit = Array(layout.indentationUnit.utf8)
        unitWidth = unit.reduce(0) { $0 + ($1 == .tab ? 8 : 1) }
        bytes.reserveCapacity(512)
    }

    /// The text so far.
    var text: String { String(decoding: bytes, as: UTF8.self) }
    /// Whether the text holds a backslash, so that its literal is a raw one.
    var holdsBackslash: Bool { bytes.contains(UInt8(ascii: "\\")) }
    /// The columns that the line in hand takes.
    var column: Int { columns(of: bytes[lineStart...]) }

    /// The columns of so many steps of indentation.
    func width(level: Int) -> Int { level * unitWidth }

    /// Begins a line, some steps of indentation in.
    mutating func beginLine(level: Int = 0) {
        if !bytes.isEmpty { bytes.append(.lineFeed) }
        lineStart = bytes.count
        for _ in 0..<level { bytes += unit }
    }

    /// Leaves a line empty, unless nothing is written yet.
    mutating func skipLine() {
        if !bytes.isEmpty { bytes.append(.lineFeed) }
    }

    /// Continues the line in hand.
    mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    /// Takes bytes back from the line in hand.
    mutating func removeLast(_ count: Int) { bytes.removeLast(count) }

    /// Writes a line as it is.
    mutating func line(_ text: String, level: Int = 0) {
        beginLine(level: level)
        append(text)
    }

    /// Writes a text below what stands: paragraphs wrapped, verbatim zones as they are.
    mutating func write(_ text: String, level: Int = 0) {
        write(text, level: level, continuesLine: false)
    }

    /// Writes a text behind the line in hand, and its further lines some steps of indentation in.
    mutating func writeBehind(_ text: String, level: Int) {
        write(text, level: level, continuesLine: true)
    }

    private mutating func write(_ text: String, level: Int, continuesLine: Bool) {
        var text = text
        text.withUTF8 { source in
            var blocks = TextBlocks(source)
            var isFirst = true
            var previous = TextBlocks.Kind.verbatim
            while let block = blocks.next() {
                if !isFirst, block.isApart || needsBlankLine(block, behind: previous) { skipLine() }
                switch block.kind {
                case .prose:
                    InlineWriter.fill(&prose, markup, source, block.range)
                    fill(
                        0..<prose.words.count,
                        level: level,
                        lead: continuesLine && isFirst ? .behind : .below(level: level)
                    )
                case .verbatim: writeVerbatim(source[block.range], level: level)
                }
                isFirst = false
                previous = block.kind
            }
        }
    }

    /// reST reads a list or a directive as prose unless an empty line stands before it.
    private func needsBlankLine(_ block: TextBlocks.Block, behind previous: TextBlocks.Kind) -> Bool {
        guard case .reST = markup else { return false }
        return block.kind == .verbatim && previous == .prose
    }

    private mutating func writeVerbatim(_ lines: Slice<Bytes>, level: Int) {
        let level = needsIndentation(lines) ? level + 1 : level
        for line in lines.split(separator: .lineFeed, omittingEmptySubsequences: false) {
            let count = line.count - line.reversed().prefix(while: \.isWhitespace).count
            guard count > 0 else {
                skipLine()
                continue
            }
            beginLine(level: level)
            appendExpandingTabs(line.prefix(count))
        }
    }

    /// Epytext wants lists deeper than the paragraph before them.
    private func needsIndentation(_ lines: Slice<Bytes>) -> Bool {
        guard case .epytext = markup, let first = lines.first else { return false }
        return first == UInt8(ascii: "-") || first.isDigit
    }

    private mutating func appendExpandingTabs(_ line: Slice<Bytes>) {
        let start = bytes.count
        for byte in line {
            if byte == .tab {
                repeat { bytes.append(.blank) } while (bytes.count - start) % 8 != 0
            } else {
                bytes.append(byte)
            }
        }
    }
}

extension InlineWriter {
    /// Fills a buffer with the words of a range.
    static func fill(_ prose: inout ProseBuffer, _ markup: InlineMarkup, _ source: Bytes, _ range: Range<Int>) {
        prose.removeAll()
        var writer = InlineWriter(markup, source: source, range: range)
        writer.write(to: &prose)
    }
}

// MARK: - Wrapping

extension TextWriter {
    /// Writes words of the buffer as lines no longer than there is room.
    ///
    /// Lines of the source stay as they are if all of them fit; else the paragraph is wrapped anew.
    ///
    /// - Parameters:
    ///   - words: Indices of the buffer's words.
    ///   - level: The steps of indentation of each line but the first.
    ///   - lead: Where the first line begins.
    mutating func fill(_ words: Range<Int>, level: Int, lead: Lead) {
        guard !words.isEmpty else { return }
        let roomBelow = room - width(level: level)
        var lead = lead
        if lead == .behind, column + 1 + prose.words[words.lowerBound].width > room { lead = .below(level: level) }
        let roomAhead =
            switch lead {
            case .behind: room - column - 1
            case .below(let first): room - width(level: first)
            }
        findLines(words, roomAhead: roomAhead, roomBelow: roomBelow)
        for (index, start) in lineStarts.enumerated() {
            let end = index + 1 < lineStarts.count ? lineStarts[index + 1] : words.upperBound
            if index > 0 { beginLine(level: level) } else { begin(lead) }
            appendWords(start..<end)
        }
    }

    /// Where a paragraph's first line begins.
    enum Lead: Equatable {
        /// Behind what stands on the line in hand, if a word fits there.
        case behind
        /// On a line of its own, some steps of indentation in.
        case below(level: Int)
    }

    private mutating func begin(_ lead: Lead) {
        switch lead {
        case .behind: bytes.append(.blank)
        case .below(let level): beginLine(level: level)
        }
    }

    /// Appends words to the line in hand, a blank between each two.
    mutating func appendWords(_ words: Range<Int>) {
        bytes.append(contentsOf: prose.text(words))
    }

    /// Finds where lines begin: as in the source if that fits, else where the room ends.
    private mutating func findLines(_ words: Range<Int>, roomAhead: Int, roomBelow: Int) {
        lineStarts.removeAll(keepingCapacity: true)
        if keepLines(words, roomAhead: roomAhead, roomBelow: roomBelow) { return }
        lineStarts.removeAll(keepingCapacity: true)
        var start = words.lowerBound
        var limit = roomAhead
        while start < words.upperBound {
            lineStarts.append(start)
            start = nextLine(behind: start, before: words.upperBound, limit: limit)
            limit = roomBelow
        }
    }

    /// Takes the lines of the source, or all words as one line, if they fit.
    private mutating func keepLines(_ words: Range<Int>, roomAhead: Int, roomBelow: Int) -> Bool {
        var start = words.lowerBound
        var limit = roomAhead
        for index in words.dropFirst() {
            if prose.words[index].isForcedDown { return false }
            guard prose.words[index].beginsLine else { continue }
            if prose.width(start..<index) > limit || LineGuard.forbids(index, in: prose) { return false }
            lineStarts.append(start)
            start = index
            limit = roomBelow
        }
        lineStarts.append(start)
        return prose.width(start..<words.upperBound) <= limit
    }

    /// The start of the next line: where the room ends, but never a word that a line must not begin with.
    ///
    /// Behind a word that fills a line on its own, markup makes the line longer than there is room.
    private func nextLine(behind start: Int, before end: Int, limit: Int) -> Int {
        var next = start + 1
        var width = prose.words[start].width
        while next < end, !prose.words[next].isForcedDown, width + 1 + prose.words[next].width <= limit {
            width += 1 + prose.words[next].width
            next += 1
        }
        guard next < end else { return end }
        if let allowed = (start + 1...next).last(where: { !LineGuard.forbids($0, in: prose) }) { return allowed }
        if let allowed = (start + 1...next).last(where: { !LineGuard.isMarkup($0, in: prose) }) { return allowed }
        while next < end, LineGuard.isMarkup(next, in: prose) { next += 1 }
        return next
    }
}
