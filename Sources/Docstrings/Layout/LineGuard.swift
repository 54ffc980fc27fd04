/// Knows the words that a wrapped line must not begin with, since a reader would take them for markup.
enum LineGuard {
    /// Whether a line should not begin with a word: markup, or what is a section's title if the line ends there.
    static func forbids(_ index: Int, in prose: ProseBuffer) -> Bool {
        isMarkup(index, in: prose) || isSectionTitle(index, in: prose)
    }

    /// Whether a word is markup at the beginning of a line.
    static func isMarkup(_ index: Int, in prose: ProseBuffer) -> Bool {
        let word = prose.text(index)
        guard let first = word.first else { return false }
        if first.isDigit { return isEnumerator(word) }
        if first.isWordLike { return isLetterEnumerator(word) }
        switch first {
        case UInt8(ascii: "@"), .colon, UInt8(ascii: "|"): return true
        case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "#"), UInt8(ascii: ">"),
            UInt8(ascii: "="), UInt8(ascii: "~"), .period, .backtick:
            return word.count == 1 || isRun(word) || word.starts(with: ">>>".utf8)
        case UInt8(ascii: "("): return isEnumerator(word.dropFirst())
        default: return false
        }
    }

    /// Two or more of one punctuation mark and nothing else, or a fence.
    private static func isRun(_ word: ArraySlice<UInt8>) -> Bool {
        word.allSatisfy { $0 == word.first } || word.starts(with: "```".utf8) || word.starts(with: "~~~".utf8)
    }

    private static func isEnumerator(_ word: ArraySlice<UInt8>) -> Bool {
        guard let last = word.last, last == .period || last == UInt8(ascii: ")") else { return false }
        return word.count > 1 && word.dropLast().allSatisfy(\.isDigit)
    }

    private static func isLetterEnumerator(_ word: ArraySlice<UInt8>) -> Bool {
        word.count == 2 && (word.last == UInt8(ascii: ")") || word.last == .period)
    }

    /// Whether a word, or it and the next, could be read as a section's header if the line ended there.
    private static func isSectionTitle(_ index: Int, in prose: ProseBuffer) -> Bool {
        let word = prose.text(index)
        guard (3...12).contains(word.count), word.first?.isWordLike == true else { return false }
        let first = title(word)
        if sectionTitles.contains(first) { return true }
        guard index + 1 < prose.words.count, secondWordOpeners.contains(first) else { return false }
        return sectionTitles.contains(first + " " + title(prose.text(index + 1)))
    }

    private static func title(_ word: ArraySlice<UInt8>) -> String {
        String(decoding: word.last == .colon ? word.dropLast() : word, as: UTF8.self).lowercased()
    }

    private static let secondWordOpeners: Set<String> = ["see", "other", "keyword"]

    /// What pydocstyle, ruff, napoleon and others know as titles, in lower case.
    private static let sectionTitles = Set(
        """
        args/arguments/attention/attributes/caution/danger/error/example/examples/except/exceptions/hint/important/\
        keyword args/keyword arguments/methods/note/notes/other args/other arguments/other parameters/other params/\
        parameters/params/raise/raises/receive/receives/references/related/return/returns/see also/\
        short summary/tip/todo/warning/warnings/warn/warns/yield/yields/extended summary
        """.split(separator: "/").map(String.init)
    )
}
