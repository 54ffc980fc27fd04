import SourceCode

/// Takes docstrings out of a file, and tells for each how it stood there.
///
/// Nothing else goes: comments stay, and a body that would be empty, or would begin with another string, gets a `pass`.
struct DocstringStripper {
    private static let standIn = Array("pass".utf8)

    let outline: SourceOutline
    private let bytes: [UInt8]

    init(outline: SourceOutline) {
        self.outline = outline
        bytes = outline.file.bytes
    }

    /// The file without its docstrings.
    func stripped() -> StrippedFile {
        var spellings: [Int: DocstringSpelling] = [:]
        var edits: [SourceEdit] = []
        for declaration in outline.declarations {
            guard let text = PythonLanguage().docstring(of: declaration) else { continue }
            let cut = cut(declaration.record)
            spellings[declaration.row] = DocstringSpelling(
                text: text,
                source: Array(bytes[cut.range.offsets]),
                standIn: cut.standIn,
                lead: Array(bytes[cut.anchor..<Int(cut.range.start)])
            )
            edits.append(SourceEdit(declaration: declaration.row, range: cut.range, replacement: cut.standIn, text: ""))
        }
        edits.sort { $0.range.start < $1.range.start }
        return StrippedFile(file: outline.file.applying(edits), spellings: spellings)
    }

    /// The edit that puts a docstring back; `nil` if its place is not as it was left.
    func restoration(of spelling: DocstringSpelling, row: Int) -> SourceEdit? {
        let place = anchor(of: outline.tables.declarations[row]) + spelling.lead.count
        let left = spelling.lead + spelling.standIn
        guard bytes[(place - spelling.lead.count)...].starts(with: left) else { return nil }
        let range = ByteRange(place, place + spelling.standIn.count)
        return SourceEdit(declaration: row, range: range, replacement: spelling.source, text: spelling.text)
    }

    /// What goes for a docstring, and what comes in its place.
    private struct Cut {
        let anchor: Int
        let range: ByteRange
        var standIn: [UInt8] = []
    }

    /// From where a docstring's place is counted: the header's end, or the module's begin.
    private func anchor(of record: DeclarationRecord) -> Int {
        record.kind == .module ? Int(outline.tables.lineStarts.first ?? 0) : Int(record.header.end)
    }

    private func cut(_ record: DeclarationRecord) -> Cut {
        let anchor = anchor(of: record)
        let front = filler(from: anchor)
        let end = endOfStatement(from: front.end, around: record.docstring)
        let rest = restOfLine(from: end)
        let needsStandIn = record.kind != .module && Int(record.body.end) <= rest.end || wouldGiveWay(record, to: rest)
        if needsStandIn {
            return Cut(anchor: anchor, range: ByteRange(front.end, end), standIn: Self.standIn)
        }
        switch rest.next {
        case .lineEnd(let lineEnd): return Cut(anchor: anchor, range: ByteRange(front.line, lineEnd))
        case .comment: return Cut(anchor: anchor, range: ByteRange(front.code, rest.end))
        case .statement(let start): return Cut(anchor: anchor, range: ByteRange(front.code, start))
        }
    }

    /// Whether without the docstring something behind it would become one, or the file's cookie.
    private func wouldGiveWay(_ record: DeclarationRecord, to rest: RestOfLine) -> Bool {
        let next = rest.statement ?? filler(from: rest.end).end
        if beginsLikeString(next) { return true }
        guard record.kind == .module else { return false }
        return bytes.withUnsafeBufferPointer { text in
            EncodingCookie.find(in: text, from: anchor(of: record)) == nil
                && EncodingCookie.find(in: text, from: rest.end) != nil
        }
    }

    /// Whether a string may begin at an offset; parentheses may hold one.
    private func beginsLikeString(_ offset: Int) -> Bool {
        let prefix = bytes[offset...].prefix { $0.isNameStart }
        guard prefix.count <= 2, offset + prefix.count < bytes.count else { return false }
        switch bytes[offset + prefix.count] {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return true
        case UInt8(ascii: "("): return prefix.isEmpty
        default: return false
        }
    }
}

