public import SourceCode

/// Documents the files under some paths: reads, selects, has docstrings written, proves each file unharmed, writes it.
public struct GenerateRun: Sendable {
    /// What a run tells while it goes.
    public enum Event: Sendable {
        /// The files to work on are known.
        case found(files: Int, bytes: Int)
        /// A file is done; files finish in path order.
        case finished(FileResult)
    }

    /// What the user asks for.
    public var settings: Settings
    /// What happens with results.
    public var mode: RunMode
    /// Where Markdown pages go; `nil` for no pages.
    public var markdownFolder: String?

    let languages: [any SourceLanguage]
    let author: any DocstringAuthor

    /// Makes a run with the languages it reads and the author it asks.
    public init(
        settings: Settings,
        mode: RunMode,
        languages: [any SourceLanguage],
        author: any DocstringAuthor
    ) {
        self.settings = settings
        self.mode = mode
        markdownFolder = nil
        self.languages = languages
        self.author = author
    }

    /// Works on all files under some paths.
    ///
    /// Cancelling the task ends the run after the files in hand; what is written stays written, whole.
    ///
    /// - Parameters:
    ///   - paths: Files and folders, as the user named them.
    ///   - report: Called for each event, one at a time.
    /// - Returns: The sum of the results.
    /// - Throws: `ProjectError` when a path does not exist or cannot be read, or the configuration is unusable;
    ///   nothing is written then.
    public func run(paths: [String], report: @Sendable (Event) -> Void) async throws -> RunReport {
        RunReport()
    }
}
