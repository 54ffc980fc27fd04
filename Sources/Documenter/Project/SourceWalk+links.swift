extension SourceWalk {
    /// Follows the links seen so far, and those behind them, as far as they lead to something new inside the roots.
    ///
    /// Links to files come last, when all folders behind links are known.
    mutating func followLinks(inside roots: [SourceRoot]) {
        var filesBehindLinks: [ProjectFile] = []
        var next = 0
        while next < links.count {
            if let file = follow(links[next], inside: roots) { filesBehindLinks.append(file) }
            next += 1
        }
        guard !filesBehindLinks.isEmpty else { return }
        var taken = Set(found.files.map(\.resolvedPath))
        found.files += filesBehindLinks.filter { taken.insert($0.resolvedPath).inserted }
    }

    /// Walks through the folder that a link leads to, or gives back the file.
    ///
    /// Links that lead nowhere are passed over: editors mark open files with them.
    private mutating func follow(_ link: Link, inside roots: [SourceRoot]) -> ProjectFile? {
        let path = joined(link.folder.resolved, link.entry.name)
        guard let target = resolvedPath(of: path), let status = FileStatus(following: target) else { return nil }
        let isSource = status.kind == .file && isSource(link.entry.name)
        guard status.kind == .folder || isSource else { return nil }
        guard roots.contains(where: { $0.contains(target) }) else {
            found.outsideLinkCount += 1
            return nil
        }
        guard status.kind == .folder else {
            return link.entry.isIncluded ? file(at: link, target: target, byteCount: status.byteCount) : nil
        }
        walkBehindLink(subfolder(link.entry, of: link.folder, resolved: target))
        return nil
    }

    private mutating func walkBehindLink(_ folder: Folder) {
        do throws(SystemFailure) {
            try walk(folder)
        } catch {
            found.warnings.append(Self.warning(of: error, at: folder))
        }
    }

    private func isSource(_ name: String) -> Bool {
        Array(name.utf8).withUnsafeBufferPointer { rules.isSource($0) }
    }

    private func file(at link: Link, target: String, byteCount: Int) -> ProjectFile {
        ProjectFile(
            path: joined(link.folder.shown, link.entry.name),
            resolvedPath: target,
            byteCount: byteCount,
            isVendored: link.folder.isVendored,
            isNamed: false
        )
    }
}
