import HTTPTransport
import LanguageModels
import Testing

@testable import ModelProviders

/// Answers in another shape than was asked for, by all services alike.
struct AnswerShapeTests {
    private static let wholes: [(String, String)] = [
        ("chat", Answers.chat), ("responses", Answers.responses),
        (
            "anthropic",
            #"{"type":"message","id":"m","content":[{"type":"text","text":"Hi"}],"stop_reason":"end_turn","usage":{"input_tokens":1,"output_tokens":1}}"#
        ),
        ("gemini", #"{"candidates":[{"content":{"parts":[{"text":"Hi"}]},"finishReason":"STOP"}]}"#),
        (
            "cohere",
            #"{"id":"i","message":{"role":"assistant","content":[{"type":"text","text":"Hi"}]},"finish_reason":"COMPLETE"}"#
        ),
    ]

    private static func transport(_ body: String, type: String, status: Int = 200) -> StubTransport {
        let body = Array(body.utf8)
        return StubTransport(pieceBytes: 7) { _ in
            HTTPResponse(status: status, headers: ["Content-Type": type], body: body)
        }
    }

    @Test(arguments: wholes, ["application/json", "text/event-stream", ""])
    func `takes a whole answer where a stream was asked for`(whole: (String, String), type: String) async throws {
        let model = FormatModels.model(whole.0, Self.transport("\n" + whole.1, type: type))

        let response = try await model.stream(ModelRequest("?")).response()

        #expect(response.text == "Hi")
        #expect(response.finishReason == .stop)
    }

    @Test func `takes a stream whatever its type of content`() async throws {
        let events = """
            data: {"id":"c","choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":"stop"}]}

            data: [DONE]

            """
        let model = FormatModels.model("chat", Self.transport(events, type: "application/json"))

        #expect(try await model.stream(ModelRequest("?")).response().text == "Hi")
    }

    @Test(arguments: ["chat", "responses", "anthropic", "gemini", "cohere"], [true, false])
    func `reports an error under status 200`(name: String, isStream: Bool) async {
        let body = #"{"error":{"type":"overloaded_error","message":"Overloaded","code":503,"status":"UNAVAILABLE"}}"#
        let model = FormatModels.model(name, Self.transport(body, type: "application/json"))

        let error = await #expect(throws: ModelError.self) {
            _ =
                isStream
                ? try await model.stream(ModelRequest("?")).response() : try await model.respond(to: ModelRequest("?"))
        }

        #expect(error?.kind == .overloaded)
        #expect(error?.isRetryable == true)
    }

    @Test(arguments: ["null", "{}", "\"\"", "false", "[]"])
    func `takes an error with nothing in it for none`(nothing: String) async throws {
        let body = #"{"error":\#(nothing),"# + Answers.chat.dropFirst()
        let model = FormatModels.model("chat", Self.transport(body, type: "application/json"))

        #expect(try await model.respond(to: ModelRequest("?")).text == "Hi")
        #expect(try await model.stream(ModelRequest("?")).response().text == "Hi")
    }

    @Test(arguments: [
        "0123456789abcdef0123456789abcdef", "AbCdEf0123456789AbCdEf0123456789AbCdEf01", "sk-proj-0123456789",
    ])
    func `shows no key that an answer repeats`(key: String) async {
        let body = #"{"error":{"message":"the key \#(key) is not known"}}"#
        let model = OpenAIModel(
            "gpt-4o",
            endpoint: .openAI(key: key, transport: Self.transport(body, type: "application/json")),
            interface: .chat
        )

        for isStream in [true, false] {
            let error = await #expect(throws: ModelError.self) {
                _ =
                    isStream
                    ? try await model.stream(ModelRequest("?")).response()
                    : try await model.respond(to: ModelRequest("?"))
            }
            #expect(error?.description.contains(key) == false)
            #expect(error?.message.contains("is not known") == true)
        }
    }

    @Test(arguments: [
        (403, "Out of call volume quota. Quota will be replenished in 12 days.", ModelError.Kind.quotaExhausted),
        (403, "You may not use this model.", .permissionDenied),
        (403, "Country, region, or territory not supported", .regionUnsupported),
    ])
    func `tells what is forbidden from what is used up`(status: Int, words: String, kind: ModelError.Kind) {
        let body: JSONValue = ["error": ["code": .string("\(status)"), "message": .string(words)]]

        #expect(OpenAIFailure.error(FailedAnswer(status: status, body: body.bytes)).kind == kind)
    }

    @Test func `leaves lists whose pages go round in circles`() async throws {
        let transport = StubTransport { request in
            let next = request.url.hasSuffix("=a") ? "b" : "a"
            let body =
                #"{"data":[{"id":"m-\#(next)"}],"has_more":true,"last_id":"\#(next)","next_page_token":"\#(next)"}"#
            return HTTPResponse(status: 200, body: Array(body.utf8))
        }

        let models = try await AnthropicModel("c", key: "k", transport: transport).availableModels()

        #expect(models.map(\.name) == ["m-a", "m-b", "m-a"])
        #expect(try await CohereModel("c", key: "k", transport: transport).availableModels() == [])
    }

    private struct NoToken: Error, CustomStringConvertible {
        var description: String { "log in first" }
    }

    @Test func `says in a check that no token was given`() async {
        let transport = StubTransport { _ in HTTPResponse(status: 200, body: Array("{}".utf8)) }
        let azure = AzureModel(
            "gpt",
            account: AzureAccount("res", credential: .token { throw NoToken() }, transport: transport)
        )
        let vertex = AnthropicModel(
            "c",
            endpoint: ServiceEndpoint(baseURL: "https://a.example", transport: transport) { throw NoToken() }
        )

        for report in await [azure.checkHealth(), vertex.checkHealth()] {
            #expect(report.problem?.kind == .configuration)
            #expect(report.problem?.message == "the credentials could not be had: log in first")
            #expect(report.latency == nil)
        }
    }
}
