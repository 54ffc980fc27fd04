import Foundation
import Testing

/// Docstrings say what the code says, as docstring_parser, pydoclint and ruff read them: `Tests/Judges/judge_styles.py`.
@Suite(
    .serialized,
    .enabled(if: Judges.python != nil, Judges.pythonIsMissing),
    .enabled(if: Judges.tool("python", of: "docstring_parser") != nil, Judges.toolsAreMissing),
    .enabled(if: Judges.tool("pydoclint", of: "pydoclint") != nil, Judges.toolsAreMissing),
    .enabled(if: Judges.tool("ruff", of: "ruff") != nil, Judges.toolsAreMissing)
)
struct StylesTests {
    private static let styles = ["google", "numpy", "rest", "epytext"]
    private static let packages = ["requests==2.34.2", "attrs==26.1.0", "networkx==3.6.1"]

    @Test(arguments: styles)
    func `other readers find in the standard library's docstrings what the code says`(style: String) throws {
        let trees = try Trees()
        defer { trees.remove() }
        try Corpus.library(to: trees.before, files: Judges.isLong ? nil : 120)

        try judge(trees, style: style, options: ["--private", "--nested"])
    }

    @Test(.enabled(if: Judges.isLong, Judges.longTierOnly), arguments: styles, packages)
    func `other readers find in a package's docstrings what the code says`(style: String, package: String) throws {
        let trees = try Trees()
        defer { trees.remove() }
        try Corpus.package(package, to: trees.before)

        try judge(trees, style: style, options: ["--private", "--nested", "--init"])
    }

    private func judge(_ trees: Trees, style: String, options: [String]) throws {
        let python = try #require(Judges.tool("python", of: "docstring_parser"))
        let verdict = try Verdict.of(
            python,
            [Judges.script("judge_styles.py"), Judges.docent, style, Judges.environments, trees.before] + options
        )
        print("styles, judged by docstring_parser, pydoclint and ruff:", verdict.summary)
        #expect(verdict.status == 0, "\(verdict.output)")
    }
}
