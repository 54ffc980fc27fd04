import Foundation
import Testing

/// What a writing run leaves as it was, and that all ways of running give the same.
@Suite(.serialized, .enabled(if: Judges.python != nil, Judges.pythonIsMissing))
struct PreservationTests {
    private static let code = "def open_door(key):\n    return key\n"

    @Test
    func `modes are kept, and nothing is touched that is not written`() throws {
        let workspace = try Workspace(files: ["done.py": "\"\"\"Say it.\"\"\"\n", "note.txt": "def f(): pass\n"])
        defer { workspace.remove() }
        let modes = [0o644, 0o755, 0o600, 0o4755, 0o2755, 0o6711, 0o1644, 0o666]
        for mode in modes { try workspace.write(Self.code, to: "m\(String(mode, radix: 8)).py", mode: mode) }
        let old = try workspace.snapshot()

        try workspace.docent("generate", ".")

        let now = try workspace.snapshot()
        #expect(now.paths == old.paths)
        #expect(now.files.mapValues(\.mode) == old.files.mapValues(\.mode))
        #expect(now.written(since: old) == Set(modes.map { "m\(String($0, radix: 8)).py" }))
    }

    @Test(arguments: ["auto", "google", "numpy", "rest", "sphinx", "epytext"])
    func `a second run touches nothing, and check fails before and passes after`(style: String) throws {
        let workspace = try Workspace(packages: Judges.isLong ? Workspace.packages : ["json"])
        defer { workspace.remove() }
        let options = ["generate", "--style", style, "--private", "--nested"]
        let old = try workspace.snapshot()

        let before = try workspace.docent(options + ["--check"])
        #expect(before.code == 1)
        #expect(try workspace.snapshot().written(since: old).isEmpty)
        let first = try workspace.docent(options)
        let new = try workspace.snapshot()
        let second = try workspace.docent(options)
        let after = try workspace.docent(options + ["--check"])

        #expect([first.code, second.code, after.code] == [0, 0, 0])
        #expect(new.paths == old.paths)
        #expect(new.written(since: old) == new.different(from: old))
        #expect(!new.different(from: old).isEmpty)
        #expect(try workspace.snapshot().written(since: new).isEmpty)
    }

    @Test
    func `one job and many give the same files, JSON, patches and pages`() throws {
        let source = try Workspace(packages: Judges.isLong ? Workspace.packages : ["json", "concurrent"])
        defer { source.remove() }
        var trees: [[String: Data]] = []
        var outputs: [[String]] = []
        for jobs in ["1", "4"] {
            let workspace = try source.copied()
            defer { workspace.remove() }
            let patch = try workspace.docent("generate", "--diff", "--jobs", jobs)
            let json = try workspace.docent("generate", "--json", "--jobs", jobs, "--markdown", "pages")
            let outline = try workspace.docent("outline", "--json", "--jobs", jobs)
            #expect([patch.code, json.code, outline.code] == [0, 0, 0])
            trees.append(try workspace.snapshot().contents)
            outputs.append([patch.text, patch.errors, json.text, outline.text])
        }

        #expect(trees[0] == trees[1])
        #expect(trees[0].keys.contains("pages/json/decoder.md"))
        #expect(outputs[0] == outputs[1])
    }

    @Test(.enabled(if: Subprocess.isInstalled("git"), "skipped: git is not installed"))
    func `a patch put in place by git gives what a run writes`() throws {
        let patched = try Workspace(packages: Judges.isLong ? Workspace.packages : ["json", "email"])
        defer { patched.remove() }
        try oddFiles(in: patched)
        let written = try patched.copied()
        defer { written.remove() }
        let old = try patched.snapshot()

        let run = try written.docent("generate", "--private", ".")
        let line = #"git init -q . && "$DOCENT" generate --private --diff . > ../patch && git apply ../patch"#
        let apply = try patched.shell(line + " && rm -r .git")

        #expect(run.code == 0, "\(run.errors)")
        #expect(apply.code == 0, "\(apply.errors)")
        let now = try patched.snapshot()
        #expect(now.different(from: try written.snapshot()).isEmpty)
        #expect(now.different(from: old).isSuperset(of: ["crlf.py", "no end.py", "sub/tab\tü.py", "bom.py"]))
        #expect(now.files.mapValues(\.mode) == old.files.mapValues(\.mode))
    }

    @Test(.enabled(if: Subprocess.isInstalled("git"), "skipped: git is not installed"))
    func `a patch made in a folder of a repository is put in place there`() throws {
        let workspace = try Workspace(files: ["src/a.py": Self.code, "b.py": Self.code])
        defer { workspace.remove() }

        let apply = try workspace.shell(
            #"git init -q . && "$DOCENT" generate --diff -q src ./b.py "$PWD/src" | git apply && rm -r .git"#
        )
        let check = try workspace.docent("generate", "--check", ".")

        #expect(apply.code == 0, "\(apply.errors)")
        #expect(check.code == 0, "\(check.errors)")
    }

    private func oddFiles(in workspace: Workspace) throws {
        let crlf = Self.code.replacingOccurrences(of: "\n", with: "\r\n")
        try workspace.write(crlf + "\r\nclass Door:\r\n    pass\r\n", to: "crlf.py")
        try workspace.write("class Door: width = 3", to: "no end.py", mode: 0o755)
        try workspace.write("\u{FEFF}" + Self.code, to: "bom.py")
        try workspace.write(Self.code + "\u{0C}\n" + Self.code, to: "sub/tab\tü.py")
        try workspace.write("def f(a):\r\n    return a\n\n\ndef g(b):\n    return b\r\n", to: "mixed.py")
    }
}
