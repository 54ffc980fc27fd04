import Documenter

/// `docent outline`: shows the declarations of files.
struct OutlineCommand: Command {
    static let name = "outline"
    static let options: [Option<OutlineCommand>] = [
        .flag("json", "Every fact of each declaration as JSON lines; see 'docent help json'") { $0.writesJSON = $1 },
        .flag("quiet", "Read everything, and show only errors") { $0.isQuiet = $1 }.short("q"),
        .number("jobs", in: 1...1024, "Files at once; as many as there are processors") {
            $0.changes.set(\.jobs, to: $1)
        }.short("j"),
        .text("include", "GLOB", "Only files that match; can be repeated") { $0.changes.include($1) },
        .text("exclude", "GLOB", "No file or folder that matches; can be repeated, adds to the project's") {
            $0.changes.exclude($1)
        },
    ]

    static let manual = Manual(
        summary: "Show the declarations of files with what the code states of them",
        operands: "[PATH]...",
        completion: .files,
        text: """
            Reads the Python files under each PATH (the current folder when there is none)
            and lists classes and functions, each with its line. Nothing is written.
            """,
        sections: [
            Manual.Section(
                "Exit codes",
                """
                0    done
                2    the command line, a path or the configuration is wrong
                3    some files could not be understood or read, the others are shown; or the
                     output could not be written
                130  stopped by Ctrl-C
                141  whoever read the output has stopped, as 'head' does
                """
            )
        ]
    )

    var operands: [String] = []
    /// What differs from the project's settings.
    var changes = SettingChanges()
    /// JSON instead of a list for people.
    var writesJSON = false
    /// Only errors.
    var isQuiet = false

    func run(in context: CommandContext) async -> ExitCode {
        let (code, signal) = await Interruption.run(bySignals: context.listensForSignals) { _ in
            await work(in: context)
        }
        if let signal { return .interrupted(bySignal: signal) }
        return code ?? .someFailed
    }

    private func work(in context: CommandContext) async -> ExitCode {
        let paths = operands.isEmpty ? ["."] : operands
        do {
            let settings = try changes.applied(to: try context.services.settings(paths).settings).validated()
            let found = try context.services.files(paths, settings)
            for warning in found.warnings { context.console.say(warning) }
            let code = await show(found.files, jobs: settings.jobs ?? Processors.count, in: context)
            return code == .done && !found.warnings.isEmpty ? .someFailed : code
        } catch let error as ProjectError {
            context.console.say(error.description)
            return .usage
        } catch {
            context.console.say("\(error)")
            return .someFailed
        }
    }

    private func show(_ files: [ProjectFile], jobs: Int, in context: CommandContext) async -> ExitCode {
        let page = OutlinePage(writesJSON: writesJSON, isQuiet: isQuiet, services: context.services)
        var code = ExitCode.done
        _ = await OrderedWork.run(files, jobs: jobs) { file in
            page.lines(for: file)
        } each: { lines in
            if let problem = lines.problem {
                context.console.say(problem)
                code = .someFailed
            }
            let delivery = lines.bytes.isEmpty ? .complete : context.console.output.write(lines.bytes)
            if delivery != .complete { code = delivery.exitCode }
            return delivery == .complete
        }
        return code
    }
}
