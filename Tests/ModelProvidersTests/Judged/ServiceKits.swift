import Foundation
import TestSupport
import Testing

/// The services' own Python packages, where they are, and how they judge.
enum ServiceKits {
    /// The Python of the environment `sdks`; `nil` if it is not installed.
    static let python: String? = {
        let environment = ProcessInfo.processInfo.environment
        let folder = (environment["DOCENT_JUDGES"] ?? root + "/.local/judges") + "/sdks"
        guard FileManager.default.fileExists(atPath: folder + "/installed") else { return nil }
        return folder + "/bin/python"
    }()

    static let areMissing: Comment =
        "skipped: DOCENT_JUDGES lacks the services' Python packages; scripts/setup installs them"

    /// Runs a script of `Judges` on a file of these lines; gives its exit code and what it printed.
    static func verdict(_ script: String, on lines: String) throws -> (status: Int32, output: String) {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("docent-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (input, output) = (folder.appendingPathComponent("input"), folder.appendingPathComponent("output"))
        try Data(lines.utf8).write(to: input)
        try Data().write(to: output)
        let process = ChildProcess()
        process.executableURL = URL(fileURLWithPath: try #require(python))
        process.arguments = ["\(root)/Tests/ModelProvidersTests/Judges/\(script)", input.path]
        process.standardInput = FileHandle.nullDevice
        let handle = try FileHandle(forWritingTo: output)
        process.standardOutput = handle
        process.standardError = handle
        try process.run()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: try Data(contentsOf: output), as: UTF8.self))
    }

    /// The checkout.
    private static let root = String(#filePath.split(separator: "/").dropLast(4).reduce(into: "") { $0 += "/" + $1 })
}
