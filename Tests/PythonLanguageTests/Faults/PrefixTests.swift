import PythonLanguage
import SourceCode
import Testing

struct PrefixTests {
    private static let small = ["this.py", "keyword.py", "token.py", "json/scanner.py", "xml/__init__.py"]
    private static let more = ["asyncio", "collections", "concurrent", "ctypes", "dbm", "html", "http", "logging"]

    /// A prefix is either read, and then takes docstrings, or refused at a place inside it.
    @Test(.enabled(if: PythonJudge.isFound))
    func `reads or refuses every beginning of a file`() throws {
        let files = try LibraryFiles.files(in: LongTests.areAsked ? Self.small + Self.more : Self.small)
            .filter { $0.bytes.count < (LongTests.areAsked ? 20_000 : 2500) }
        #expect(files.count >= (LongTests.areAsked ? 50 : 3))

        for file in files {
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
