/// A file to work on.
public struct ProjectFile: Hashable, Sendable {
    /// The path as users see it: as they named the folder or file, joined with `/`, without `./` in front.
    public let path: String
    /// The path without links, where it is read and written.
    public let resolvedPath: String
    /// The size when it was found.
    public let byteCount: Int
    /// Whether it lies in a folder of other people's code (`vendor`, `site-packages`, …) below what was named.
    public let isVendored: Bool
    /// Whether the user named this very file.
    public let isNamed: Bool

    /// Makes a file that is known without looking.
    public init(path: String, resolvedPath: String, byteCount: Int, isVendored: Bool = false, isNamed: Bool = false) {
        self.path = path
        self.resolvedPath = resolvedPath
        self.byteCount = byteCount
        self.isVendored = isVendored
        self.isNamed = isNamed
    }
}

/// The files under some paths, and what was left out.
public struct ProjectFiles: Sendable {
    /// The files, each once, in order of their paths' components, bytewise.
    public var files: [ProjectFile] = []
    /// What could not be looked at, a sentence each, in order of discovery.
    public var warnings: [String] = []
    /// How many files and folders the ignore rules, the exclusions and the hidden names left out.
    public var ignoredCount = 0
    /// How many symbolic links were not followed since they lead out of the paths.
    public var outsideLinkCount = 0

    /// No files.
    public init() {}

    /// The sum of the sizes.
    public var byteCount: Int { files.reduce(0) { $0 + $1.byteCount } }
}
