import Foundation
import Testing

/// Runs that replace docstrings, break up one-line suites or document stubs, on copies of the standard library.
@Suite(
    .serialized,
    .enabled(if: Judges.python != nil, Judges.pythonIsMissing),
    .enabled(if: Judges.writesVerifier != nil, Judges.verifierIsMissing)
)
struct OverwriteTests {
    private static let files = Judges.isLong ? 200 : 24
    private static let everything = ["--private", "--nested", "--init", "--tests", "--runtime-docstrings"]

    @Test(arguments: Judges.isLong ? ["google", "numpy", "rest", "epytext"] : ["google"])
    func `replacing docstrings changes nothing but docstrings`(style: String) throws {
        let trees = try Trees()
        defer { trees.remove() }
        try Corpus.library(to: trees.before, files: Self.files)

        let run = try generate(["--overwrite", "--style", style] + Self.everything, trees)

        #expect(run.documented > 100)
        #expect(run.undone == 0)
        try verify(trees, ["--overwrite"])
    }

    @Test
    func `bodies behind a colon are split`() throws {
        let trees = try Trees()
        defer { trees.remove() }
        try Corpus.library(to: trees.before + "/library", files: Self.files)
        try writeOneLineSuites(in: trees)

        let run = try generate(["--one-line-suites", "split"] + Self.everything, trees)

        let text = try String(contentsOfFile: trees.after + "/one.py", encoding: .utf8)
        #expect(run.splitSuites >= Self.headers.count)
        for header in Self.headers { #expect(text.contains("\n\(header)\n"), "\(text)") }
        try verify(trees, ["0.9"])
    }

    @Test
    func `bodies behind a colon are kept there, behind their docstrings`() throws {
        let trees = try Trees()
        defer { trees.remove() }
        try Corpus.library(to: trees.before + "/library", files: Self.files)
        try writeOneLineSuites(in: trees)

        let run = try generate(["--one-line-suites", "keep"] + Self.everything, trees)

        let text = try String(contentsOfFile: trees.after + "/one.py", encoding: .utf8)
        #expect(run.splitSuites == 0)
        #expect(run.undone == 0)
        for header in Self.headers { #expect(text.contains("\n\(header) \"\"\""), "\(text)") }
        let changed = try Verdict.of(Corpus.python, ["-c", Self.changedTrees, trees.before, trees.after])
        #expect(changed.output == "0\n")
    }

    @Test
    func `stubs are documented on request alone`() throws {
        let code = "class Door:\n    width: int\n    def open(self, key: str) -> bool: ...\n"
        let workspace = try Workspace(files: ["a.py": "x = 1\n", "door.pyi": code])
        defer { workspace.remove() }

        let without = try workspace.docent("generate", ".")
        let untouched = try workspace.text("door.pyi")
        let run = try workspace.docent("generate", "--stubs", ".")
        let read = try Verdict.of(Corpus.python, ["-c", Self.documentedNames, workspace.path("door.pyi")])
        let again = try workspace.docent("generate", "--stubs", "--check", ".")

        #expect(without.errors.contains("    stub file "), "\(without.errors)")
        #expect(untouched == code)
        #expect([without.code, run.code, again.code] == [0, 0, 0])
        #expect(read.output == "Door open\n")
    }

    /// Prints the names of the classes and functions of a file that have docstrings.
    private static let documentedNames = """
        import ast, sys
        nodes = ast.walk(ast.parse(open(sys.argv[1]).read()))
        definitions = [node for node in nodes if isinstance(node, (ast.ClassDef, ast.FunctionDef))]
        print(*(node.name for node in definitions if ast.get_docstring(node)))
        """

    /// Prints how many files have another syntax tree, docstrings aside, in one folder than in the other.
    private static let changedTrees = """
        import ast, pathlib, sys
        kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
        def tree(path):
            tree = ast.parse(path.read_bytes())
            for node in ast.walk(tree):
                if isinstance(node, kinds) and ast.get_docstring(node, clean=False) is not None:
                    del node.body[0]
            return ast.dump(tree)
        before, after = map(pathlib.Path, sys.argv[1:])
        print(sum(tree(path) != tree(after / path.relative_to(before)) for path in before.rglob("*.py")))
        """

    private static let headers = ["class Door:", "def f(a):", "    def g(b):", "class A:"]

    private func writeOneLineSuites(in trees: Trees) throws {
        let code = "class Door: width = 3\ndef f(a): return a\nif 1:\n    def g(b): return b\n\n\nclass A: pass\n"
        try Data(code.utf8).write(to: URL(fileURLWithPath: trees.before + "/one.py"))
    }

    private struct Summary: Decodable {
        let documented: Int
        let splitSuites: Int
        let undone: Int
    }

    private func generate(_ options: [String], _ trees: Trees) throws -> Summary {
        try trees.copy()
        let run = try Verdict.of(Judges.docent, ["generate", "--json"] + options + [trees.after])
        #expect([0, 3].contains(run.status), "\(run.summary)")
        return try JSONDecoder().decode(Summary.self, from: Data(run.summary.utf8))
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
