import Docstrings
import Documenter
import Foundation
import PythonLanguage
import SourceCode
import Synchronization
import Testing

struct GenerateRunTests {
    /// Collects a run's results, which it reports one at a time.
    private final class Results: Sendable {
        private let collected = Mutex<[FileResult]>([])

        var all: [FileResult] { collected.withLock { $0 } }

        func add(_ event: GenerateRun.Event) {
            if case .finished(let result) = event { collected.withLock { $0.append(result) } }
        }
    }

    private func run(
        _ folder: TemporaryFolder,
        mode: RunMode = .write,
        author: StubAuthor = .naming,
        settings change: (inout Settings) -> Void = { _ in },
        also report: @Sendable (GenerateRun.Event) -> Void = { _ in }
    ) async throws -> (report: RunReport, results: [FileResult]) {
        var settings = Settings()
        change(&settings)
        let run = GenerateRun(settings: settings, mode: mode, languages: [PythonLanguage()], author: author)
        let results = Results()
        let total = try await run.run(paths: [folder.path]) { event in
            results.add(event)
            report(event)
        }
        return (total, results.all)
    }

    /// A path for each number, in three folders.
    private func path(_ index: Int) -> String { "pkg\(index % 3)/m\(String("00\(index)".suffix(3))).py" }

    private func project(_ count: Int = 40) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for index in 0..<count {
            let body = String(repeating: "    x = \(index)\n", count: index * 7 % 40)
            try folder.write("def f\(index)():\n\(body)    return 1\n", to: path(index))
        }
        return folder
    }

    @Test func `documents what it finds, and finds nothing left to do then`() async throws {
        let folder = try TemporaryFolder()
        let source = "import a\n\ndef f(): pass\nclass A:\n    def g(self):\n        return 1\n    def _h(self): pass\n"
        try folder.write(source, to: "a.py")

        let first = try await run(folder)
        let second = try await run(folder)

        #expect(
            try folder.text(of: "a.py") == """
                \"\"\"Is a module.\"\"\"

                import a

                def f():
                    \"\"\"Is f.\"\"\"
                    pass
                class A:
                    \"\"\"Is A.\"\"\"

                    def g(self):
                        \"\"\"Is A.g.\"\"\"
                        return 1
                    def _h(self): pass

                """
        )
        #expect(first.results.map(\.line) == [#"a.py changed [":1", "f:3", "A:4", "A.g:5"] private=1"#])
        #expect(first.report.documented == 4)
        #expect(first.report.splitSuites == 1)
        #expect(second.results.map(\.line) == ["a.py unchanged [] documented=4 private=1"])
        #expect(second.report.changedFiles == 0)
    }

    @Test(arguments: [RunMode.check, .diff])
    func `writes nothing when it is not to`(mode: RunMode) async throws {
        let folder = try TemporaryFolder()
        try folder.write("def f(): pass\n", to: "a.py")

        let (report, results) = try await run(folder, mode: mode, settings: { $0.oneLineSuites = .keep })

        #expect(try folder.text(of: "a.py") == "def f(): pass\n")
        #expect(report.changedFiles == 1)
        #expect(report.splitSuites == 0)
        let after = results.first?.versions.map { String(decoding: $0.after.bytes, as: UTF8.self) }
        let expected = "\"\"\"Is a module.\"\"\"\n\ndef f(): \"\"\"Is f.\"\"\"; pass\n"
        #expect(after == (mode == .diff ? expected : nil))
    }

    @Test func `gives the same results in path order however many work`() async throws {
        let (one, four) = (try project(), try project())
        try one.write("def broken(:\n", to: "pkg1/m017b.py")
        try four.write("def broken(:\n", to: "pkg1/m017b.py")

        let alone = try await run(one, settings: { $0.jobs = 1 })
        let together = try await run(four, settings: { $0.jobs = 4 })

        #expect(alone.results.map(\.line) == together.results.map(\.line))
        let paths = together.results.map { String($0.path.dropFirst(four.path.count + 1)) }
        #expect(paths == paths.sorted())
        #expect(paths.count == 41)
        #expect(alone.report.documented == together.report.documented)
        #expect(alone.report.skipped == together.report.skipped)
        for path in paths { #expect(try one.text(of: path) == four.text(of: path)) }
    }

    @Test func `goes on when a file fails, and says which and why`() async throws {
        let folder = try TemporaryFolder()
        for name in ["a", "c", "e"] { try folder.write("def \(name)():\n    return 1\n", to: "\(name).py") }
        try folder.write("def b():\n    return (\n", to: "b.py")
        try folder.write("def ill():\n    return 1\n", to: "d.py")
        let author = StubAuthor { declaration in
            if declaration.name == "ill" { throw StubFailure() }
            return try await StubAuthor.naming.answer(declaration)
        }

        let (report, results) = try await run(folder, author: author)

        #expect(
            results.map(\.line) == [
                #"a.py changed [":1", "a:1"]"#, "b.py refused 2:12 []", #"c.py changed [":1", "c:1"]"#,
                "d.py failed the author is ill []", #"e.py changed [":1", "e:1"]"#,
            ]
        )
        #expect(report.refused.map(\.line) == [2])
        #expect(report.failed.map(\.reason) == ["the author is ill"])
        #expect(report.changedFiles == 3)
        #expect(try folder.text(of: "d.py") == "def ill():\n    return 1\n")
        #expect(!report.isInterrupted)
    }

    @Test func `leaves a file alone that somebody else wrote meanwhile`() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("def f():\n    return 1\n", to: "a.py")
        let author = StubAuthor { declaration in
            try Data("def other(): pass\n".utf8).write(to: URL(filePath: path))
            return try await StubAuthor.naming.answer(declaration)
        }

        let (report, results) = try await run(folder, author: author)

        #expect(report.changedFiles == 0)
        #expect(report.failed.map(\.reason) == ["it changed since it was read; run again"])
        #expect(results.first?.documented.isEmpty == true)
        #expect(try folder.text(of: "a.py") == "def other(): pass\n")
        #expect(try folder.names() == ["a.py"])
    }

    @Test(arguments: [1, 4])
    func `stops when it is cancelled, with every file whole`(jobs: Int) async throws {
        let folder = try project(60)
        let finished = Mutex(0)

        let (report, results) = try await run(folder, settings: { $0.jobs = jobs }) { event in
            guard case .finished = event else { return }
            let count = finished.withLock { count in
                count += 1
                return count
            }
            // The report is called in the run's own task.
            if count == 10 { withUnsafeCurrentTask { $0?.cancel() } }
        }

        #expect(report.isInterrupted)
        #expect((10..<60).contains(results.count))
        #expect(report.changedFiles == results.count)
        let texts = try (0..<60).map { try folder.text(of: path($0)) }
        #expect(texts.count { $0.hasPrefix("\"\"\"Is a module.\"\"\"\n") } == results.count)
        #expect(texts.allSatisfy { $0.hasSuffix("    return 1\n") })
        #expect(try (0..<3).allSatisfy { try folder.names(in: "pkg\($0)").allSatisfy { $0.hasSuffix(".py") } })
    }

    @Test func `takes the style that most docstrings have`() async throws {
        let numpy = try TemporaryFolder()
        let numpyText = "def f(a):\n    '''Do.\n\n    Parameters\n    ----------\n    a : int\n        What.\n    '''\n"
        for index in 0..<5 { try numpy.write(numpyText, to: "n\(index).py") }
        try numpy.write("def g(a):\n    '''Do.\n\n    Args:\n        a: What.\n    '''\n", to: "g.py")
        let plain = try TemporaryFolder()
        try plain.write("def f(a):\n    '''Do.'''\n", to: "a.py")

        let found = try await run(numpy)
        let chosen = try await run(numpy, settings: { $0.style = "epytext" })
        let fallback = try await run(plain)

        #expect(found.report.style == "numpy")
        #expect(chosen.report.style == "epytext")
        #expect(fallback.report.style == "google")
    }

    @Test func `writes nothing when a setting is unusable`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("def f(): pass\n", to: "a.py")

        await #expect(throws: ProjectError.self) { try await run(folder, settings: { $0.style = "doxygen" }) }
        await #expect(throws: ProjectError.self) { try await run(folder, settings: { $0.include = [""] }) }

        #expect(try folder.text(of: "a.py") == "def f(): pass\n")
    }

    @Test func `says why a docstring has no place, and counts the links that it does not follow`() async throws {
        let folder = try TemporaryFolder()
        let other = try TemporaryFolder()
        try other.write("x = 1\n", to: "far.py")
        try folder.write("\u{FEFF}x = 1\n", to: "a.py")
        try FileManager.default.createSymbolicLink(
            atPath: "\(folder.path)/b.py",
            withDestinationPath: "\(other.path)/far.py"
        )

        let report = try await run(folder).report

        #expect(report.unplaced.map(\.reason) == ["the byte-order mark would stand on a line of its own"])
        #expect(report.skipped[.unplaceable] == 1)
        #expect(report.outsideLinks == 1)
    }

    @Test func `names the pages that describe nothing any more`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("x = 1\n", to: "a.py")
        try folder.write("x = 1\n", to: "b.py")
        var run = GenerateRun(
            settings: Settings(),
            mode: .write,
            languages: [PythonLanguage()],
            author: StubAuthor.naming
        )
        run.markdownFolder = "\(folder.path)/docs"
        let first = try await run.run(paths: [folder.path]) { _ in }
        try FileManager.default.removeItem(atPath: "\(folder.path)/b.py")

        let second = try await run.run(paths: [folder.path]) { _ in }

        #expect(first.pagesLeftBehind.isEmpty)
        #expect(second.pagesLeftBehind == ["\(folder.path)/docs/b.md"])
    }

    @Test func `leaves a docstring as it is that says the same already`() async throws {
        let folder = try TemporaryFolder()
        let source = "'  Is a module.'\ndef f(): 'Is f.'\n"
        try folder.write(source, to: "a.py")

        let report = try await run(folder) { $0.overwrites = true }.report

        #expect(try folder.text(of: "a.py") == source)
        #expect(report.documented == 0)
        #expect(report.changedFiles == 0)
        #expect(report.skipped[.documented] == 2)
    }

    @Test func `leaves a declaration alone of which there is nothing to say`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("def f(): pass\n", to: "a.py")

        let (_, results) = try await run(folder, author: StubAuthor { _ in Docstring(summary: "") })

        #expect(results.map(\.line) == ["a.py unchanged [] nothing to say=2"])
    }
}
