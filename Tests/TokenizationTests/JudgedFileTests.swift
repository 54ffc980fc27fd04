import Foundation
import TestSupport
import Testing
@testable import Tokenization

/// Files of many shapes, judged by the libraries they are for, tokenizers and sentencepiece: 500 texts for each,
/// 5,000 with DOCENT_LONG_TESTS=1.
@Suite(.enabled(if: TokenFileJudge.isInstalled, TokenFileJudge.missing))
struct JudgedFileTests {
    private static let isLong = ProcessInfo.processInfo.environment["DOCENT_LONG_TESTS"] == "1"

    @Test func `differs nowhere from the libraries that files are for`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "docent-files-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        _ = try TokenFileJudge.run(["make", folder.path])
        if let more = ProcessInfo.processInfo.environment["DOCENT_TOKENIZER_FILE"] {
            try FileManager.default.copyItem(atPath: more, toPath: folder.path + "/given.json")
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
            $0.hasSuffix(".json") || $0.hasSuffix(".model")
        }
        #expect(names.count >= 21)
        let rounds = Self.isLong ? 5000 : 500

        for (number, name) in names.sorted().enumerated() {
            let bytes = try [UInt8](Data(contentsOf: folder.appending(path: name)))
            let lines = try lines(rounds, seed: UInt64(number + 1), of: TokenEncoding(file: bytes, name: name))
            let file = folder.appending(path: "lines")
            try Data(lines.utf8).write(to: file)
            let verdict = try TokenFileJudge.run(["judge", folder.path, file.path])
            #expect(verdict == "\(rounds) texts of 1 files, 0 differences", "\(name)")
        }
    }

    private func lines(_ rounds: Int, seed: UInt64, of encoding: TokenEncoding) -> String {
        var strings = StringGenerator(seed: seed)
        var counter = TokenCounter(encoding)
        var lines = ""
        for round in 0..<rounds {
            let text = Self.known(strings.next(pieces: round % 50 == 0 ? 200 : 12))
            let tokens = counter.encode(text)
            #expect(counter.count(text) == tokens.count)
            let ids = tokens.map(String.init).joined(separator: " ")
            lines += "\(encoding.name)\t\(Data(text.utf8).base64EncodedString())\t\(ids)\n"
        }
        return lines
    }

    /// The text without characters that are newer than the libraries.
    private static func known(_ text: String) -> String {
        var known = ""
        for scalar in text.unicodeScalars where (scalar.properties.age?.major ?? 0) <= 13 {
            known.unicodeScalars.append(scalar)
        }
        return known
    }
}

private enum TokenFileJudge {
    private static let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
    private static let judges = ProcessInfo.processInfo.environment["DOCENT_JUDGES"] ?? root + "/.local/judges"
    private static var python: URL { URL(filePath: judges).appending(path: "tokenizers/bin/python") }

    static var isInstalled: Bool { FileManager.default.fileExists(atPath: python.path) }
    static let missing: Comment = "no tokenizers and sentencepiece to judge: scripts/setup installs them from PyPI"

    static func run(_ arguments: [String]) throws -> String {
        let tests = "/" + #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
        let process = ChildProcess()
        let output = Pipe()
        process.executableURL = python
        process.arguments = [tests + "/Judges/judge_token_files.py"] + arguments
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
