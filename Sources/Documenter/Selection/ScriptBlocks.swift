import SourceCode

/// The blocks of a file that run only when it is started as a program: `if __name__ == "__main__":`.
struct ScriptBlocks {
    private var blocks: [Range<Int>] = []

    /// Finds the blocks; files without conditional declarations are not searched.
    init(_ outline: SourceOutline) {
        guard outline.tables.declarations.contains(where: { $0.traits.contains(.isConditional) }) else { return }
        var start: Int?
        let bytes = outline.file.bytes
        for line in outline.tables.lineStarts.lazy.map(Int.init) where Self.beginsStatement(bytes, line) {
            if let open = start { blocks.append(open..<line) }
            start = bytes[line...].starts(with: Self.test) ? line : nil
        }
        if let open = start { blocks.append(open..<bytes.count) }
    }

    /// Whether a declaration stands in one of the blocks.
    func contains(_ record: DeclarationRecord) -> Bool {
        blocks.contains { $0.contains(Int(record.header.start)) }
    }

    private static let test = Array("if __name__ ".utf8)

    /// Whether the first byte of a line is neither blank nor the start of a comment.
    private static func beginsStatement(_ bytes: [UInt8], _ line: Int) -> Bool {
        guard line < bytes.count else { return false }
        return !" \t\u{0C}\r\n#".utf8.contains(bytes[line])
    }
}
