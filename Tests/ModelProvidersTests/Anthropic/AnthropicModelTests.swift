import HTTPTransport
import LanguageModels
import Testing

@testable import ModelProviders

struct AnthropicModelTests {
    private let home = "https://api.anthropic.com"

    @Test func `names the user and the version, and reads the answer`() async throws {
        let body = #"{"id":"m","model":"c","content":[{"type":"text","text":"Hello"}],"stop_reason":"end_turn"}"#
        let service = RecordedService(json: ["POST \(home)/v1/messages": body])
        let model = AnthropicModel("claude-haiku-4-5", key: "secret", transport: service)

        let response = try await model.respond(to: ModelRequest("Hi"))

        #expect(response.text == "Hello")
        #expect(model.identity.description == "anthropic/claude-haiku-4-5")
        let headers = service.requests.first?.headers
        #expect(headers?["x-api-key"] == "secret")
        #expect(headers?["anthropic-version"] == "2023-06-01")
        #expect(headers?["Content-Type"] == "application/json")
    }

    @Test func `takes a token for each request`() async throws {
        let service = RecordedService(json: ["POST \(home)/v1/messages": #"{"content":[]}"#])
        let model = AnthropicModel("claude-haiku-4-5", transport: service) { "t1" }

        _ = try await model.respond(to: ModelRequest("Hi"))

        #expect(service.requests.first?.headers["authorization"] == "Bearer t1")
        #expect(service.requests.first?.headers["x-api-key"] == nil)
    }

    @Test(arguments: [
        "https://a.example", "https://a.example/", "https://a.example/v1", "https://a.example/v1/",
        "https://a.example/v1/messages",
    ])
    func `finds the service however its address is written`(baseURL: String) async throws {
        let service = RecordedService(json: ["POST https://a.example/v1/messages": #"{"content":[]}"#])
        let model = AnthropicModel("claude-haiku-4-5", key: "k", baseURL: baseURL, transport: service)

        #expect(try await model.respond(to: ModelRequest("Hi")).text.isEmpty)
    }

    @Test func `counts tokens with what counts`() async throws {
        let service = RecordedService(json: ["POST \(home)/v1/messages/count_tokens": #"{"input_tokens":14}"#])
        var request = ModelRequest("What?", system: "Be terse.")
        request.tools = [Tool(name: "look")]
        request.options.temperature = 0.5
        request.options.stop = ["END"]

        let model = AnthropicModel("claude-haiku-4-5", key: "k", transport: service)

        #expect(try await model.countTokens(of: request) == 14)
        let body = try JSONValue(parsing: service.requests.first?.body ?? [])
        #expect(body.object?.keys == ["model", "system", "messages", "tools"])
    }

    @Test func `lists models page by page`() async throws {
        let service = RecordedService(json: [
            "GET \(home)/v1/models?limit=1000":
                #"{"data":[{"id":"claude-b","display_name":"B","max_input_tokens":9}],"has_more":true,"last_id":"claude-b"}"#,
            "GET \(home)/v1/models?limit=1000&after_id=claude-b":
                #"{"data":[{"id":"claude-a","max_tokens":7}],"has_more":false,"last_id":"claude-a"}"#,
        ])

        let models = try await AnthropicModel("claude-b", key: "k", transport: service).availableModels()

        #expect(
            models == [
                AvailableModel(name: "claude-b", displayName: "B", maximumInputTokens: 9),
                AvailableModel(name: "claude-a", maximumOutputTokens: 7),
            ]
        )
    }

    @Test func `is healthy where the service has the model`() async {
        let service = RecordedService(json: ["GET \(home)/v1/models/claude-b": #"{"id":"claude-b"}"#])

        let report = await AnthropicModel("claude-b", key: "k", transport: service).checkHealth()

        #expect(report.isHealthy)
        #expect(report.latency != nil)
    }

    @Test func `suggests names where the model's is wrong`() async {
        let missing = #"{"type":"error","error":{"type":"not_found_error","message":"model: claude-sonet-4-5"}}"#
        let list = #"{"data":[{"id":"claude-opus-4-8"},{"id":"claude-sonnet-4-5"}],"has_more":false}"#
        let service = RecordedService([
            "GET \(home)/v1/models/claude-sonet-4-5": HTTPResponse(status: 404, body: Array(missing.utf8)),
            "GET \(home)/v1/models?limit=1000": HTTPResponse(status: 200, body: Array(list.utf8)),
        ])

        let report = await AnthropicModel("claude-sonet-4-5", key: "k", transport: service).checkHealth()

        #expect(report.problem?.kind == .notFound)
        #expect(report.suggestions.first == "claude-sonnet-4-5")
    }

    @Test(
        arguments: [
            ([], ""), ([0x66], "Zg=="), ([0x66, 0x6F], "Zm8="), ([0x66, 0x6F, 0x6F], "Zm9v"),
            ([0xFF, 0xFE, 0xFD], "//79"),
        ] as [([UInt8], String)]
    )
    func `writes and reads base64`(bytes: [UInt8], text: String) {
        #expect(Base64.text(of: bytes) == text)
        #expect(Base64.bytes(of: text) == bytes)
    }
}
