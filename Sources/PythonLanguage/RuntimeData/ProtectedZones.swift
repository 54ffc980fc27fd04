package import SourceCode

/// The parts of a file that formatters are told to leave alone, which Docent leaves alone too.
///
/// `# fmt: off` and `# autopep8: off` up to `on`, `# yapf: disable` up to `enable`, each on a line of its own, else up to
/// the file's end; and the single lines that end with `# fmt: skip` or `# yapf: disable`. Markers of editors
/// (`# region`) protect nothing.
package struct ProtectedZones: Sendable {
    /// In file order, without overlaps.
    package private(set) var ranges: [ByteRange] = []
    /// Where the zone that is open began, and what ends it.
    private var open: (start: Int, pragma: Pragma)?

    /// No zones, until comments are added.
    package init() {}

    /// Finds the zones among a file's comments, in file order.
    package init(comments: some Sequence<ByteRange>, in bytes: UnsafeBufferPointer<UInt8>) {
        for comment in comments { add(comment, in: bytes) }
        finish(at: bytes.count)
    }

    /// Takes the next comment, from its `#` to its line's end.
    package mutating func add(_ comment: ByteRange, in bytes: UnsafeBufferPointer<UInt8>) {
        guard let pragma = Pragma(comment, in: bytes) else { return }
        let line = lineStart(of: comment, in: bytes)
        if let open {
            guard pragma.tool == open.pragma.tool, pragma.effect == .ends, line.isOwn else { return }
            ranges.append(ByteRange(open.start, Int(comment.end)))
            self.open = nil
        } else if pragma.effect == .begins, line.isOwn {
            open = (Int(comment.start), pragma)
        } else if pragma.effect == .skips || pragma.effect == .begins && pragma.tool == .yapf {
            ranges.append(ByteRange(line.offset, Int(comment.end)))
        }
    }

    /// Ends a zone that is still open, at the file's end.
    package mutating func finish(at end: Int) {
        guard let open else { return }
        ranges.append(ByteRange(open.start, end + 1))
        self.open = nil
    }

    /// Whether a change at an offset would touch a zone; the very end of a file's open zone belongs to it.
    package func contains(_ offset: Int) -> Bool {
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if Int(ranges[middle].start) <= offset { low = middle + 1 } else { high = middle }
        }
        return low > 0 && ranges[low - 1].offsets.contains(offset)
    }

    private func lineStart(
        of comment: ByteRange,
        in bytes: UnsafeBufferPointer<UInt8>
    ) -> (offset: Int, isOwn: Bool) {
        var offset = Int(comment.start)
        var isOwn = true
        while offset > 0, bytes[offset - 1] != 0x0A, bytes[offset - 1] != 0x0D {
            offset -= 1
            isOwn = isOwn && (bytes[offset] == 0x20 || bytes[offset] == 0x09 || bytes[offset] == 0x0C)
        }
        return (offset, isOwn)
    }
}

/// What a comment tells a formatter.
private struct Pragma {
    enum Tool { case fmt, yapf, autopep8 }
    enum Effect { case begins, ends, skips }

    let tool: Tool
    let effect: Effect

    /// Reads `# tool: word`, where nothing that is part of a name follows.
    init?(_ comment: ByteRange, in bytes: UnsafeBufferPointer<UInt8>) {
        let line = UnsafeBufferPointer(rebasing: bytes[comment.offsets])
        var index = 1
        guard let (tool, begins, ends) = Self.tool(Self.word(in: line, at: &index)) else { return nil }
        guard index < line.count, line[index] == UInt8(ascii: ":") else { return nil }
        index += 1
        let word = Self.word(in: line, at: &index)
        self.tool = tool
        if word == begins {
            effect = .begins
        } else if word == ends {
            effect = .ends
        } else if tool == .fmt, word == "skip" {
            effect = .skips
        } else {
            return nil
        }
    }

    /// A tool of a name, with its words for the begin and the end of a zone.
    private static func tool(_ name: ByteName) -> (Tool, StaticString, StaticString)? {
        if name == "fmt" { return (.fmt, "off", "on") }
        if name == "yapf" { return (.yapf, "disable", "enable") }
        return name == "autopep8" ? (.autopep8, "off", "on") : nil
    }

    private static func word(in line: UnsafeBufferPointer<UInt8>, at index: inout Int) -> ByteName {
        while index < line.count, line[index] == 0x20 || line[index] == 0x09 { index += 1 }
        let start = index
        while index < line.count, isNameByte(line[index]) { index += 1 }
        return ByteName(start..<index, in: line)
    }
}
