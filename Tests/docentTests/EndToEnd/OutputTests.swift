import Foundation
import Testing

/// What the real program says to people, programs and terminals.
@Suite(.serialized, .enabled(if: Judges.python != nil, Judges.pythonIsMissing))
struct OutputTests {
    @Test
    func `lines of JSON sum up to the summary`() throws {
        let workspace = try Workspace(packages: ["json", "concurrent"])
        defer { workspace.remove() }
        try workspace.write("def f(:\n", to: "broken.py")
        try workspace.write("x = 1\n", to: "locked.py", mode: 0o444)

        let run = try workspace.docent("generate", "--json", "--private", ".")

        #expect(run.code == 3)
        #expect(run.errors.isEmpty)
        let lines = try run.text.split(separator: "\n").map { line in
            try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
        let summary = try #require(lines.last)
        let files = lines.dropLast()
        #expect(summary["type"] as? String == "summary")
        #expect(files.allSatisfy { $0["type"] as? String == "file" })
        for (name, count) in Self.sums(of: Array(files)) { #expect(summary[name] as? Int == count, "\(name)") }
        #expect(summary["skipped"] as? [String: Int] == Self.skipped(in: Array(files)))
        #expect(summary["bytes"] as? Int ?? 0 > 50_000)
        #expect(summary["refused"] as? Int == 1)
        #expect(summary["failed"] as? Int == 1)
    }

    @Test(arguments: [[], ["NO_COLOR=1"], ["NO_COLOR=1", "CLICOLOR_FORCE=1"]])
    func `piped output has no escape bytes`(environment: [String]) throws {
        let workspace = try Workspace(packages: ["json"])
        defer { workspace.remove() }
        try workspace.write("def f(:\n", to: "broken.py")

        for mode in ["--diff", "--check", "--json"] {
            let run = try workspace.docent(["generate", mode], environment: environment)
            #expect(!run.output.contains(0x1B))
            #expect(!run.errors.utf8.contains(0x1B))
        }
    }

    @Test
    func `a progress bar shows on a terminal, is cleared at the end, and never meets the results`() throws {
        let workspace = try Workspace(packages: ["asyncio", "email"])
        defer { workspace.remove() }
        // The bar comes after a moment only: there must be work for several.
        for copy in 0..<20 { try Corpus.folder(workspace.path("asyncio"), to: workspace.path("asyncio\(copy)")) }

        let (results, messages) = try onTerminal(["generate", "--json", "--private", "--jobs", "1"], in: workspace)

        #expect(!results.contains("\u{1B}"))
        #expect(results.split(separator: "\n").allSatisfy { $0.hasPrefix("{") && $0.hasSuffix("}") })
        #expect(messages.contains(" files, "))
        #expect(messages.hasPrefix("\r["), "\(messages)")
        #expect(messages.hasSuffix("\r\u{1B}[K"), "\(messages.suffix(60))")
        let bars = messages.split(separator: "\r").filter { $0.hasPrefix("[") }
        #expect(bars.count > 1)
        #expect(bars.allSatisfy { $0.count < 60 + 3 }, "a bar is wider than the terminal")
    }

    @Test(arguments: [["TERM=dumb"], ["TERM=xterm", "QUIET=--quiet"]])
    func `no progress shows on a dumb terminal, nor to those who want quiet`(environment: [String]) throws {
        let workspace = try Workspace(packages: ["asyncio", "email"])
        defer { workspace.remove() }
        let quiet = environment.contains("QUIET=--quiet") ? ["--quiet"] : []

        let (_, messages) = try onTerminal(
            ["generate", "--jobs", "1"] + quiet,
            in: workspace,
            environment: environment
        )

        #expect(!messages.contains("\u{1B}[K"))
        #expect(messages.isEmpty == !quiet.isEmpty, "\(messages)")
    }

    @Test
    func `ends quietly and early when its reader goes`() throws {
        let workspace = try Workspace(packages: Workspace.packages)
        defer { workspace.remove() }
        let old = try workspace.snapshot()

        for options in ["generate --diff", "generate --json --check", "outline", "outline --json"] {
            let run = try workspace.shell("\"$DOCENT\" \(options) . | head -n 1; echo ${PIPESTATUS[0]}")

            #expect(run.errors.isEmpty, "\(run.errors)")
            #expect(run.text.split(separator: "\n").last == "141", "\(options)")
        }
        #expect(try workspace.snapshot().written(since: old).isEmpty)
    }

    @Test
    func `a writing run completes when the reader of its JSON goes`() throws {
        let workspace = try Workspace(packages: ["json", "concurrent"])
        defer { workspace.remove() }

        let run = try workspace.shell(#""$DOCENT" generate --json . | head -n 1 > /dev/null"#)
        let check = try workspace.docent("generate", "--check")

        #expect(run.errors.isEmpty)
        #expect(check.code == 0)
    }

    private static func sums(of files: [[String: Any]]) -> [String: Int] {
        func sum(_ count: ([String: Any]) -> Int) -> Int { files.reduce(0) { $0 + count($1) } }
        func number(_ name: String) -> Int { sum { $0[name] as? Int ?? .min } }
        func list(_ name: String) -> Int { sum { ($0[name] as? [Any])?.count ?? .min } }
        func status(_ name: String) -> Int { files.filter { $0["status"] as? String == name }.count }
        return [
            "files": files.count, "declarations": number("declarations"), "splitSuites": number("splitSuites"),
            "documented": list("documented"), "undone": list("undone"), "changedFiles": status("changed"),
            "refused": status("refused"), "failed": status("failed"),
        ]
    }

    private static func skipped(in files: [[String: Any]]) -> [String: Int] {
        files.compactMap { $0["skipped"] as? [String: Int] }.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
    }

    /// Runs `docent` with standard error on a terminal of 60 columns; what it writes to either stream.
    private func onTerminal(
        _ arguments: [String],
        in workspace: Workspace,
        environment: [String] = ["TERM=xterm"]
    ) throws -> (results: String, messages: String) {
        let script = """
            import fcntl, os, pty, struct, subprocess, sys, termios
            master, terminal = pty.openpty()
            fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 60, 0, 0))
            attributes = termios.tcgetattr(terminal)
            attributes[1] &= ~termios.OPOST
            termios.tcsetattr(terminal, termios.TCSANOW, attributes)
            program = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, stderr=terminal)
            os.close(terminal)
            try:
                while chunk := os.read(master, 4096):
                    sys.stderr.buffer.write(chunk)
            except OSError:
                pass
            sys.exit(program.wait())
            """
        let words = environment + [Corpus.python, "-c", script, Judges.docent] + arguments
        let run = try Subprocess.run(words, in: URL(fileURLWithPath: workspace.folder))
        #expect(run.code == 0)
        return (run.text, run.errors)
    }
}
