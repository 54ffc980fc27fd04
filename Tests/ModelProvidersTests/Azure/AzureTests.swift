import HTTPTransport
import LanguageModels
import Testing

@testable import ModelProviders

struct AzureTests {
    /// What people paste, the version beside it, and where Chat Completions and Responses then are.
    @Test(
        arguments: [
            (
                "https://r.openai.azure.com", nil, "https://r.openai.azure.com/openai/v1/chat/completions",
                "https://r.openai.azure.com/openai/v1/responses"
            ),
            (
                "r", nil, "https://r.openai.azure.com/openai/v1/chat/completions",
                "https://r.openai.azure.com/openai/v1/responses"
            ),
            (
                "https://r.openai.azure.com/", "2024-10-21",
                "https://r.openai.azure.com/openai/deployments/my%20gpt/chat/completions?api-version=2024-10-21",
                "https://r.openai.azure.com/openai/responses?api-version=2025-04-01-preview"
            ),
            (
                "https://r.openai.azure.us/openai", "2025-04-01-preview",
                "https://r.openai.azure.us/openai/deployments/my%20gpt/chat/completions?api-version=2025-04-01-preview",
                "https://r.openai.azure.us/openai/responses?api-version=2025-04-01-preview"
            ),
            (
                "https://r.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-06-01", nil,
                "https://r.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-06-01",
                "https://r.openai.azure.com/openai/responses?api-version=2025-04-01-preview"
            ),
            (
                "r", "2025-03-01-preview",
                "https://r.openai.azure.com/openai/deployments/my%20gpt/chat/completions?api-version=2025-03-01-preview",
                "https://r.openai.azure.com/openai/responses?api-version=2025-03-01-preview"
            ),
            (
                "https://r.openai.azure.com/openai/deployments/d", nil,
                "https://r.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-10-21",
                "https://r.openai.azure.com/openai/responses?api-version=2025-04-01-preview"
            ),
            (
                "https://r.services.ai.azure.com/openai/v1/", nil,
                "https://r.services.ai.azure.com/openai/v1/chat/completions",
                "https://r.services.ai.azure.com/openai/v1/responses"
            ),
            (
                "https://r.openai.azure.com/openai/v1/responses?api-version=preview", nil,
                "https://r.openai.azure.com/openai/v1/chat/completions?api-version=preview",
                "https://r.openai.azure.com/openai/v1/responses?api-version=preview"
            ),
            (
                "https://r.openai.azure.com/openai/v1", "2024-10-21",
                "https://r.openai.azure.com/openai/v1/chat/completions",
                "https://r.openai.azure.com/openai/v1/responses"
            ),
            (
                "https://r.openai.azure.com/openai/v1", "v1",
                "https://r.openai.azure.com/openai/v1/chat/completions?api-version=v1",
                "https://r.openai.azure.com/openai/v1/responses?api-version=v1"
            ),
            (
                "https://r.services.ai.azure.com/models/", nil,
                "https://r.services.ai.azure.com/models/chat/completions?api-version=2024-05-01-preview",
                "https://r.services.ai.azure.com/models/responses?api-version=2024-05-01-preview"
            ),
            (
                "https://r.services.ai.azure.com/models/chat/completions?api-version=2025-01-01", nil,
                "https://r.services.ai.azure.com/models/chat/completions?api-version=2025-01-01",
                "https://r.services.ai.azure.com/models/responses?api-version=2025-01-01"
            ),
        ] as [(String, String?, String, String)]
    )
    func `understands every form of address`(text: String, version: String?, chat: String, responses: String) {
        let address = AzureAddress(text, version: version)

        #expect(address.base + address.chatPath(deployment: "my gpt") == chat)
        #expect(address.base + address.responsesPath == responses)
    }

    @Test func `sends a key as api-key and a token as bearer, asked for each time`() async throws {
        let transport = ScriptedTransport(Answers.chat, Answers.chat)
        let key = AzureAccount("r", credential: .key("k1"), transport: transport)
        let token = AzureAccount("r", credential: .token { "t1" }, transport: transport)

        _ = try await AzureModel("d", account: key).respond(to: ModelRequest("?"))
        _ = try await AzureModel("d", account: token).respond(to: ModelRequest("?"))

        #expect(transport.requests[0].headers["api-key"] == "k1")
        #expect(transport.requests[0].headers["authorization"] == nil)
        #expect(transport.requests[1].headers["authorization"] == "Bearer t1")
        #expect(transport.lastBody?["model"] == "d")
    }

