import PythonLanguage
import SourceCode
import Testing

struct GrammarTests {
    private static let accepted =
        AcceptedSnippets.lines + AcceptedSnippets.blocks + AcceptedSnippets.newer.map(\.text)
    private static let refused = RefusedExpressions.lines + RefusedStatements.lines + RefusedBlocks.blocks

    @Test(arguments: accepted)
    func `accepts what CPython accepts`(source: String) {
        #expect(throws: Never.self) { try PythonLanguage().read(SourceFile(text: source)) }
    }

    @Test(arguments: refused)
    func `refuses what CPython refuses, and says where`(source: String) throws {
        let error = #expect(throws: SourceError.self) { try PythonLanguage().read(SourceFile(text: source)) }

        #expect(error?.kind == .syntax)
        #expect(error?.reason.isEmpty == false)
        let lineCount = source.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).count
        #expect((1...lineCount + 1).contains(error?.line ?? 0))
    }

    @Test(.enabled(if: PythonJudge.isFound))
    func `has tables that the CPython at hand agrees with`() throws {
        let version: [Int] = try PythonJudge.answers(to: [0], script: "def answer(_): return sys.version_info[1]")
        let minor = try #require(version.first)
        let known = AcceptedSnippets.lines + AcceptedSnippets.blocks
        let good = known + AcceptedSnippets.newer.filter { $0.since <= minor }.map(\.text)

        let accepted = try verdicts(on: good)
        let refused = try verdicts(on: Self.refused)

        for (text, verdict) in zip(good, accepted) where !verdict { Issue.record("refused: \(text)") }
        for (text, verdict) in zip(Self.refused, refused) where verdict { Issue.record("accepted: \(text)") }
    }

    private func verdicts(on sources: [String]) throws -> [Bool] {
        try PythonJudge.answers(
            to: sources,
            script: """
                def answer(source):
                    try:
                        ast.parse(source.encode())
                        return True
                    except (SyntaxError, ValueError):
                        return False
                """
        )
    }

    @Test(arguments: [
        ("x = (\n1,\n  y z\n)", 3, 5, "',' or ')'"),
        ("def f(:\n    pass", 1, 6, "never closed"),
        ("def f(:)\n    pass", 1, 7, "a name"),
        ("\u{FEFF}x = $", 1, 5, "'$'"),
        ("a\r\nb\rc = 'd", 3, 5, "unterminated"),
        ("if a:\npass", 2, 1, "an indented block"),
        ("x = [1, (2)\n", 1, 5, "never closed"),
        ("été = é $", 1, 12, "'$'"),
        ("def f():\n        a\n    b", 3, 5, "unindent"),
    ])
    func `tells the line and the byte column`(source: String, line: Int, column: Int, reason: String) {
        let error = #expect(throws: SourceError.self) { try PythonLanguage().read(SourceFile(text: source)) }

        #expect(error?.line == line)
        #expect(error?.column == column)
        #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
    }
}
