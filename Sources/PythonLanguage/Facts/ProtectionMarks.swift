import SourceCode

/// Marks what must be left alone, or not touched without consent: generated files, formatter-off zones, docstrings that
/// are data at run time.
struct ProtectionMarks {
    let text: UnsafeBufferPointer<UInt8>
    let contentStart: Int
    let comments: CommentIndex
    let runtime: RuntimeDocstrings.Module

    func mark(_ tables: inout SourceOutline.Tables) {
        if GeneratedMarker.isPresent(in: text, from: contentStart) {
            for row in tables.declarations.indices { tables.declarations[row].traits.insert(.isGenerated) }
        }
        let zones = ProtectedZones(
            comments: UnsafeBufferPointer(start: comments.ranges, count: comments.rangeCount),
            in: text
        )
        let judge = RuntimeDocstrings(runtime, in: text)
        for row in tables.declarations.indices {
            let record = tables.declarations[row]
            if zones.contains(Int(record.insertion)) || row > 0 && zones.contains(Int(record.header.start)) {
                tables.declarations[row].traits.insert(.isInProtectedZone)
            }
            let parent = record.parent < 0 ? nil : tables.declarations[Int(record.parent)]
            let traits = judge.traits(of: record, parent: parent, ranges: tables.ranges, in: text)
            tables.declarations[row].traits.formUnion(traits)
        }
    }
}
