import Foundation
import TestSupport
import Testing

/// The programs of others that judge docent, where they are, and how they are run.
enum Judges {
    /// The command under test: `DOCENT_BINARY`, else what is built beside the tests.
    static let docent = environment["DOCENT_BINARY"] ?? builtBesideTests
    /// Debian's own Python.
    static let python = executable("/usr/bin/python3")
    /// Whether the long tier runs.
    static let isLong = environment["DOCENT_LONG_TESTS"] == "1"
    /// `tools/verify_writes.py` of the folder that `DOCENT_SHARED` names, else of `shared` beside this checkout.
    static let writesVerifier = file("tools/verify_writes.py", in: shared)
    /// Python files of odd layout: `DOCENT_PYTHON_FIXTURES`, else `shared/fixtures/python` beside this checkout.
    static let fixtures = environment["DOCENT_PYTHON_FIXTURES"] ?? file("fixtures/python", in: shared)

    /// The folder of the judges' virtual environments.
    static let environments = environment["DOCENT_JUDGES"] ?? root + "/.local/judges"

    static let pythonIsMissing: Comment = "skipped: there is no /usr/bin/python3; scripts/setup installs it"
    static let fixturesAreMissing: Comment = "skipped: DOCENT_PYTHON_FIXTURES names no folder"
    static let verifierIsMissing: Comment = "skipped: DOCENT_SHARED names no folder with tools/verify_writes.py"
    static let toolsAreMissing: Comment = "skipped: DOCENT_JUDGES lacks a judge from PyPI; scripts/setup installs it"
    static let longTierOnly: Comment = "skipped: DOCENT_LONG_TESTS=1 runs it"

    /// Other CPythons that judge the reading: those of `DOCENT_PYTHONS`, and `python3.12` to `python3.14` on `PATH` and
    /// among pyenv's versions.
    static let newerPythons: [String] = {
        let named = (environment["DOCENT_PYTHONS"] ?? "").split(separator: ":").map(String.init)
        let path = (environment["PATH"] ?? "").split(separator: ":").filter { !$0.hasSuffix("/shims") }
        let onPath = path.flatMap { folder in (12...14).map { "\(folder)/python3.\($0)" } }
        let versions = (environment["PYENV_ROOT"] ?? (environment["HOME"] ?? "") + "/.pyenv") + "/versions"
        let ofPyenv = ((try? FileManager.default.contentsOfDirectory(atPath: versions)) ?? []).sorted()
            .filter { version in ["3.12.", "3.13.", "3.14."].contains { version.hasPrefix($0) } }
            .map { "\(versions)/\($0)/bin/python3" }
        var seen: Set<String> = []
        return (named + onPath + ofPyenv).compactMap(executable).filter { seen.insert($0).inserted }
    }()

    /// A program of a judge's virtual environment; `nil` if it is not installed.
    static func tool(_ name: String, of environmentName: String) -> String? {
        let folder = "\(environments)/\(environmentName)"
        return file("installed", in: folder).flatMap { _ in executable("\(folder)/bin/\(name)") }
    }

    /// The path of one of our own judges.
    static func script(_ name: String) -> String { "\(root)/Tests/Judges/\(name)" }

    /// A folder of the package cache that outlives a run.
    static func cache(_ name: String) -> String { "\(root)/.local/\(name)" }

    /// A new folder, for the caller to remove.
    static func temporaryFolder() throws -> String {
        let folder = FileManager.default.temporaryDirectory.path + "/docent-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return folder
    }

    static let environment = ProcessInfo.processInfo.environment

    /// The checkout.
    static let root = String(#filePath.split(separator: "/").dropLast(4).reduce(into: "") { $0 += "/" + $1 })

    private static let shared = environment["DOCENT_SHARED"] ?? root + "/../shared"

    static let builtBesideTests: String = {
        let tests = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundlePath
        let folder = tests.map { URL(fileURLWithPath: $0).deletingLastPathComponent().path }
        return (folder ?? root + "/.build/debug") + "/docent"
    }()

    private static func executable(_ path: String) -> String? {
        FileManager.default.isExecutableFile(atPath: path) ? path : nil
    }

    private static func file(_ name: String, in folder: String) -> String? {
        FileManager.default.fileExists(atPath: "\(folder)/\(name)") ? "\(folder)/\(name)" : nil
    }
}

/// What a program said at its end.
struct Verdict {
    let status: Int32
    /// Standard output and standard error, in this order.
    let output: String

    /// The last line that is not empty.
    var summary: String {
        output.split(whereSeparator: \.isNewline).last.map(String.init) ?? ""
    }

    /// The number in front of a word of the summary: `files` in `12 files, 3 declarations`.
    func count(of word: String) -> Int {
        let words = summary.split { $0 == " " || $0 == "," }
        return zip(words, words.dropFirst()).first { $0.1 == word }.flatMap { Int($0.0) } ?? -1
    }

    /// Runs a program to its end; its output goes through files, so that no amount of it stops the program.
    static func of(_ program: String, _ arguments: [String]) throws -> Verdict {
        let folder = try Judges.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let streams = ["\(folder)/output", "\(folder)/error"]
        for stream in streams { try Data().write(to: URL(fileURLWithPath: stream)) }
        let process = ChildProcess()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle(forWritingAtPath: streams[0])
        process.standardError = FileHandle(forWritingAtPath: streams[1])
        try process.run()
        process.waitUntilExit()
        let texts = streams.map { String(decoding: FileManager.default.contents(atPath: $0) ?? Data(), as: UTF8.self) }
        return Verdict(status: process.terminationStatus, output: texts.joined())
    }
}
