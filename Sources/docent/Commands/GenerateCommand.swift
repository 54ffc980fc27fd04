import Documenter

/// `docent generate`: writes docstrings where there are none.
struct GenerateCommand: Command {
    static let name = "generate"

    /// Files and folders; none stands for the current folder.
    var operands: [String] = []
    /// What differs from the project's settings.
    var changes = SettingChanges()
    /// Show what would be written, and write nothing.
    var showsDifference = false
    /// Write nothing, and fail if something would be written.
    var checks = false
    /// Where Markdown pages go.
    var markdownFolder: String?
    /// Results as JSON.
    var writesJSON = false
    /// No progress and no summary.
    var isQuiet = false

    /// What happens with results.
    var mode: RunMode { showsDifference ? .diff : checks ? .check : .write }

    func check() throws(UsageError) {
        if writesJSON, showsDifference {
            throw UsageError("--json and --diff both write to standard output; choose one", command: Self.name)
        }
        if markdownFolder != nil, mode != .write {
            let other = showsDifference ? "--diff" : "--check"
            throw UsageError("--markdown writes pages and \(other) writes nothing; choose one", command: Self.name)
        }
    }

    func run(in context: CommandContext) async -> ExitCode {
        let output = GenerateOutput(command: self, console: context.console)
        let (result, signal) = await Interruption.run(bySignals: context.listensForSignals) { stop in
            await work(services: context.services, output: output, stop: stop)
        }
        return output.end(result, signal: signal)
    }

    private func work(
        services: Services,
        output: GenerateOutput,
        stop: @escaping @Sendable () -> Void
    ) async -> Result<RunReport, any Error> {
        do {
            let paths = operands.isEmpty ? ["."] : operands
            let project = try services.settings(paths)
            let order = GenerateOrder(
                paths: paths,
                settings: try changes.applied(to: project.settings).validated(),
                fallbackStyle: project.fallbackStyle,
                mode: mode,
                markdownFolder: try markdownFolder.map(OutputFolder.init)?.path
            )
            let report = try await services.generate(order) { event in
                let isRead = output.show(event)
                if !isRead, order.mode != .write { stop() }
            }
            return .success(report)
        } catch {
            return .failure(error)
        }
    }
}
