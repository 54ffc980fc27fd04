import Documenter
import Foundation
import Testing

/// Git itself is the judge.
struct IgnoreRulesTests {
    @Test(arguments: 0..<UInt64(ProcessInfo.processInfo.environment["DOCENT_LONG_TESTS"] == nil ? 40 : 1000))
    func `ignores what git ignores`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let folder = try TemporaryFolder()
        try #require(try Ran(["git", "init", "-q", "."], in: folder.path).status == 0)
        let names = ["a", "b", "ab", "foo", "Foo", "b c", "x.y", "-", "é", "a]b", "a*b"]
        for _ in 0..<60 {
            let depth = Int.random(in: 0...4, using: &random)
            let folders = (0..<depth).map { _ in names.randomElement(using: &random) ?? "a" }
            let name = names.randomElement(using: &random) ?? "a"
            try folder.write(to: (folders + [name]).joined(separator: "/") + ".py")
        }
        var places = [".gitignore", ".git/info/exclude", "a/.gitignore", "foo/.gitignore", "ab/b/.gitignore"]
        places.shuffle(using: &random)
        for place in places.prefix(3) {
            let count = Int.random(in: 1...6, using: &random)
            let lines = (0..<count).map { _ in Self.line(using: &random) }
            let end = Bool.random(using: &random) ? "\n" : "\r\n"
            try folder.write(lines.joined(separator: end) + end, to: place)
        }
        let arguments = ["git", "-c", "core.excludesFile=", "ls-files", "-z", "--others", "--exclude-standard"]
        let expected = try Ran(arguments, in: folder.path).parts.filter { $0.hasSuffix(".py") }

        let found = try? SourceTree(settings: Settings(), fileExtensions: ["py"]).files(under: [folder.path])

        let relative = found?.files.map { String($0.path.dropFirst(folder.path.count + 1)) } ?? []
        #expect(Set(relative) == Set(expected), "seed \(seed)")
    }

    @Test func `reads parent folders, submodules and linked working copies`() throws {
        let folder = try TemporaryFolder()
        try folder.write("", to: ".git/HEAD")
        try folder.write("/src/gen.py\n*.tmp.py\n", to: ".gitignore")
        try folder.write("out.py\n", to: ".git/info/exclude")
        try folder.write("/x.py\n!keep.tmp.py", to: "src/.gitignore")
        for name in ["gen.py", "a.tmp.py", "keep.tmp.py", "out.py", "x.py", "y.py", "sub/x.py"] {
            try folder.write(to: "src/\(name)")
        }
        try folder.write("gitdir: ../../.git/modules/m\n", to: "src/m/.git")
        try folder.write("z.py", to: ".git/modules/m/info/exclude")
        for name in ["gen.py", "out.py", "z.py"] { try folder.write(to: "src/m/\(name)") }
        try folder.write("gitdir: ../../.git/worktrees/w\n", to: "src/w/.git")
        try folder.write("../..\n", to: ".git/worktrees/w/commondir")
        for name in ["out.py", "z.py"] { try folder.write(to: "src/w/\(name)") }

        let files = try SourceTree(settings: Settings(), fileExtensions: ["py"]).files(under: [folder("src")])

        let expected = ["keep.tmp.py", "m/gen.py", "m/out.py", "sub/x.py", "w/z.py", "y.py"]
        #expect(files.files.map(\.path) == expected.map { folder("src/\($0)") })
    }

    private static func line(using random: inout some RandomNumberGenerator) -> String {
        let pieces = [
            "a", "b", "foo", "ab", "*", "**", "?", "/", "/", "/**/", "*.py", ".py", "[a-c]", "[!a]", "[^f]", "\\*",
            "\\]",
            "[", "]", " ", "\\ ", "b c", "x.y", "é", "[é]", "[[:alpha:]]", "[[:upper:]]", "-", "[a\\]]", "[]]", "[]-a]",
            "**/", "/**", "a/b", "foo/", "\\a", "oo", "[[:nope:]]", "***", "#",
        ]
        let prefixes = ["", "", "", "!", "!", "/", "#", "\\#", "\\!", "**/"]
        let suffixes = ["", "", "", "/", "  ", "\\ ", "/*", "/**", "\\", ".py", "*"]
        let count = Int.random(in: 1...4, using: &random)
        let middle = (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
        return (prefixes.randomElement(using: &random) ?? "") + middle + (suffixes.randomElement(using: &random) ?? "")
    }
}
