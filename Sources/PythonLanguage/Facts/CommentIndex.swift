import SourceCode

/// Finds the comments that belong to a place in a file.
struct CommentIndex {
    let base: UnsafePointer<UInt8>
    let count: Int
    let ranges: UnsafeMutablePointer<ByteRange>
    let rangeCount: Int

    /// The comment on the rest of a line behind an offset, or none.
    func trailing(behind offset: Int) -> ByteRange {
        var here = offset
        while here < count, base[here].isBlank { here += 1 }
        guard here < count, base[here] == UInt8(ascii: "#") else { return .none }
        return ByteRange(here, endOfLine(here))
    }

    /// The block of comment lines that ends on the line directly above an offset's, all in the offset's column.
    func blockAbove(_ offset: Int) -> ByteRange {
        let lineStart = startOfLine(offset)
        let column = offset - lineStart
        var top = -1
        var bottom = -1
        var row = lastRow(endingBy: lineStart)
        var below = lineStart
        while row >= 0 {
            let comment = ranges[row]
            let commentLine = startOfLine(Int(comment.start))
            guard Int(comment.end) + lineEndLength(at: Int(comment.end)) == below else { break }
            guard Int(comment.start) - commentLine == column, isBlank(commentLine, Int(comment.start)) else { break }
            top = Int(comment.start)
            if bottom < 0 { bottom = Int(comment.end) }
            below = commentLine
            row -= 1
        }
        return top < 0 ? .none : ByteRange(top, bottom)
    }

    /// The blanks in front of the code of an offset's line, behind the last form feed.
    func indentation(ofLineAt offset: Int) -> ByteRange {
        var start = startOfLine(offset)
        var end = start
        while end < offset, base[end].isBlank {
            end += 1
            if base[end - 1] == 0x0C { start = end }
        }
        return ByteRange(start, end)
    }

    /// The offset behind a line that holds only a `# type: (…) -> …` comment, if the line at an offset is one.
    func endOfTypeCommentLine(at lineStart: Int) -> Int? {
        let comment = trailing(behind: lineStart)
        guard !comment.isEmpty else { return nil }
        let text = UnsafeBufferPointer(start: base + Int(comment.start), count: comment.count)
        let words = text.dropFirst().drop { $0.isBlank }
        guard words.starts(with: "type:".utf8) else { return nil }
        guard words.dropFirst(5).drop(while: { $0.isBlank }).first == UInt8(ascii: "(") else { return nil }
        return Int(comment.end) + lineEndLength(at: Int(comment.end))
    }

    func startOfLine(_ offset: Int) -> Int {
        var start = offset
        while start > 0, !base[start - 1].isLineEnd { start -= 1 }
        if start == 0, count >= 3, base[0] == 0xEF, base[1] == 0xBB, base[2] == 0xBF { start = min(3, offset) }
        return start
    }

    private func endOfLine(_ offset: Int) -> Int {
        var end = offset
        while end < count, !base[end].isLineEnd { end += 1 }
        return end
    }

    func lineEndLength(at offset: Int) -> Int {
        guard offset < count else { return 0 }
        return base[offset] == 0x0D && offset + 1 < count && base[offset + 1] == 0x0A ? 2 : 1
    }

    private func isBlank(_ start: Int, _ end: Int) -> Bool { (start..<end).allSatisfy { base[$0].isBlank } }

    /// The last comment that ends at or before an offset, or -1.
    private func lastRow(endingBy offset: Int) -> Int {
        var low = 0
        var high = rangeCount
        while low < high {
            let middle = (low + high) / 2
            if Int(ranges[middle].end) <= offset { low = middle + 1 } else { high = middle }
        }
        return low - 1
    }
}
