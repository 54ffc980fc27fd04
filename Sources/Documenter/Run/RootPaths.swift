/// The paths that a user named, for telling how deep in them a file lies.
struct RootPaths: Sendable {
    private let roots: [String]

    init(_ paths: [String]) {
        roots = paths.map { path in
            let bare = path.hasPrefix("./") ? String(path.dropFirst(2)) : path
            return bare.hasSuffix("/") ? bare : bare + "/"
        }
    }

    /// A file's path below the deepest named folder that holds it; its name if it was named itself.
    func relativePath(of path: String) -> String {
        let root = roots.filter { path.hasPrefix($0) }.max { $0.utf8.count < $1.utf8.count }
        if let root { return String(path.dropFirst(root.count)) }
        let isNamed = roots.contains { $0 == path + "/" }
        return isNamed ? String(path.split(separator: "/").last ?? "") : path
    }
}
