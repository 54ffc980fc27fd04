public import SourceCode

/// What a run does with its results.
public enum RunMode: String, Hashable, Sendable, CaseIterable {
    /// Writes files.
    case write
    /// Does all the work, the gate included, but for the write.
    case check
    /// As `check`, and keeps both versions of each file for showing their difference.
    case diff
}

/// What became of one file.
public struct FileResult: Sendable {
    /// The outcome for the file as a whole.
    public enum Status: Sendable {
        /// Nothing to write.
        case unchanged
        /// Written, or in the other modes: would be.
        case changed
        /// Not understood, and left alone.
        case refused(SourceError)
        /// Could not be read or written, and left alone: the reason, and what to do.
        case failed(String)
    }

    /// A docstring that was written, skipped or undone.
    public struct Item: Sendable {
        /// The qualified path; empty for the module.
        public let path: String
        /// The declaration's line in the original file.
        public let line: Int

        /// Makes an item.
        public init(path: String, line: Int) {
            self.path = path
            self.line = line
        }
    }

    /// The path as found.
    public let path: String
    /// The outcome.
    public var status = Status.unchanged
    /// The number of bytes read.
    public var byteCount = 0
    /// The number of declarations, the module included.
    public var declarationCount = 0
    /// The declarations that got a docstring.
    public var documented: [Item] = []
    /// How many declarations were left as they are, by reason.
    public var skipped: [SkipReason: Int] = [:]
    /// The docstrings for which there is no place, with the reason.
    public var unplaced: [(item: Item, reason: String)] = []
    /// What the gate took back, with the reason.
    public var undone: [(item: Item, reason: String)] = []
    /// How many one-line suites were broken into two lines.
    public var splitSuites = 0
    /// The original and the new version, in `diff` mode and when the file changed.
    public var versions: (before: SourceFile, after: SourceFile)?

    /// A result for a file about which nothing is known yet.
    public init(path: String) {
        self.path = path
    }
}

/// The sum of a run.
public struct RunReport: Sendable {
    /// The files worked on.
    public var files = 0
    /// The bytes read.
    public var bytes = 0
    /// The declarations in them, modules included.
    public var declarations = 0
    /// Docstrings written, or in the other modes: that would be written.
    public var documented = 0
    /// The files that got a docstring.
    public var changedFiles = 0
    /// The one-line suites that were broken into two lines.
    public var splitSuites = 0
    /// How many declarations were left as they are, by reason.
    public var skipped: [SkipReason: Int] = [:]
    /// Files that were not understood, in path order.
    public var refused: [SourceError] = []
    /// Files that could not be read or written, in path order.
    public var failed: [(path: String, reason: String)] = []
    /// The docstrings for which there is no place, in path order.
    public var unplaced: [(file: String, item: FileResult.Item, reason: String)] = []
    /// What the gate took back, in path order.
    public var undone: [(file: String, item: FileResult.Item, reason: String)] = []
    /// Markdown pages of earlier runs that describe nothing any more, and are still there.
    public var pagesLeftBehind: [String] = []
    /// Links to files and folders outside the paths of the run, which it does not follow.
    public var outsideLinks = 0
    /// The style that was used.
    public var style = ""
    /// Whether the run was stopped before its end.
    public var isInterrupted = false

    /// Nothing yet.
    public init() {}
}
