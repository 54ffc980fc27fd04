import HTTPTransport
import LanguageModels
import ModelProviders
import Testing

@testable import docent_simulate

/// Our models against a server that others wrote, which asks the simulation in turn.
struct ProxyTests {
    private static let faults: [(name: String, kinds: [ModelError.Kind])] = [
        ("fault-429", [.rateLimited]), ("fault-500", [.serverError]), ("fault-503", [.overloaded, .serverError]),
        ("fault-400;context", [.contextTooLong(limit: nil, count: nil), .invalidRequest]),
        ("fault-401", [.unauthorized]),
    ]

    @Test(
        .enabled(if: LiteLLMProxy.isLong, LiteLLMProxy.longTierOnly),
        .enabled(if: LiteLLMProxy.command != nil, LiteLLMProxy.isMissing)
    )
    func `a proxy that others wrote understands all our formats, and we understand it`() async throws {
        let service = try SimulatedService()
        let names = ["gpt-4o-mini", "claude-sonnet-4-5", "gemini-2.5-flash"]
        let proxy = try LiteLLMProxy(upstream: service.address, models: names + Self.faults.map(\.name))
        defer { proxy.stop() }
        try await proxy.start(service.transport)

        for route in Route.allCases {
            let model = route.model(route.name, at: proxy.address, key: LiteLLMProxy.key, service.transport)
            try await Self.answers(model, route)
            try await Self.calls(model, route)
            for (name, kinds) in Self.faults {
                let model = route.model(name, at: proxy.address, key: LiteLLMProxy.key, service.transport)
                await Self.fails(model, kinds, route)
            }
            let stranger = route.model(route.name, at: proxy.address, key: "sk-wrong-key-1234", service.transport)
            await Self.fails(stranger, [.unauthorized, .invalidRequest], route)
            print("litellm's proxy, \(route): text, streams, tools and errors are understood")
        }
    }

    /// The proxy's doors, one for each service whose clients it takes.
    private enum Route: CaseIterable {
        case chat, responses, azure, messages, gemini

        var name: String {
            switch self {
            case .chat, .responses, .azure: "gpt-4o-mini"
            case .messages: "claude-sonnet-4-5"
            case .gemini: "gemini-2.5-flash"
            }
        }

        func model(_ name: String, at address: String, key: String, _ transport: CurlTransport) -> any LanguageModel {
            switch self {
            case .chat, .responses:
                let endpoint = ServiceEndpoint.openAI(key: key, baseURL: address + "/v1", transport: transport)
                return OpenAIModel(name, endpoint: endpoint, interface: self == .chat ? .chat : .responses)
            case .azure:
                let account = AzureAccount(address, version: "2024-10-21", credential: .key(key), transport: transport)
                return AzureModel(name, account: account, interface: .chat)
            case .messages: return AnthropicModel(name, key: key, baseURL: address, transport: transport)
            case .gemini: return GeminiModel(name, key: key, baseURL: address + "/v1beta", transport: transport)
            }
        }
    }

    private static func answers(_ model: any LanguageModel, _ route: Route) async throws {
        let whole = try await model.respond(to: ModelRequest("words 20", system: "Be terse."))
        let streamed = try await model.stream(ModelRequest("words 20", system: "Be terse.")).response()

        #expect(whole.text.hasSuffix(" w19 w20"), "\(route)")
        #expect(whole.finishReason == .stop, "\(route)")
        #expect((whole.usage?.inputTokens ?? 0) > 0, "\(route)")
        #expect((whole.usage?.outputTokens ?? 0) == 20, "\(route)")
        #expect(streamed.text == whole.text, "\(route)")
        #expect(streamed.finishReason == .stop, "\(route)")
    }

    private static func calls(_ model: any LanguageModel, _ route: Route) async throws {
        for isStream in [false, true] {
            var request = ModelRequest("call look")
            let schema: JSONValue = [
                "type": "object", "properties": ["place": ["type": "string"]], "required": ["place"],
            ]
            request.tools = [Tool(name: "look", description: "Looks", parameters: schema)]

            let answer = isStream ? try await model.stream(request).response() : try await model.respond(to: request)
            let call = try #require(answer.toolCalls.first, "\(route), \(isStream): \(answer)")
            let next = request.followed(by: answer, then: .results([ToolResult(of: call, "a tower")]))
            let last = isStream ? try await model.stream(next).response() : try await model.respond(to: next)

            #expect(call.name == "look", "\(route)")
            #expect(try call.parsedArguments()["place"]?.string != nil, "\(route)")
            #expect(answer.finishReason == .toolCalls, "\(route), \(isStream)")
            #expect(last.text == "You said: call look", "\(route)")
        }
    }

    private static func fails(_ model: any LanguageModel, _ kinds: [ModelError.Kind], _ route: Route) async {
        for isStream in [false, true] {
            let error = await #expect(throws: ModelError.self, "\(route), \(model.identity)") {
                isStream
                    ? try await model.stream(ModelRequest("words 9")).response()
                    : try await model.respond(to: ModelRequest("words 9"))
            }
            let isExpected = error.map { error in
                if case .contextTooLong = error.kind {
                    kinds.contains(.contextTooLong(limit: nil, count: nil))
                } else {
                    kinds.contains(error.kind)
                }
            }
            #expect(isExpected == true, "\(route): \(error?.kind as Any) \(error as Any)")
            #expect(error.map { "\($0)".contains(LiteLLMProxy.key) } != true)
            if let error { print("litellm's proxy, \(route), \(model.identity.model): \(error.kind)") }
        }
    }
}
