import Docstrings
import Documenter
import Foundation
import PythonLanguage
import SourceCode
import Synchronization
import Testing

/// Files that cannot or must not be written: each is named with what to do, and the others are written.
@Suite(.serialized)
struct TroubledFilesTests {
    private static let code = "def open_door(key):\n    return key\n"

    @Test
    func `a read-only file is left alone, and the others are written`() throws {
        let workspace = try Workspace(files: ["a.py": Self.code, "c.py": Self.code])
        defer { workspace.remove() }
        try workspace.write(Self.code, to: "b.py", mode: 0o444)
        let old = try workspace.snapshot()

        let run = try workspace.docent("generate", ".")

        #expect(run.code == 3)
        #expect(
            run.errors.hasSuffix(
                """
                docent: failed, and left alone
                  b.py: it is read-only; make it writable with chmod u+w

                """
            )
        )
        #expect(try workspace.snapshot().written(since: old) == ["a.py", "c.py"])
        #expect(try workspace.snapshot().paths == old.paths)
    }

    @Test(arguments: ["--check", "--diff"])
    func `a run that writes nothing tells of the files that one which writes would leave alone`(mode: String) throws {
        let workspace = try Workspace(files: ["a.py": Self.code, "b.py": Self.code])
        defer { workspace.remove() }
        try workspace.write(Self.code, to: "locked.py", mode: 0o444)
        try FileManager.default.linkItem(atPath: workspace.path("b.py"), toPath: workspace.path("c.py"))

        let run = try workspace.docent("generate", mode, ".")

        #expect(run.code == 3)
        #expect(run.errors.hasPrefix("docent: would write 2 docstrings in 1 of 4 files"), "\(run.errors)")
        #expect(run.errors.contains("  locked.py: it is read-only; make it writable with chmod u+w\n"))
        #expect(!run.text.contains("locked.py"))
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
    func `an output that takes nothing ends the run, and is named`() throws {
        let workspace = try Workspace(files: ["a.py": Self.code, "b.py": Self.code])
        defer { workspace.remove() }

        for line in ["generate --diff .", "generate --json .", "outline .", "help json"] {
            let run = try workspace.shell("$DOCENT \(line) > /dev/full")

            #expect(run.code == 3, "\(line)")
            #expect(run.errors == "docent: the output cannot be written: No space left on device\n", "\(line)")
        }
    }

    @Test(.enabled(if: geteuid() != 0, "skipped: the super-user may write every folder and read every file"))
    func `a folder that may not be written and a file that may not be read are left alone`() throws {
        let workspace = try Workspace(files: ["a/a.py": Self.code, "b.py": Self.code])
        defer { workspace.remove() }
        try workspace.write(Self.code, to: "c.py", mode: 0o200)
        let manager = FileManager.default
        try manager.setAttributes([.posixPermissions: 0o555], ofItemAtPath: workspace.path("a"))
        defer { try? manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: workspace.path("a")) }

        let run = try workspace.docent("generate", ".")

        #expect(run.code == 3)
        #expect(
            run.errors.contains("a/a.py: its folder may not be written; change the folder's permissions\n")
        )
        #expect(run.errors.contains("c.py: it may not be read; change its permissions\n"))
        #expect(try workspace.text("b.py") != Self.code)
    }

    @Test
    func `a file with hard links is left alone under each of its names`() throws {
        let workspace = try Workspace(files: ["a.py": Self.code, "b.py": Self.code])
        defer { workspace.remove() }
        try FileManager.default.linkItem(atPath: workspace.path("b.py"), toPath: workspace.path("c.py"))
        let old = try workspace.snapshot()

        let run = try workspace.docent("generate", ".")

        #expect(run.code == 3)
        let reason = "it has 2 names (hard links), and a safe write would cut off the others; put a copy in its place"
        #expect(run.errors.hasSuffix("  b.py: \(reason)\n  c.py: \(reason)\n"))
        #expect(try workspace.snapshot().written(since: old) == ["a.py"])
    }

    @Test
    func `links out of the project are not followed, and links in circles end`() throws {
        let workspace = try Workspace(files: [
            "project/a.py": Self.code, "outside/o.py": Self.code, "project/s/b.py": "",
        ])
        defer { workspace.remove() }
        let links = [
            "out": "../outside", "o.py": "../outside/o.py", "loop": "loop", "s/up": "..", "self": ".", "gone": "x",
        ]
        for (link, target) in links {
            let path = workspace.path("project/\(link)")
            try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
        }
        let old = try workspace.snapshot()

        let run = try workspace.docent("generate", "project")

        #expect(run.code == 0, "\(run.errors)")
        #expect(run.errors.hasPrefix("docent: wrote 2 docstrings in 1 of 2 files, google style\n"))
        #expect(try workspace.snapshot().written(since: old) == ["project/a.py"])
        #expect(try workspace.snapshot().paths == old.paths)
    }

    @Test
    func `a file that is named by way of a link is written behind it`() throws {
        let workspace = try Workspace(files: ["real.py": Self.code])
        defer { workspace.remove() }
        let link = workspace.path("link.py")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "real.py")

        let run = try workspace.docent("generate", "link.py")

        #expect(run.code == 0)
        #expect(try workspace.text("real.py").contains("\"\"\""))
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "real.py")
    }

    @Test
    func `pipes and folders with a source's name, broken files and names that are not UTF-8 stop nothing`() throws {
        let workspace = try Workspace(files: [
            "a.py": Self.code, "broken.py": "def f(:\n", "bytes.py": "", "dir.py/in.py": Self.code, "empty.py": "",
        ])
        defer { workspace.remove() }
        try Data([0xFF, 0xFE]).write(to: URL(fileURLWithPath: workspace.path("bytes.py")))
        let made = try workspace.shell(#"mkfifo pipe.py; cp a.py $'bad\xff.py' && cp a.py $'new\nline.py'"#)
        try #require(made.code == 0, "\(made.errors)")

        let run = try workspace.docent("generate", ".")

        #expect(run.code == 3)
        #expect(
            run.errors.hasPrefix("docent: bad\u{FFFD}.py: the name is not UTF-8; it is left out until it is renamed\n")
        )
        #expect(run.errors.contains("  bytes.py:1: byte 0xFF is not valid in utf-8\n"))
        #expect(run.errors.contains("  broken.py:"))
        #expect(try workspace.text("dir.py/in.py").contains("\"\"\""))
        let count = try workspace.shell(
            #"grep -l 'Define the function' a.py $'new\nline.py' | wc -l; cat $'bad\xff.py'"#
        )
        #expect(count.text == "3\n" + Self.code)
    }

    @Test(.enabled(if: Judges.python != nil, Judges.pythonIsMissing))
    func `a folder that cannot be read is named, its neighbours are done, and the code tells of it`() throws {
        let workspace = try Workspace(files: ["a.py": Self.code])
        defer {
            _ = try? workspace.shell("rm -r ddd*")
            workspace.remove()
        }
        let deeper = "import os\nfor _ in range(17):\n    os.mkdir('d' * 250)\n    os.chdir('d' * 250)\n"
        let made = try workspace.shell("'\(Corpus.python)' -c \"\(deeper)\"")
        try #require(made.code == 0, "\(made.errors)")

        let run = try workspace.docent("generate", ".")
        let outline = try workspace.docent("outline", ".")
        let without = try workspace.docent("generate", "--exclude", "d*", ".")

        let message =
            "d: the path is too long; its files are left out: make it readable, or leave it out with `exclude`\n"
        #expect([run.code, outline.code, without.code] == [3, 3, 0])
        #expect(run.errors.contains(message), "\(run.errors)")
        #expect(outline.errors.hasSuffix(message))
        #expect(try workspace.text("a.py") != Self.code)
    }

    @Test
    func `a name that is not UTF-8 alone makes the code tell that a file is left out`() throws {
        let workspace = try Workspace(files: ["a.py": Self.code])
        defer { workspace.remove() }
        let made = try workspace.shell(#"cp a.py $'bad\xff.py'"#)
        try #require(made.code == 0, "\(made.errors)")

        let codes = try [["generate", "."], ["generate", "--check", "."], ["outline"], ["generate", "a.py"]]
            .map { try workspace.docent($0).code }

        #expect(codes == [3, 3, 3, 0])
    }

    @Test
    func `pages that cannot be written are named by their whole path`() throws {
        let workspace = try Workspace(files: ["a.py": Self.code, "pages/a.md/in.txt": ""])
        defer { workspace.remove() }

        let run = try workspace.docent("generate", "--markdown", "pages", "a.py")

        #expect(run.code == 3)
        let message =
            "docent: failed, and left alone\n  pages/a.md: it is not a regular file; name a file with source code\n"
        #expect(run.errors.hasSuffix(message))
        #expect(try workspace.text("pages/index.md").contains("a.md"))
    }

    @Test
    func `a file that is too large is named once by either command`() throws {
        let workspace = try Workspace(files: ["a.py": Self.code])
        defer { workspace.remove() }
        let made = try workspace.shell("truncate -s 5G big.py")
        try #require(made.code == 0, "\(made.errors)")

        let check = try workspace.docent("generate", "--check", ".")
        let outline = try workspace.docent("outline", ".")
        let json = try workspace.docent("outline", "--json", "big.py")

        let reason = "it is larger than 4 GiB; leave it out with `exclude`"
        #expect([check.code, outline.code, json.code] == [3, 3, 3])
        #expect(check.errors.hasSuffix("docent: failed, and left alone\n  big.py: \(reason)\n"))
        #expect(outline.errors == "docent: big.py: \(reason)\n")
        #expect(outline.text.hasPrefix("a.py\n"))
        #expect(json.text.contains("\"reason\":\"\(reason)\""), "\(json.text)")
    }

    @Test(.enabled(if: Judges.python != nil, Judges.pythonIsMissing))
    func `a file that may not grow is left alone, without a temporary file beside it`() throws {
        let long = Self.code + String(repeating: "# A line to fill the file.\n", count: 200)
        let workspace = try Workspace(files: ["a.py": Self.code, "b.py": long])
        defer { workspace.remove() }
        let old = try workspace.snapshot()
        let limited = """
            import os, resource, signal, sys
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
            resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
            os.execv(sys.argv[1], sys.argv[1:])
            """

        let words = [Corpus.python, "-c", limited, Judges.docent, "generate", "."]
        let run = try Subprocess.run(words, in: URL(fileURLWithPath: workspace.folder))

        #expect(run.code == 3)
        #expect(run.errors.hasSuffix("  b.py: the file is too large for its file system; it was not written\n"))
        #expect(try workspace.snapshot().written(since: old) == ["a.py"])
        #expect(try workspace.snapshot().paths == old.paths)
    }

    @Test
    func `a file that somebody changes while its docstrings are written keeps their version`() async throws {
        let workspace = try Workspace(files: ["a.py": Self.code, "b.py": Self.code, "c.py": Self.code])
        defer { workspace.remove() }
        let old = try workspace.snapshot()
        let author = MeddlingAuthor(path: workspace.path("b.py"), text: "x = 1\n")
        let run = GenerateRun(settings: Settings(), mode: .write, languages: [PythonLanguage()], author: author)

        let report = try await run.run(paths: [workspace.folder]) { _ in }

        #expect(report.failed.map(\.path) == [workspace.path("b.py")])
        #expect(report.failed.map(\.reason) == ["it changed since it was read; run again"])
        #expect(try workspace.text("b.py") == "x = 1\n")
        #expect(try workspace.snapshot().different(from: old) == ["a.py", "b.py", "c.py"])
        #expect(try workspace.snapshot().paths == old.paths)
    }
}

/// Writes into a file while it is documented.
private struct MeddlingAuthor: DocstringAuthor {
    let path: String
    let text: String

    func write(for target: DocumentationTarget) async throws -> Docstring {
        if target.declaration.outline.file.path == path {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        }
        return Docstring(summary: "Say what is true.")
    }
}
