import Documenter
import Foundation
import PythonLanguage
import SourceCode
import Testing

struct MutationTests {
    private static let isLong = ProcessInfo.processInfo.environment["DOCENT_LONG_TESTS"] != nil

    /// Sixteen rows of numbers, so that they are worked on side by side.
    @Test(arguments: 0..<16)
    func `a spoilt file is refused, or takes docstrings that the gate proves`(row: Int) {
        var mutation = Mutation(seed: UInt64(row) + 1)
        let original = Array(MutationSample.text.utf8)
        var readCount = 0

        for _ in 0..<(Self.isLong ? 20_000 : 512) / 16 {
            let file = SourceFile(path: "a.py", bytes: mutation.mutated(original))
            guard let outline = try? PythonLanguage().read(file) else { continue }
            readCount += 1
            check(outline)
        }

        #expect(readCount > 0)
    }

    private func check(_ outline: SourceOutline) {
        let language = PythonLanguage()
        let texts = Dictionary(
            uniqueKeysWithValues: outline.tables.declarations.indices.map { ($0, "Says \"\($0)\".\n\nMore \\ of it.") }
        )
        for suites in PlacementOptions.OneLineSuites.allCases {
            var options = PlacementOptions()
            options.oneLineSuites = suites
            let placements = language.placements(of: texts, in: outline, options: options)

            let verdict = Gate(language: language, outline: outline).verdict(on: placements.edits)

            let source = outline.encoding.decode(outline.file.bytes)
            #expect(verdict.edits.count + verdict.undone.count == placements.edits.count)
            #expect(verdict.undone.allSatisfy { $0.reason.contains("comment") }, "\(verdict.undone) in:\n\(source)")
            #expect(placements.edits.count + placements.refusals.count == texts.count, "\(placements.refusals)")
        }
    }

    @Test(.enabled(if: isLong, "skipped: DOCENT_LONG_TESTS=1 runs it"))
    func `spoilt files are accepted and refused as by CPython`() throws {
        let pythons = try Self.pythons()
        try #require(!pythons.isEmpty)
        var mutation = Mutation(seed: 99)
        let original = Array(MutationSample.text.utf8)
        let files = (0..<20_000).map { _ in mutation.mutated(original) }
        let ours = files.map { (try? PythonLanguage().read(SourceFile(path: "a.py", bytes: $0))) != nil }
        let theirs = try pythons.map { try verdicts(of: $0, on: files) }

        var disagreements = 0
        for (index, isAccepted) in ours.enumerated() where !theirs.contains(where: { $0[index] == isAccepted }) {
            disagreements += 1
            guard disagreements <= 20 else { continue }
            Issue.record("accepted: \(isAccepted)\n\(String(decoding: files[index], as: UTF8.self).debugDescription)")
        }

        print("spoilt files judged by \(pythons.count) CPythons: \(files.count), disagreements: \(disagreements)")
        #expect(disagreements == 0)
    }

    /// CPythons from 3.12 on, which know the sample's syntax.
    private static func pythons() throws -> [String] {
        let home = ProcessInfo.processInfo.environment["HOME"] ?? ""
        let versions = home + "/.pyenv/versions"
        let installed = ((try? FileManager.default.contentsOfDirectory(atPath: versions)) ?? []).sorted()
            .filter { name in (12...14).contains { name.hasPrefix("3.\($0).") } }
            .map { "\(versions)/\($0)/bin/python3" }
        let named = (ProcessInfo.processInfo.environment["DOCENT_PYTHONS"] ?? "").split(separator: ":").map(String.init)
        return (named + installed).filter(FileManager.default.isExecutableFile)
    }

    private func verdicts(of python: String, on files: [[UInt8]]) throws -> [Bool] {
        let folder = try TemporaryFolder()
        try folder.write(
            """
            import ast, io, sys, tokenize, warnings
            warnings.simplefilter('ignore')
            for line in sys.stdin:
                try:
                    source = bytes.fromhex(line)
                    # Read from a file, malformed bytes are refused in comments, too.
                    source.decode(tokenize.detect_encoding(io.BytesIO(source).readline)[0])
                    ast.parse(source)
                    print(1, end='')
                except (SyntaxError, ValueError, RecursionError, MemoryError):
                    print(0, end='')
            """,
            to: "judge.py"
        )
        let lines = files.map { file in file.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + "\n" }
        let ran = try Ran([python, "judge.py"], in: folder.path, input: Data(lines.joined().utf8))
        let answers = ran.output.map { $0 == UInt8(ascii: "1") }
        try #require(answers.count == files.count)
        return answers
    }
}