    @Test func `knows what a deployment takes by the model behind it`() async throws {
        let transport = ScriptedTransport(Answers.chat, Answers.chat)
        let account = AzureAccount("r", credential: .key("k"), transport: transport)
        var request = ModelRequest("?")
        request.options.temperature = 0.5
        request.options.maximumTokens = 7

        let known = try await AzureModel("prod", account: account, model: "gpt-5-mini").respond(to: request)
        let unknown = try await AzureModel("prod", account: account).respond(to: request)

        #expect(known.warnings.map(\.option) == ["temperature"])
        #expect(unknown.warnings.isEmpty)
        #expect(transport.lastBody?["max_completion_tokens"] == 7)
    }

    /// Each row: model and version, the name of the limit, whether streams are asked for usage and schemas sent.
    @Test(
        arguments: [
            ("gpt-4o", "2024-02-01", "max_tokens", false, false), ("gpt-4o", "2024-06-01", "max_tokens", false, false),
            ("gpt-4o", "2024-08-01-preview", "max_tokens", false, true),
            ("gpt-4o", "2024-09-01-preview", "max_completion_tokens", true, true),
            ("gpt-4o", "2024-10-21", "max_completion_tokens", true, true),
            ("gpt-4o", nil, "max_completion_tokens", true, true),
            ("gpt-5-nano", "2024-02-01", "max_completion_tokens", true, false),
            ("my-deployment", "2024-06-01", "max_completion_tokens", true, false),
        ] as [(String, String?, String, Bool, Bool)]
    )
    func `sends what a version knows`(
        model: String,
        version: String?,
        limit: String,
        asksUsage: Bool,
        sendsSchema: Bool
    ) async throws {
        let transport = ScriptedTransport("data: \(Answers.chat)\n\n")
        let account = AzureAccount("r", version: version, credential: .key("k"), transport: transport)
        var request = ModelRequest("?")
        request.options.maximumTokens = 7
        request.output = .schema(OutputSchema(name: "n", schema: ["type": "object"], isStrict: false))
        request.tools = [Tool(name: "f", isStrict: false)]

        _ = try await AzureModel(model, account: account).stream(request).response()

        let body = transport.lastBody
        #expect(body?[limit] == 7)
        #expect((body?["stream_options"] != nil) == asksUsage)
        #expect(body?["response_format"]?["type"] == (sendsSchema ? "json_schema" : "json_object"))
        #expect((body?["tools"]?[0]?["function"]?["strict"] != nil) == sendsSchema)
    }

    @Test func `speaks plainly to models of others`() async throws {
        let transport = ScriptedTransport(Answers.chat)
        let account = AzureAccount(
            "https://r.services.ai.azure.com/models",
            credential: .key("k"),
            transport: transport
        )
        var request = ModelRequest("?")
        request.options.maximumTokens = 7

        _ = try await AzureModel("grok-4", account: account).respond(to: request)

        #expect(transport.lastBody?["max_tokens"] == 7)
    }

    @Test(arguments: [
        (
            400,
            #"{"error":{"code":"content_filter","message":"Filtered.","innererror":{"code":"ResponsibleAIPolicyViolation"}}}"#,
            ModelError.Kind.contentFiltered
        ),
        (404, #"{"error":{"code":"DeploymentNotFound","message":"x"}}"#, .notFound),
        (404, #"{"error":{"code":"404","message":"Resource not found"}}"#, .notFound),
        (401, #"{"error":{"code":"401","message":"Access denied"}}"#, .unauthorized),
        (403, #"{"error":{"code":"PermissionDenied","message":"x"}}"#, .permissionDenied),
        (401, #"{"error":{"code":"PermissionDenied","message":"x"}}"#, .unauthorized),
        (
            429,
            #"{"error":{"code":"429","message":"Requests have exceeded token rate limit. Please retry after 21 seconds."}}"#,
            .rateLimited
        ),
        (429, #"{"error":{"code":"429","message":"The system is experiencing high demand"}}"#, .overloaded),
    ])
    func `reads Azure's errors`(status: Int, body: String, kind: ModelError.Kind) {
        let error = OpenAIFailure.error(FailedAnswer(status: status, body: Array(body.utf8)))

        #expect(error.kind == kind)
        if status == 429, kind == .rateLimited { #expect(error.retryAfter == .seconds(21)) }
    }
}
