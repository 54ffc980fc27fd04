/// Yes-or-no facts that a file's path tells about everything declared in it.
public struct FileTraits: OptionSet, Hashable, Sendable {
    /// One bit a fact.
    public let rawValue: UInt8

    /// Makes facts from their bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// An interface without code (`.pyi`).
    public static let isStub = FileTraits(rawValue: 1)
    /// Somebody else's code, kept in a folder for such.
    public static let isVendored = FileTraits(rawValue: 2)
    /// Tests, or what only tests use.
    public static let isTest = FileTraits(rawValue: 4)
    /// The file that stands for its folder (`__init__.py`).
    public static let isPackage = FileTraits(rawValue: 8)
    /// The file's name, or a folder's above it, begins with an underscore.
    public static let isPrivate = FileTraits(rawValue: 16)
}

extension FileTraits {
    /// Finds the facts of a path.
    ///
    /// - Parameters:
    ///   - path: Relative to the folder that the user named, so that naming a test or vendored folder opens it.
    ///   - stubExtensions: The language's endings for interfaces, without the dot.
    public init(path: String, stubExtensions: [String]) {
        let components = path.split(separator: "/")
        let file = components.last ?? ""
        let stem = file.lastIndex(of: ".").map { file[..<$0] } ?? file
        self.init(folders: components.dropLast())
        if stubExtensions.contains(where: { file.hasSuffix("." + $0) }) { insert(.isStub) }
        if stem == "__init__" { insert(.isPackage) }
        if stem.hasPrefix("test_") || stem.hasSuffix("_test") || Self.testFiles.contains(stem) { insert(.isTest) }
        if Self.isPrivate(stem) { insert(.isPrivate) }
    }

    private init(folders: ArraySlice<Substring>) {
        self = []
        // Deeper down, a folder `test` often holds a library's own tools for tests (`django.test`).
        if folders.first == "test" || folders.contains("tests") { insert(.isTest) }
        if folders.contains(where: { FolderNames.vendored.contains(String($0)) }) { insert(.isVendored) }
        if folders.contains(where: Self.isPrivate) { insert(.isPrivate) }
    }

    private static func isPrivate(_ name: Substring) -> Bool {
        name.hasPrefix("_") && !(name.hasPrefix("__") && name.hasSuffix("__"))
    }

    private static let testFiles: Set<Substring> = ["conftest", "test", "tests"]
}
