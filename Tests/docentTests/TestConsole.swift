import Documenter
import SourceCode

@testable import docent

/// A console that keeps what is written, and services that do what a test says.
struct TestConsole {
    let output = MemorySink()
    let messages = MemorySink()

    var console: Console { Console(output: output, messages: messages) }

    /// A context whose runs report some results.
    func context(reporting results: [FileResult] = [], report: RunReport = RunReport()) -> CommandContext {
        var services = Assembly.services
        services.settings = { _ in ProjectSettings() }
        services.generate = { _, show in
            show(.found(files: results.count, bytes: 0, warnings: []))
            for result in results { show(.finished(result)) }
            return report
        }
        return CommandContext(console: console, services: services)
    }

    /// A context whose runs cannot begin.
    func context(failing error: any Error & Sendable) -> CommandContext {
        var context = context()
        var services = context.services
        services.generate = { _, _ in throw error }
        context = CommandContext(console: context.console, services: services)
        return context
    }
}
