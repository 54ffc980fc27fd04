#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Goes through folders and collects files.
struct SourceWalk {
    /// A folder on the way.
    struct Folder {
        /// As users see it.
        let shown: String
        /// Without links: where it is read.
        let resolved: String
        /// Absolute, through the links that led here: what rules and globs are compared with.
        let logical: String
        var isVendored = false
        var isIncluded = false
        var ignoreRules: [Repository.Rules] = []
    }

    /// A name in a folder that may be taken.
    struct Entry {
        let name: String
        let kind: FileStatus.Kind
        var byteCount = 0
        var isIncluded = false
    }

    /// A step still to do; the last one is next.
    private enum Step {
        case file(ProjectFile)
        case folder(Folder)
    }

    /// A link on the way, looked at when all folders are known by their own names.
    struct Link {
        let entry: Entry
        let folder: Folder
    }

    var found = ProjectFiles()
    let rules: Rules
    private var visited: Set<FileStatus.Identity> = []
    private var named: Set<String> = []
    var links: [Link] = []

    init(rules: Rules) {
        self.rules = rules
    }

    /// Takes the files among the roots, whatever the rules say of them.
    mutating func takeNamedFiles(_ roots: [SourceRoot]) {
        for root in roots where !root.isFolder && named.insert(root.resolved).inserted {
            found.files.append(
                ProjectFile(
                    path: root.shown,
                    resolvedPath: root.resolved,
                    byteCount: root.byteCount,
                    isVendored: false,
                    isNamed: true
                )
            )
        }
    }

    /// Takes the files under a folder.
    ///
    /// - Throws: `ProjectError` when the folder itself cannot be read.
    mutating func walk(_ root: SourceRoot) throws(ProjectError) {
        var folder = Folder(shown: root.shown, resolved: root.resolved, logical: root.resolved)
        folder.ignoreRules = Repository.inheritedRules(for: root.resolved)
        folder.isIncluded = rules.include(root.resolved)
        do throws(SystemFailure) {
            try walk(folder)
        } catch {
            throw ProjectError(
                "\(root.shown.isEmpty ? "." : root.shown): \(error); make it readable or name another folder"
            )
        }
    }

    mutating func walk(_ root: Folder) throws(SystemFailure) {
        var steps: [Step] = []
        try open(root, steps: &steps)
        while let step = steps.popLast() {
            switch step {
            case .file(let file):
                found.files.append(file)
            case .folder(let folder):
                do throws(SystemFailure) {
                    try open(folder, steps: &steps)
                } catch {
                    found.warnings.append(Self.warning(of: error, at: folder))
                }
            }
        }
    }

    static func warning(of failure: SystemFailure, at folder: Folder) -> String {
        "\(folder.shown): \(failure); its files are left out: make it readable, or leave it out with `exclude`"
    }

    /// Reads a folder and puts what is in it on the stack, the first name on top.
    private mutating func open(_ folder: Folder, steps: inout [Step]) throws(SystemFailure) {
        let stream = try OpenFolder(path: folder.resolved)
        guard visited.insert(stream.identity).inserted else { return }
        var folder = folder
        let candidates = candidates(in: stream, of: &folder)
        let (taken, ignoredCount) = rules.taken(of: candidates, in: folder)
        found.ignoredCount += ignoredCount
        var entries = taken
        entries.sort { $0.name.precedesBytewise($1.name) }
        links += entries.filter { $0.kind == .link }.map { Link(entry: $0, folder: folder) }
        for entry in entries.reversed() {
            switch entry.kind {
            case .file:
                if let file = file(entry, in: folder, stream: stream) { steps.append(.file(file)) }
            case .folder:
                steps.append(.folder(subfolder(entry, of: folder)))
            case .link, .other:
                break
            }
        }
    }

    /// The names worth a look; the folder learns the ignore rules that hold in it.
    private mutating func candidates(in stream: borrowing OpenFolder, of folder: inout Folder) -> [Entry] {
        var entries: [Entry] = []
        var hasRepository = false
        var hasIgnoreFile = false
        var unreadableNames: [String] = []
        var hiddenCount = 0
        stream.forEachName { name, kind in
            if name[0] == UInt8(ascii: ".") {
                hasRepository = hasRepository || name.elementsEqual(".git".utf8)
                hasIgnoreFile = hasIgnoreFile || name.elementsEqual(".gitignore".utf8)
                hiddenCount += rules.isSource(name) ? 1 : 0
            } else if kind == .folder || kind == .link || kind == .file && rules.isSource(name) {
                if let text = String(validating: name, as: UTF8.self) {
                    entries.append(Entry(name: text, kind: kind))
                } else {
                    unreadableNames.append(String(decoding: name, as: UTF8.self))
                }
            }
        }
        found.ignoredCount += hiddenCount
        for name in unreadableNames.sorted() {
            found.warnings.append(
                "\(joined(folder.shown, name)): the name is not UTF-8; it is left out until it is renamed"
            )
        }
        if hasRepository { folder.ignoreRules = Repository.excludeRules(ofTop: folder.resolved) }
        if hasIgnoreFile, let own = ownRules(of: folder) { folder.ignoreRules.append(own) }
        return entries
    }

    private func ownRules(of folder: Folder) -> Repository.Rules? {
        Repository.rules(inFile: joined(folder.resolved, ".gitignore"), folder: folder.logical)
    }

    /// A folder in a folder, or behind a link in it.
    func subfolder(_ entry: Entry, of folder: Folder, resolved: String? = nil) -> Folder {
        var subfolder = Folder(
            shown: joined(folder.shown, entry.name),
            resolved: resolved ?? joined(folder.resolved, entry.name),
            logical: joined(folder.logical, entry.name)
        )
        subfolder.isVendored = folder.isVendored || FolderNames.vendored.contains(entry.name)
        subfolder.isIncluded = entry.isIncluded
        subfolder.ignoreRules = folder.ignoreRules
        return subfolder
    }

    private func file(_ entry: Entry, in folder: Folder, stream: borrowing OpenFolder) -> ProjectFile? {
        let resolved = joined(folder.resolved, entry.name)
        guard named.isEmpty || !named.contains(resolved) else { return nil }
        guard let byteCount = stream.byteCount(of: entry.name) else { return nil }
        return ProjectFile(
            path: joined(folder.shown, entry.name),
            resolvedPath: resolved,
            byteCount: byteCount,
            isVendored: folder.isVendored,
            isNamed: false
        )
    }
}

extension String {
    /// The order of the UTF-8 bytes, at the speed of `memcmp`.
    fileprivate func precedesBytewise(_ other: String) -> Bool {
        let order = utf8.withContiguousStorageIfAvailable { left in
            other.utf8.withContiguousStorageIfAvailable { right -> Bool in
                guard let first = left.baseAddress, let second = right.baseAddress else {
                    return left.isEmpty && !right.isEmpty
                }
                let order = memcmp(first, second, min(left.count, right.count))
                return order == 0 ? left.count < right.count : order < 0
            }
        }
        return (order ?? nil) ?? utf8.lexicographicallyPrecedes(other.utf8)
    }
}
