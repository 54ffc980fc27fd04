import Docstrings
import Documenter
import PythonLanguage
import SourceCode

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Where the tool is put together: the only place that names languages, authors and the like.
enum Assembly {
    /// The languages that are read.
    static let languages: [any SourceLanguage] = [PythonLanguage()]

    /// The parts behind the commands.
    static let services = Services(
        settings: { paths in try ProjectSettings.read(for: paths) },
        generate: { order, report in
            let author = OutlineAuthor()
            var run = GenerateRun(settings: order.settings, mode: order.mode, languages: languages, author: author)
            run.fallbackStyle = order.fallbackStyle ?? run.fallbackStyle
            run.markdownFolder = order.markdownFolder
            return try await run.run(paths: order.paths, report: report)
        },
        files: { paths, settings in
            let extensions = languages.flatMap(\.fileExtensions)
            return try SourceTree(settings: settings, fileExtensions: extensions).files(under: paths)
        },
        outline: { file in
            let contents = try FileContents.read(file)
            return try PythonLanguage().read(SourceFile(path: file.path, bytes: contents.bytes))
        },
        writeJSON: { outline, json in
            OutlineJSON(language: PythonLanguage()).write(outline, to: &json)
        },
        models: { choice in try models(choice) },
        fileInput: .system,
        directory: { choice in try directory(choice) },
        calibration: .ofUser { name in getenv(name).map { String(cString: $0) } },
        secondsSince1970: { time(nil) }
    )
}
