import Foundation
import Testing

@testable import docent

struct UnifiedDiffTests {
    static let versions: [(before: String, after: String)] = [
        ("def f():\n    pass\n", "def f():\n    \"\"\"F.\"\"\"\n    pass\n"),
        ("def f():\r\n    pass\r\n", "def f():\r\n    \"\"\"F.\"\"\"\r\n    pass\r\n"),
        ("def f():\r    pass\r", "def f():\r    \"\"\"F.\"\"\"\r    pass\r"),
        ("def f(): pass", "def f():\n    \"\"\"F.\"\"\"\n    pass"),
        ("x = 1", "\"\"\"M.\"\"\"\nx = 1\n"),
        ("", "\"\"\"M.\"\"\"\n"),
        ("a\n", "a\nb"),
        ("a\nb", "b\n"),
        ("\n\n\n\n", "\n\n1\n\n\n\n"),
        ("\u{C}a\t\u{1B}[0m\n\u{0}b\n", "\u{C}a\t\u{1B}[0m\nnew\n\u{0}b\n"),
        (
            (0..<40).map { "line \($0)\n" }.joined(),
            (0..<40).flatMap { $0 % 9 == 4 ? ["new\n", "line \($0)\n"] : ["line \($0)\n"] }.joined()
        ),
        (
            String(repeating: "def f():\n    return 1\n\n", count: 30),
            String(
                repeating: "def f():\n    \"\"\"F.\n\n    Returns:\n        1\n    \"\"\"\n    return 1\n\n",
                count: 30
            )
        ),
    ]

    static let commands: [[String]] = [["git", "apply", "-p1"], ["patch", "-s", "-p1", "--binary"]]

    @Test(arguments: 0..<versions.count, commands.filter { Subprocess.isInstalled($0[0]) })
    func `makes patches that others apply to the byte`(index: Int, command: [String]) throws {
        let (before, after) = Self.versions[index]
        // An empty file has no lines for `git apply` to find; `patch` is content with it.
        guard !before.isEmpty || command[0] == "patch" else { return }

        try expectApplies(from: Data(before.utf8), to: Data(after.utf8), name: "a.py", by: command)
    }

    @Test(arguments: ["a b.py", "dir/ü.py", "q\"uote.py", "tab\tname.py", "back\\slash.py"])
    func `names files so that git finds them`(name: String) throws {
        let (before, after) = Self.versions[0]

        try expectApplies(from: Data(before.utf8), to: Data(after.utf8), name: name, by: Self.commands[0])
    }

    @Test
    func `makes patches of random edits that git applies`() throws {
        var random = SplitMix(state: 7)
        for _ in 0..<40 {
            let before = (0..<Int.random(in: 1...60, using: &random)).map { _ in
                "\(["", "a", "b", "    return x", "#\(random.next() % 50)"].randomElement(using: &random) ?? "")\n"
            }
            let after = before.flatMap { line -> [String] in
                switch Int.random(in: 0..<10, using: &random) {
                case 0: ["new \(random.next() % 9)\n", line]
                case 1: []
                case 2: ["\n", "a\n", line]
                default: [line]
                }
            }
            let (old, new) = (Data(before.joined().utf8), Data(after.joined().utf8))
            guard old != new, !new.isEmpty else { continue }
            try expectApplies(from: old, to: new, name: "a.py", by: Self.commands[0])
        }
    }

    @Test
    func `writes what diff -u writes when lines are put in`() throws {
        for (before, after) in Self.versions where before.hasPrefix("line") || before.hasPrefix("def f():\n    pass") {
            try Subprocess.withFolder { folder in
                try Data(before.utf8).write(to: folder.appending(path: "x"))
                try Data(after.utf8).write(to: folder.appending(path: "y"))
                let other = try Subprocess.run(["diff", "-u", "x", "y"], in: folder).text.split(separator: "\n")

                let own = text(from: before, to: after).split(separator: "\n")

                #expect(own.dropFirst(2) == other.dropFirst(2))
            }
        }
    }

