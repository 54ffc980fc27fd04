import Docstrings
import Foundation
import TestSupport
import Testing

/// The folder with virtual environments, one by judge.
private let judges = ProcessInfo.processInfo.environment["DOCENT_JUDGES"]

struct ReadBackTests {
    @Test(
        .enabled(if: judges != nil, "set DOCENT_JUDGES to a folder of virtual environments, docstring_parser in one"),
        arguments: DocstringStyles.names
    )
    func `docstring_parser reads the same names, types and exceptions`(style name: String) throws {
        let style = try #require(DocstringStyles.style(named: name))
        var generated = GeneratedDocstrings(seed: 11, style: name)
        var layout = DocstringLayout()

        let lines = try (0..<400).map { round in
            layout.lineLength = 72 + round % 50
            let docstring = generated.next()
            return try Expectation(docstring, style: name, text: style.render(docstring, layout: layout)).line
        }
        let differences = try judgement(of: lines.joined(separator: "\n") + "\n")

        #expect(differences.isEmpty, "\(differences.prefix(3).joined(separator: "\n"))")
    }

    private func judgement(of input: String) throws -> [String] {
        let process = ChildProcess()
        let folder = URL(filePath: try #require(judges))
        process.executableURL = folder.appending(path: "docstring_parser/bin/python")
        process.arguments = [
            URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Judges/read_back.py").path
        ]
        let file = FileManager.default.temporaryDirectory.appending(path: "read-back-\(UUID().uuidString).jsonl")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(input.utf8).write(to: file)
        process.standardInput = try FileHandle(forReadingFrom: file)
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let answer = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return String(decoding: answer, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}

/// What a reader must find in a text.
private struct Expectation {
    private var fields: [String: Any]

    /// What docstring_parser has no notion of, though the style has: reST's `ytype` and `ivar`.
    init(_ docstring: Docstring, style: String, text: String) {
        fields = [
            "style": style, "text": text, "params": [[Any]](), "attributes": [[Any]](), "returns": false,
            "yields": false, "raises": [String](), "summary": String(text.split(separator: "\n")[0]),
        ]
        for section in docstring.sections {
            switch section {
            case .parameters(let entries): fields["params"] = entries.map(pair)
            case .attributes(let entries) where style != "rest": fields["attributes"] = entries.map(pair)
            case .returns(let entries): fields["returns"] = entries[0].type ?? NSNull() as Any
            case .yields(let entries):
                fields["yields"] = style == "rest" ? NSNull() : entries[0].type ?? NSNull() as Any
            case .raises(let entries): fields["raises"] = entries.map { $0.type ?? "" }
            default: break
            }
        }
    }

    private func pair(_ entry: Docstring.Entry) -> [Any] { [entry.names[0], entry.type ?? NSNull() as Any] }

    var line: String {
        get throws {
            String(decoding: try JSONSerialization.data(withJSONObject: fields), as: UTF8.self)
        }
    }
}
