import Documenter
import SourceCode

extension JSONWriter {
    /// Writes what became of a file.
    mutating func write(_ result: FileResult) {
        object { json in
            json.member("type", "file")
            json.member("path", result.path)
            json.member("status", result.status.name)
            json.member("declarations", result.declarationCount)
            json.array("documented") { json in
                for item in result.documented { json.object { $0.writeMembers(of: item) } }
            }
            json.member("splitSuites", result.splitSuites)
            json.member("skipped", result.skipped)
            json.member("unplaced", result.unplaced)
            json.member("undone", result.undone)
            json.writeError(of: result.status)
        }
    }

    /// Writes the sum of a run.
    mutating func write(_ report: RunReport) {
        object { json in
            json.member("type", "summary")
            json.member("files", report.files)
            json.member("bytes", report.bytes)
            json.member("declarations", report.declarations)
            json.member("changedFiles", report.changedFiles)
            json.member("documented", report.documented)
            json.member("splitSuites", report.splitSuites)
            json.member("skipped", report.skipped)
            json.member("refused", report.refused.count)
            json.member("failed", report.failed.count)
            json.member("undone", report.undone.count)
            json.member("outsideLinks", report.outsideLinks)
            json.array("pagesLeftBehind") { json in
                for page in report.pagesLeftBehind { json.value(page) }
            }
            json.member("style", report.style)
            json.member("interrupted", report.isInterrupted)
        }
    }

    /// Writes the member `error` with a reason and, where there is one, a place.
    mutating func writeError(reason: String, line: Int?, column: Int?) {
        object("error") { json in
            json.member("reason", reason)
            json.name("line")
            if let line { json.value(line) } else { json.null() }
            json.name("column")
            if let column { json.value(column) } else { json.null() }
        }
    }

    private mutating func writeError(of status: FileResult.Status) {
        switch status {
        case .unchanged, .changed: member("error", String?.none)
        case .refused(let error): writeError(reason: error.reason, line: error.line, column: error.column)
        case .failed(let reason): writeError(reason: reason, line: nil, column: nil)
        }
    }

    private mutating func writeMembers(of item: FileResult.Item) {
        member("path", item.path)
        member("line", item.line)
    }

    private mutating func member(_ name: String, _ troubles: [(item: FileResult.Item, reason: String)]) {
        array(name) { json in
            for trouble in troubles {
                json.object { json in
                    json.writeMembers(of: trouble.item)
                    json.member("reason", trouble.reason)
                }
            }
        }
    }

    /// Writes numbers by reason, in the order of the reasons, without zeros.
    private mutating func member(_ name: String, _ skipped: [SkipReason: Int]) {
        object(name) { json in
            for reason in SkipReason.allCases {
                if let number = skipped[reason], number > 0 { json.member(reason.rawValue, number) }
            }
        }
    }
}

extension FileResult.Status {
    /// The name in JSON.
    fileprivate var name: String {
        switch self {
        case .unchanged: "unchanged"
        case .changed: "changed"
        case .refused: "refused"
        case .failed: "failed"
        }
    }
}
