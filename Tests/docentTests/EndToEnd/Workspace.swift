import Foundation
import Testing

/// A temporary folder with a project in it, on which the real program runs.
struct Workspace {
    /// Packages of the standard library that together take a run long enough to be disturbed.
    static let packages =
        Judges.isLong
        ? ["asyncio", "email", "json", "importlib", "concurrent", "unittest"] : ["asyncio", "email", "json"]

    let folder: String
    private let root: String

    init() throws {
        root = try Judges.temporaryFolder()
        folder = root + "/project"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    }

    /// Makes a project of copies of the standard library's packages.
    init(packages: [String]) throws {
        try self.init()
        let library = try Self.library.get()
        for package in packages {
            try Corpus.folder("\(library)/\(package)", to: path(package))
        }
        for compiled in try Snapshot(of: folder).paths where compiled.hasSuffix("__pycache__") {
            try FileManager.default.removeItem(atPath: path(compiled))
        }
    }

    /// Makes a project of some files.
    init(files: KeyValuePairs<String, String>) throws {
        try self.init()
        for (name, text) in files { try write(text, to: name) }
    }

    func remove() { try? FileManager.default.removeItem(atPath: root) }

    /// The absolute path of something in the project.
    func path(_ name: String) -> String { "\(folder)/\(name)" }

    /// A new project with the same files.
    func copied() throws -> Workspace {
        let copy = try Workspace()
        try FileManager.default.removeItem(atPath: copy.folder)
        try FileManager.default.copyItem(atPath: folder, toPath: copy.folder)
        return copy
    }

    func write(_ text: String, to name: String, mode: Int? = nil) throws {
        let url = URL(fileURLWithPath: path(name))
        let manager = FileManager.default
        try manager.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
        if let mode { try manager.setAttributes([.posixPermissions: mode], ofItemAtPath: url.path) }
    }

    func text(_ name: String) throws -> String { try String(contentsOfFile: path(name), encoding: .utf8) }

    /// Runs `docent` in the project, to its end.
    @discardableResult
    func docent(_ arguments: String..., environment: [String] = []) throws -> Subprocess {
        try docent(arguments, environment: environment)
    }

    /// Runs `docent` in the project, to its end.
    @discardableResult
    func docent(_ arguments: [String], environment: [String] = []) throws -> Subprocess {
        try Subprocess.run(environment + [Judges.docent] + arguments, in: URL(fileURLWithPath: folder))
    }

    /// Runs a line of shell in the project; it finds `docent` in `$DOCENT`.
    func shell(_ line: String) throws -> Subprocess {
        let words = ["DOCENT=\(Judges.docent)", "bash", "-c", line]
        return try Subprocess.run(words, in: URL(fileURLWithPath: folder))
    }

    func snapshot() throws -> Snapshot { try Snapshot(of: folder) }

    private static let library = Result {
        try Verdict.of(Corpus.python, ["-c", "import sysconfig; print(sysconfig.get_path('stdlib'))"]).summary
    }
}

/// All that is in a folder: regular files with their bytes, and everything else by name alone.
struct Snapshot {
    struct File: Equatable {
        let bytes: Data
        let mode: Int
        /// Another number after a replacement.
        let number: Int
        let modified: Date
    }

    let files: [String: File]
    /// The paths of everything, folders and links included, from the folder.
    let paths: [String]

    init(of folder: String) throws {
        let manager = FileManager.default
        paths = try manager.subpathsOfDirectory(atPath: folder).sorted()
        var files: [String: File] = [:]
        for path in paths {
            let attributes = try manager.attributesOfItem(atPath: "\(folder)/\(path)")
            guard attributes[.type] as? FileAttributeType == .typeRegular else { continue }
            files[path] = File(
                bytes: manager.contents(atPath: "\(folder)/\(path)") ?? Data(),
                mode: (attributes[.posixPermissions] as? NSNumber)?.intValue ?? -1,
                number: (attributes[.systemFileNumber] as? NSNumber)?.intValue ?? -1,
                modified: attributes[.modificationDate] as? Date ?? .distantPast
            )
        }
        self.files = files
    }

    var contents: [String: Data] { files.mapValues(\.bytes) }

    /// The files that were written between an earlier snapshot and this one.
    func written(since earlier: Snapshot) -> Set<String> {
        Set(files.filter { earlier.files[$0.key] != $0.value }.keys)
    }

    /// The files whose bytes are others than in another snapshot; those that only one of them has are among them.
    func different(from other: Snapshot) -> Set<String> {
        let names = Set(files.keys).union(other.files.keys)
        return names.filter { files[$0]?.bytes != other.files[$0]?.bytes }
    }

    /// The names of temporary files of `docent`.
    var temporaries: [String] {
        paths.filter { ($0.split(separator: "/").last ?? "").hasPrefix(".docent-") }
    }
}
