import SourceCode

/// Finds where a module's docstring goes: behind the byte-order mark, `#!`, cookie and leading comment block.
///
/// A comment block that stands directly above a definition, and is not the file's header, belongs to the definition:
/// the docstring goes in front of it.
struct ModulePlace {
    let base: UnsafePointer<UInt8>
    let count: Int
    let contentStart: Int
    let comments: CommentIndex

    func mark(_ tables: inout SourceOutline.Tables) {
        tables.declarations[0].insertion = UInt32(truncatingIfNeeded: insertion(tables))
    }

    private func insertion(_ tables: SourceOutline.Tables) -> Int {
        let behindHeader = behindHeader
        var here = behindHeader
        while let end = endOfCommentLine(at: here) { here = end }
        // Behind a byte-order mark alone there is no place: the mark's line would be cut from its code.
        guard contentStart == 0 else { return here }
        let belongsToDefinition = tables.declarations.dropFirst().first.map { Int($0.extent.start) == here } ?? false
        return belongsToDefinition ? behindHeader : here
    }

    /// The offset behind the line of `#!` and of the cookie, which may stand on the second line.
    private var behindHeader: Int {
        let text = UnsafeBufferPointer(start: base, count: count)
        var end = contentStart
        if text.dropFirst(contentStart).starts(with: "#!".utf8) { end = endOfCommentLine(at: contentStart) ?? end }
        guard let cookie = EncodingCookie.find(in: text, from: contentStart) else { return end }
        let lineEnd = text[cookie.upperBound...].firstIndex { $0.isLineEnd } ?? count
        return max(end, lineEnd + comments.lineEndLength(at: lineEnd))
    }

    /// The offset behind a comment's line, if the line at an offset begins with one.
    private func endOfCommentLine(at offset: Int) -> Int? {
        let comment = comments.trailing(behind: offset)
        guard !comment.isEmpty else { return nil }
        return Int(comment.end) + comments.lineEndLength(at: Int(comment.end))
    }
}
