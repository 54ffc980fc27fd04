/// Writes summaries: one line, whatever their length.
///
/// A summary that does not fit is cut at its last sentence end that does, else behind a semicolon, colon or comma,
/// else before a word such as "if" or "with", else anywhere with an ellipsis on both sides; the rest becomes the
/// description's first paragraph.
extension TextWriter {
    /// Writes the paragraph that a cut summary leaves.
    mutating func writeRestOfSummary() {
        guard let rest = restOfSummary else { return }
        prose = rest
        skipLine()
        fill(0..<prose.words.count, level: 0, lead: .below(level: 0))
    }

    /// Writes the summary, as the only line or with a rest that is kept for later.
    mutating func writeSummary(_ summary: String, isWhole: Bool) {
        var summary = summary
        summary.withUTF8 { InlineWriter.fill(&prose, markup, $0, 0..<$0.count) }
        let words = 0..<prose.words.count
        guard !words.isEmpty else { return }
        let limit = room - layout.openingWidth
        if prose.width(words) <= (isWhole ? limit - 3 : limit) {
            return appendWords(words)
        }
        writeCut(SummaryCut(prose, limit: limit))
    }

    private mutating func writeCut(_ cut: SummaryCut?) {
        guard let cut else { return appendWords(0..<prose.words.count) }
        appendWords(0..<cut.end)
        removeLast(cut.dropped)
        append(cut.closing)
        if cut.isEllipsis { prose.insert("...", at: cut.end) } else { prose.capitalize(cut.end) }
        prose.words.removeFirst(cut.end)
        restOfSummary = prose
    }
}

/// Where a long summary is cut.
private struct SummaryCut {
    /// The words up to here stay.
    let end: Int
    /// The bytes that go from the end of the last of them.
    var dropped = 0
    /// What is put in their place.
    var closing = ""
    var isEllipsis: Bool { closing == "..." }

    /// The best cut that leaves a summary no longer than a limit; `nil` if not even the first word fits.
    init?(_ prose: ProseBuffer, limit: Int) {
        let fitting = SummaryCut.fittingWords(prose, limit: limit)
        let candidates = SummaryCut.outsideBrackets(prose, upTo: fitting).reversed()
        if let end = candidates.first(where: { SummaryCut.endsSentence($0, prose) }) {
            self.end = end
        } else if let end = candidates.first(where: { $0 > 1 && SummaryCut.endsClause($0, prose, ";:") }) {
            (self.end, dropped, closing) = (end, 1, ".")
        } else if let end = candidates.first(where: { $0 > 2 && SummaryCut.endsClause($0, prose, ",") }) {
            (self.end, dropped, closing) = (end, 1, ".")
        } else if let end = candidates.first(where: { $0 > 2 && SummaryCut.beginsClause($0, prose) }) {
            (self.end, closing) = (end, ".")
        } else {
            let end = SummaryCut.fittingWords(prose, limit: limit - 2)
            guard end > 0 else { return nil }
            (self.end, closing) = (end, "...")
        }
    }

    /// How many words, and a full stop behind them, fit; never all of them.
    private static func fittingWords(_ prose: ProseBuffer, limit: Int) -> Int {
        var width = 0
        for (index, word) in prose.words.enumerated() {
            width += word.width + (index > 0 ? 1 : 0)
            if width + 1 > limit { return index }
        }
        return prose.words.count - 1
    }

    /// The ends at which no bracket is open and the rest does not begin with what could be read as markup.
    private static func outsideBrackets(_ prose: ProseBuffer, upTo limit: Int) -> [Int] {
        var depth = 0
        var ends: [Int] = []
        for index in 0..<max(limit, 0) {
            for byte in prose.text(index) {
                if "([{".utf8.contains(byte) { depth += 1 } else if ")]}".utf8.contains(byte) { depth -= 1 }
            }
            if depth <= 0, !LineGuard.forbids(index + 1, in: prose) { ends.append(index + 1) }
        }
        return ends
    }

    private static func endsSentence(_ end: Int, _ prose: ProseBuffer) -> Bool {
        let word = prose.text(end - 1)
        guard let last = word.last, ".!?".utf8.contains(last), word.count > 2, word.filter({ $0 == .period }).count < 2,
            !word.elementsEqual("etc.".utf8), !word.elementsEqual("vs.".utf8)
        else { return false }
        return prose.text(end).first?.isLowercase == false
    }

    private static func endsClause(_ end: Int, _ prose: ProseBuffer, _ marks: String) -> Bool {
        guard let last = prose.text(end - 1).last else { return false }
        return marks.utf8.contains(last)
    }

    private static func beginsClause(_ end: Int, _ prose: ProseBuffer) -> Bool {
        clauseOpeners.contains(String(decoding: prose.text(end), as: UTF8.self))
    }

    private static let clauseOpeners: Set<String> = [
        "after", "and", "as", "because", "before", "by", "for", "from", "if", "in", "into", "or", "so", "that", "to",
        "using", "when", "where", "whether", "which", "while", "with",
    ]
}

extension ProseBuffer {
    /// Gives a word of plain letters a capital.
    fileprivate mutating func capitalize(_ index: Int) {
        let word = text(index)
        guard let first = word.first, first.isLowercase else { return }
        let rest = word.dropFirst().filter { !",;:.!?'-".utf8.contains($0) }
        if rest.allSatisfy(\.isLowercase) { bytes[words[index].start] = first - 32 }
    }
}
