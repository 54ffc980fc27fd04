/// Finds the files to work on: which, each once, in a stable order.
///
/// A file that is named is always taken. Below a named folder, hidden names, environments, caches and build results,
/// what a `.gitignore` or `.git/info/exclude` ignores, and what the settings leave out is not taken. Symbolic links
/// are followed when they stay inside the named folders and lead to something not seen under its own name.
public struct SourceTree: Sendable {
    private let fileExtensions: [String]
    private let rules: SourceWalk.Rules

    /// Prepares a search.
    ///
    /// - Parameters:
    ///   - settings: Their `include` and `exclude`; relative globs with a slash begin at the working folder.
    ///   - fileExtensions: Endings without the dot.
    ///   - workingFolder: Where relative globs begin; the process's own by default.
    /// - Throws: `ProjectError` that names each glob that cannot be used.
    public init(settings: Settings, fileExtensions: [String], workingFolder: String? = nil) throws(ProjectError) {
        let problems = GlobList.problems(in: settings.include + settings.exclude)
        guard problems.isEmpty else { throw ProjectError(problems.joined(separator: "\n")) }
        let folder = workingFolder ?? resolvedPath(of: ".") ?? "/"
        self.fileExtensions = fileExtensions
        rules = SourceWalk.Rules(
            include: try GlobList(settings.include, relativeTo: folder),
            exclude: try GlobList(settings.exclude, relativeTo: folder),
            workingFolder: folder,
            extensions: fileExtensions.map { Array(".\($0)".utf8) }
        )
    }

    /// The files under some paths, as the user named them.
    ///
    /// - Throws: `ProjectError` when a path does not exist, a named folder cannot be read, or there is no file at all.
    public func files(under paths: [String]) throws(ProjectError) -> ProjectFiles {
        let roots = try paths.isEmpty ? SourceRoot.resolved(["."]) : SourceRoot.resolved(paths)
        var walk = SourceWalk(rules: rules)
        walk.takeNamedFiles(roots)
        for root in roots.deepestFirst where root.isFolder {
            try walk.walk(root)
        }
        walk.followLinks(inside: roots)
        guard !walk.found.files.isEmpty else { throw emptySelection(paths, ignoredCount: walk.found.ignoredCount) }
        // One walk alone gives its files in order.
        if roots.count > 1 || !walk.links.isEmpty {
            walk.found.files.sort { $0.path.precedesByComponents($1.path) }
        }
        return walk.found
    }

    private func emptySelection(_ paths: [String], ignoredCount: Int) -> ProjectError {
        let endings = fileExtensions.map { ".\($0)" }.joined(separator: " or ")
        let places = paths.isEmpty ? "." : paths.joined(separator: ", ")
        guard ignoredCount > 0 else { return ProjectError("no \(endings) files under \(places); name another folder") }
        let leftOut = ignoredCount == 1 ? "1 file or folder is" : "\(ignoredCount) files and folders are"
        return ProjectError(
            "no \(endings) files under \(places); \(leftOut) left out by ignore rules, `include` or `exclude`: name "
                + "files to take them all the same"
        )
    }
}

/// A path that the user named.
struct SourceRoot {
    let shown: String
    let resolved: String
    let isFolder: Bool
    let byteCount: Int

    /// The paths with what they lead to, or one error for all that lead nowhere.
    static func resolved(_ paths: [String]) throws(ProjectError) -> [SourceRoot] {
        var roots: [SourceRoot] = []
        var problems: [String] = []
        for path in paths {
            do throws(ProjectError) {
                roots.append(try SourceRoot(path))
            } catch {
                problems.append(error.description)
            }
        }
        guard problems.isEmpty else { throw ProjectError(problems.joined(separator: "\n")) }
        return roots
    }

    private init(_ path: String) throws(ProjectError) {
        guard !path.isEmpty else { throw ProjectError("a path is empty; name a file or a folder, `.` for this one") }
        guard let resolved = resolvedPath(of: path), let status = FileStatus(following: resolved) else {
            throw ProjectError("\(path): \(SystemFailure.last); name a file or a folder that can be read")
        }
        guard status.kind == .folder || status.kind == .file else {
            throw ProjectError("\(path): neither a file nor a folder; name one of them")
        }
        shown = path.tidied
        self.resolved = resolved
        isFolder = status.kind == .folder
        byteCount = status.byteCount
    }

    /// Whether a resolved path is this one or lies in it.
    func contains(_ path: String) -> Bool {
        path == resolved || isFolder && path.utf8.starts(with: joined(resolved, "").utf8)
    }
}

extension [SourceRoot] {
    /// A folder inside another one comes first, so that what holds for a named folder holds for its files.
    fileprivate var deepestFirst: [SourceRoot] {
        enumerated()
            .sorted { (-$0.element.resolved.utf8.count, $0.offset) < (-$1.element.resolved.utf8.count, $1.offset) }
            .map(\.element)
    }
}

extension String {
    /// The path without empty components and `.`; empty for the working folder itself.
    fileprivate var tidied: String {
        let components = utf8.split(separator: UInt8(ascii: "/")).filter { !$0.elementsEqual(".".utf8) }
        let tidy = components.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/")
        return hasPrefix("/") ? "/" + tidy : tidy
    }

    /// Bytewise order of paths, component by component: the slash comes before every other byte.
    fileprivate func precedesByComponents(_ other: String) -> Bool {
        utf8.lexicographicallyPrecedes(other.utf8) { left, right in
            (left == UInt8(ascii: "/") ? 0 : left) < (right == UInt8(ascii: "/") ? 0 : right)
        }
    }
}
