import HTTPTransport
import LanguageModels
import Synchronization
import Testing

@testable import ModelProviders

struct ProviderRegistryTests {
    @Test(arguments: [
        ("openai/gpt-4o-mini", "https://api.openai.com/v1/chat/completions", "Authorization", "Bearer openai-key"),
        ("gpt-4o-mini", "https://api.openai.com/v1/chat/completions", "Authorization", "Bearer openai-key"),
        ("claude-sonnet-5", "https://api.anthropic.com/v1/messages", "x-api-key", "anthropic-key"),
        ("claude/claude-sonnet-5", "https://api.anthropic.com/v1/messages", "x-api-key", "anthropic-key"),
        (
            "google/gemini-2.5-flash",
            "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:generateContent",
            "x-goog-api-key", "gemini-key"
        ),
        ("command-a-03-2025", "https://api.cohere.com/v2/chat", "Authorization", "Bearer cohere-key"),
        (
            "azure/gpt4o",
            "https://example.openai.azure.com/openai/deployments/gpt4o/chat/completions?api-version=2024-10-21",
            "api-key",
            "azure-key"
        ),
        ("groq/llama-3.3-70b", "https://api.groq.com/openai/v1/chat/completions", "Authorization", "Bearer groq-key"),
        ("ollama/qwen3:8b", "http://localhost:11434/v1/chat/completions", "Authorization", ""),
        (
            "openrouter/anthropic/claude-sonnet-4.5", "https://openrouter.ai/api/v1/chat/completions", "Authorization",
            "Bearer router-key"
        ),
        ("house/any", "https://models.example.org/v1/chat/completions", "X-Team", "docs"),
    ])
    func `asks the right address with the right key`(name: String, url: String, header: String, value: String)
        async throws
    {
        let asked = Asked()
        let registry = try self.registry(asked)

        _ = try? await registry.service(name).respond(to: ModelRequest("Hi"))

        let request = try #require(asked.requests.first)
        #expect(request.url == url)
        #expect(request.headers[header] ?? "" == value)
    }

    @Test(arguments: [
        ("gpt-oss-120b", nil, "it cannot be told whose model gpt-oss-120b is; write provider/gpt-oss-120b"),
        (
            "mistral/mistral-large", nil,
            "mistral: there is no key; set MISTRAL_API_KEY, or name a key_file or key_command"
        ),
        ("nope/x", nil, "nope is no provider that is known; there are openai,"),
        ("/x", nil, "it cannot be told whose model /x is; write provider//x"),
        ("x", "nonsense", "nonsense is no provider that is known; there are openai,"),
        ("x", "opnai", "opnai is no provider that is known; did you mean openai?"),
        ("antropic/x", nil, "antropic is no provider that is known; did you mean anthropic?"),
        ("vertex/gemini-2.5-pro", nil, "vertex: there is no token; set VERTEX_ACCESS_TOKEN"),
    ])
    func `says what is missing`(name: String, type: String?, message: String) throws {
        let registry = try registry(Asked())

        let error = #expect(throws: ModelError.self) { try registry.model(name, type: type) }

        #expect(error?.kind == .configuration)
        #expect(error?.message.hasPrefix(message) == true, "\(error?.message ?? "")")
    }

    @Test(arguments: [
        ("openai/", nil, "openai"), ("Claude/", nil, "anthropic"), ("groq/ ", nil, "groq"),
        ("openrouter//", nil, "openrouter"), ("ollama/", nil, "ollama"), ("house/", nil, "house"),
        ("scripted/", nil, "scripted"), ("azure/", "azure", "azure"), (" ", "gemini", "gemini"), ("", nil, "cohere"),
    ])
    func `refuses a name without a model`(name: String, type: String?, provider: String) throws {
        var registry = try registry(Asked(), defaultProvider: "cohere")
        registry.register("Scripted") { _, _ in ScriptedModel([]) }

        for make in [registry.model, registry.service] {
            let error = #expect(throws: ModelError.self) { try make(name, type) }
            #expect(error?.kind == .configuration)
            #expect(error?.message == "\(provider)/ names no model; write the model's name behind it")
        }
    }

    @Test func `asks a service for what concerns no model`() throws {
        #expect(try registry(Asked()).service("", type: "openai") is any ModelListing)
    }

