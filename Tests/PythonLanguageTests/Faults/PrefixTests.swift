import PythonLanguage
import SourceCode
import Testing

struct PrefixTests {
    private static let small = ["this.py", "keyword.py", "token.py", "json/scanner.py", "xml/__init__.py"]
    private static let more = [
        "asyncio", "collections", "concurrent", "ctypes", "curses", "dbm", "email", "encodings", "html", "importlib",
        "json",
        "logging", "wsgiref", "xml",
    ]

    /// A prefix is either read or refused at a place inside it; the files are worked on in two rows, side by side.
    @Test(.enabled(if: PythonJudge.isFound), arguments: 0..<2)
    func `reads or refuses every beginning of a file`(row: Int) throws {
        let parts = LongTests.areAsked ? Self.small + Self.more : Self.small
        let files = try LibraryFiles.files(in: parts).filter { $0.bytes.count < 4000 }.prefix(55)
        #expect(files.count >= (LongTests.areAsked ? 50 : 4))

        for (index, file) in files.enumerated() where index % 2 == row {
            for count in 0...file.bytes.count {
                check(SourceFile(path: file.path, bytes: Array(file.bytes[..<count])))
            }
        }
    }

    private func check(_ prefix: SourceFile) {
        let language = PythonLanguage()
        do throws(SourceError) {
            let outline = try language.read(prefix)
            let extents = outline.tables.declarations.map(\.extent)
            #expect(extents.allSatisfy { $0.end <= prefix.bytes.count })
        } catch {
            #expect(error.line >= 1 && error.column >= 1, "\(error)")
        }
    }
}
