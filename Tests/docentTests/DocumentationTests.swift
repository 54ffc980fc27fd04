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

    static let pages = [
        "README.md", "Documentation/language-models.md", "Documentation/tokens.md", "Documentation/swift.md",
    ]

    @Test(arguments: pages)
    func `shows only examples that are compiled`(page: String) throws {
        let files = ["DocumentationTests", "GuideExamples", "GuideTests"]
        let source = Set(try files.flatMap { try lines(of: "Tests/docentTests/\($0).swift") })

        let missing = try examples(of: page).joined().filter { !$0.isEmpty && !source.contains($0) }

        #expect(missing.isEmpty)
    }

    /// The tests import more than an example does, so that the compiler does not notice.
    @Test(arguments: pages)
    func `imports in its examples what declares their types`(page: String) throws {
        let modules = try publicTypes()
        #expect(modules["Usage"] == "LanguageModels")

        for example in try examples(of: page) where example.contains(where: { $0.hasPrefix("import ") }) {
            let words = Set(example.joined(separator: "\n").split { !$0.isLetter && !$0.isNumber }.map(String.init))
            let needed = Set(words.compactMap { modules[$0] })
            #expect(needed.subtracting(imports(of: example)).isEmpty)
        }
    }

    @Test(arguments: pages)
    func `imports only what the products that it names have`(page: String) throws {
        let text = try lines(of: page).joined(separator: "\n")
        let products = try lines(of: "Package.swift").filter { line in
            guard line.hasPrefix(".library(name: \""), let name = line.split(separator: "\"").dropFirst().first else {
                return false
            }
            return text.contains(".product(name: \"\(name)\", package: \"docent\")")
        }

        for module in Set(try examples(of: page).flatMap(imports)) where module != "Testing" {
            let isThere = products.contains { $0.split(separator: "targets:").last?.contains("\"\(module)\"") == true }
            #expect(isThere, "\(module)")
        }
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

    private func imports(of example: [String]) -> Set<String> {
        Set(example.filter { $0.hasPrefix("import ") }.map { String($0.dropFirst(7)) })
    }

    /// The libraries' types at the roots of files, and the modules that they are declared in.
    private func publicTypes() throws -> [String: String] {
        let declaration = /^public (?:final )?(?:struct|class|enum|protocol|actor) (\w+)/
        var modules: [String: String] = [:]
        for module in ["LanguageModels", "HTTPTransport", "ModelProviders", "ModelCatalog", "Tokenization"] {
            let folder = Self.root.appending(path: "Sources/\(module)")
            let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
            for case let file as URL in files?.allObjects ?? [] where file.pathExtension == "swift" {
                for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
                    if let name = line.prefixMatch(of: declaration)?.1 { modules[String(name)] = module }
                }
            }
        }
        return modules
    }

    /// The lines of each Swift example.
    private func examples(of page: String) throws -> [[String]] {
        var examples: [[String]] = []
        var isSwift = false
        for line in try lines(of: page) {
            if line.hasPrefix("```") {
                isSwift = line == "```swift"
                if isSwift { examples.append([]) }
            } else if isSwift {
                examples[examples.count - 1].append(line)
            }
        }
        return examples
    }
}
