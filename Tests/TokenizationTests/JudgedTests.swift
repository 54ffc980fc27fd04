import Foundation
import TestSupport
import Testing
import Tokenization

/// Random and mutated real texts, judged by tiktoken itself: 21,000 of them, 1,200,000 with DOCENT_LONG_TESTS=1.
@Suite(.enabled(if: TiktokenJudge.isInstalled, TiktokenJudge.missing))
struct JudgedTests {
    private static let isLong = ProcessInfo.processInfo.environment["DOCENT_LONG_TESTS"] == "1"

    @Test func `differs from tiktoken nowhere`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "docent-tokens-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let rounds = Self.isLong ? 200_000 : 3500
        let names = TokenEncoding.all.map(\.name).filter { $0 != "claude" }
        let seed = UInt64(ProcessInfo.processInfo.environment["DOCENT_TOKEN_SEED"] ?? "") ?? 7

        for (number, name) in names.enumerated() {
            let file = folder.appending(path: name)
            try write(rounds, seed: seed + UInt64(number), for: name, to: file)
            let verdict = try TiktokenJudge.verdict(on: file)
            #expect(verdict == "\(rounds) texts of 1 encodings, 0 differences")
        }
    }

    private func write(_ rounds: Int, seed: UInt64, for name: String, to file: URL) throws {
        var strings = StringGenerator(seed: seed)
        let real = Self.realTexts
        var counter = TokenCounter(try #require(TokenEncoding.named(name)))
        try Data().write(to: file)
        let handle = try FileHandle(forWritingTo: file)
        defer { try? handle.close() }
        var lines = ""
        for round in 0..<rounds {
            let isReal = round % 2 == 0 && !real.isEmpty
            let bytes =
                isReal ? strings.mutated(real[strings.number(below: real.count)]) : Array(strings.next(pieces: 12).utf8)
            let tokens = counter.encode(bytes: bytes)
            if counter.count(bytes: bytes) != tokens.count { lines += "count differs" }
            let ids = tokens.map(String.init).joined(separator: " ")
            lines += "\(name)\t\(Data(bytes).base64EncodedString())\t\(ids)\n"
            if lines.utf8.count > 1 << 20 || round == rounds - 1 {
                try handle.write(contentsOf: Data(lines.utf8))
                lines = ""
            }
        }
    }

    /// Python's standard library and the tutors of vim in many languages, where they are installed.
    private static var realTexts: [[UInt8]] {
        let folders = ["/usr/lib/python3.11", "/usr/share/vim/vim90/tutor", "/usr/share/doc"]
        return folders.flatMap { folder -> [[UInt8]] in
            let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
            let texts = names.sorted().filter { $0.hasSuffix(".py") || $0.hasSuffix(".utf-8") || $0.hasSuffix(".md") }
            return texts.prefix(200).compactMap { name in
                (try? Data(contentsOf: URL(filePath: folder).appending(path: name))).map { [UInt8]($0.prefix(60_000)) }
            }
        }.filter { $0.count > 100 }
    }
}

enum TiktokenJudge {
    private static let judges = URL(
        filePath: ProcessInfo.processInfo.environment["DOCENT_JUDGES"]
            ?? #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/.local/judges"
    )
    private static var python: URL { judges.appending(path: "tiktoken/bin/python") }
    static var ranks: URL { judges.appending(path: "ranks") }

    static var isInstalled: Bool {
        [python, ranks.appending(path: "fb374d419588a4632f3f557e76b4b70aebbca790")]
            .allSatisfy { FileManager.default.fileExists(atPath: $0.path) }
    }

    static let missing: Comment = "no tiktoken to judge: scripts/setup installs it from PyPI"

    static func verdict(on file: URL) throws -> String {
        let script =
            "/" + #filePath.split(separator: "/").dropLast(2).joined(separator: "/") + "/Judges/judge_tokens.py"
        let process = ChildProcess()
        let output = Pipe()
        process.executableURL = python
        process.arguments = [script, ranks.path, file.path]
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
