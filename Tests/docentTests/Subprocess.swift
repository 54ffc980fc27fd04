import Foundation
import TestSupport
import Testing

/// Runs programs for tests.
struct Subprocess {
    let code: Int32
    let output: Data
    let errors: String

    var text: String { String(decoding: output, as: UTF8.self) }

    /// Runs a program that is looked up on the path, and waits for it.
    static func run(_ words: [String], in folder: URL? = nil, input: Data? = nil) throws -> Subprocess {
        try withFolder { scratch in
            let process = ChildProcess()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = words
            process.currentDirectoryURL = folder
            let files = try ["in", "out", "err"].map { try file($0, in: scratch, holding: $0 == "in" ? input : nil) }
            process.standardInput = files[0]
            process.standardOutput = files[1]
            process.standardError = files[2]
            try process.run()
            process.waitUntilExit()
            let output = try Data(contentsOf: scratch.appending(path: "out"))
            let errors = try Data(contentsOf: scratch.appending(path: "err"))
            let text = String(decoding: errors, as: UTF8.self)
            return Subprocess(code: process.terminationStatus, output: output, errors: text)
        }
    }

    /// Whether a program is installed.
    static func isInstalled(_ program: String) -> Bool {
        let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
        return folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
    }

    /// Lends a new folder, which is removed afterwards.
    static func withFolder<Value>(_ work: (URL) throws -> Value) throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appending(path: "docent-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try work(folder)
    }

    private static func file(_ name: String, in folder: URL, holding data: Data?) throws -> FileHandle {
        let url = folder.appending(path: name)
        try (data ?? Data()).write(to: url)
        return name == "in" ? try FileHandle(forReadingFrom: url) : try FileHandle(forWritingTo: url)
    }
}
