import Docstrings
public import SourceCode

/// Documents the files under some paths: reads, selects, has docstrings written, proves each file unharmed, writes it.
///
/// A run knows no language, no author and no terminal: it is given the first two and reports to the third.
public struct GenerateRun: Sendable {
    /// What a run tells while it goes.
    public enum Event: Sendable {
        /// The files to work on are known; warnings say what could not be looked at.
        case found(files: Int, bytes: Int, warnings: [String])
        /// A file is done; files finish in path order.
        case finished(FileResult)
    }

    /// What the user asks for.
    public var settings: Settings
    /// What happens with results.
    public var mode: RunMode
    /// The style where neither the settings nor the project's docstrings name one.
    public var fallbackStyle = "google"
    /// Where Markdown pages go after a run that writes; `nil` for no pages.
    public var markdownFolder: String?

    private let languages: LanguageTable
    private let author: any DocstringAuthor

    /// Makes a run with the languages it reads and the author it asks.
    public init(
        settings: Settings,
        mode: RunMode,
        languages: [any SourceLanguage],
        author: any DocstringAuthor
    ) {
        self.settings = settings
        self.mode = mode
        self.languages = LanguageTable(languages: languages)
        self.author = author
    }

    /// Works on all files under some paths.
    ///
    /// Cancelling the task ends the run after the files in hand; what is written stays written, whole.
    ///
    /// - Parameters:
    ///   - paths: Files and folders, as the user named them; the working folder if there are none.
    ///   - report: Called for each event, one at a time.
    /// - Returns: The sum of the results.
    /// - Throws: `ProjectError` when a path does not exist or cannot be read, or a setting is unusable; nothing is
    ///   written then.
    public func run(paths: [String], report: @Sendable (Event) -> Void) async throws -> RunReport {
        let found = try SourceTree(settings: settings, fileExtensions: languages.fileExtensions).files(under: paths)
        report(.found(files: found.files.count, bytes: found.byteCount, warnings: found.warnings))
        let style = try await style(for: found.files)
        let worker = FileWorker(
            settings: settings,
            mode: mode,
            languages: languages,
            author: author,
            style: style,
            roots: RootPaths(paths),
            writer: AtomicWriter()
        )
        var total = RunReport()
        total.style = style.name
        total.outsideLinks = found.outsideLinkCount
        let isComplete = await OrderedWork.run(found.files, jobs: jobs, work: worker.result) { result in
            total.add(result)
            report(.finished(result))
            return true
        }
        total.isInterrupted = !isComplete
        if isComplete, mode == .write, let markdownFolder {
            let pages = MarkdownRun(settings: settings, languages: languages, style: style, jobs: jobs)
            try await pages.write(found.files, roots: RootPaths(paths), to: markdownFolder, report: &total)
        }
        return total
    }

    private var jobs: Int { settings.jobs ?? Processors.count }

    private func style(for files: [ProjectFile]) async throws -> any DocstringStyle {
        let survey = StyleSurvey(languages: languages, jobs: jobs)
        let name: String
        if let chosen = settings.style {
            name = chosen
        } else {
            name = await survey.majority(of: files) ?? fallbackStyle
        }
        guard let style = DocstringStyles.style(named: name) else {
            let known = DocstringStyles.names.joined(separator: ", ")
            throw ProjectError("the style '\(name)' is unknown; choose one of auto, \(known)")
        }
        return style
    }
}
