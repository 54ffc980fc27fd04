import PythonLanguage
import SourceCode
import Testing

/// Docstrings of real packages, taken out and put in again.
struct RestoreTests {
    private static let short = ["json", "email", "argparse.py", "dataclasses.py"]
    private static let long = [
        "ast.py", "asyncio", "collections",
        "concurrent", "ctypes", "distutils", "encodings", "http", "idlelib", "importlib",
        "lib2to3",
        "logging", "multiprocessing", "sqlite3", "tkinter", "urllib", "unittest", "wsgiref", "xml", "xmlrpc",
    ]
    private static var parts: [String] { LongTests.areAsked ? short + long : short }

    @Test(.enabled(if: PythonJudge.isFound))
    func `brings back every byte of docstrings that are in our layout`() throws {
        var (all, restored) = (0, 0)
        for file in try LibraryFiles.files(in: Self.parts) {
            let outline = try PythonLanguage().read(file)
            let strips = StrippedDocstring.all(of: outline)
            all += outline.tables.declarations.count { !$0.docstring.isEmpty }
            let stripped = try PythonLanguage().read(SourceFile(path: file.path, bytes: file.bytes.removing(strips)))
            #expect(PythonLanguage().codeDifference(between: outline, and: stripped) == nil)
            let kept = strips.filter { $0.isInOurLayout(in: outline, stripped: stripped, among: strips) }

            let once = try PythonLanguage().read(SourceFile(path: file.path, bytes: file.bytes.removing(kept)))
            let texts = Dictionary(uniqueKeysWithValues: kept.map { ($0.row, $0.text) })
            // Blank lines behind classes' docstrings are there or not, as the authors liked.
            var options = PlacementOptions()
            options.separatesClassDocstrings = false
            let placements = PythonLanguage().placements(of: texts, in: once, options: options)

            #expect(placements.refusals.isEmpty)
            let isRestored = once.file.applying(placements.edits).bytes == file.bytes
            #expect(isRestored, "\(file.path)")
            restored += kept.count
        }

        print("restored byte by byte: \(restored) of \(all) docstrings (\(restored * 100 / max(all, 1)) %)")
        #expect(restored * 3 > all)
    }

    @Test(.enabled(if: PythonJudge.isFound))
    func `replaces every docstring by one with the same text`() throws {
        var count = 0
        for file in try LibraryFiles.files(in: Self.parts) {
            let outline = try PythonLanguage().read(file)
            var texts: [Int: String] = [:]
            for declaration in outline.declarations {
                texts[declaration.row] = PythonLanguage().docstring(of: declaration)
            }
            let placements = PythonLanguage().placements(of: texts, in: outline, options: PlacementOptions())
            let after = try PythonLanguage().read(file.applying(placements.edits))

            #expect(PythonLanguage().codeDifference(between: outline, and: after) == nil, "\(file.path)")
            for row in texts.keys {
                let text = PythonLanguage().docstring(of: Declaration(outline: after, row: row))
                #expect(text == texts[row].map(DocstringLiteral.normalized), "\(file.path)")
            }
            #expect(placements.refusals.allSatisfy { texts[$0.declaration]?.isEmpty == true })
            count += texts.count
        }

        #expect(count > 200)
    }
}

/// A docstring that stands alone on its lines and can be taken out with them.
private struct StrippedDocstring {
    let row: Int
    let text: String
    let literal: ByteRange
    /// From its first line's start to behind its last line's end.
    let lines: ByteRange

    /// Those whose body holds something else, too.
    static func all(of outline: SourceOutline) -> [StrippedDocstring] {
        outline.declarations.compactMap { declaration in
            let record = declaration.record
            guard let text = PythonLanguage().docstring(of: declaration), !text.isEmpty,
                record.kind == .module || record.docstring.end < record.body.end
            else { return nil }
            return outline.file.bytes.lines(around: record.docstring).map {
                StrippedDocstring(row: declaration.row, text: text, literal: record.docstring, lines: $0)
            }
        }
    }

    /// Whether it is written and placed as we write and place it: the literal and its indentation are ours, it stands at
    /// the place where a missing docstring goes, and a module's is followed by a blank line or by nothing.
    func isInOurLayout(in outline: SourceOutline, stripped: SourceOutline, among strips: [StrippedDocstring]) -> Bool {
        let record = outline.tables.declarations[row]
        let indentation = Array(outline.file.bytes[Int(lines.start)..<Int(literal.start)])
        let ours = DocstringLiteral.source(
            for: text,
            indentation: indentation,
            lineEnding: outline.lineEnding,
            encoding: outline.encoding
        )
        guard (try? ours.get()) == Array(outline.file.bytes[literal.offsets]) else { return false }
        guard indentation == Array(outline.file.bytes[record.indentation.offsets]) else { return false }
        let removedBefore = strips.reduce(0) { $1.lines.end <= lines.start ? $0 + $1.lines.count : $0 }
        guard Int(stripped.tables.declarations[row].insertion) == Int(lines.start) - removedBefore else { return false }
        let end = outline.lineEnding.rawValue.utf8
        guard outline.file.bytes[Int(literal.end)...].starts(with: end) else { return false }
        let rest = outline.file.bytes[Int(lines.end)...]
        return record.kind != .module || rest.isEmpty || rest.first == 0x0A || rest.first == 0x0D
    }
}

extension [UInt8] {
    /// The lines of a range, if nothing but blanks stands beside it on them and a line end closes them.
    fileprivate func lines(around range: ByteRange) -> ByteRange? {
        var (start, end) = (Int(range.start), Int(range.end))
        while start > 0, self[start - 1] == 0x20 || self[start - 1] == 0x09 { start -= 1 }
        while end < count, self[end] == 0x20 || self[end] == 0x09 { end += 1 }
        guard start == 0 || self[start - 1] == 0x0A || self[start - 1] == 0x0D else { return nil }
        guard end < count, self[end] == 0x0A || self[end] == 0x0D else { return nil }
        let isPair = self[end] == 0x0D && end + 1 < count && self[end + 1] == 0x0A
        return ByteRange(start, end + (isPair ? 2 : 1))
    }

    /// The bytes without some lines.
    fileprivate func removing(_ strips: [StrippedDocstring]) -> [UInt8] {
        var result: [UInt8] = []
        var position = 0
        for strip in strips.sorted(by: { $0.lines.start < $1.lines.start }) {
            result += self[position..<Int(strip.lines.start)]
            position = Int(strip.lines.end)
        }
        return result + self[position...]
    }
}
