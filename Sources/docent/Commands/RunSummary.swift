import Documenter
import SourceCode

/// The end of a run in a few aligned lines.
struct RunSummary {
    private static let shownProblems = 10

    let report: RunReport
    let mode: RunMode
    let palette: Palette

    /// The whole summary.
    var text: String { interruption + headline + "\n" + table + notes + troubles }

    /// Only what went wrong; empty when nothing did.
    var troubles: String {
        list("refused, and left alone", report.refused.map { "\($0.path):\($0.line): \($0.reason)" })
            + list("failed, and left alone", report.failed.map { "\($0.path): \($0.reason)" })
            + list("taken back, for the proof failed", report.undone.map(Self.text(of:)))
    }

    private var notes: String {
        list("there is no place for", report.unplaced.map(Self.text(of:)))
            + list("pages of an earlier run that describe nothing any more; remove them", report.pagesLeftBehind)
    }

    private var interruption: String {
        guard report.isInterrupted else { return "" }
        return "docent: interrupted; "
            + (mode == .write ? "what is written stays, each file in whole\n" : "nothing was written\n")
    }

    private var headline: String {
        let verb = mode == .write ? "wrote" : "would write"
        let style = report.style.isEmpty ? "" : ", \(report.style) style"
        let line =
            "docent: \(verb) \(count(report.documented, "docstring")) in "
            + "\(report.changedFiles) of \(count(report.files, "file"))\(style)"
        return palette.text(line, .heading)
    }

    /// Names on the left, numbers aligned on the right.
    private var table: String {
        let rows = self.rows
        let names = rows.map(\.name.count).max() ?? 0
        let numbers = rows.map { String($0.number).count }.max() ?? 0
        return rows.map { row in
            let gap = names - row.name.count + numbers - String(row.number).count
            return "  \(row.name)\(String(repeating: " ", count: gap + 2))\(row.number)\n"
        }.joined()
    }

    private var rows: [(name: String, number: Int)] {
        let skipped = SkipReason.allCases.map { (name: "  \($0.rawValue)", number: report.skipped[$0] ?? 0) }
        let total = skipped.reduce(0) { $0 + $1.number }
        var rows = [("files", report.files), ("declarations", report.declarations)]
        rows.append((mode == .write ? "written" : "to write", report.documented))
        rows.append(("one-line suites split", report.splitSuites))
        rows.append(("skipped", total))
        rows += skipped
        rows += [("refused files", report.refused.count), ("failed files", report.failed.count)]
        rows += [("taken back", report.undone.count), ("links to elsewhere", report.outsideLinks)]
        return rows.enumerated().filter { $0.offset < 3 || $0.element.1 > 0 }.map { ($0.element.0, $0.element.1) }
    }

    private func list(_ heading: String, _ problems: [String]) -> String {
        guard !problems.isEmpty else { return "" }
        let lines = problems.prefix(Self.shownProblems).map { "  \(VisibleText.of($0))\n" }
        let rest = problems.count - lines.count
        let more = rest > 0 ? "  and \(rest) more; --json lists all\n" : ""
        return palette.text("docent: \(heading)", .problem) + "\n" + lines.joined() + more
    }

    private static func text(of trouble: (file: String, item: FileResult.Item, reason: String)) -> String {
        let name = trouble.item.path.isEmpty ? "the module" : trouble.item.path
        return "\(trouble.file):\(trouble.item.line): \(name): \(trouble.reason)"
    }

    private func count(_ number: Int, _ noun: String) -> String {
        number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
    }
}
