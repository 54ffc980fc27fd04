/// The difference of two versions of a file in the format of `diff -u`, with three lines of context.
struct UnifiedDiff {
    /// How it is shown.
    struct Look: Sendable {
        /// Colours, if any.
        var palette = Palette(isOn: false)
        /// Control characters are made visible; else bytes stay as they are, so that a patch applies.
        var isForEyes = false
    }

    private static let context = 3

    private let old: LineTable
    private let new: LineTable
    private let look: Look

    /// Compares two versions.
    init(before: [UInt8], after: [UInt8], look: Look = Look()) {
        let separators = look.isForEyes ? LineTable.Separators.all : .lineFeeds
        old = LineTable(before, at: separators)
        new = LineTable(after, at: separators)
        self.look = look
    }

    /// The difference with its header; empty when there is none.
    func text(path: String) -> [UInt8] {
        let hunks = self.hunks
        guard !hunks.isEmpty else { return [] }
        var result: [UInt8] = []
        append("--- " + PatchPath.written("a/" + path), as: .heading, to: &result)
        append("+++ " + PatchPath.written("b/" + path), as: .heading, to: &result)
        for hunk in hunks { append(hunk, to: &result) }
        return result
    }

    /// Changes so near to each other that their context touches.
    private var hunks: [[LineMatching.Change]] {
        var hunks: [[LineMatching.Change]] = []
        for change in LineMatching(from: old, to: new).changes {
            let last = hunks.last?.last?.old.upperBound
            if let last, change.old.lowerBound - last <= 2 * Self.context {
                hunks[hunks.count - 1].append(change)
            } else {
                hunks.append([change])
            }
        }
        return hunks
    }

    private func append(_ hunk: [LineMatching.Change], to result: inout [UInt8]) {
        guard let first = hunk.first, let last = hunk.last else { return }
        let before = min(Self.context, first.old.lowerBound)
        let after = min(Self.context, old.count - last.old.upperBound)
        let oldLines = first.old.lowerBound - before..<last.old.upperBound + after
        let newLines = first.new.lowerBound - before..<last.new.upperBound + after
        append("@@ -\(Self.place(oldLines)) +\(Self.place(newLines)) @@", as: .position, to: &result)
        var line = oldLines.lowerBound
        for change in hunk {
            for line in line..<change.old.lowerBound { append(" ", old[line], as: nil, to: &result) }
            for line in change.old { append("-", old[line], as: .removed, to: &result) }
            for line in change.new { append("+", new[line], as: .added, to: &result) }
            line = change.old.upperBound
        }
        for line in line..<oldLines.upperBound { append(" ", old[line], as: nil, to: &result) }
    }

    /// A range as patches write it: the first line and the number, or the line before when there are none.
    private static func place(_ lines: Range<Int>) -> String {
        switch lines.count {
        case 0: "\(lines.lowerBound),0"
        case 1: "\(lines.lowerBound + 1)"
        default: "\(lines.lowerBound + 1),\(lines.count)"
        }
    }

    private func append(_ header: String, as style: Palette.Look, to result: inout [UInt8]) {
        result += look.palette.start(style)
        result += (look.isForEyes ? VisibleText.of(header) : header).utf8
        result += look.palette.end
        result.append(UInt8(ascii: "\n"))
    }

    private func append(
        _ mark: Unicode.Scalar,
        _ line: ArraySlice<UInt8>,
        as style: Palette.Look?,
        to result: inout [UInt8]
    ) {
        let content = contentOfLine(line)
        if let style { result += look.palette.start(style) }
        result.append(UInt8(ascii: mark))
        if look.isForEyes { VisibleText.append(content, to: &result) } else { result += content }
        if style != nil { result += look.palette.end }
        result.append(UInt8(ascii: "\n"))
        if content.count == line.count { result += "\\ No newline at end of file\n".utf8 }
    }

    /// A line without its end; for eyes, no carriage return is part of the content at its end.
    private func contentOfLine(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var content = line
        if content.last == UInt8(ascii: "\n") { content.removeLast() }
        if look.isForEyes, content.last == UInt8(ascii: "\r") { content.removeLast() }
        return content
    }
}