/// Going through the bytes around a docstring.
extension DocstringStripper {
    /// Blanks, comments and line ends, with the last line they begin.
    private struct Filler {
        /// Where the line of the next statement begins; for a body on its header's line, where the filler does.
        var line: Int
        /// Where on that line the blanks end, if not behind a joined line.
        var code: Int
        /// Where the next statement begins.
        var end: Int
    }

    private func filler(from start: Int) -> Filler {
        var filler = Filler(line: start, code: start, end: start)
        var isJoined = false
        while filler.end < bytes.count {
            let here = filler.end
            if bytes[here].isLineEnd {
                filler.end = behindLineEnd(here)
                filler.line = filler.end
                isJoined = false
            } else if bytes[here] == UInt8(ascii: "#") {
                filler.end = endOfLine(here)
            } else if let joined = behindJoint(here) {
                if !isJoined { filler.code = here }
                isJoined = true
                filler.end = joined
            } else if bytes[here].isBlank {
                filler.end += 1
            } else {
                break
            }
        }
        if !isJoined { filler.code = filler.end }
        return filler
    }

    /// What stands behind a docstring on its line.
    private struct RestOfLine {
        enum Next {
            case lineEnd(behind: Int)
            case comment
            case statement(Int)
        }

        /// Behind the docstring, and behind the semicolon if nothing follows that one.
        let end: Int
        let next: Next

        var statement: Int? {
            if case .statement(let start) = next { return start }
            return nil
        }
    }

    private func restOfLine(from end: Int) -> RestOfLine {
        let here = behindBlanks(end)
        guard here < bytes.count, bytes[here] == UInt8(ascii: ";") else {
            return RestOfLine(end: end, next: next(at: here))
        }
        let next = next(at: behindBlanks(here + 1))
        return RestOfLine(end: here + 1, next: next)
    }

    private func next(at offset: Int) -> RestOfLine.Next {
        guard offset < bytes.count else { return .lineEnd(behind: offset) }
        if bytes[offset].isLineEnd { return .lineEnd(behind: behindLineEnd(offset)) }
        return bytes[offset] == UInt8(ascii: "#") ? .comment : .statement(offset)
    }

    /// The offset behind a docstring and the parentheses around it.
    private func endOfStatement(from start: Int, around docstring: ByteRange) -> Int {
        var depth = 0
        var here = start
        while here < Int(docstring.start) {
            if bytes[here] == UInt8(ascii: "(") { depth += 1 }
            here = bytes[here] == UInt8(ascii: "#") ? endOfLine(here) : here + 1
        }
        here = Int(docstring.end)
        while depth > 0, here < bytes.count {
            if bytes[here] == UInt8(ascii: ")") { depth -= 1 }
            here = bytes[here] == UInt8(ascii: "#") ? endOfLine(here) : here + 1
        }
        return here
    }

    private func behindBlanks(_ offset: Int) -> Int {
        var here = offset
        while here < bytes.count {
            if let joined = behindJoint(here) {
                here = joined
            } else if bytes[here].isBlank {
                here += 1
            } else {
                break
            }
        }
        return here
    }

    /// The offset behind a backslash and the line end that it joins, if they stand at an offset.
    private func behindJoint(_ offset: Int) -> Int? {
        guard bytes[offset] == UInt8(ascii: "\\"), offset + 1 < bytes.count, bytes[offset + 1].isLineEnd else {
            return nil
        }
        return behindLineEnd(offset + 1)
    }

    private func behindLineEnd(_ offset: Int) -> Int {
        let isPair = bytes[offset] == 0x0D && offset + 1 < bytes.count && bytes[offset + 1] == 0x0A
        return offset + (isPair ? 2 : 1)
    }

    private func endOfLine(_ offset: Int) -> Int { bytes[offset...].firstIndex(where: \.isLineEnd) ?? bytes.count }
}
