/// The settings that a project keeps in its files.
public struct ProjectSettings: Hashable, Sendable {
    /// The folder of the `pyproject.toml` that counts: the nearest with `[tool.docent]`, else the nearest; without links.
    public let folder: String?
    /// What `[tool.docent]` says, else the defaults; the line length else what ruff or black is set to, else 88.
    ///
    /// Its globs are absolute, so that others can be added that begin at the working folder.
    public let settings: Settings
    /// The style that the linter is set to, for projects whose docstrings do not say; `google`, `numpy` or `nil`.
    public let fallbackStyle: String?

    /// Makes settings that come from elsewhere.
    public init(folder: String? = nil, settings: Settings = Settings(), fallbackStyle: String? = nil) {
        self.folder = folder
        self.settings = settings
        self.fallbackStyle = fallbackStyle
    }

    /// Reads the settings for some paths, from the folder that they have in common and those above it, up to the top of
    /// the repository.
    ///
    /// - Throws: `ProjectError` with a line for every mistake in `[tool.docent]`; other tools' mistakes are passed over.
    public static func read(for paths: [String]) throws(ProjectError) -> ProjectSettings {
        let start = commonFolder(of: paths.isEmpty ? ["."] : paths)
        let folders = [start] + Repository.parents(of: start).folders
        var files = ConfigurationFiles()
        let formatter = FormatterSettings(in: folders, reading: &files)
        let own = folders.first { folder in files.document(at: configuration(in: folder))?.concernsDocent == true }
        let folder = own ?? folders.first { folder in files.document(at: configuration(in: folder)) != nil }
        var settings = Settings()
        if let own, let document = files.document(at: configuration(in: own)) {
            settings = try Self.settings(document, folder: own)
        }
        settings.lineLength = settings.lineLength ?? formatter.lineLength
        return ProjectSettings(folder: folder, settings: settings, fallbackStyle: formatter.style)
    }

    private static func configuration(in folder: String) -> String { joined(folder, "pyproject.toml") }

    private static func settings(_ document: TOMLDocument, folder: String) throws(ProjectError) -> Settings {
        let entry = document.root["tool", "docent"]
        let section = SettingsSection(entry?.table ?? TOMLTable(.implicit), folder: folder)
        var problems = document.docentProblems.map { (line: $0.line, message: $0.message) }
        problems += section.problems.map { (line: $0.line, message: $0.message) }
        if let entry, entry.table == nil {
            problems.append((entry.line, "`tool.docent` must be a table, not \(entry.value.kind)"))
        }
        guard problems.isEmpty else {
            let file = shown(configuration(in: folder))
            let lines = problems.sorted { ($0.line, $0.message) < ($1.line, $1.message) }
                .map { "\(file):\($0.line): \($0.message)" }
            throw ProjectError(lines.joined(separator: "\n"))
        }
        return section.settings
    }

    /// A path below the working folder without what leads there.
    private static func shown(_ path: String) -> String {
        let here = joined(resolvedPath(of: ".") ?? "/", "")
        return path.hasPrefix(here) ? String(path.dropFirst(here.count)) : path
    }

    /// The folder that holds everything under some paths; those that do not exist are left to others to complain of.
    private static func commonFolder(of paths: [String]) -> String {
        var common: [[UInt8]]?
        for path in paths {
            guard let resolved = resolvedPath(of: path), let status = FileStatus(following: resolved) else { continue }
            let folder = status.kind == .folder ? resolved : Repository.parent(of: resolved) ?? "/"
            let parts = folder.utf8.split(separator: UInt8(ascii: "/")).map(Array.init)
            common = common.map { known in zip(known, parts).prefix { $0 == $1 }.map(\.0) } ?? parts
        }
        guard let common else { return resolvedPath(of: ".") ?? "/" }
        return "/" + String(decoding: Array(common.joined(separator: "/".utf8)), as: UTF8.self)
    }
}

extension TOMLDocument {
    /// Whether there is a `[tool.docent]`, readable or not.
    fileprivate var concernsDocent: Bool { root["tool", "docent"] != nil || !docentProblems.isEmpty }

    fileprivate var docentProblems: [TOMLProblem] {
        problems.filter { $0.path.starts(with: ["tool", "docent"]) }
    }
}
