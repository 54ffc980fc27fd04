/// The globs of `include` or `exclude`.
///
/// A glob without a slash is compared with the name of every file and folder, one with a slash with whole paths;
/// a slash at the end is for folders only. What matches a folder holds for everything in it.
package struct GlobList: Sendable {
    private struct Item: Sendable {
        let glob: Glob
        let isName: Bool
        let isForFolders: Bool
    }

    private let items: [Item]

    /// Compiles globs; relative ones with a slash begin at a folder.
    ///
    /// - Throws: `ProjectError` for the first glob that cannot be used.
    package init(_ globs: [String], relativeTo folder: String) throws(ProjectError) {
        var items: [Item] = []
        for glob in globs {
            do throws(Glob.Malformed) {
                items.append(try Self.item(glob, folder: folder))
            } catch {
                throw ProjectError("the glob `\(glob)` \(error)")
            }
        }
        self.items = items
    }

    /// What is wrong with globs, a sentence for each that cannot be used.
    static func problems(in globs: [String]) -> [String] {
        globs.compactMap { glob in
            do throws(ProjectError) {
                _ = try GlobList([glob], relativeTo: "/")
                return nil
            } catch {
                return error.description
            }
        }
    }

    /// Whether there are no globs.
    package var isEmpty: Bool { items.isEmpty }

    /// Whether a glob matches a file or a folder itself.
    ///
    /// - Parameters:
    ///   - path: The absolute path.
    ///   - nameStart: Where the last component begins; `nil` when only whole paths count.
    ///   - isFolder: Whether it is a folder.
    /// - Returns: Whether any glob does.
    package func matches(_ path: UnsafeBufferPointer<UInt8>, nameStart: Int?, isFolder: Bool) -> Bool {
        items.contains { item in
            guard isFolder || !item.isForFolders else { return false }
            guard item.isName else { return item.glob.matches(path) }
            return nameStart.map { item.glob.matches(UnsafeBufferPointer(rebasing: path[$0...])) } ?? false
        }
    }

    /// A glob that means below a folder what the given one means there, and nothing elsewhere.
    static func anchored(_ glob: String, to folder: String) -> String {
        let path = absolute(glob, in: folder)
        return path.hasPrefix("/") ? path : joined(Glob.escaped(folder), "**/" + path)
    }

    /// A glob with a slash in front or inside as an absolute one; `./gen` is `gen` in the folder itself.
    private static func absolute(_ glob: String, in folder: String) -> String {
        guard !glob.hasPrefix("/") else { return glob }
        let isHere = glob.hasPrefix("./")
        let plain = isHere ? String(glob.dropFirst(2)) : glob
        let isPath = isHere || plain.utf8.dropLast().contains(UInt8(ascii: "/"))
        return isPath ? joined(Glob.escaped(folder), plain) : plain
    }

    private static func item(_ glob: String, folder: String) throws(Glob.Malformed) -> Item {
        guard !glob.isEmpty else { throw Glob.Malformed(description: "is empty") }
        var pattern = absolute(glob, in: folder)
        let isForFolders = pattern.utf8.count > 1 && pattern.hasSuffix("/")
        if isForFolders { pattern.removeLast() }
        let isName = !pattern.utf8.contains(UInt8(ascii: "/"))
        return Item(glob: try Glob(pattern), isName: isName, isForFolders: isForFolders)
    }
}
