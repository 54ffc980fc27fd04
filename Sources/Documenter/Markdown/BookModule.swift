/// A source file that gets a page.
public struct BookSource: Hashable, Sendable {
    /// The path as the user's working folder sees it.
    public let path: String
    /// The path from the folder that the user named.
    public let relativePath: String

    /// Makes a source.
    public init(path: String, relativePath: String) {
        self.path = path
        self.relativePath = relativePath
    }
}

/// A module with its place in a book.
struct BookModule: Sendable {
    /// Where the source is, without `.` and `..`, from the root of the file system.
    let source: String
    /// The path that people know it by.
    let shownPath: String
    /// The dotted name under which Python imports it, as far as the files tell.
    let name: String
    /// The page's path in the book's folder.
    let page: String
}

/// Gives every source its dotted name and a page of its own.
struct ModulePlan {
    private let workingFolder: String
    private let packages: Set<Substring>
    /// What is taken, in lower case: some file systems do not tell `A.md` from `a.md`.
    private var pages: Set<String> = ["index.md"]

    /// The modules of some sources, in the order of their paths, whatever order they come in.
    static func modules(for sources: [BookSource], workingFolder: String) -> [BookModule] {
        let paths = sources.map { FilePath.absolute($0.path, in: workingFolder) }
        var plan = ModulePlan(paths, workingFolder: workingFolder)
        return zip(sources, paths).sorted { $0.1.utf8.lexicographicallyPrecedes($1.1.utf8) }
            .map { plan.module($0.0, path: $0.1) }
    }

    private init(_ paths: [String], workingFolder: String) {
        self.workingFolder = workingFolder
        packages = Set(paths.filter { FilePath.stem($0) == "__init__" }.map(FilePath.folder))
    }

    private mutating func module(_ source: BookSource, path: String) -> BookModule {
        let name = name(of: path, relativePath: source.relativePath)
        return BookModule(source: path, shownPath: source.path, name: name, page: freePage(for: name))
    }

    private func name(of path: String, relativePath: String) -> String {
        let stem = FilePath.stem(path)
        var names = stem == "__init__" ? [] : [stem]
        var folder = FilePath.folder(path)
        guard packages.contains(folder) else { return name(outsidePackages: relativePath) }
        while packages.contains(folder) {
            names.append(FilePath.name(folder))
            folder = FilePath.folder(folder)
        }
        return names.reversed().joined(separator: ".")
    }

    private func name(outsidePackages path: String) -> String {
        let folders = FilePath.folder(FilePath.absolute(path, in: "")).split(separator: "/")
        let inSources = folders.first == "src" ? folders.dropFirst() : folders[...]
        return (inSources + [FilePath.stem(path)]).joined(separator: ".")
    }

    private mutating func freePage(for name: String) -> String {
        let stem = String(String.UnicodeScalarView(name.unicodeScalars.map { Self.pageCharacter($0) }))
        var page = stem + ".md"
        var number = 2
        while !pages.insert(page.lowercased()).inserted {
            page = "\(stem)-\(number).md"
            number += 1
        }
        return page
    }

    /// Periods become folders; what some file system refuses becomes `_`.
    private static func pageCharacter(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        if scalar == "." { return "/" }
        return scalar.value < 32 || "\\:*?\"<>|".unicodeScalars.contains(scalar) ? "_" : scalar
    }
}

/// Paths as text, with `/` between names.
enum FilePath {
    static func folder(_ path: String) -> Substring { folder(path[...]) }

    static func folder(_ path: Substring) -> Substring {
        path.lastIndex(of: "/").map { path[..<$0] } ?? ""
    }

    static func name(_ path: Substring) -> Substring {
        path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path
    }

    /// The last name without its ending.
    static func stem(_ path: String) -> Substring {
        let name = name(path[...])
        return name.lastIndex(of: ".").map { $0 == name.startIndex ? name : name[..<$0] } ?? name
    }

    /// The path from the root, without `.` and `..`.
    static func absolute(_ path: String, in workingFolder: String) -> String {
        var names: [Substring] = []
        let whole = path.utf8.first == 47 ? path : workingFolder + "/" + path
        for name in whole.split(separator: "/") where name != "." {
            if name == ".." { _ = names.popLast() } else { names.append(name) }
        }
        return "/" + names.joined(separator: "/")
    }

    /// The way from a folder to a file; both without `.` and `..`, and both from the root or both from one folder.
    static func relative(from folder: some StringProtocol, to path: String) -> String {
        let from = folder.split(separator: "/")
        let to = path.split(separator: "/")
        let common = zip(from, to.dropLast()).prefix { $0 == $1 }.count
        let ups = Array(repeating: Substring(".."), count: from.count - common)
        return (ups + to[common...]).joined(separator: "/")
    }
}
