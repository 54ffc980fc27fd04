import Foundation
import LanguageModels
import ModelCatalog
import Testing

@testable import docent

struct ModelDirectoryTests {
    @Test func `names both lines of a row that stands twice`() throws {
        let message = try Self.message(
            list: """
                models:
                  - id: big
                    provider: house
                  - {id: small, provider: house}
                  - id: big
                    provider: House
                    price: {input: 1}
                """
        )

        #expect(
            message.hasSuffix(
                "/own.yaml:5: models[2]: house/big stands here a second time, after models[0] in line 2"
            )
        )
    }

    @Test func `names the line of a price that is none`() throws {
        let message = try Self.message(
            list: "{\"models\": [\n{\"id\": \"a\", \"provider\": \"p\",\n\"context\": \"x\"}]}"
        )

        #expect(message.contains("own.yaml:3: models[0].context: a count of tokens is expected"))
    }

    @Test(.timeLimit(.minutes(1)))
    func `refuses a list that is nested without end`() throws {
        let message = try Self.message(list: "models: " + String(repeating: "[", count: 200_000))

        #expect(message.hasSuffix("own.yaml:1: values are nested deeper than 100 levels"))
    }

    @Test(arguments: [
        ("work/small", "azure/gpt-5-mini"), ("Work/gpt-4.1", "azure/gpt-4.1"), ("small", "azure/gpt-5-mini"),
        ("google/gemini-2.5-pro", "gemini/gemini-2.5-pro"), ("local/gpt-oss-120b", "openai/gpt-oss-120b"),
    ])
    func `knows the names of a configuration`(name: String, found: String) throws {
        let text = """
            providers:
              work: {type: azure, base_url: "https://x.openai.azure.com", deployments: {small: azure/gpt-5-mini}}
              local: {type: compatible, base_url: "https://models.example.org/v1"}
            """
        let match = try Self.withFile("models.yaml", text) { path in
            try Assembly.directory(CatalogueChoice(configuration: path)).model(name).match
        }

        #expect(match.profile.identity.description == found)
        #expect((match.profile.prices == nil) == name.hasPrefix("local/"))
    }

    private static func message(list: String) throws -> String {
        try withFile("own.yaml", list) { path in
            do {
                _ = try Assembly.directory(CatalogueChoice(list: path))
                return ""
            } catch {
                return "\(error)"
            }
        }
    }

    private static func withFile<Value>(_ name: String, _ text: String, _ work: (String) throws -> Value) throws
        -> Value
    {
        try Subprocess.withFolder { folder in
            let file = folder.appending(path: name)
            try Data(text.utf8).write(to: file)
            return try work(file.path())
        }
    }
}
