import SourceCode

/// Turns texts into splices: where each docstring goes, with quotes, indentation and line ends of its place.
///
/// Its steps take texts as they will be read back (``DocstringLiteral/normalized(_:)``).
struct DocstringPlacer {
    let outline: SourceOutline
    let options: PlacementOptions

    func placements(of docstrings: [Int: String]) -> Placements {
        var placements = Placements()
        for row in docstrings.keys.sorted() {
            guard let wanted = docstrings[row] else { continue }
            if let restoration = restoration(row, wanted) {
                placements.edits.append(restoration)
                continue
            }
            let text = shortened(wanted, at: row)
            if stands(text, at: row) { continue }
            switch edit(row, DocstringLiteral.normalized(text)) {
            case .success(let edit): placements.edits.append(edit)
            case .failure(let refusal): placements.refusals.append((row, refusal.description))
            }
        }
        placements.edits.sort { ($0.range.start, $0.declaration) < ($1.range.start, $1.declaration) }
        return placements
    }

    private func edit(_ row: Int, _ text: String) -> Result<SourceEdit, DocstringLiteral.Refusal> {
        let record = outline.tables.declarations[row]
        if record.kind == .module { return record.docstring.isEmpty ? module(record, text) : replacement(row, text) }
        if record.traits.contains(.isOneLineSuite) { return oneLineSuite(row, text) }
        if !record.docstring.isEmpty { return replacement(row, text) }
        let indentation = bytes(record.indentation)
        return literal(text, indentation).map { literal in
            let line = indentation + literal + lineEnd + blankLine(after: record, at: Int(record.insertion))
            return edit(row, place(record.insertion), line, text)
        }
    }

    /// The first line alone where a body stays on its header's line.
    private func shortened(_ text: String, at row: Int) -> String {
        guard options.oneLineSuites == .keep, outline.tables.declarations[row].traits.contains(.isOneLineSuite) else {
            return text
        }
        return String(DocstringLiteral.normalized(text).prefix { $0 != "\n" })
    }

    /// Whether the docstring that is there says a text already.
    private func stands(_ text: String, at row: Int) -> Bool {
        let range = outline.tables.declarations[row].docstring
        guard !range.isEmpty else { return false }
        return outline.file.bytes[range.offsets].withUnsafeBufferPointer { literals in
            guard let reading = StringLiteral.reading(of: literals, encoding: outline.encoding) else { return false }
            let old = cleanedDocstring(reading.text)
            guard !old.isEmpty, !reading.hasSurrogates else { return false }
            return old == text || DocstringLiteral.normalized(old) == DocstringLiteral.normalized(text)
        }
    }

    /// The edit that puts a docstring back that was taken out, if the text is its own.
    private func restoration(_ row: Int, _ text: String) -> SourceEdit? {
        guard let spelling = options.spellings[row], outline.tables.declarations[row].docstring.isEmpty else {
            return nil
        }
        let isItsOwn = DocstringLiteral.normalized(spelling.text) == DocstringLiteral.normalized(text)
        guard isItsOwn else { return nil }
        return DocstringStripper(outline: outline).restoration(of: spelling, row: row)
    }

    private func edit(_ row: Int, _ range: ByteRange, _ replacement: [UInt8], _ text: String) -> SourceEdit {
        SourceEdit(declaration: row, range: range, replacement: replacement, text: text)
    }

    /// A module's docstring, on lines of its own; a blank line follows if code does.
    private func module(_ record: DeclarationRecord, _ text: String) -> Result<SourceEdit, DocstringLiteral.Refusal> {
        let offset = Int(record.insertion)
        let source = outline.file.bytes
        if offset > 0, offset == Int(record.extent.start), offset < source.count {
            let reason = "the byte-order mark would stand on a line of its own"
            return .failure(DocstringLiteral.Refusal(description: reason))
        }
        let endsOpen = offset == source.count && offset > 0 && !isLineStart(offset)
        let next = offset < source.count ? source[offset] : 0x0A
        return literal(text, []).map { literal in
            var line = (endsOpen ? lineEnd : []) + literal + lineEnd
            if !next.isLineEnd, !isBlankLine(at: offset) { line += lineEnd }
            return edit(0, place(record.insertion), line, text)
        }
    }

    /// A line end for a class's docstring, unless a blank line follows already.
    private func blankLine(after record: DeclarationRecord, at offset: Int) -> [UInt8] {
        let isWanted = record.kind == .class && options.separatesClassDocstrings && !isBlankLine(at: offset)
        return isWanted ? lineEnd : []
    }

    private func isLineStart(_ offset: Int) -> Bool {
        outline.tables.lineStarts.last.map { Int($0) == offset } ?? false
    }

    private func isBlankLine(at offset: Int) -> Bool {
        let rest = outline.file.bytes[offset...].drop { $0.isBlank }
        return rest.first?.isLineEnd ?? true
    }

    /// The literals of an existing docstring replaced.
    private func replacement(_ row: Int, _ text: String) -> Result<SourceEdit, DocstringLiteral.Refusal> {
        let record = outline.tables.declarations[row]
        return literal(text, bytes(record.indentation)).map { literal in
            edit(row, record.docstring, literal, text)
        }
    }

    private func oneLineSuite(_ row: Int, _ text: String) -> Result<SourceEdit, DocstringLiteral.Refusal> {
        switch options.oneLineSuites {
        case .keep: keptSuite(row, text)
        case .split: splitSuite(row, text)
        }
    }

    /// In front of the first statement, which a semicolon parts from it.
    private func keptSuite(_ row: Int, _ text: String) -> Result<SourceEdit, DocstringLiteral.Refusal> {
        let record = outline.tables.declarations[row]
        return literal(text, [], oneLineOnly: true).map { literal in
            if !record.docstring.isEmpty { return edit(row, record.docstring, literal, text) }
            let inserted = [UInt8(ascii: " ")] + literal + [UInt8(ascii: ";")]
            return edit(row, place(record.header.end), inserted, text)
        }
    }

    /// The docstring and the suite on lines of their own, in place of the blanks behind the colon.
    private func splitSuite(_ row: Int, _ text: String) -> Result<SourceEdit, DocstringLiteral.Refusal> {
        let record = outline.tables.declarations[row]
        let hasDocstring = !record.docstring.isEmpty
        // A docstring in parentheses stays where it is.
        if hasDocstring, record.docstring.start != record.body.start { return replacement(row, text) }
        let indentation = bytes(record.indentation) + Array(outline.indentationUnit.utf8)
        return literal(text, indentation).map { literal in
            let end = hasDocstring ? record.docstring.end : record.body.start
            let blankLine = record.kind == .class && options.separatesClassDocstrings ? lineEnd : []
            let tail = hasDocstring ? [] : lineEnd + blankLine + indentation
            let range = ByteRange(Int(record.header.end), Int(end))
            return edit(row, range, lineEnd + indentation + literal + tail, text)
        }
    }

    private func literal(
        _ text: String,
        _ indentation: [UInt8],
        oneLineOnly: Bool = false
    ) -> Result<[UInt8], DocstringLiteral.Refusal> {
        DocstringLiteral.source(
            forNormalized: text,
            indentation: indentation,
            lineEnding: outline.lineEnding,
            encoding: outline.encoding,
            oneLineOnly: oneLineOnly
        )
    }

    private var lineEnd: [UInt8] { Array(outline.lineEnding.rawValue.utf8) }

    private func bytes(_ range: ByteRange) -> [UInt8] { Array(outline.file.bytes[range.offsets]) }

    private func place(_ offset: UInt32) -> ByteRange { ByteRange(Int(offset), Int(offset)) }
}
