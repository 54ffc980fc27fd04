import HTTPTransport
import LanguageModels
import Testing

@testable import ModelProviders

struct GeminiServiceTests {
    private static let hello =
        #"{"candidates":[{"content":{"parts":[{"text":"Hi"}]},"finishReason":"STOP"}],"modelVersion":"m"}"#

    private func answer(_ body: String, status: Int = 200) -> HTTPResponse {
        HTTPResponse(status: status, body: Array(body.utf8))
    }

    @Test(arguments: [
        ("europe-west4", "https://europe-west4-aiplatform.googleapis.com/v1beta1"),
        ("global", "https://aiplatform.googleapis.com/v1beta1"),
        ("eu", "https://aiplatform.eu.rep.googleapis.com/v1beta1"),
        ("us", "https://aiplatform.us.rep.googleapis.com/v1beta1"),
    ])
    func `Vertex is asked where the location is, with a token`(location: String, base: String) async throws {
        let service = ScriptedService([answer(Self.hello)])
        let model = VertexModel(
            "gemini-2.5-flash",
            project: "p",
            location: location,
            transport: service.transport,
            userProject: "payer"
        ) { "token-1" }

        let response = try await model.respond(to: ModelRequest("?"))

        let path = "/projects/p/locations/\(location)/publishers/google/models/gemini-2.5-flash:generateContent"
        #expect(service.urls == [base + path])
        #expect(service.requests[0].headers["authorization"] == "Bearer token-1")
        #expect(service.requests[0].headers["x-goog-user-project"] == "payer")
        #expect(response.text == "Hi" && model.identity.description == "vertex/gemini-2.5-flash")
    }

    @Test func `express mode takes a key and no project`() async throws {
        let service = ScriptedService([answer("data: \(Self.hello)\r\n\r\n")])
        let model = VertexModel(express: "gemini-2.5-flash", key: "k", transport: service.transport)

        let response = try await model.stream(ModelRequest("?")).response()

        let path = "/publishers/google/models/gemini-2.5-flash:streamGenerateContent?alt=sse"
        #expect(service.urls == ["https://aiplatform.googleapis.com/v1" + path])
        #expect(service.requests[0].headers["x-goog-api-key"] == "k" && response.text == "Hi")
    }

    @Test func `counts a whole request at the one, its members at the other`() async throws {
        let request = ModelRequest("Hello", system: "Be kind")
        let studio = ScriptedService([answer(#"{"totalTokens":61}"#)])
        let cloud = ScriptedService([answer(#"{"totalTokens":"62"}"#)])
        let vertex = VertexModel(express: "gemini-2.5-flash", key: "k", transport: cloud.transport)

        #expect(try await studio.model("models/gemini-2.5-flash").countTokens(of: request) == 61)
        #expect(try await vertex.countTokens(of: request) == 62)

        #expect(studio.urls == ["https://g.example/v1beta/models/gemini-2.5-flash:countTokens"])
        #expect(studio.bodies[0]["generateContentRequest"]?["model"] == "models/gemini-2.5-flash")
        #expect(cloud.bodies[0].object?.keys == ["systemInstruction", "contents"])
    }

    @Test func `a count without a number is no count`() async {
        let service = ScriptedService([answer("{}")])

        let error = await #expect(throws: ModelError.self) {
            try await service.model().countTokens(of: ModelRequest("?"))
        }

        #expect(error?.kind == .undecodableAnswer)
    }

    @Test func `lists Vertex's models, and does not go in circles`() async throws {
        let page = #"{"publisherModels":[{"name":"publishers/google/models/gemini-x"}],"nextPageToken":"a/b"}"#
        let service = ScriptedService([answer(page), answer(page), answer(page)])
        let model = VertexModel(express: "gemini-x", key: "k", transport: service.transport)

        let models = try await model.availableModels()

        #expect(models.map(\.name) == ["gemini-x", "gemini-x"])
        #expect(service.urls[1].hasSuffix("/publishers/google/models?pageSize=1000&pageToken=a%2Fb"))
    }

    @Test func `a check of health costs nothing and finds names like a wrong one`() async {
        let missing = #"{"error":{"code":404,"message":"No such model","status":"NOT_FOUND"}}"#
        let list = #"{"models":[{"name":"models/gemini-2.5-flash"},{"name":"models/aqa"}]}"#
        let service = ScriptedService([answer(missing, status: 404), answer(list)])

        let report = await service.model("gemini-2.5-flahs").checkHealth()
        let well = await ScriptedService([answer(#"{"name":"models/x"}"#)]).model().checkHealth()

        #expect(report.problem?.kind == .notFound && report.suggestions == ["gemini-2.5-flash"])
        #expect(service.requests.map(\.method) == ["GET", "GET"])
        #expect(service.urls[0] == "https://g.example/v1beta/models/gemini-2.5-flahs")
        #expect(well.isHealthy && well.latency != nil)
    }
}
