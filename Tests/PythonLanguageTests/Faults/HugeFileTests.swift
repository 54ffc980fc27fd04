import Foundation
import PythonLanguage
import SourceCode
import Testing

@Suite(.serialized)
struct HugeFileTests {
    /// A quadratic reader takes sixteen times as long for four times the size; a linear one four times.
    @Test(arguments: HugeShape.all)
    func `takes time in proportion to the size`(shape: HugeShape) throws {
        let size = LongTests.areAsked ? shape.size : shape.size / 4
        let small = SourceFile(text: shape.text(size))
        let large = SourceFile(text: shape.text(size * 4))

        var ratio = Double.infinity
        for _ in 0..<4 where ratio > 8 {
            let (first, second) = (try seconds(reading: small), try seconds(reading: large))
            ratio = min(ratio, second / max(first, 0.002))
        }

        #expect(ratio <= 8)
    }

    /// The processor time of this thread, in which others have no part.
    private func seconds(reading file: SourceFile) throws -> Double {
        let begin = processorNanoseconds()
        let outline = try PythonLanguage().read(file)
        let rows = outline.tables.declarations.indices
        let texts = Dictionary(uniqueKeysWithValues: rows.map { ($0, "Does.") })
        _ = PythonLanguage().placements(of: texts, in: outline, options: PlacementOptions())
        #expect(PythonLanguage().codeDifference(between: outline, and: outline) == nil)
        return Double(processorNanoseconds() - begin) / 1e9
    }

    private func processorNanoseconds() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec)
    }

    @Test(arguments: [
        ("# ", "a", "\n", 200), ("x = '''", "a ", "'''\n", 200), ("x = '", "a", "'\n", 200), ("x = ", "a", "\n", 20),
        ("", " ", "x", 20), ("x = f'", "a", "'\n", 20), ("def f(a='", "b", "'): pass\n", 20),
        ("x = (", "a,", ")\n", 20),
        ("x = 1", " ", "# a", 20),
    ])
    func `reads a line of megabytes`(begin: String, piece: String, end: String, megabytes: Int) {
        let length = LongTests.areAsked ? megabytes * 1_000_000 : 400_000
        let text = begin + String(repeating: piece, count: length / piece.utf8.count) + end
        let language = PythonLanguage()

        let outline = try? language.read(SourceFile(text: text))

        // Only the line of blanks is refused, as an unexpected indentation.
        #expect((outline == nil) == (begin.isEmpty))
    }

    @Test func `reads a million targets of one assignment`() throws {
        let count = LongTests.areAsked ? 1_000_000 : 50_000
        let reading = try Reading("class A:\n    # c\n    " + String(repeating: "a, ", count: count) + "b = c\n")

        #expect(try reading("A").record.fields.rows.count == count + 1)
    }

    @Test func `reads ten thousand parameters and a hundred thousand functions`() throws {
        let names = (0..<10_000).map { "p\($0)=\($0)" }.joined(separator: ", ")
        let count = LongTests.areAsked ? 100_000 : 10_000
        let functions = (0..<count).map { "def f\($0 % 7)(): return \($0)\n" }.joined()

        let reading = try Reading("def f(\(names)): pass\n\(functions)")

        #expect(try reading().parameters.count == 10_000)
        #expect(reading.outline.tables.declarations.count == count + 2)
        #expect(reading.outline.tables.declarations.last?.ordinal == Int32((count - 1) / 7 + 1))
    }

    @Test(arguments: [0, 1, 4, 8, 11, 23, 40])
    func `refuses a zero byte wherever it stands`(offset: Int) {
        var bytes = Array("def f(a='b'): # c\n    '''d'''\n    return f'{a}'\n".utf8)
        bytes.insert(0, at: offset)

        #expect(throws: SourceError.self) { try PythonLanguage().read(SourceFile(path: "a.py", bytes: bytes)) }
    }
}
