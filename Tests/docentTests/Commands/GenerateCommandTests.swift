import Documenter
import SourceCode
import Testing

@testable import docent

struct GenerateCommandTests {
    static let changed: FileResult = {
        var result = FileResult(path: "pkg/a.py")
        result.status = .changed
        result.byteCount = 100
        result.declarationCount = 5
        result.documented = [.init(path: "", line: 1), .init(path: "C.f", line: 3)]
        result.skipped = [.isPrivate: 2, .documented: 1]
        result.unplaced = [(.init(path: "", line: 1), "no place")]
        result.undone = [(.init(path: "g", line: 9), "a comment moved")]
        result.versions = (SourceFile(text: "x = 1\n"), SourceFile(text: "\"\"\"X.\"\"\"\nx = 1\n"))
        return result
    }()

    static let refused: FileResult = {
        var result = FileResult(path: "pkg/b.py")
        result.status = .refused(SourceError(.syntax, path: "pkg/b.py", line: 3, column: 7, reason: "expected ':'"))
        return result
    }()

    static let report: RunReport = {
        var report = RunReport()
        report.files = 12
        report.declarations = 340
        report.documented = 210
        report.changedFiles = 11
        report.splitSuites = 3
        report.skipped = [.isPrivate: 30, .documented: 97, .runtimeData: 0]
        report.style = "google"
        return report
    }()