    @Test
    func `is empty when nothing changed`() {
        #expect(text(from: "a\n", to: "a\n").isEmpty)
    }

    @Test
    func `shows control characters and hides those of line ends, for eyes`() {
        let look = UnifiedDiff.Look(palette: Palette(isOn: true), isForEyes: true)
        let before = Array("a\u{1B}[31m\r\n".utf8) + [0xFF, 0x0A]

        let diff = UnifiedDiff(before: before, after: before + Array("\u{202E}b\r\n".utf8), look: look)

        #expect(
            String(decoding: diff.text(path: "a.py"), as: UTF8.self) == """
                \u{1B}[1m--- a/a.py\u{1B}[m
                \u{1B}[1m+++ b/a.py\u{1B}[m
                \u{1B}[36m@@ -1,2 +1,3 @@\u{1B}[m
                 a^[[31m
                 <FF>
                \u{1B}[32m+<U+202E>b\u{1B}[m

                """
        )
    }

    @Test
    func `cuts lines at carriage returns, for eyes`() {
        let diff = UnifiedDiff(
            before: Array("a\rb\r".utf8),
            after: Array("a\rnew\rb\r".utf8),
            look: UnifiedDiff.Look(isForEyes: true)
        )

        #expect(
            String(decoding: diff.text(path: "a.py"), as: UTF8.self)
                == "--- a/a.py\n+++ b/a.py\n@@ -1,2 +1,3 @@\n a\n+new\n b\n"
        )
    }

    @Test(arguments: [1, 2, 3, 1000, 1_000_000])
    func `looks at each line a limited number of times, however alike they are`(kinds: Int) {
        func visits(lines: Int) -> Int {
            let before = (0..<lines).map { "x = \($0 % kinds)\n" }
            let after = before.enumerated().flatMap { $0.offset % 10 == 0 ? ["new\n", $0.element] : [$0.element] }
            let tables = [before, after].map { LineTable(Array($0.joined().utf8), at: .lineFeeds) }
            let matching = LineMatching(from: tables[0], to: tables[1])
            #expect(matching.changes.count == lines / 10)
            return matching.visits
        }

        let (few, many) = (visits(lines: 3_000), visits(lines: 12_000))

        #expect(few >= 3_000)
        #expect(many <= 5 * few)
        #expect(many <= 30 * 12_000)
    }

    @Test(arguments: [
        ("a.py", "a.py"), ("./x/a.py", "x/a.py"), ("/home/me/p/a.py", "a.py"), ("../a.py", "home/me/a.py"),
        ("/etc/a.py", "etc/a.py"), ("x/../a.py", "a.py"),
    ])
    func `names files from the current folder`(path: String, name: String) {
        #expect(PatchPath.name(for: path, in: "/home/me/p") == name)
    }

    private func text(from before: String, to after: String) -> String {
        String(
            decoding: UnifiedDiff(before: Array(before.utf8), after: Array(after.utf8)).text(path: "a.py"),
            as: UTF8.self
        )
    }

    private func expectApplies(from before: Data, to after: Data, name: String, by command: [String]) throws {
        try Subprocess.withFolder { folder in
            let file = folder.appending(path: name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try before.write(to: file)
            let patch = Data(UnifiedDiff(before: Array(before), after: Array(after)).text(path: name))

            let result = try Subprocess.run(command, in: folder, input: patch)

            #expect(result.code == 0, "\(result.errors)\n\(String(decoding: patch, as: UTF8.self))")
            #expect(try Data(contentsOf: file) == after, "\(String(decoding: patch, as: UTF8.self))")
        }
    }
}

/// Random numbers that are the same in every run.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var number = state
        number = (number ^ (number >> 30)) &* 0xBF58_476D_1CE4_E5B9
        number = (number ^ (number >> 27)) &* 0x94D0_49BB_1331_11EB
        return number ^ (number >> 31)
    }
}
