import Foundation
import Testing

/// Runs that replace docstrings, break up one-line suites or document stubs, on copies of the standard library.
@Suite(
    .serialized,
    .enabled(if: Judges.python != nil, Judges.pythonIsMissing),
    .enabled(if: Judges.writesVerifier != nil, Judges.verifierIsMissing)
)
struct OverwriteTests {
    private static let files = Judges.isLong ? nil : 60
    private static let everything = ["--private", "--nested", "--init", "--tests", "--runtime-docstrings"]

    @Test(arguments: Judges.isLong ? ["google", "numpy", "rest", "epytext"] : ["google", "numpy"])
    func `replacing docstrings changes nothing but docstrings`(style: String) throws {
        let trees = try Trees()
        defer { trees.remove() }
        try Corpus.library(to: trees.before, files: Self.files)

        let replaced = try generate(["--overwrite", "--style", style] + Self.everything, trees)

        #expect(replaced > 100)
        try verify(trees, ["--overwrite"])
    }

    @Test(arguments: ["split", "keep"])
    func `bodies behind a colon are split or kept as the option says`(choice: String) throws {
        let trees = try Trees()
        defer { trees.remove() }
        let one = "class Door: width = 3\ndef f(a): return a\nif 1:\n    def g(b): return b\n\n\nclass A: pass\n"
        try Data(one.utf8).write(to: URL(fileURLWithPath: trees.before + "/one.py"))
        try Corpus.library(to: trees.before + "/library", files: Self.files)

        _ = try generate(["--one-line-suites", choice] + Self.everything, trees)

        let text = try String(contentsOfFile: trees.after + "/one.py", encoding: .utf8)
        #expect(text.contains("class Door:\n") == (choice == "split"), "\(text)")
        #expect(text.contains("class Door: \"\"\"") == (choice == "keep"), "\(text)")
        try verify(trees, ["0.9"])
    }

    @Test
    func `stubs are documented on request alone`() throws {
        let workspace = try Workspace(files: [
            "a.py": "x = 1\n", "door.pyi": "class Door:\n    width: int\n    def open(self, key: str) -> bool: ...\n",
        ])
        defer { workspace.remove() }
        let old = try workspace.snapshot()

        try workspace.docent("generate", ".")
        let without = try workspace.snapshot().different(from: old)
        let run = try workspace.docent("generate", "--stubs", ".")
        let parsed = try workspace.shell(
            "python3 -c \"import ast; print(ast.get_docstring(ast.parse(open('door.pyi').read()).body[1].body[1]))\""
        )
        let again = try workspace.docent("generate", "--stubs", "--check", ".")

        #expect(!without.contains("door.pyi"))
        #expect(run.code == 0)
        #expect(try workspace.text("door.pyi").contains("\"\"\""))
        #expect(parsed.code == 0, "\(parsed.errors)")
        #expect(again.code == 0)
    }

    private func generate(_ options: [String], _ trees: Trees) throws -> Int {
        try trees.copy()
        let run = try Verdict.of(Judges.docent, ["generate", "--json"] + options + [trees.after])
        #expect([0, 3].contains(run.status), "\(run.summary)")
        let line = Data(run.summary.utf8)
        let summary = try #require(JSONSerialization.jsonObject(with: line) as? [String: Any])
        #expect(summary["undone"] as? Int == 0)
        return summary["documented"] as? Int ?? 0
    }

    private func verify(_ trees: Trees, _ options: [String]) throws {
        let verifier = try #require(Judges.writesVerifier)
        let arguments =
            options.filter { $0.hasPrefix("-") } + [trees.before, trees.after] + options.filter { !$0.hasPrefix("-") }
        let verdict = try Verdict.of(Corpus.python, [verifier] + arguments)
        print("written, judged by ast and tokenize:", verdict.summary)
        #expect(verdict.status == 0, "\(verdict.output)")
    }
}