    @Test
    func `sums a run up in aligned lines`() async {
        let console = TestConsole()

        let code = await Docent.run(["generate"], in: console.context(report: Self.report))

        #expect(code == .done)
        #expect(console.output.text.isEmpty)
        #expect(
            console.messages.text == """
                docent: wrote 210 docstrings in 11 of 12 files, google style
                  files                   12
                  declarations           340
                  written                210
                  one-line suites split    3
                  skipped                127
                    documented            97
                    private               30

                """
        )
    }

    @Test
    func `lists ten problems of a kind and counts the rest`() async {
        let console = TestConsole()
        var report = RunReport()
        report.files = 14
        report.refused = (1...12).map {
            SourceError(.syntax, path: "b\($0).py", line: $0, column: 2, reason: "expected ':'")
        }
        report.failed = [("c\u{1B}.py", "permission denied; make it writable")]
        report.undone = [("a.py", .init(path: "", line: 1), "a comment moved")]
        report.unplaced = [("a.py", .init(path: "f", line: 1), "not shown when quiet")]

        let code = await Docent.run(["generate", "--quiet"], in: console.context(report: report))

        #expect(code == .someFailed)
        let refused = (1...10).map { "  b\($0).py:\($0): expected ':'\n" }.joined()
        #expect(
            console.messages.text
                == "docent: refused, and left alone\n\(refused)  and 2 more; --json lists all\n"
                + "docent: failed, and left alone\n  c^[.py: permission denied; make it writable\n"
                + "docent: taken back, for the proof failed\n  a.py:1: the module: a comment moved\n"
        )
    }

    @Test
    func `tells what has no place, what is left behind and what lies elsewhere`() async {
        let console = TestConsole()
        var report = RunReport()
        report.files = 1
        report.skipped = [.unplaceable: 1]
        report.unplaced = [("a.py", .init(path: "", line: 1), "the byte-order mark is in the way")]
        report.pagesLeftBehind = ["docs/b.md"]
        report.outsideLinks = 2

        _ = await Docent.run(["generate"], in: console.context(report: report))

        #expect(
            console.messages.text == """
                docent: wrote 0 docstrings in 0 of 1 file
                  files               1
                  declarations        0
                  written             0
                  skipped             1
                    cannot be placed  1
                  links to elsewhere  2
                docent: there is no place for
                  a.py:1: the module: the byte-order mark is in the way
                docent: pages of an earlier run that describe nothing any more; remove them
                  docs/b.md

                """
        )
    }

    @Test
    func `writes a line of JSON for each file and one for the sum`() async {
        let console = TestConsole()
        let context = console.context(reporting: [Self.changed, Self.refused], report: Self.report)

        let code = await Docent.run(["generate", "--json"], in: context)

        #expect(code == .done)
        #expect(console.messages.text.isEmpty)
        #expect(
            console.output.text == """
                {"type":"file","path":"pkg/a.py","status":"changed","declarations":5,"documented":[{"path":"","line":1},\
                {"path":"C.f","line":3}],"splitSuites":0,"skipped":{"documented":1,"private":2},\
                "unplaced":[{"path":"","line":1,"reason":"no place"}],\
                "undone":[{"path":"g","line":9,"reason":"a comment moved"}],"error":null}
                {"type":"file","path":"pkg/b.py","status":"refused","declarations":0,"documented":[],"splitSuites":0,\
                "skipped":{},"unplaced":[],"undone":[],"error":{"reason":"expected ':'","line":3,"column":7}}
                {"type":"summary","files":12,"bytes":0,"declarations":340,"changedFiles":11,"documented":210,\
                "splitSuites":3,"skipped":{"documented":97,"private":30},"refused":0,"failed":0,"undone":0,\
                "outsideLinks":0,"pagesLeftBehind":[],"style":"google","interrupted":false}

                """
        )
    }

    @Test
    func `shows what would be written as a patch`() async {
        let console = TestConsole()
        let context = console.context(reporting: [Self.changed], report: Self.report)

        let code = await Docent.run(["generate", "--diff", "--quiet"], in: context)

        #expect(code == .done)
        #expect(
            console.output.text
                == "--- a/pkg/a.py\n+++ b/pkg/a.py\n@@ -1 +1,2 @@\n+\"\"\"X.\"\"\"\n x = 1\n"
        )
    }

    @Test(arguments: [
        (["generate", "--check"], 210, 0, ExitCode.findings), (["generate", "--check"], 0, 0, .done),
        (["generate", "--check", "--diff"], 1, 0, .findings), (["generate", "--diff"], 1, 0, .done),
        (["generate"], 1, 1, .someFailed), (["generate", "--check"], 1, 1, .someFailed),
    ])
    func `ends with the code that help promises`(words: [String], documented: Int, failed: Int, code: ExitCode) async {
        var report = RunReport()
        report.files = 2
        report.documented = documented
        report.failed = (0..<failed).map { ("\($0).py", "unreadable") }

        let result = await Docent.run(words, in: TestConsole().context(report: report))

        #expect(result == code)
    }

    @Test
    func `says why a run cannot begin`() async {
        let console = TestConsole()

        let context = console.context(failing: ProjectError("no such file or folder: 'x'"))
        let code = await Docent.run(["generate", "x"], in: context)

        #expect(code == .usage)
        #expect(console.messages.text == "docent: no such file or folder: 'x'\n")
    }

    @Test
    func `says what to do when there is nothing to document`() async {
        let console = TestConsole()

        let code = await Docent.run(["generate", "docs"], in: console.context())

        #expect(code == .done)
        #expect(
            console.messages.text
                == "docent: no Python file to document in 'docs'; name files or folders that hold some, "
                + "or see whether --include, --exclude or .gitignore leave them out\n"
        )
    }

    @Test(arguments: [(Delivery.unread, ExitCode.brokenPipe), (.failed, .someFailed)])
    func `cancels a run that shows a difference to nobody`(delivery: Delivery, exit: ExitCode) async {
        let messages = MemorySink()
        var services = Assembly.services
        services.generate = { _, show in
            while !Task.isCancelled {
                show(.finished(Self.changed))
                await Task.yield()
            }
            throw CancellationError()
        }
        let console = Console(output: ClosedSink(delivery: delivery), messages: messages)

        let code = await Docent.run(["generate", "--diff"], in: CommandContext(console: console, services: services))

        #expect(code == exit)
        #expect(messages.text.isEmpty)
    }
}

/// A stream that takes nothing.
private struct ClosedSink: ByteSink {
    let delivery: Delivery

    func write(_ bytes: [UInt8]) -> Delivery { delivery }
}
