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

    @Test(arguments: [
        (
            "openai",
            "'openai' is a provider, not a model; write openai/MODEL; 'docent models --provider openai' lists them"
        ),
        ("Claude", "'Claude' is a provider, not a model; write anthropic/MODEL"),
        ("opnai/gpt-5.6", "'opnai' is no provider that is known; did you mean 'openai/gpt-5.6'?"),
        ("nosuch/gpt-5.6", "nosuch is no provider that is known; there are openai, azure"),
        ("compatible/x", "'compatible' is a kind of server, not a provider; describe yours in a file for"),
        ("/gpt-5.6", "'/gpt-5.6' names no provider before its slash; write provider/model"),
        ("nosuch", "it cannot be told whose model nosuch is; write provider/nosuch"),
    ])
    func `says what seems to be wrong with a name`(name: String, message: String) async throws {
        try await withFile("model: \(name)") { path in
            for choice in [ModelChoice(model: name), ModelChoice(configuration: path)] {
                let error = #expect(throws: ModelError.self) { _ = try Assembly.models(choice).model() }

                #expect(
                    error?.description.hasPrefix("wrong configuration: \(message)") == true
                )
            }
        }
    }

    @Test func `says that a kind of servers is no provider`() {
        let choice = ModelChoice(model: "x", type: "Compatible")
        let error = #expect(throws: ModelError.self) { _ = try Assembly.models(choice).model() }

        #expect(error?.description.contains("'Compatible' is a kind of server, not a provider; describe yours") == true)
        #expect(throws: InputError.self) { try Assembly.directory(CatalogueChoice()).models(of: "compatible") }
    }

    @Test func `asks a provider that a configuration calls compatible`() async throws {
        try await withFile("providers: {compatible: {type: compatible, base_url: http://127.0.0.1:1/v1}}") { path in
            let model = try Assembly.models(ModelChoice(model: "compatible/x", configuration: path)).model()

            #expect(model.identity.description == "compatible/x")
        }
    }

    @Test func `says that a name is blank`() {
        let error = #expect(throws: ModelError.self) { _ = try Assembly.models(ModelChoice(model: " ")).model() }

        #expect(error?.description == "wrong configuration: the model's name is blank; write provider/model")
    }

    @Test func `says with which option a model is named`() throws {
        let error = #expect(throws: ModelError.self) { _ = try Assembly.models(ModelChoice()).model() }

        let advice = "name one, as in '--model openai/gpt-5.6', or set DOCENT_MODEL"
        #expect(error?.description == "wrong configuration: no model is named; \(advice)")
    }

    @Test func `says who has no key when models are listed`() async throws {
        try await withFile("providers: {work: {type: anthropic, key_env: NO_SUCH_VARIABLE}}") { path in
            let access = try Assembly.models(ModelChoice(configuration: path))
            let error = await #expect(throws: ModelError.self) { try await access.list("work") }
            await access.close()

            #expect(error?.description.hasPrefix("work/models: wrong configuration: ") == true)
        }
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
