import HTTPTransport
import LanguageModels
import Testing

@testable import ModelProviders

struct CompatibleTests {
    @Test(arguments: [
        ("http://localhost:11434", "http://localhost:11434/v1"),
        ("http://localhost:11434/", "http://localhost:11434/v1"),
        ("http://h:1/v1", "http://h:1/v1"), ("http://h:1/v1/", "http://h:1/v1"),
        ("http://h:1/v1/chat/completions", "http://h:1/v1"), ("https://h/openai/v1", "https://h/openai/v1"),
        ("https://h/api/v2/cortex/v1/", "https://h/api/v2/cortex/v1"), ("localhost:8000", "http://localhost:8000/v1"),
        ("api.example.com/v1", "https://api.example.com/v1"), ("https://h/v1beta/openai", "https://h/v1beta/openai"),
        (" https://h/v1/responses ", "https://h/v1"),
    ])
    func `understands every form of address`(text: String, base: String) {
        #expect(ServiceAddress.openAIBase(text) == base)
    }

    @Test(arguments: CompatibleService.all)
    func `knows each service by its name`(service: CompatibleService) {
        #expect(CompatibleService.named(service.name.uppercased()) == service)
        #expect(service.keyVariable?.hasSuffix("_API_KEY") == true)
        #expect(service.needsKey == service.baseURL.hasPrefix("https://"))
    }

    @Test func `knows no service that is not there`() {
        #expect(CompatibleService.named("openia") == nil)
        #expect(CompatibleService.named("llamacpp") == .llamaCpp)
        #expect(CompatibleService.all.count == 10)
    }

    private func body(_ service: CompatibleService, _ request: ModelRequest) async throws -> JSONValue {
        let transport = ScriptedTransport(Answers.chat)
        let model = CompatibleModel("m", service: service, key: "k", transport: transport)
        _ = try await model.respond(to: request)
        #expect(transport.requests.first?.url == service.baseURL + "/chat/completions")
        return try #require(transport.lastBody)
    }

    @Test func `writes plain messages, the old limit and one set of instructions`() async throws {
        var request = ModelRequest(messages: [
            Message(.system, "A"), Message(.user, parts: [.text("x"), .text("y")]), Message(.system, "B"),
        ])
        request.options.maximumTokens = 3
        request.options.topK = 5

        let plain = try await body(CompatibleService(name: "mine", baseURL: "https://h"), request)
        let vLLM = try await body(.vLLM, request)

        #expect(
            plain == [
                "model": "m",
                "messages": [["role": "system", "content": "A\n\nB"], ["role": "user", "content": "x\n\ny"]],
                "max_tokens": 3,
            ]
        )
        #expect(vLLM["top_k"] == 5)
    }

    @Test func `speaks Mistral's dialect`() async throws {
        let call = ToolCall(id: "call_abcdefghijklmn", name: "f")
        var request = ModelRequest(messages: [
            Message(.user, "?"), Message(.assistant, parts: [.toolCall(call)]),
            Message(.tool, parts: [.toolResult(ToolResult(of: call, "1"))]),
        ])
        request.tools = [Tool(name: "f")]
        request.toolChoice = .required
        request.options.seed = 4

        let body = try await body(.mistral, request)

        #expect(body["tool_choice"] == "any")
        #expect(body["random_seed"] == 4)
        let id = try #require(body["messages"]?[1]?["tool_calls"]?[0]?["id"]?.string)
        #expect(id.count == 9)
        #expect(body["messages"]?[2]?["tool_call_id"]?.string == id)
    }

    @Test func `sends reasoning back where a service wants it`() async throws {
        let details = Replay(format: "openai-chat", value: ["reasoning_details": [["type": "x"]]])
        let parts = [MessagePart(.reasoning("hm"), replay: details), .toolCall(ToolCall(id: "c", name: "f"))]
        let request = ModelRequest(messages: [Message(.user, "?"), Message(.assistant, parts: parts)])

        let deepSeek = try await body(.deepSeek, request)["messages"]?[1]
        let openRouter = try await body(.openRouter, request)["messages"]?[1]
        let groq = try await body(.groq, request)["messages"]?[1]

        #expect(deepSeek?["reasoning_content"] == "hm")
        #expect(openRouter?["reasoning_details"] == [["type": "x"]])
        #expect(groq?.object?.keys == ["role", "content", "tool_calls"])
    }

    @Test func `writes a schema into the instructions where the service takes none`() async throws {
        var request = ModelRequest("?")
        request.output = .schema(OutputSchema(name: "n", schema: ["type": "object"], isStrict: false))

        let body = try await body(.deepSeek, request)

        #expect(body["response_format"] == ["type": "json_object"])
        #expect(body["messages"]?[0]?["role"] == "system")
    }

    @Test func `sends no key where there is none, and asks other interfaces when told`() async throws {
        let transport = ScriptedTransport(Answers.responses)
        let model = CompatibleModel("m", service: .ollama, interface: .responses, transport: transport)

        _ = try await model.respond(to: ModelRequest("?"))

        #expect(transport.requests.first?.headers["authorization"] == nil)
        #expect(transport.requests.first?.url == "http://localhost:11434/v1/responses")
    }

    @Test(arguments: [
        (
            400, #"{"code":"invalid-argument","error":"Incorrect API key provided. See https://x"}"#,
            ModelError.Kind.unauthorized
        ),
        (401, #"{"detail":"Invalid API Key"}"#, .unauthorized),
        (
            400, #"{"error":{"type":"too_many_prompt_tokens","code":400,"message":"Too long"}}"#,
            .contextTooLong(limit: nil, count: nil)
        ),
        (
            400,
            #"{"error":{"code":400,"message":"the request exceeds the available context size (4096 tokens)","type":"exceed_context_size_error"}}"#,
            .contextTooLong(limit: 4096, count: nil)
        ),
        (
            500, #"{"error":{"code":500,"message":"Context size has been exceeded.","type":"server_error"}}"#,
            .contextTooLong(limit: nil, count: nil)
        ),
        (
            429,
            #"{"error":{"message":"Please add a payment method","type":"requests","param":null,"code":null}}"#,
            .rateLimited
        ),
        (500, #"{"error":{"message":"The server had an error","type":"server_error"}}"#, .serverError),
        (402, #"{"error":{"message":"Insufficient Balance","type":"unknown_error"}}"#, .quotaExhausted),
        (
            429, #"{"error":{"message":"Provider returned error","code":429,"metadata":{"raw":"x is rate-limited"}}}"#,
            .rateLimited
        ),
        (404, #"{"error":{"message":"model \"x\" not found, try pulling it first","type":"api_error"}}"#, .notFound),
        (422, #"{"detail":[{"loc":["body","x"],"msg":"extra fields not permitted"}]}"#, .invalidRequest),
        (502, "<html><head><title>Bad Gateway</title></head></html>", .serverError),
    ])
    func `reads the errors of compatible servers`(status: Int, body: String, kind: ModelError.Kind) {
        #expect(OpenAIFailure.error(FailedAnswer(status: status, body: Array(body.utf8))).kind == kind)
    }

    @Test func `lists models that are a bare array, with their sizes`() async throws {
        let transport = ScriptedTransport(#"[{"id":"a","display_name":"A","context_length":4096}]"#)
        let model = CompatibleModel("m", service: .together, transport: transport)

        #expect(
            try await model.availableModels()
                == [AvailableModel(name: "a", displayName: "A", maximumInputTokens: 4096)]
        )
    }
}
