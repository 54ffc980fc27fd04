/// Counts the docstrings of a project by style, to find the one that most of its structured docstrings have.
///
/// A docstring's first structured line decides: Google's `Args:`, NumPy's underlined `Parameters`, reST's `:param x:`
/// or Epytext's `@param x:`. One without any has no vote. The cost is about one pass over the bytes.
public struct StyleVotes: Hashable, Sendable {
    /// Docstrings in Google's style.
    public private(set) var google = 0
    /// Docstrings in NumPy's style.
    public private(set) var numpy = 0
    /// Docstrings with reST fields.
    public private(set) var rest = 0
    /// Docstrings with Epytext fields.
    public private(set) var epytext = 0

    /// No votes.
    public init() {}

    /// Counts a docstring, cleaned or as it stands in its literal.
    public mutating func add(_ text: String) {
        var text = text
        switch text.withUTF8({ StyleScan($0).firstStyle() }) {
        case .google: google += 1
        case .numpy: numpy += 1
        case .rest: rest += 1
        case .epytext: epytext += 1
        case nil: break
        }
    }

    /// Adds other votes to these.
    public mutating func merge(_ other: StyleVotes) {
        google += other.google
        numpy += other.numpy
        rest += other.rest
        epytext += other.epytext
    }

    /// The name of the style with the most votes, the earlier of Google, NumPy, reST and Epytext among equals; `nil`
    /// if there are no votes.
    public var majority: String? {
        let counts = [("google", google), ("numpy", numpy), ("rest", rest), ("epytext", epytext)]
        let most = counts.map(\.1).max() ?? 0
        return most == 0 ? nil : counts.first { $0.1 == most }?.0
    }
}

/// Looks at the beginnings of a text's lines.
private struct StyleScan {
    enum Style {
        case google
        case numpy
        case rest
        case epytext
    }

    let source: Bytes

    init(_ source: Bytes) { self.source = source }

    func firstStyle() -> Style? {
        var previous = 0..<0
        var start = 0
        while start < source.count {
            let line = self.line(at: start)
            if let style = style(of: line.content, behind: previous) { return style }
            previous = line.content
            start = line.next
        }
        return nil
    }

    /// A line without blanks at both ends, and the start of the next.
    private func line(at start: Int) -> (content: Range<Int>, next: Int) {
        var end = start
        while end < source.count, source[end] != .lineFeed { end += 1 }
        var first = start
        while first < end, source[first].isWhitespace { first += 1 }
        var last = end
        while last > first, source[last - 1].isWhitespace { last -= 1 }
        return (first..<last, end + 1)
    }

    private func style(of line: Range<Int>, behind previous: Range<Int>) -> Style? {
        guard line.count > 3 else { return nil }
        switch source[line.lowerBound] {
        case .colon: return isField(line, fieldTags) ? .rest : nil
        case UInt8(ascii: "@"): return isField(line, fieldTags) ? .epytext : nil
        case UInt8(ascii: "-"):
            return previous.count == line.count && source[line].allSatisfy { $0 == UInt8(ascii: "-") }
                && matches(previous, numpyTitles) ? .numpy : nil
        case UInt8(ascii: "A")...UInt8(ascii: "Y"):
            guard source[line.upperBound - 1] == .colon else { return nil }
            return matches(line.lowerBound..<line.upperBound - 1, googleTitles) ? .google : nil
        default: return nil
        }
    }

    /// Whether a tag of a list stands behind the line's first byte, followed by a blank or a colon.
    private func isField(_ line: Range<Int>, _ tags: [StaticString]) -> Bool {
        guard line.contains(where: { source[$0] == .colon && $0 > line.lowerBound }) else { return false }
        return tags.contains { tag in
            let end = line.lowerBound + 1 + tag.utf8CodeUnitCount
            guard end < line.upperBound, source[end] == .colon || source[end] == .blank else { return false }
            return equals(line.lowerBound + 1..<end, tag)
        }
    }

    private func matches(_ range: Range<Int>, _ titles: [StaticString]) -> Bool {
        titles.contains { $0.utf8CodeUnitCount == range.count && equals(range, $0) }
    }

    private func equals(_ range: Range<Int>, _ text: StaticString) -> Bool {
        zip(range, 0..<text.utf8CodeUnitCount).allSatisfy { source[$0] == text.utf8Start[$1] }
    }
}

private let fieldTags: [StaticString] = [
    "param", "type", "return", "returns", "rtype", "raises", "raise", "keyword", "ivar", "cvar", "var", "yields",
    "yield", "parameter", "arg", "vartype", "except", "ytype",
]

private let numpyTitles: [StaticString] = [
    "Parameters", "Returns", "Yields", "Raises", "Attributes", "Methods", "Notes", "Examples", "See Also",
    "References", "Other Parameters", "Receives", "Warns", "Warnings",
]

private let googleTitles: [StaticString] = [
    "Args", "Arguments", "Returns", "Yields", "Raises", "Attributes", "Keyword Args", "Keyword Arguments",
    "Parameters", "Params",
]
