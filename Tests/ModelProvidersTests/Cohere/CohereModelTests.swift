import HTTPTransport
import LanguageModels
import Testing

@testable import ModelProviders

struct CohereModelTests {
    private let home = "https://api.cohere.com"

    private func model(_ service: RecordedService, _ name: String = "command-a-03-2025") -> CohereModel {
        CohereModel(name, key: "secret", baseURL: "\(home)/v2", transport: service)
    }

    @Test func `names the user and reads the answer`() async throws {
        let body = #"{"id":"i","message":{"content":[{"type":"text","text":"4"}]},"finish_reason":"COMPLETE"}"#
        let service = RecordedService(json: ["POST \(home)/v2/chat": body])

        let response = try await model(service).respond(to: ModelRequest("2+2?"))

        #expect(response.text == "4")
        #expect(service.requests.first?.headers["Authorization"] == "Bearer secret")
    }

    @Test func `counts texts, long ones in pieces`() async throws {
        let service = RecordedService(json: ["POST \(home)/v1/tokenize": #"{"tokens":[1,2,3],"token_strings":[]}"#])

        let short = try await model(service).countTokens(of: ModelRequest("Hi", system: "Be terse."))
        let long = try await model(service).countTokens(of: ModelRequest(String(repeating: "é", count: 70_000)))

        #expect(short == 3)
        #expect(long == 6)
        let texts = try service.requests.map { try JSONValue(parsing: $0.body ?? [])["text"]?.string ?? "" }
        #expect(texts[0] == "Be terse.\nHi")
        #expect(texts.dropFirst().map(\.count) == [65_536, 4464])
    }

    @Test func `lists models page by page`() async throws {
        let list = "GET \(home)/v1/models?endpoint=chat&page_size=1000"
        let service = RecordedService(json: [
            list: #"{"models":[{"name":"command-a","context_length":288000}],"next_page_token":"a+b"}"#,
            list + "&page_token=a%2Bb": #"{"models":[{"name":"command-b"}]}"#,
        ])

        let models = try await model(service).availableModels()

        #expect(
            models == [
                AvailableModel(name: "command-a", maximumInputTokens: 288_000), AvailableModel(name: "command-b"),
            ]
        )
    }

    @Test(arguments: [(true, nil as ModelError.Kind?), (false, .unauthorized)])
    func `checks the key before the model`(isValid: Bool, problem: ModelError.Kind?) async {
        let service = RecordedService(json: [
            "POST \(home)/v1/check-api-key": #"{"valid":\#(isValid)}"#,
            "GET \(home)/v1/models/command-a-03-2025": #"{"name":"command-a-03-2025"}"#,
        ])

        let report = await model(service).checkHealth()

        #expect(report.problem?.kind == problem)
    }

    @Test(.enabled(if: WireFixtures.areThere, "no recordings: set DOCENT_WIRE_FIXTURES to their folder"))
    func `finds the recorded model`() async throws {
        let fixture = try #require(try WireFixtures.fixture("cohere", "get-model"))
        let service = RecordedService([
            "POST \(home)/v1/check-api-key": HTTPResponse(status: 200, body: Array(#"{"valid":true}"#.utf8)),
            "GET \(home)/v1/models/command-a-03-2025": fixture.response,
        ])

        #expect(await model(service).checkHealth().isHealthy)
    }
}
