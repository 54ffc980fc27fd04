/// Where a git repository keeps the rules that are not in a `.gitignore`.
///
/// A user's global ignore file is not read: a run gives the same result on every machine.
enum Repository {
    /// Ignore rules with the length of the path, slash included, in front of what they speak of.
    struct Rules: Sendable {
        let rules: IgnoreRules
        let baseLength: Int
    }

    /// Whether a folder is the top of a working copy.
    static func isTop(_ folder: String) -> Bool {
        FileStatus(following: joined(folder, ".git")) != nil
    }

    /// The folders above a folder, nearest first, up to the top of its repository, or of the file system without one.
    static func parents(of folder: String) -> (folders: [String], isRepository: Bool) {
        var folders: [String] = []
        var current = folder
        while !isTop(current) {
            guard let parent = parent(of: current) else { return (folders, false) }
            folders.append(parent)
            current = parent
        }
        return (folders, true)
    }

    /// The rules that hold in a folder before its own `.gitignore` is read: those of the folders above it.
    static func inheritedRules(for folder: String) -> [Rules] {
        let (parents, isRepository) = parents(of: folder)
        guard isRepository, let top = parents.last else { return [] }
        let shared = excludeRules(ofTop: top)
        return shared + parents.reversed().compactMap { rules(inFile: joined($0, ".gitignore"), folder: $0) }
    }

    /// The rules of `.git/info/exclude`.
    static func excludeRules(ofTop top: String) -> [Rules] {
        let path = joined(joined(commonFolder(ofTop: top), "info"), "exclude")
        return rules(inFile: path, folder: top).map { [$0] } ?? []
    }

    /// The rules of a file for the paths below a folder; `nil` when there are none.
    static func rules(inFile path: String, folder: String) -> Rules? {
        guard let bytes = try? FileContents.read(path: path).bytes else { return nil }
        let rules = IgnoreRules(bytes)
        return rules.isEmpty ? nil : Rules(rules: rules, baseLength: joined(folder, "").utf8.count)
    }

    /// The folder above; `nil` at the root of the file system.
    static func parent(of folder: String) -> String? {
        guard folder != "/", let slash = folder.utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
        return slash == folder.startIndex ? "/" : String(folder[..<slash])
    }

    /// The `.git` folder; for a linked working copy or a submodule the one that it shares or owns.
    private static func commonFolder(ofTop top: String) -> String {
        let git = joined(top, ".git")
        guard let text = firstLine(ofFile: git), text.hasPrefix("gitdir: ") else { return git }
        let folder = absolute(String(text.dropFirst(8)), in: top)
        return firstLine(ofFile: joined(folder, "commondir")).map { absolute($0, in: folder) } ?? folder
    }

    private static func absolute(_ path: String, in folder: String) -> String {
        path.hasPrefix("/") ? path : joined(folder, path)
    }

    private static func firstLine(ofFile path: String) -> String? {
        guard let bytes = try? FileContents.read(path: path).bytes else { return nil }
        return String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }, as: UTF8.self)
    }
}
