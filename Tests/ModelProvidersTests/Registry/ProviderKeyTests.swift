import HTTPTransport
import LanguageModels
import ModelProviders
import Synchronization
import Testing

/// Where keys come from, and where they are not sent.
struct ProviderKeyTests {
    @Test func `does not send a key in the clear`() throws {
        var configuration = ModelConfiguration()
        for (name, url) in [("far", "http://example.org/v1"), ("trick", "http://localhost@evil.example/v1")] {
            configuration.providers[name] = ProviderSettings(.compatible)
            configuration.providers[name]?.baseURL = url
        }
        let registry = ProviderRegistry(
            configuration: configuration,
            transport: StubTransport { _ in HTTPResponse(status: 200) }
        )

        for name in ["far/x", "trick/x"] {
            let error = #expect(throws: ModelError.self) { try registry.model(name) }
            #expect(error?.message.contains("allow_insecure_http") == true)
        }
        configuration.providers["far"]?.allowsInsecureHTTP = true
        let allowed = ProviderRegistry(
            configuration: configuration,
            transport: StubTransport { _ in HTTPResponse(status: 200) }
        )
        #expect(throws: Never.self) { try allowed.model("far/x") }
    }

    @Test func `sends in the clear only where the provider's own settings say so`() async throws {
        let yaml = """
            providers:
              near: {type: compatible, base_url: "http://near.example/v1", allow_insecure_http: true}
              azure: {endpoint: "http://azure.example", allow_insecure_http: true, headers: {X-Team: docs}}
              vertex: {base_url: "http://vertex.example/v1", allow_insecure_http: true, headers: {X-Team: docs}}
              far: {type: compatible, base_url: "https://far.example/v1"}
            """
        let asked = Asked()
        let sources = ConfigurationSources(
            environment: ["AZURE_OPENAI_API_KEY": "k", "GOOGLE_API_KEY": "k"],
            readFile: { _ in Array(yaml.utf8) }
        )
        let registry = try ProviderRegistry.configured(file: "m", transport: asked.transport, sources: sources)

        for name in ["near/x", "azure/x", "vertex/x", "far/x", "ollama/x"] {
            _ = try? await registry.service(name).respond(to: ModelRequest("Hi"))
        }

        #expect(asked.requests.map(\.allowsInsecureHTTP) == [true, true, true, false, false])
        #expect(asked.requests.map { $0.headers["X-Team"] } == [nil, "docs", "docs", nil, nil])
        #expect(asked.requests[2].url.hasPrefix("http://vertex.example/v1/publishers/"))
    }

    @Test func `runs a key's command once, and shows its output to nobody`() async throws {
        let runs = Mutex(0)
        var configuration = ModelConfiguration()
        configuration.providers["openai"] = ProviderSettings(.openai)
        configuration.providers["openai"]?.key = .command("pass show key")
        let asked = Asked()
        let sources = ConfigurationSources(
            environment: [:],
            run: { _ in
                runs.withLock { $0 += 1 }
                return "secret-key\n"
            }
        )
        let registry = ProviderRegistry(configuration: configuration, transport: asked.transport, sources: sources)

        for _ in 0..<3 { _ = try? await registry.service("openai/gpt-4o").respond(to: ModelRequest("Hi")) }

        #expect(runs.withLock { $0 } == 1)
        #expect(asked.requests.allSatisfy { $0.headers["Authorization"] == "Bearer secret-key" })
        #expect("\(Secret("secret-key"))" == "<key>")
        #expect(!String(reflecting: Secret("secret-key")).contains("secret"))
    }

    @Test func `says whose token cannot be had when a request needs it`() async throws {
        let isThere = Mutex(true)
        let sources = ConfigurationSources(
            environment: [:],
            readFile: { path in
                if path == "m" {
                    return Array("providers: {azure: {endpoint: \"https://a.example\", token_file: t}}".utf8)
                }
                guard isThere.withLock({ $0 }) else { throw ConfigurationProblem(source: path, message: "it is gone") }
                return Array("token".utf8)
            }
        )
        let registry = try ProviderRegistry.configured(file: "m", transport: Asked().transport, sources: sources)
        let model = try registry.model("azure/x")

        _ = try await model.respond(to: ModelRequest("Hi"))
        isThere.withLock { $0 = false }
        let error = await #expect(throws: ModelError.self) { try await model.respond(to: ModelRequest("Hi")) }

        #expect(error?.kind == .configuration)
        #expect(error?.message == "azure: t: it is gone")
    }

    @Test(arguments: [Array("".utf8), Array("two words".utf8), Array(" \n".utf8)])
    func `refuses a key file that holds no key`(contents: [UInt8]) throws {
        var configuration = ModelConfiguration()
        configuration.providers["openai"] = ProviderSettings(.openai)
        configuration.providers["openai"]?.key = .file("key.txt")
        let sources = ConfigurationSources(environment: [:], readFile: { _ in contents })
        let registry = ProviderRegistry(configuration: configuration, transport: Asked().transport, sources: sources)

        let error = #expect(throws: ModelError.self) { try registry.model("gpt-4o") }

        #expect(error?.message == "the key's file key.txt should give one key and nothing else")
    }
}
