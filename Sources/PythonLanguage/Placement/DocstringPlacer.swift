import SourceCode

/// Turns texts into splices: where each docstring goes, with quotes, indentation and line ends of its place.
struct DocstringPlacer {
    let outline: SourceOutline
    let options: PlacementOptions

    func placements(of docstrings: [Int: String]) -> Placements {
        var placements = Placements()
        for row in docstrings.keys.sorted() {
            guard let text = docstrings[row] else { continue }
            switch edit(row, text) {
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
            let line = indentation + literal + lineEnd
            return SourceEdit(declaration: row, range: place(record.insertion), replacement: line)
        }
    }

    /// A module's docstring, on lines of its own; a blank line follows if code does.
    private func module(_ record: DeclarationRecord, _ text: String) -> Result<SourceEdit, DocstringLiteral.Refusal> {
        let offset = Int(record.insertion)
        let source = outline.file.bytes
        let endsOpen = offset == source.count && offset > 0 && !isLineStart(offset)
        let next = offset < source.count ? source[offset] : 0x0A
        return literal(text, []).map { literal in
            var line = (endsOpen ? lineEnd : []) + literal + lineEnd
            if !next.isLineEnd, !isBlankLine(at: offset) { line += lineEnd }
            return SourceEdit(declaration: 0, range: place(record.insertion), replacement: line)
        }
    }

    private func isLineStart(_ offset: Int) -> Bool {
        outline.tables.lineStarts.last.map { Int($0) == offset } ?? false
    }

    private func isBlankLine(at offset: Int) -> Bool {
        let rest = outline.file.bytes[offset...].drop { $0.isBlank }
        return rest.first?.isLineEnd ?? true
    }

    /// The literals of an existing docstring, quotes and all, replaced.
    private func replacement(_ row: Int, _ text: String) -> Result<SourceEdit, DocstringLiteral.Refusal> {
        let record = outline.tables.declarations[row]
        return literal(text, bytes(record.indentation)).map { literal in
            SourceEdit(declaration: row, range: record.docstring, replacement: literal)
        }
    }

    private func oneLineSuite(_ row: Int, _ text: String) -> Result<SourceEdit, DocstringLiteral.Refusal> {
        let record = outline.tables.declarations[row]
        switch options.oneLineSuites {
        case .keep:
            let line = String(text.prefix { $0 != "\n" })
            return literal(line, [], oneLineOnly: true).map { literal in
                if !record.docstring.isEmpty {
                    return SourceEdit(declaration: row, range: record.docstring, replacement: literal)
                }
                let inserted = [UInt8(ascii: " ")] + literal + [UInt8(ascii: ";")]
                return SourceEdit(declaration: row, range: place(record.header.end), replacement: inserted)
            }
        case .split:
            let indentation = bytes(record.indentation) + Array(outline.indentationUnit.utf8)
            return literal(text, indentation).map { literal in
                let hasDocstring = !record.docstring.isEmpty
                let end = hasDocstring ? record.docstring.end : record.body.start
                let tail = hasDocstring ? [] : lineEnd + indentation
                return SourceEdit(
                    declaration: row,
                    range: ByteRange(Int(record.header.end), Int(end)),
                    replacement: lineEnd + indentation + literal + tail
                )
            }
        }
    }

    private func literal(
        _ text: String,
        _ indentation: [UInt8],
        oneLineOnly: Bool = false
    ) -> Result<[UInt8], DocstringLiteral.Refusal> {
        DocstringLiteral.source(
            for: text,
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
