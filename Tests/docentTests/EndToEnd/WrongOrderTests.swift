import Foundation
import Testing

/// Orders that cannot be carried out: nothing is done, and each mistake is named with what to do.
@Suite(.serialized)
struct WrongOrderTests {
    private static let code = "def open_door(key):\n    return key\n"

    @Test(arguments: [
        (["missing"], "docent: missing: no such file or folder; name a file or a folder that can be read\n"),
        (
            ["a.py", "gone", "a.py/b"],
            "docent: gone: no such file or folder; name a file or a folder that can be read\n"
                + "docent: a.py/b: a part of its path is not a folder; name a file or a folder that can be read\n"
        ),
        (["empty"], "docent: no .py or .pyi files under empty; name another folder\n"),
        (["/dev/null"], "docent: /dev/null: neither a file nor a folder; name one of them\n"),
        (
            ["--style", "google", "--exclude", "*.py", "."],
            "docent: no .py or .pyi files under .; 1 file or folder is left out by ignore rules, `include` or `exclude`: name files to take them all the same\n"
        ),
        (
            ["--markdown", "a.py", "a.py"],
            "docent: a.py: it is not a folder, so no pages can go there; name another place for them\n"
        ),
    ])
    func `nothing is done when an argument is wrong, and each is named with what to do`(
        arguments: [String],
        message: String
    ) throws {
        let workspace = try Workspace(files: ["a.py": Self.code, "empty/note.txt": ""])
        defer { workspace.remove() }

        let run = try workspace.docent(["generate"] + arguments)

        #expect(run.code == 2)
        #expect(run.errors == message)
        #expect(run.output.isEmpty)
        #expect(try workspace.text("a.py") == Self.code)
    }

    @Test
    func `a path in the place of the command is told from a command`() throws {
        let workspace = try Workspace(files: ["humanize/a.py": Self.code, "outlines": ""])
        defer { workspace.remove() }

        for name in ["humanize", "outlines"] {
            let run = try workspace.docent(name)

            #expect(run.code == 2)
            let hint = "docent: '\(name)' is a path, no command; did you mean 'docent generate \(name)'?\n"
            #expect(run.errors.hasPrefix(hint), "\(run.errors)")
        }
    }

    @Test
    func `each mistake of the configuration has a line of its own`() throws {
        let workspace = try Workspace(files: [
            "a.py": Self.code, "pyproject.toml": "[tool.docent]\nstyle = 3\nline-length = \"x\"\n",
        ])
        defer { workspace.remove() }

        let run = try workspace.docent("generate", ".")

        #expect(run.code == 2)
        let lines = run.errors.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.allSatisfy { $0.hasPrefix("docent: pyproject.toml:") }, "\(run.errors)")
    }
}
