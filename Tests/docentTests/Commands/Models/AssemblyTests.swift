import Foundation
import LanguageModels
import Testing

@testable import docent

/// The services as they are put together for the real program; nothing is asked that answers.
struct AssemblyTests {
    @Test(arguments: ["openai/", "OpenAI/", "openai/ "])
    func `refuses a name that ends behind its provider`(name: String) async throws {
        let error = #expect(throws: ModelError.self) { try Assembly.models(ModelChoice(model: name)) }

        let advice = "write openai/MODEL; 'docent models --provider openai' lists them"
        #expect(error?.description == "wrong configuration: 'openai/' names no model; \(advice)")
    }

    @Test func `knows a service by the name that the configuration gives it`() async throws {
        let configuration = """
            model: work/small
            providers:
              work: {type: azure, endpoint: "http://127.0.0.1:1", key_env: HOME}
              house: {type: compatible, base_url: "http://127.0.0.1:1"}
            """
        try await withFile(configuration) { path in
            let access = try Assembly.models(ModelChoice(configuration: path))
            let reports = [await access.health("work"), await access.health("house")]
            await access.close()

            #expect(reports.map(\.identity.provider) == ["work", "house"])
            #expect(reports.allSatisfy { !$0.isHealthy })
        }
    }

    private func withFile(_ text: String, _ work: (String) async throws -> Void) async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "docent-\(UUID().uuidString).yaml")
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        try await work(file.path())
    }
}
