import Foundation
import Testing

/// What `docent generate` writes harms nothing: judged by `verify_writes.py`, and byte by byte by `verify_splices.py`.
@Suite(.serialized, .enabled(if: Judges.python != nil, Judges.pythonIsMissing))
struct WritingTests {
    private static let everything = ["--private", "--nested", "--init", "--tests", "--runtime-docstrings", "--stubs"]
    private static let packages = [
        "requests==2.34.2", "flask==3.1.3", "attrs==26.1.0", "rich==15.0.0", "networkx==3.6.1",
    ]

    @Test
    func `the byte judge finds every kind of harm that is seeded`() throws {
        let folder = try Judges.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Corpus.library(to: folder, files: 60)
        let files = try #require(FileManager.default.enumerator(atPath: folder)).compactMap { $0 as? String }
            .filter { $0.hasSuffix(".py") }.map { "\(folder)/\($0)" }

        let verdict = try Verdict.of(Corpus.python, [Judges.script("verify_splices.py"), "--self-test"] + files)

        #expect(verdict.status == 0, "\(verdict.output)")
        #expect(verdict.count(of: "harms") > 100)
    }

    @Test
    func `harms no file of the standard library`() throws {
        let trees = try Trees()
        defer { trees.remove() }
        try Corpus.library(to: trees.before, files: Judges.isLong ? nil : 150)

        try judge(trees, leastShare: "0.9")
    }

    @Test(.enabled(if: Judges.fixtures != nil, Judges.fixturesAreMissing))
    func `harms no file of odd layout`() throws {
        let trees = try Trees()
        defer { trees.remove() }
        try Corpus.folder(#require(Judges.fixtures), to: trees.before)

        try trees.copy()
        let run = try generate(in: trees.after)
        let verdict = try Verdict.of(
            Judges.newerPythons.last ?? Corpus.python,
            [Judges.script("verify_splices.py"), "--newer", trees.before, trees.after]
        )

        #expect(run.status == 0, "\(run.output)")
        #expect(verdict.status == 0, "\(verdict.output)")
        #expect(verdict.count(of: "docstrings") > 100)
    }

    @Test(.enabled(if: Judges.isLong, Judges.longTierOnly), arguments: packages)
    func `harms no file of a package`(requirement: String) throws {
        let trees = try Trees()
        defer { trees.remove() }
        try Corpus.package(requirement, to: trees.before)

        // Typed packages have many overloads, which never get a docstring.
        try judge(trees, leastShare: "0.75")
    }

    @Test
    func `writes nothing when it runs again`() throws {
        let trees = try Trees()
        defer { trees.remove() }
        try Corpus.library(to: trees.before, files: 40)
        try trees.copy()
        _ = try generate(in: trees.after)

        let arguments = ["generate", "--check", "--quiet"] + Self.everything + [trees.after]
        let second = try Verdict.of(Judges.docent, arguments)

        #expect(second.status == 0, "\(second.output)")
    }

    private func generate(in folder: String) throws -> Verdict {
        let verdict = try Verdict.of(Judges.docent, ["generate"] + Self.everything + [folder])
        #expect([0, 3].contains(verdict.status), "\(verdict.output)")
        #expect(!verdict.output.contains("taken back, for the proof failed"), "\(verdict.output)")
        return verdict
    }

    private func judge(_ trees: Trees, leastShare: String) throws {
        try trees.copy()
        _ = try generate(in: trees.after)
        let bytes = try Verdict.of(Corpus.python, [Judges.script("verify_splices.py"), trees.before, trees.after])
        print("written, judged byte by byte:", bytes.summary)
        #expect(bytes.status == 0, "\(bytes.output)")
        #expect(bytes.count(of: "docstrings") > 0)
        guard let verifier = Judges.writesVerifier else {
            print(Judges.verifierIsMissing.rawValue)
            return
        }
        // The verifier takes stub files for files that are not source; the byte judge has seen them.
        try trees.removeStubs()
        let writes = try Verdict.of(Corpus.python, [verifier, trees.before, trees.after, leastShare])
        print("written, judged by ast and tokenize:", writes.summary)
        #expect(writes.status == 0, "\(writes.output)")
    }
}

/// A folder with code as it was and as docent leaves it.
struct Trees {
    let root: String
    var before: String { root + "/before" }
    var after: String { root + "/after" }

    init() throws {
        root = try Judges.temporaryFolder()
        try FileManager.default.createDirectory(atPath: before, withIntermediateDirectories: false)
    }

    func removeStubs() throws {
        for folder in [before, after] {
            let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
            for name in names where name.hasSuffix(".pyi") {
                try FileManager.default.removeItem(atPath: folder + "/" + name)
            }
        }
    }

    func copy() throws { try FileManager.default.copyItem(atPath: before, toPath: after) }

    func remove() { try? FileManager.default.removeItem(atPath: root) }
}

/// Real code to work on.
enum Corpus {
    static let python = Judges.python ?? "/usr/bin/python3"

    /// Copies the standard library, or every n-th of its files.
    static func library(to folder: String, files: Int?) throws {
        try copy(["library", folder] + (files.map { [String($0)] } ?? []))
    }

    /// Copies what a folder holds, with the modes of new files.
    static func folder(_ source: String, to folder: String) throws {
        try copy(["folder", source, folder])
    }

    /// Copies a package from the cache, into which it comes from PyPI.
    static func package(_ requirement: String, to folder: String) throws {
        try copy(["package", Judges.cache("corpus"), folder, requirement])
    }

    private static func copy(_ arguments: [String]) throws {
        let verdict = try Verdict.of(python, [Judges.script("corpus.py")] + arguments)
        if verdict.status == 3 { try Test.cancel("skipped: \(verdict.summary)") }
        try #require(verdict.status == 0, "\(verdict.output)")
    }
}
