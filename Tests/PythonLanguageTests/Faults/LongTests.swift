import Foundation
import PythonLanguage
import SourceCode
import Testing

/// Whether the tests that take minutes are asked for.
enum LongTests {
    static let areAsked = ProcessInfo.processInfo.environment["DOCENT_LONG_TESTS"] != nil
    static let comment: Comment = "skipped: DOCENT_LONG_TESTS=1 runs it"
}

/// Files of the standard library of the CPython at hand.
enum LibraryFiles {
    /// Each file of a package or a module by its path below the library's folder; those in `test` folders left out.
    static func files(in parts: [String]) throws -> [SourceFile] {
        let folders: [String] = try PythonJudge.answers(
            to: [0],
            script: "import sysconfig\ndef answer(_): return sysconfig.get_path('stdlib')"
        )
        let folder = try #require(folders.first)
        return try parts.flatMap { part in
            let names = part.hasSuffix(".py") ? [part] : try pythonFiles(below: folder, part)
            return try names.map { name in
                let data = try Data(contentsOf: URL(filePath: "\(folder)/\(name)"))
                return SourceFile(path: name, bytes: Array(data))
            }
        }
    }

    private static func pythonFiles(below folder: String, _ part: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: "\(folder)/\(part)").sorted()
            .filter { $0.hasSuffix(".py") && !$0.hasPrefix("test") && !$0.contains("/test") }
            .map { "\(part)/\($0)" }
    }
}

/// Work on a thread with as small a stack as Swift's own workers have on some systems.
enum SmallStack {
    static let size = 512 * 1024

    /// Does the work and waits for it.
    static func run<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            let thread = Thread { continuation.resume(returning: work()) }
            thread.stackSize = size
            thread.start()
        }
    }
}

extension PythonLanguage {
    /// The refusal of a text, or nil.
    func refusal(of text: String) -> SourceError? {
        do throws(SourceError) {
            _ = try read(SourceFile(text: text))
            return nil
        } catch {
            return error
        }
    }
}
