import HTTPTransport
import LanguageModels
import Testing

@testable import ModelProviders

struct OpenAIModelTests {
    /// Model, whether tools are given, and the path that is asked.
    @Test(arguments: [
        ("gpt-4o", false, "/v1/chat/completions"), ("gpt-4o", true, "/v1/chat/completions"),
        ("gpt-5-mini", true, "/v1/chat/completions"), ("gpt-5.4", true, "/v1/responses"),
        ("gpt-5.4", false, "/v1/chat/completions"), ("gpt-5.6-luna", true, "/v1/responses"),
        ("gpt-5.1-codex", false, "/v1/responses"), ("gpt-4o-audio-preview", true, "/v1/chat/completions"),
    ])
    func `chooses the interface that suits model and request`(model: String, hasTools: Bool, path: String) async throws
    {
        let transport = ScriptedTransport(path.hasSuffix("responses") ? Answers.responses : Answers.chat)
        var request = ModelRequest("?")
        if hasTools { request.tools = [Tool(name: "f")] }

        let response = try await OpenAIModel(model, endpoint: .openAI(key: "k", transport: transport)).respond(
            to: request
        )

        #expect(response.text == "Hi")
        #expect(transport.requests.map(\.url) == ["https://api.openai.com\(path)"])
    }

    @Test(arguments: [("tools", "/v1/responses"), ("conversation", "/v1/responses"), ("user", "/v1/chat/completions")])
    func `goes to Responses for what that alone has`(member: String, path: String) async throws {
        let transport = ScriptedTransport(path.hasSuffix("responses") ? Answers.responses : Answers.chat)
        var request = ModelRequest("?")
        request.options.openAI.responses[member] = [["type": "web_search"]]

        _ = try await OpenAIModel("gpt-5", endpoint: .openAI(key: "k", transport: transport)).respond(to: request)

        #expect(transport.requests.map(\.url) == ["https://api.openai.com\(path)"])
    }

    @Test(arguments: [
        (OpenAIModel.baseURL, "https://api.openai.com/v1/chat/completions"),
        ("https://gateway.example.org/v1", "https://gateway.example.org/v1/chat/completions"),
    ])
    func `is made with a key, as the other services' models are`(baseURL: String, url: String) async throws {
        let transport = ScriptedTransport(Answers.chat)

        _ = try await OpenAIModel("gpt-4o", key: "k", baseURL: baseURL, transport: transport).complete("?")

        #expect(transport.requests.map(\.url) == [url])
        #expect(transport.requests.first?.headers["Authorization"] == "Bearer k")
    }

    @Test func `goes on where a conversation began, and where the caller says`() async throws {
        let transport = ScriptedTransport(Answers.responses, Answers.responses, Answers.chat)
        let endpoint = ServiceEndpoint.openAI(key: "k", transport: transport)
        let response = try await OpenAIModel("gpt-5", endpoint: endpoint, interface: .responses)
            .respond(to: ModelRequest("?"))
        let request = ModelRequest(messages: [Message(.user, "?"), response.message, Message(.user, "And?")])

        _ = try await OpenAIModel("gpt-5", endpoint: endpoint).respond(to: request)
        _ = try await OpenAIModel("gpt-5", endpoint: endpoint, interface: .chat).respond(to: request)

        #expect(transport.requests.map { $0.url.hasSuffix("/responses") } == [true, true, false])
    }

    @Test func `sends the key, the account and the body's type`() async throws {
        let transport = ScriptedTransport(Answers.chat)
        let endpoint = ServiceEndpoint.openAI(
            key: "sk-1",
            baseURL: "https://eu.api.openai.com/v1/",
            account: OpenAIAccount(organization: "org-1", project: "proj_1"),
            transport: transport
        )

        _ = try await OpenAIModel("gpt-4o", endpoint: endpoint).respond(to: ModelRequest("?"))

        let request = try #require(transport.requests.first)
        #expect(request.url == "https://eu.api.openai.com/v1/chat/completions")
        #expect(request.headers["authorization"] == "Bearer sk-1")
        #expect(request.headers["openai-organization"] == "org-1")
        #expect(request.headers["openai-project"] == "proj_1")
        #expect(request.headers["content-type"] == "application/json")
    }

