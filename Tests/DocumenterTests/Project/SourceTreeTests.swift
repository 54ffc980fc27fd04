import Documenter
import Foundation
import Testing

struct SourceTreeTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func paths(
        _ roots: [String] = [""],
        settings: Settings = Settings()
    ) throws -> [String] {
        let tree = try SourceTree(settings: settings, fileExtensions: ["py", "pyi"], workingFolder: folder.path)
        return try tree.files(under: roots.map { folder($0) }).files.map {
            String($0.path.dropFirst(folder.path.count + 1))
        }
    }

    @Test func `sorts by components, bytewise`() throws {
        for name in ["b.py", "a-b/x.py", "a/x.py", "a.py", "B.py", "é.py", "a/x/y.py", "z.pyi", "no.txt", ".py"] {
            try folder.write(to: name)
        }

        #expect(try paths() == ["B.py", "a/x/y.py", "a/x.py", "a-b/x.py", "a.py", "b.py", "z.pyi", "é.py"])
    }

    @Test func `leaves out hidden names, environments, caches and build results`() throws {
        let names = [
            ".hidden.py", ".tox/a.py", ".git/hooks/a.py", "venv/a.py", "node_modules/a.py", "__pycache__/a.py",
            "dist/a.py",
            "_build/a.py", "build/a.py", "src/venv/a.py", "venv.py",
        ]
        for name in names { try folder.write(to: name) }

        #expect(try paths() == ["build/a.py", "venv.py"])
        #expect(try paths(["venv", ".hidden.py"]) == [".hidden.py", "venv/a.py"])
    }

    @Test func `flags vendored files unless their folder is named`() throws {
        for name in ["a.py", "pip/_vendor/x.py", "lib/site-packages/y/z.py", "vendor.py", "third_party/q.py"] {
            try folder.write(to: name)
        }
        let tree = try SourceTree(settings: Settings(), fileExtensions: ["py"])

        let all = try tree.files(under: [folder.path, folder("third_party")])
        let inside = try tree.files(under: [folder("lib/site-packages/y")])

        let vendored = all.files.filter(\.isVendored).map { String($0.path.dropFirst(folder.path.count + 1)) }
        #expect(all.files.count == 5)
        #expect(vendored == ["lib/site-packages/y/z.py", "pip/_vendor/x.py"])
        #expect(inside.files.map(\.isVendored) == [false])
    }

    @Test(arguments: [
        (["src"], [], ["src/a.py", "src/gen/b.py"]),
        (["src/*.py"], [], ["src/a.py"]),
        (["*_test.py"], [], ["lib/c_test.py"]),
        (["./src"], [], ["src/a.py", "src/gen/b.py"]),
        (["{src,lib}/**/[b-z]*.py"], [], ["lib/c_test.py", "src/gen/b.py"]),
        ([], ["gen"], ["lib/c_test.py", "lib/src", "src/a.py"]),
        ([], ["gen/", "**/src/*.py"], ["lib/c_test.py", "lib/src"]),
        ([], ["./src"], ["lib/c_test.py", "lib/src"]),
        ([], ["src/gen/b.py", "*.txt"], ["lib/c_test.py", "lib/src", "src/a.py"]),
        (["src"], ["a.py"], ["src/gen/b.py"]),
    ])
    func `include and exclude`(include: [String], exclude: [String], expected: [String]) throws {
        for name in ["src/a.py", "src/gen/b.py", "lib/c_test.py", "lib/src"] { try folder.write(to: name) }
        var settings = Settings()
        settings.include = include
        settings.exclude = exclude

        #expect(try paths(settings: settings) == expected.filter { $0.hasSuffix(".py") })
    }

    @Test func `include holds for a folder inside what it names`() throws {
        try folder.write(to: "src/pkg/a.py")
        try folder.write(to: "src/pkg/deep/b.py")
        var settings = Settings()
        settings.include = ["src"]

        #expect(try paths(["src/pkg"], settings: settings) == ["src/pkg/a.py", "src/pkg/deep/b.py"])
    }

    @Test func `a named file is taken whatever the rules say`() throws {
        try folder.write(to: ".git/HEAD")
        try folder.write("*\n", to: ".gitignore")
        try folder.write("x = 1\n", to: "tool")
        try folder.write(to: "b.py")
        var settings = Settings()
        settings.exclude = ["*"]

        let tree = try SourceTree(settings: settings, fileExtensions: ["py"])
        let files = try tree.files(under: [folder("tool"), folder("b.py"), folder("./tool"), folder.path]).files

        #expect(files.map(\.path) == [folder("b.py"), folder("tool")])
        #expect(files.map(\.byteCount) == [0, 6])
        #expect(files.map(\.isNamed) == [true, true])
    }

    @Test func `a file under two named folders comes once`() throws {
        try folder.write(to: "src/a.py")
        try folder.write(to: "src/pkg/b.py")

        #expect(try paths(["src/pkg", "src", "src/", "src/a.py"]) == ["src/a.py", "src/pkg/b.py"])
    }

    @Test(arguments: [
        ("pkg//./sub/", "pkg/sub/a.py"), ("./pkg", "pkg/sub/a.py"), ("pkg/sub/a.py", "pkg/sub/a.py"),
        ("pkg/../pkg", "pkg/../pkg/sub/a.py"),
    ])
    func `shows paths as they were named, without noise`(name: String, expected: String) throws {
        try folder.write(to: "pkg/sub/a.py")

        let files = try SourceTree(settings: Settings(), fileExtensions: ["py"]).files(under: [folder(name)]).files

        #expect(files.map(\.path) == [folder(expected)])
        #expect(files.map(\.resolvedPath) == [folder("pkg/sub/a.py")])
    }

    @Test func `the working folder is shown without a name`() throws {
        let files = try SourceTree(settings: Settings(), fileExtensions: ["swift"]).files(under: ["."]).files

        #expect(files.contains { $0.path == "Package.swift" })
        #expect(files.contains { $0.path == "Sources/Documenter/Project/SourceTree.swift" })
    }

    @Test func `follows links inside the roots once and those that lead out never`() throws {
        let outside = try TemporaryFolder()
        try outside.write(to: "secret.py")
        try folder.write(to: "pkg/a.py")
        try folder.write(to: ".hidden/b.py")
        try folder.link("pkg/loop", to: "..")
        try folder.link("again", to: "pkg")
        try folder.link("linked", to: ".hidden")
        try folder.link("twice", to: ".hidden")
        try folder.link("a_link.py", to: "pkg/a.py")
        try folder.link("hidden_link.py", to: ".hidden/b.py")
        try folder.link("out", to: outside.path)
        try folder.link("out.py", to: outside("secret.py"))
        try folder.link("dangling.py", to: "nowhere")
        try folder.link(".#lock.py", to: "someone@host")

        let found = try SourceTree(settings: Settings(), fileExtensions: ["py"]).files(under: [folder.path])

        #expect(found.files.map(\.path) == [folder("linked/b.py"), folder("pkg/a.py")])
        #expect(found.files.map(\.resolvedPath) == [folder(".hidden/b.py"), folder("pkg/a.py")])
        #expect(found.outsideLinkCount == 2)
        #expect(found.warnings.isEmpty)
    }

    @Test func `a link that is named is followed`() throws {
        let outside = try TemporaryFolder()
        try outside.write(to: "a.py")
        try folder.link("pkg", to: outside.path)
        try folder.link("b.py", to: outside("a.py"))

        let tree = try SourceTree(settings: Settings(), fileExtensions: ["py"])

        #expect(try tree.files(under: [folder("pkg")]).files.map(\.path) == [folder("pkg/a.py")])
        #expect(try tree.files(under: [folder("b.py")]).files.map(\.resolvedPath) == [outside("a.py")])
    }

    @Test func `passes over names that are not UTF-8 with a warning`() throws {
        try folder.write(to: "a.py")
        let path = Array(folder("b").utf8CString.dropLast()) + [CChar(bitPattern: 0xFF)] + Array(".py".utf8CString)
        let descriptor = path.withUnsafeBufferPointer { open($0.baseAddress!, O_CREAT | O_WRONLY, 0o644) }
        try #require(descriptor >= 0)
        close(descriptor)

        let found = try SourceTree(settings: Settings(), fileExtensions: ["py"]).files(under: [folder.path])

        #expect(found.files.map(\.path) == [folder("a.py")])
        #expect(
            found.warnings == ["\(folder("b\u{FFFD}.py")): the name is not UTF-8; it is left out until it is renamed"]
        )
    }

    @Test func `says what to do about paths that lead nowhere, all at once`() throws {
        try folder.write(to: "a.py")
        let tree = try SourceTree(settings: Settings(), fileExtensions: ["py"])

        let error = #expect(throws: ProjectError.self) {
            try tree.files(under: [folder("a.py"), folder("b"), folder("a.py/c"), ""])
        }

        #expect(
            error?.description == """
                \(folder("b")): no such file or folder; name a file or a folder that can be read
                \(folder("a.py/c")): a part of its path is not a folder; name a file or a folder that can be read
                a path is empty; name a file or a folder, `.` for this one
                """
        )
    }

    @Test func `says what to do about an empty selection`() throws {
        try folder.write(to: "a.txt")
        let tree = try SourceTree(settings: Settings(), fileExtensions: ["py", "pyi"])
        let nothing = #expect(throws: ProjectError.self) { try tree.files(under: [folder.path]) }
        try folder.write(to: "venv/a.py")
        let ignored = #expect(throws: ProjectError.self) { try tree.files(under: [folder.path]) }

        #expect(nothing?.description == "no .py or .pyi files under \(folder.path); name another folder")
        #expect(
            ignored?.description == """
                no .py or .pyi files under \(folder.path); 1 file or folder is left out by ignore rules, `include` or \
                `exclude`: name files to take them all the same
                """
        )
    }

    @Test func `names every glob that cannot be used`() throws {
        var settings = Settings()
        settings.include = ["src/{a"]
        settings.exclude = ["ok", "[x", ""]

        let error = #expect(throws: ProjectError.self) { try SourceTree(settings: settings, fileExtensions: ["py"]) }

        #expect(
            error?.description == """
                the glob `src/{a` has a `{` without a `}`
                the glob `[x` has a `[` without a `]`
                the glob `` is empty
                """
        )
    }
}
