import SourceCode

/// Finds the comments that belong to a place in a file.
struct CommentIndex {
    let base: UnsafePointer<UInt8>
    let count: Int
    /// 3 behind a byte-order mark, else 0.
    let contentStart: Int
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
        guard rangeCount > 0, let lineStart = startOfLine(whoseCodeBeginsAt: offset) else { return .none }
        let column = offset - lineStart
        var top = -1
        var bottom = -1
        var row = lastRow(endingBy: lineStart)
        var below = lineStart
        while row >= 0 {
            let comment = ranges[row]
            guard Int(comment.end) + lineEndLength(at: Int(comment.end)) == below else { break }
            guard let line = startOfLine(whoseCodeBeginsAt: Int(comment.start)) else { break }
            guard Int(comment.start) - line == column else { break }
            top = Int(comment.start)
            if bottom < 0 { bottom = Int(comment.end) }
            below = line
            row -= 1
        }
        return top < 0 ? .none : ByteRange(top, bottom)
    }

    /// The blanks directly in front of an offset, behind the last form feed.
    func indentation(before offset: Int) -> ByteRange {
        var start = offset
        while start > contentStart, base[start - 1] == 0x20 || base[start - 1] == 0x09 { start -= 1 }
        return ByteRange(start, offset)
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

    /// Where an offset's line begins, if nothing but blanks stands in front of the offset.
    func startOfLine(whoseCodeBeginsAt offset: Int) -> Int? {
        var start = offset
        while start > contentStart, base[start - 1].isBlank { start -= 1 }
        return start == contentStart || base[start - 1].isLineEnd ? start : nil
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
