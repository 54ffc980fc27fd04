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

        let lines = message.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(
            lines.first?.hasSuffix(
                "/own.yaml:5: models[2]: house/big stands here a second time, after models[0] in line 2"
            ) == true
        )
        #expect(lines.last?.hasSuffix("/own.yaml:7: models[2].price: both input and output are expected") == true)
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

    @Test(arguments: [
        ("openai/gpt-4o", "openai/gpt-4o"), ("gpt-4o", "openai/gpt-4o"), ("openai/small", nil),
        ("one/gpt-4o", "azure/gpt-5-mini"), ("one/small", "azure/gpt-5-nano"), ("two/small", "azure/gpt-4.1"),
        ("azure/gpt-4o", "azure/gpt-4o"), ("SMALL", "azure/gpt-5-nano"),
    ])
    func `takes a deployment's name for that of its provider alone`(name: String, found: String?) throws {
        let text = """
            providers:
              one: {type: azure, endpoint: "https://a.openai.azure.com", deployments: {gpt-4o: gpt-5-mini, small: gpt-5-nano}}
              two: {type: azure, endpoint: "https://b.openai.azure.com", deployments: {small: gpt-4.1}}
            """
        let directory = try Self.withFile("models.yaml", text) { path in
            try Assembly.directory(CatalogueChoice(configuration: path))
        }

        #expect((try? directory.model(name))?.match.profile.identity.description == found)
    }

    @Test func `needs no key to know the names of a configuration`() throws {
        let text = """
            max_retries: 1
            providers:
              work: {type: azure, endpoint: "https://x.openai.azure.com", key_file: none, deployments: {a: gpt-5-mini}}
            """
        try Self.withFile("models.yaml", text) { path in
            let directory = try Assembly.directory(CatalogueChoice(configuration: path))

            #expect(try directory.model("work/a").match.profile.identity.description == "azure/gpt-5-mini")
            #expect(throws: (any Error).self) { try Assembly.models(ModelChoice(configuration: path)) }
        }
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
