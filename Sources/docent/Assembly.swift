import Docstrings
import Documenter
import SourceCode

/// Where the tool is put together: the only place that names languages, authors and the like.
enum Assembly {
    /// The languages that are read.
    static let languages: [any SourceLanguage] = []

    /// Who writes docstrings.
    static func author(settings: Settings) -> any DocstringAuthor {
        NameAuthor()
    }

    /// The parts behind the commands.
    static let services = Services(
        settings: { paths in Settings() },
        generate: { order, report in
            let author = author(settings: order.settings)
            var run = GenerateRun(settings: order.settings, mode: order.mode, languages: languages, author: author)
            run.markdownFolder = order.markdownFolder
            return try await run.run(paths: order.paths, report: report)
        },
        files: { paths, settings in [] },
        outline: { path in throw ProjectError("\(path): no language reads such files") },
        writeJSON: { outline, json in }
    )
}

/// Says a declaration's name, until there is an author that says more.
private struct NameAuthor: DocstringAuthor {
    func write(for target: DocumentationTarget) async throws -> Docstring {
        Docstring(summary: target.declaration.name + ".")
    }
}