    @Test(arguments: [false, true])
    func `never shows the key that an error quotes`(isStream: Bool) async {
        let body = #"{"error":{"message":"Incorrect API key provided: my-odd-key-42.","code":"invalid_api_key"}}"#
        let headers: HTTPHeaders = ["x-request-id": "req_1", "retry-after": "2"]
        let answer = HTTPResponse(status: 401, headers: headers, body: Array(body.utf8))
        let model = OpenAIModel(
            "gpt-4o",
            endpoint: .openAI(key: "my-odd-key-42", transport: ScriptedTransport([answer]))
        )

        await #expect {
            if isStream { _ = try await model.stream(ModelRequest("?")).response() }
            _ = try await model.respond(to: ModelRequest("?"))
        } throws: { error in
            "\(error)"
                == "openai/gpt-4o: the key was not accepted: Incorrect API key provided: ***; "
                + "check the key and the address it is for (status 401, request req_1)"
        }
    }

    @Test(arguments: [
        (#"{"error":{"message":"no credit on my-odd-key-42"}}"#, false),
        (#"data: {"error":{"message":"no credit on my-odd-key-42"}}"# + "\n\n", true),
        ("<html><title>my-odd-key-42 is not known</title></html>", false),
        ("<html><title>my-odd-key-42 is not known</title></html>", true),
        (#"data: {"id":"my-odd-key-42", nonsense"# + "\n\n", true),
    ])
    func `never shows the key that a body quotes under a good status`(body: String, isStream: Bool) async throws {
        let transport = StubTransport(pieceBytes: 9) { _ in HTTPResponse(status: 200, body: Array(body.utf8)) }
        let model = OpenAIModel("gpt-4o", endpoint: .openAI(key: "my-odd-key-42", transport: transport))

        let error = try #require(
            await #expect(throws: ModelError.self) {
                if isStream { _ = try await model.stream(ModelRequest("?")).response() }
                _ = try await model.respond(to: ModelRequest("?"))
            }
        )

        #expect(!"\(error) \(error.answerText ?? "")".contains("my-odd-key"))
        #expect(error.message.contains("***") || error.answerText?.contains("***") == true)
    }

    @Test func `counts tokens with what the count depends on`() async throws {
        let transport = ScriptedTransport(#"{"object":"response.input_tokens","input_tokens":16}"#)
        var request = ModelRequest("?", system: "Be terse.")
        request.options.maximumTokens = 100
        request.options.openAI.responses["previous_response_id"] = "resp_1"
        request.options.openAI.responses["metadata"] = ["a": "b"]

        let count = try await OpenAIModel("gpt-5", endpoint: .openAI(key: "k", transport: transport))
            .countTokens(of: request)

        #expect(count == 16)
        #expect(transport.requests.first?.url == "https://api.openai.com/v1/responses/input_tokens")
        #expect(
            transport.lastBody
                == [
                    "model": "gpt-5", "instructions": "Be terse.", "input": [["role": "user", "content": "?"]],
                    "previous_response_id": "resp_1",
                ]
        )
    }

    private static let list = #"{"object":"list","data":[{"id":"gpt-5-mini"},{"id":"gpt-5"},{"id":"whisper-1"}]}"#

    @Test func `lists the models`() async throws {
        let transport = ScriptedTransport(Self.list)

        let models = try await OpenAIModel("gpt-5", endpoint: .openAI(key: "k", transport: transport)).availableModels()

        #expect(models.map(\.name) == ["gpt-5-mini", "gpt-5", "whisper-1"])
        #expect(transport.requests.first?.method == "GET")
        #expect(transport.requests.first?.url == "https://api.openai.com/v1/models")
    }

    @Test func `finds a model healthy that the service lists`() async {
        let model = OpenAIModel("gpt-5-mini", endpoint: .openAI(key: "k", transport: ScriptedTransport(Self.list)))

        let report = await model.checkHealth()

        #expect(report.isHealthy)
        #expect(report.latency != nil)
    }

    @Test func `suggests names where the model's is wrong`() async {
        let model = OpenAIModel("gpt-5-mni", endpoint: .openAI(key: "k", transport: ScriptedTransport(Self.list)))

        let report = await model.checkHealth()

        #expect(report.problem?.kind == .notFound)
        #expect(report.suggestions.first == "gpt-5-mini")
        #expect(!report.suggestions.contains("whisper-1"))
    }

    @Test func `says in the report what is wrong with the key`() async {
        let answer = HTTPResponse(status: 401, body: Array(#"{"error":{"message":"No."}}"#.utf8))
        let model = OpenAIModel("gpt-5", endpoint: .openAI(key: "k", transport: ScriptedTransport([answer])))

        #expect(await model.checkHealth().problem?.kind == .unauthorized)
    }
}
