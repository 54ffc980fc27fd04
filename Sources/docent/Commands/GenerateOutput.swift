import Documenter
import SourceCode
import Synchronization

/// Shows a run while it goes: progress, differences and JSON, and at its end the summary.
final class GenerateOutput: Sendable {
    private let command: GenerateCommand
    private let console: Console
    private let state = Mutex(State())

    private struct State: Sendable {
        var bar: ProgressBar?
        /// What became of the results so far.
        var delivery = Delivery.complete
        /// What is done so far, for a run that is cut short by an error.
        var changedFiles = 0
        /// Whether there are files that could not be found or named.
        var leavesOut = false
    }

    /// Makes the output of a command.
    init(command: GenerateCommand, console: Console) {
        self.command = command
        self.console = console
    }

    /// Shows an event; says whether the results still get to where they go.
    func show(_ event: GenerateRun.Event) -> Bool {
        switch event {
        case .found(let files, let bytes, let warnings):
            for warning in warnings { console.say(warning) }
            state.withLock { $0.leavesOut = !warnings.isEmpty }
            begin(files: files, bytes: bytes)
        case .finished(let result): show(result)
        }
        return isDelivering
    }

    private var isDelivering: Bool { state.withLock { $0.delivery == .complete } }

    /// Writes results, unless that failed before.
    private func deliver(_ bytes: [UInt8]) {
        guard isDelivering else { return }
        let delivery = console.output.write(bytes)
        state.withLock { $0.delivery = delivery }
    }

    /// Shows the end of a run.
    func end(_ result: Result<RunReport, any Error>?, signal: Int32?) -> ExitCode {
        clearBar()
        switch result {
        case .success(let report): return end(report, signal: signal)
        case .failure(let error as ProjectError):
            console.say(error.description)
            return .usage
        case .failure(let error) where !(error is CancellationError):
            console.say("\(error)")
            return .someFailed
        case .failure, nil: return endInterrupted(signal: signal)
        }
    }

    private func begin(files: Int, bytes: Int) {
        guard console.redrawsMessages, !command.isQuiet else { return }
        let bar = ProgressBar(files: files, bytes: bytes, at: console.now())
        state.withLock { $0.bar = bar }
    }

    private func show(_ result: FileResult) {
        let shown = shownResult(result)
        if !shown.isEmpty {
            clearBar()
            deliver(shown)
        }
        if case .changed = result.status { state.withLock { $0.changedFiles += 1 } }
        advanceBar(by: result.byteCount)
    }

    private func shownResult(_ result: FileResult) -> [UInt8] {
        if command.writesJSON {
            var json = JSONWriter()
            json.write(result)
            json.endLine()
            return json.bytes
        }
        guard command.showsDifference, let versions = result.versions else { return [] }
        let look = UnifiedDiff.Look(palette: console.outputPalette, isForEyes: console.showsOutput)
        return UnifiedDiff(before: versions.before.bytes, after: versions.after.bytes, look: look)
            .text(path: PatchPath.name(for: result.path))
    }

    private func advanceBar(by bytes: Int) {
        guard console.redrawsMessages else { return }
        let now = console.now()
        let drawing = state.withLock { state in
            state.bar?.advance(bytes: bytes)
            return state.bar?.drawing(at: now, width: console.width())
        }
        if let drawing { console.messages.write(drawing) }
    }

    private func clearBar() {
        if let clearing = state.withLock({ $0.bar?.clearing() }) { console.messages.write(clearing) }
    }
}

extension GenerateOutput {
    private func end(_ report: RunReport, signal: Int32?) -> ExitCode {
        if command.writesJSON { writeSummaryLine(report) }
        if !command.writesJSON || signal != nil { showSummary(report, signal: signal) }
        if let signal { return .interrupted(bySignal: signal) }
        if !isDelivering { return state.withLock { $0.delivery.exitCode } }
        let leavesOut = state.withLock { $0.leavesOut }
        if leavesOut || !report.refused.isEmpty || !report.failed.isEmpty { return .someFailed }
        return command.checks && report.documented > 0 ? .findings : .done
    }

    private func writeSummaryLine(_ report: RunReport) {
        var json = JSONWriter()
        json.write(report)
        json.endLine()
        deliver(json.bytes)
    }

    private func showSummary(_ report: RunReport, signal: Int32?) {
        guard signal != nil || isDelivering || command.mode == .write else { return }
        if report.files == 0, signal == nil, !report.isInterrupted {
            return console.say(Self.emptySelection(under: command.operands))
        }
        let summary = RunSummary(report: report, mode: command.mode, palette: console.messagesPalette)
        let isLoud = !command.isQuiet || signal != nil
        console.messages.write(isLoud ? summary.text : summary.troubles)
    }

    private static func emptySelection(under paths: [String]) -> String {
        let place = paths.isEmpty ? "the current folder" : paths.map { "'\($0)'" }.joined(separator: ", ")
        return "no Python file to document in \(place); name files or folders that hold some, "
            + "or see whether --include, --exclude or .gitignore leave them out"
    }

    private func endInterrupted(signal: Int32?) -> ExitCode {
        guard let signal else { return state.withLock { $0.delivery.exitCode } }
        let count = state.withLock { $0.changedFiles }
        let done = command.mode == .write ? "\(count) files are written, each in whole" : "nothing was written"
        console.say("interrupted; \(done)")
        return .interrupted(bySignal: signal)
    }
}
