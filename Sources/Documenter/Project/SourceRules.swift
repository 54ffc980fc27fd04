extension SourceWalk {
    /// What decides which names are taken.
    struct Rules: Sendable {
        let include: GlobList
        let exclude: GlobList
        let workingFolder: String
        let extensions: [[UInt8]]

        /// Whether a name has one of the endings, and something in front of it.
        func isSource(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
            extensions.contains { name.count > $0.count && name.suffix($0.count).elementsEqual($0) }
        }

        /// The entries that no rule leaves out, and how many others there are.
        func taken(of entries: [Entry], in folder: Folder) -> (entries: [Entry], ignoredCount: Int) {
            var path = Array(joined(folder.logical, "").utf8)
            let nameStart = path.count
            var taken: [Entry] = []
            for var entry in entries {
                path.removeSubrange(nameStart...)
                path += entry.name.utf8
                let verdict = path.withUnsafeBufferPointer { path -> Bool? in
                    guard !isLeftOut(path, nameStart: nameStart, entry: entry, in: folder) else { return nil }
                    return isIncluded(path, nameStart: nameStart, entry: entry, in: folder)
                }
                guard let verdict, verdict || entry.kind != .file else { continue }
                entry.isIncluded = verdict
                taken.append(entry)
            }
            return (taken, entries.count - taken.count)
        }

        /// Whether `include` holds for a named folder: by a glob for it or a folder that it lies in.
        func include(_ folder: String) -> Bool {
            var folder: String? = folder
            while let path = folder {
                let parent = Repository.parent(of: path)
                // Names above the working folder say nothing about the project.
                let isBelow = path.utf8.starts(with: joined(workingFolder, "").utf8)
                let nameStart = isBelow ? joined(parent ?? "", "").utf8.count : nil
                let isMatch = Array(path.utf8).withUnsafeBufferPointer {
                    include.matches($0, nameStart: nameStart, isFolder: true)
                }
                if isMatch { return true }
                folder = parent
            }
            return false
        }

        private func isIncluded(
            _ path: UnsafeBufferPointer<UInt8>,
            nameStart: Int,
            entry: Entry,
            in folder: Folder
        ) -> Bool {
            include.isEmpty || folder.isIncluded
                || include.matches(path, nameStart: nameStart, isFolder: entry.kind == .folder)
        }

        private func isLeftOut(
            _ path: UnsafeBufferPointer<UInt8>,
            nameStart: Int,
            entry: Entry,
            in folder: Folder
        ) -> Bool {
            let isFolder = entry.kind == .folder
            if entry.kind != .file, FolderNames.excluded.contains(entry.name) { return true }
            return exclude.matches(path, nameStart: nameStart, isFolder: isFolder)
                || isIgnored(path, nameStart: nameStart, isFolder: isFolder, by: folder.ignoreRules)
        }

        /// The rules nearest to an entry speak first.
        private func isIgnored(
            _ path: UnsafeBufferPointer<UInt8>,
            nameStart: Int,
            isFolder: Bool,
            by stack: [Repository.Rules]
        ) -> Bool {
            for item in stack.reversed() {
                let below = UnsafeBufferPointer(rebasing: path[item.baseLength...])
                let start = nameStart - item.baseLength
                if let verdict = item.rules.verdict(on: below, nameStart: start, isFolder: isFolder) { return verdict }
            }
            return false
        }
    }
}
