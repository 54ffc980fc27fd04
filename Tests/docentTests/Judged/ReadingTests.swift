import Foundation
import Testing

/// What `docent outline --json` says is what CPython says; the comparison is `Tests/Judges/compare_outline.py`.
@Suite(.serialized)
struct ReadingTests {
    @Test(.enabled(if: Judges.python != nil, Judges.pythonIsMissing))
    func `the comparison finds every kind of error that is seeded`() throws {
        let python = try #require(Judges.python)
        let library = try standardLibrary(of: python)
        let parts = ["asyncio", "email", "json", "contextlib.py", "typing.py", "dataclasses.py", "weakref.py"]
        let sample = parts.map { "\(library)/\($0)" }

        let verdict = try Verdict.of(python, [Judges.script("compare_outline.py"), "--self-test"] + sample)

        #expect(verdict.status == 0, "\(verdict.output)")
        #expect(verdict.count(of: "errors") > 500)
    }

    /// In the long tier with CPython's own tests, where they are installed.
    @Test(.enabled(if: Judges.python != nil, Judges.pythonIsMissing))
    func `says of the standard library what CPython says`() throws {
        let python = try #require(Judges.python)
        let library = try standardLibrary(of: python)
        let parts = try FileManager.default.contentsOfDirectory(atPath: library).sorted()
            .filter { Judges.isLong || $0 != "test" }
            .map { "\(library)/\($0)" }

        let verdict = try compare(with: python, paths: parts)

        #expect(verdict.status == 0, "\(verdict.output)")
        #expect(verdict.count(of: "declarations") > 10_000)
    }

    @Test(.enabled(if: Judges.python != nil && Judges.fixtures != nil, Judges.fixturesAreMissing))
    func `says of files of odd layout what CPython says`() throws {
        let python = Judges.newerPythons.last ?? Judges.python
        let fixtures = try #require(Judges.fixtures)
        let readable = try filesWithoutNewSyntax(in: fixtures)

        let verdict = try compare(with: #require(python), paths: readable)

        #expect(verdict.status == 0, "\(verdict.output)")
        #expect(verdict.count(of: "files") == readable.count)
    }

    @Test(
        .enabled(if: Judges.isLong, Judges.longTierOnly),
        .enabled(if: !Judges.newerPythons.isEmpty, "skipped: no newer CPython on PATH, in DOCENT_PYTHONS or pyenv"),
        arguments: Judges.newerPythons
    )
    func `says of a newer CPython's library and tests what that CPython says`(python: String) throws {
        let verdict = try compare(with: python, paths: [standardLibrary(of: python)])

        #expect(verdict.status == 0, "\(verdict.output)")
        #expect(verdict.count(of: "declarations") > 10_000)
    }

    @Test(
        .enabled(if: Judges.python != nil, Judges.pythonIsMissing),
        .enabled(if: Judges.tool("python", of: "libcst") != nil, Judges.toolsAreMissing),
        .enabled(if: Judges.tool("ruff", of: "ruff") != nil, Judges.toolsAreMissing)
    )
    func `accepts newer syntax and refuses broken syntax as the parsers of others do`() throws {
        let judges = [Judges.tool("python", of: "libcst"), Judges.tool("ruff", of: "ruff")].compactMap(\.self)
        let cases = ["valid.txt", "invalid.txt"].map { Judges.script("new_syntax/\($0)") }

        let verdict = try Verdict.of(
            #require(Judges.python),
            [Judges.script("judge_syntax.py"), Judges.docent] + cases + ["--"] + judges + Judges.newerPythons
        )

        #expect(verdict.status == 0, "\(verdict.output)")
        #expect(verdict.count(of: "invalid") > 60)
    }

    private func compare(with python: String, paths: [String]) throws -> Verdict {
        let verdict = try Verdict.of(python, [Judges.script("compare_outline.py"), Judges.docent] + paths)
        print("read, judged by CPython:", verdict.summary)
        return verdict
    }

    private func standardLibrary(of python: String) throws -> String {
        try Verdict.of(python, ["-c", "import sysconfig; print(sysconfig.get_path('stdlib'))"]).summary
    }

    /// Template strings and `except` without parentheses are newer than any CPython that may be here.
    private func filesWithoutNewSyntax(in folder: String) throws -> [String] {
        let newest = ["tstring_not_doc.py", "pep758_except.py"]
        let needing312 = ["pep695_class.py", "pep701_header.py", "pep701_multiline.py", "type_alias.py"]
        let left = newest + (Judges.newerPythons.isEmpty ? needing312 : [])
        return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            .filter { $0.hasSuffix(".py") && !left.contains($0) }
            .map { "\(folder)/\($0)" }
    }
}
