import SourceCode

/// The end: facts are grouped by declaration, and what needs the whole file is added.
extension FactsBuilder {
    /// The finished tables; the line starts must be in place.
    consuming func finished() -> SourceOutline.Tables {
        let count = tables.declarations.count
        let returns = returnRows.grouped(ownerCount: count)
        let yields = yieldRows.grouped(ownerCount: count)
        let raises = raiseRows.grouped(ownerCount: count)
        let catches = catchRows.grouped(ownerCount: count)
        let calls = callRows.grouped(ownerCount: count)
        let fields = fieldRows.grouped(ownerCount: count)
        let attributes = attributeRows.grouped(ownerCount: count)
        tables.returns = returns.rows
        tables.yields = yields.rows
        tables.raises = raises.rows
        let catchBase = tables.ranges.count
        tables.ranges += catches.rows
        let callBase = tables.ranges.count
        tables.ranges += calls.rows
        tables.fields = fields.rows
        let attributeBase = tables.fields.count
        tables.fields += attributes.rows
        for row in 0..<count {
            tables.declarations[row].returns = returns.runs[row]
            tables.declarations[row].yields = yields.runs[row]
            tables.declarations[row].raises = raises.runs[row]
            tables.declarations[row].catches = catches.runs[row].moved(by: catchBase)
            tables.declarations[row].calls = calls.runs[row].moved(by: callBase)
            tables.declarations[row].fields = fields.runs[row]
            tables.declarations[row].attributes = attributes.runs[row].moved(by: attributeBase)
        }
        markClasses()
        numberLines()
        return tables
    }

    /// Tells raised classes from raised variables: by an upper-case letter, or a binding as a class or an import.
    private mutating func markClasses() {
        for row in tables.raises.indices {
            let exception = tables.raises[row].exception
            tables.raises[row].namesClass = !exception.isEmpty && namesClass(exception)
        }
    }

    private func namesClass(_ exception: ByteRange) -> Bool {
        let name = lastComponent(exception)
        let letter = name.utf8.first { $0 != UInt8(ascii: "_") } ?? 0
        if letter &- 0x41 < 26 { return true }
        if name.utf8.count == exception.count { return knownClassNames.contains(NameHash.of(base, exception)) }
        let isOwn = begins(exception, with: "self.") || begins(exception, with: "cls.")
        return !isOwn && ["error", "timeout", "herror", "gaierror"].contains(name)
    }

    func begins(_ range: ByteRange, with text: StaticString) -> Bool {
        range.count > text.utf8CodeUnitCount
            && bytesEqual(ByteRange(Int(range.start), Int(range.start) + text.utf8CodeUnitCount), text)
    }

    private mutating func numberLines() {
        var line = 0
        for row in tables.declarations.indices {
            let start = row == 0 ? 0 : tables.declarations[row].header.start
            while line < tables.lineStarts.count, tables.lineStarts[line] <= start { line += 1 }
            tables.declarations[row].line = Int32(truncatingIfNeeded: max(line, 1))
        }
    }
}

extension RowRange {
    fileprivate func moved(by offset: Int) -> RowRange { RowRange(Int(start) + offset, Int(end) + offset) }
}
