import Documenter
import SourceCode

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
            Reads the Python files under each PATH (the current folder when there is none) and
            lists modules, classes and functions, each with its line. Nothing is written.
            """,
        sections: [
            Manual.Section(
                "Exit codes",
                """
                0    done
                2    the command line, a path or the configuration is wrong
                3    some files could not be understood or read; the others are shown
                130  stopped by Ctrl-C
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
            let settings = changes.applied(to: try context.services.settings(paths).settings)
            let found = try context.services.files(paths, settings)
            for warning in found.warnings { context.console.say(warning) }
            return await show(found.files, jobs: settings.jobs ?? Processors.count, in: context)
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
        } each: { _, lines in
            guard code != .brokenPipe else { return }
            if let problem = lines.problem {
                context.console.say(problem)
                code = .someFailed
            }
            if !lines.bytes.isEmpty, !context.console.output.write(lines.bytes) { code = .brokenPipe }
        }
        return code
    }
}

/// What is shown of one file.
struct OutlinePage: Sendable {
    let writesJSON: Bool
    let isQuiet: Bool
    let services: Services

    /// The lines of a file, and what was wrong with it.
    func lines(for file: ProjectFile) -> (bytes: [UInt8], problem: String?) {
        let path = file.path
        do {
            let outline = try services.outline(file)
            return (isQuiet ? [] : text(of: outline), nil)
        } catch let error as SourceError {
            return (errorLine(path, reason: error.reason, place: (error.line, error.column)), error.description)
        } catch {
            return (errorLine(path, reason: "\(error)", place: nil), "\(path): \(error)")
        }
    }

    private func text(of outline: SourceOutline) -> [UInt8] {
        guard writesJSON else { return list(of: outline) }
        var json = JSONWriter()
        services.writeJSON(outline, &json)
        return json.bytes
    }

    private func errorLine(_ path: String, reason: String, place: (line: Int, column: Int)?) -> [UInt8] {
        guard writesJSON, !isQuiet else { return [] }
        var json = JSONWriter()
        json.object { json in
            json.member("file", path)
            json.writeError(reason: reason, line: place?.line, column: place?.column)
        }
        json.endLine()
        return json.bytes
    }

    /// The path, then a line for each declaration, indented by its depth.
    private func list(of outline: SourceOutline) -> [UInt8] {
        var text = VisibleText.of(outline.file.path) + "\n"
        for declaration in outline.declarations where declaration.kind != .module {
            let line = String(declaration.record.line)
            let margin = String(repeating: " ", count: max(0, 6 - line.count))
            let depth = String(repeating: "  ", count: Self.depth(of: declaration))
            let mark = declaration.hasDocstring ? "" : "  (no docstring)"
            text += "\(margin)\(line)  \(depth)\(Self.title(of: declaration))\(mark)\n"
        }
        return Array(text.utf8)
    }

    private static func depth(of declaration: Declaration) -> Int {
        var depth = 0
        var parent = declaration.parent
        while let here = parent, here.kind != .module {
            depth += 1
            parent = here.parent
        }
        return depth
    }

    private static func title(of declaration: Declaration) -> String {
        guard declaration.kind == .function else { return "class \(declaration.name)" }
        let names = declaration.parameters.map { parameter in
            switch parameter.kind {
            case .positionalOnly, .positional, .keywordOnly: parameter.name
            case .variadic: "*" + parameter.name
            case .variadicKeyword: "**" + parameter.name
            }
        }
        let keyword = declaration.traits.contains(.isAsync) ? "async def" : "def"
        return "\(keyword) \(declaration.name)(\(names.joined(separator: ", ")))"
    }
}
