import Foundation
import HTTPTransport
import LanguageModels
import ModelCatalog
import ModelProviders
import Testing
import Tokenization

/// The Swift examples of the documentation, word for word: they are compiled here, and compared with the pages.
enum DocumentedExamples {
    static func registry() async throws {
        let registry = try ProviderRegistry.configured(transport: CurlTransport())
        let model = try registry.model("anthropic/claude-sonnet-5")

        print(try await model.complete("What is six times seven?", system: "Answer with a number"))

        for try await piece in model.stream("Say goodbye").text { print(piece, terminator: "") }
    }

    struct City: StructuredOutput {
        var name: String
        var population: Int

        static let outputSchema = OutputSchema(
            name: "city",
            properties: ["name": ["type": "string"], "population": ["type": "integer"]]
        )
    }

    static func structured(_ model: some LanguageModel) async throws -> City {
        let city = try await model.completeStructured("The capital of Peru", as: City.self).value
        return city
    }

    static func prices() throws -> Cost? {
        let tokens = TokenEncoding.o200kBase.count("hello world")
        let catalogue = try ModelCatalogue.builtIn()
        let cost = catalogue.match("gpt-5.6")?.profile.prices?.cost(of: Usage(inputTokens: tokens, outputTokens: 100))
        return cost
    }
}

struct DocumentationTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test(arguments: ["README.md", "Documentation/language-models.md", "Documentation/tokens.md"])
    func `shows only examples that are compiled`(page: String) throws {
        let source = Set(try lines(of: "Tests/docentTests/DocumentationTests.swift"))

        let missing = try swiftLines(of: page).filter { !$0.isEmpty && !source.contains($0) }

        #expect(missing.isEmpty)
    }

    @Test func `means what the examples say`() async throws {
        let model = ScriptedModel([.text(#"{"name": "Lima", "population": 10000000}"#)])

        #expect(try await DocumentedExamples.structured(model).name == "Lima")
        #expect(try DocumentedExamples.prices()?.total.description == "$0.002008")
    }

    private func lines(of path: String) throws -> [String] {
        try String(contentsOf: Self.root.appending(path: path), encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.trimmingCharacters(in: .whitespaces) }
    }

    private func swiftLines(of page: String) throws -> [String] {
        var isSwift = false
        return try lines(of: page).filter { line in
            guard line.hasPrefix("```") else { return isSwift }
            isSwift = line == "```swift"
            return false
        }
    }
}
