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
        var here = contentStart
        var line = 0
        var behindHeader = contentStart
        while let end = endOfCommentLine(at: here) {
            line += 1
            if isHeaderLine(here, line: line) { behindHeader = end }
            here = end
        }
        // Behind a byte-order mark alone there is no place: the mark's line would be cut from its code.
        guard contentStart == 0 else { return here }
        let belongsToDefinition = tables.declarations.dropFirst().first.map { Int($0.extent.start) == here } ?? false
        return belongsToDefinition ? behindHeader : here
    }

    /// The offset behind a comment's line, if the line at an offset begins with one.
    private func endOfCommentLine(at offset: Int) -> Int? {
        let comment = comments.trailing(behind: offset)
        guard !comment.isEmpty else { return nil }
        return Int(comment.end) + comments.lineEndLength(at: Int(comment.end))
    }

    /// `#!` on the first line, or a cookie on the first two.
    private func isHeaderLine(_ start: Int, line: Int) -> Bool {
        if line == 1, base[start] == UInt8(ascii: "#"), base[start + 1] == UInt8(ascii: "!") { return true }
        guard line <= 2 else { return false }
        let comment = comments.trailing(behind: start)
        let text = String(decoding: UnsafeBufferPointer(start: base + Int(comment.start), count: comment.count), as: UTF8.self)
        return text.contains("coding:") || text.contains("coding=")
    }
}
