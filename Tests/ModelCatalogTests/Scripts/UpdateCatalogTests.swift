import Foundation
import TestSupport
import Testing

/// The script that brings the catalogue up to date, on a list of three models; it writes nothing here.
struct UpdateCatalogTests {
    private static let python = "/usr/bin/python3"
    private static let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static let list = """
        {
          "gpt-4o": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 3e-06,
            "output_cost_per_token": 1e-05, "max_input_tokens": 128000, "max_output_tokens": 16384},
          "claude-fable-6": {"litellm_provider": "anthropic", "mode": "chat", "input_cost_per_token": 1.3e-07,
            "output_cost_per_token": 1e-06, "input_cost_per_token_above_100k_tokens_batches": 2e-07,
            "max_input_tokens": 1000000, "max_output_tokens": 64000, "supports_vision": true},
          "gpt-4o-realtime-9": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 1e-06}
        }
        """

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: python), "skipped: there is no /usr/bin/python3"))
    func `prints what has changed, come and gone`() throws {
        let catalog = Self.root.appending(path: "Sources/CModelCatalog/model-catalog.json")
        let before = try Data(contentsOf: catalog)

        let lines = try Self.run()

        #expect(lines.contains("~ openai/gpt-4o price.input: 2.5 -> 3.0"))
        #expect(lines.contains("~ openai/gpt-4o price.batch_discount: 0.5 -> 0.583333"))
        #expect(lines.filter { $0.contains("openai/gpt-4o ") }.count == 2)
        #expect(lines.contains(#"- anthropic/claude-opus-5-5 status: "active" -> null"#))
        let new = lines.filter { $0.hasPrefix("+") }
        #expect(new.count == 1)
        #expect(new[0].hasPrefix(#"+ anthropic/claude-fable-6 row: null -> {"id": "claude-fable-6""#))
        #expect(new[0].contains(#""price": {"input": 0.13, "output": 1.0, "tiers": [{"above_input_tokens": 100000, "#))
        #expect(new[0].contains(#""batch": {"input": 0.2}"#))
        #expect(try Data(contentsOf: catalog) == before)
    }

    private static func run() throws -> [String] {
        let file = FileManager.default.temporaryDirectory.appending(path: "litellm-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(list.utf8).write(to: file)
        let process = ChildProcess()
        process.executableURL = URL(filePath: python)
        process.arguments = [root.appending(path: "scripts/update-catalog").path, file.path]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let answer = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 1)
        return String(decoding: answer, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