    @Test func `tells how to name a model whose own name has a slash`() throws {
        let registry = try registry(Asked())

        let error = #expect(throws: ModelError.self) { try registry.model("meta-llama/llama-4") }

        #expect(
            error?.message.hasSuffix(
                "; where the slash is part of the model's own name, write provider/meta-llama/llama-4"
            )
                == true
        )
    }

    @Test func `takes the provider that is asked for, whatever the name looks like`() throws {
        let registry = try registry(Asked())

        #expect(try registry.place(of: "gpt-4o", type: "azure").description == "azure/gpt-4o")
        #expect(
            try registry.place(of: "anthropic/claude", type: "openrouter").description == "openrouter/anthropic/claude"
        )
        #expect(try registry.place(of: "openai/gpt-5", type: "OpenAI").description == "openai/gpt-5")
    }

    @Test(arguments: [
        ("openai", [:], true), ("OpenAI", ["OPENAI_BASE_URL": "https://eu.api.openai.com/v1"], true),
        ("openai", ["OPENAI_BASE_URL": "http://127.0.0.1:8080/v1"], false),
        ("openai", ["OPENAI_BASE_URL": "https://api.openai.com.evil.example/v1"], false),
        ("openai", ["OPENAI_BASE_URL": "https://api.openai.com@evil.example/v1"], false),
        ("openai", ["OPENAI_BASE_URL": "https://notapi.openai.com/v1"], false),
        ("claude", ["ANTHROPIC_BASE_URL": "http://api.anthropic.com"], false), ("claude", [:], true),
        ("claude", ["ANTHROPIC_BASE_URL": "https://API.anthropic.com/"], true), ("vertex", [:], true),
        ("cohere", ["CO_API_URL": "http://localhost:9"], false), ("gemini", ["GOOGLE_GEMINI_BASE_URL": "x"], false),
        ("azure", ["AZURE_OPENAI_ENDPOINT": "https://house.openai.azure.com"], true),
        ("azure", ["AZURE_OPENAI_ENDPOINT": "https://gateway.example"], false), ("ollama", [:], false),
        ("groq", [:], true), ("groq", ["GROQ_BASE_URL": "https://gateway.example/v1"], false), ("mine", [:], false),
        ("house", [:], false),
    ])
    func `knows when a service itself is asked`(name: String, environment: [String: String], isOwn: Bool) {
        var configuration = ModelConfiguration()
        configuration.providers["house"] = ProviderSettings(.anthropic)
        configuration.providers["house"]?.baseURL = "https://models.example.org"
        var registry = ProviderRegistry(
            configuration: configuration,
            environment: environment,
            transport: StubTransport { _ in HTTPResponse(status: 500) }
        )
        registry.register("mine") { name, _ in ScriptedModel([]) }

        #expect(registry.isAtOwnAddress(name) == isOwn)
    }

    @Test(arguments: [
        ("Claude", "anthropic"), ("google", "gemini"), ("vertex-ai", "vertex"), ("LM-Studio", "lm-studio"),
        ("House", "house"), ("nosuch", nil), ("", nil),
    ])
    func `knows the names of providers`(name: String, provider: String?) {
        var configuration = ModelConfiguration()
        configuration.providers["house"] = ProviderSettings(.azure)

        #expect(configuration.provider(named: name) == provider)
        #expect(configuration.knownProviders.contains("house"))
        #expect(configuration.kind(of: "house") == .azure)
    }

    @Test func `falls back to the configured provider and model`() throws {
        let registry = ProviderRegistry(
            configuration: {
                var configuration = ModelConfiguration()
                configuration.defaultProvider = "claude"
                configuration.defaultModel = "fast"
                return configuration
            }(),
            transport: StubTransport { _ in HTTPResponse(status: 500) }
        )

        #expect(try registry.place(of: nil).description == "anthropic/fast")
        #expect(try registry.place(of: "gpt-5").description == "anthropic/gpt-5")
    }

    @Test func `knows the program's own providers when it reads a file`() async throws {
        let sources = ConfigurationSources(environment: [:], readFile: { _ in Array("provider: own".utf8) })

        let registry = try ProviderRegistry.configured(
            file: "m",
            registering: ["own": { name, _ in ScriptedModel([.text(name)]) }],
            transport: Asked().transport,
            sources: sources
        )

        #expect(try await registry.model("a").complete("Hi") == "a")
    }

    @Test func `takes providers that are registered at run time`() async throws {
        var registry = try registry(Asked())
        registry.register("Scripted") { name, provider in
            ScriptedModel([.text("\(provider.name) \(name)")])
        }

        #expect(try await registry.model("scripted/a/b").complete("Hi") == "scripted a/b")
        #expect(registry.providers.contains("scripted"))
    }

    @Test func `names the providers that are ready`() throws {
        #expect(
            try registry(Asked()).providers
                == ["anthropic", "azure", "cohere", "gemini", "groq", "house", "openai", "openrouter"]
        )
    }

    @Test func `sends a request again as the configuration says`() async throws {
        let asked = Asked(statuses: [500, 503])
        var configuration = ModelConfiguration()
        configuration.maximumRetries = 2
        configuration.retryDelay = .zero
        let registry = ProviderRegistry(
            configuration: configuration,
            environment: ["OPENAI_API_KEY": "k"],
            transport: asked.transport
        )

        #expect(try await registry.model("gpt-4o").complete("Hi") == "Hello")
        #expect(asked.requests.count == 3)
    }

    @Test(arguments: [(60, 60), (1, 30)])
    func `waits as long as the configuration says`(seconds: Int, longest: Int) {
        var configuration = ModelConfiguration()
        configuration.retryDelay = .seconds(seconds)

        #expect(configuration.retryPolicy.initialDelay == .seconds(seconds))
        #expect(configuration.retryPolicy.maximumDelay == .seconds(longest))
    }

    @Test func `adds what requests do not say`() async throws {
        let asked = Asked()
        let sources = ConfigurationSources(
            environment: [
                "OPENAI_API_KEY": "k", "MAX_TOKENS": "30", "TEMPERATURE": "0.5", "REQUEST_TIMEOUT": "7",
            ]
        )
        let model = try ProviderRegistry.configured(transport: asked.transport, sources: sources).model("gpt-4o")
        var own = ModelRequest("Hi")
        own.options.maximumTokens = 5
        own.options.temperature = 1
        own.options.timeout = .seconds(1)

        for request in [ModelRequest("Hi"), own] { _ = try await model.respond(to: request) }
        _ = try? await model.stream(ModelRequest("Hi")).response()

        let bodies = try asked.requests.map { try JSONValue(parsing: $0.body ?? []) }
        #expect(bodies.map { $0["max_tokens"]?.integer ?? $0["max_completion_tokens"]?.integer } == [30, 5, 30])
        #expect(bodies.map { $0["temperature"]?.double } == [0.5, 1, 0.5])
        #expect(asked.requests.map(\.timeouts.total) == [.seconds(7), .seconds(1), .seconds(7)])
        #expect(model.capability((any ModelListing).self) != nil)
    }

    @Test(arguments: [
        ("openai", "900" as String?, Duration.seconds(60)), ("anthropic", "7", .seconds(7)),
        ("gemini", "7", .seconds(7)),
        ("cohere", nil, .seconds(60)), ("azure", "7", .seconds(7)), ("house", nil, .seconds(60)),
    ])
    func `gives a service that much time for its list`(name: String, limit: String?, time: Duration) async throws {
        let asked = Asked()
        let registry = try registry(asked, timeout: limit)

        _ = try? await registry.service("", type: name).listedModels()
        _ = await (try registry.model("\(name)/x")).health()

        #expect(asked.requests.count >= 2)
        #expect(asked.requests.allSatisfy { $0.timeouts.total == time })
    }

    private func registry(
        _ asked: Asked,
        defaultProvider: String? = nil,
        timeout: String? = nil
    ) throws -> ProviderRegistry {
        let yaml = """
            \(defaultProvider.map { "provider: \($0)" } ?? "# no default")
            \(timeout.map { "timeout: \($0)" } ?? "# no limit")
            providers:
              house:
                type: compatible
                base_url: https://models.example.org
                headers: {X-Team: docs}
            """
        let environment = [
            "OPENAI_API_KEY": "openai-key", "ANTHROPIC_API_KEY": "anthropic-key", "GEMINI_API_KEY": "gemini-key",
            "CO_API_KEY": "cohere-key", "AZURE_OPENAI_API_KEY": "azure-key", "GROQ_API_KEY": "groq-key",
            "AZURE_OPENAI_ENDPOINT": "https://example.openai.azure.com", "OPENAI_API_VERSION": "2024-10-21",
            "OPENROUTER_API_KEY": "router-key", "GOOGLE_CLOUD_PROJECT": "p",
        ]
        let sources = ConfigurationSources(environment: environment, readFile: { _ in Array(yaml.utf8) })
        return try ProviderRegistry.configured(file: "models.yaml", transport: asked.transport, sources: sources)
    }
}
