import HTTPTransport
import LanguageModels
import ModelProviders
import Testing

@testable import docent_simulate

/// A simulation on a port of this machine, and models that ask it through a real transport; ended when it is let go.
final class SimulatedService: Sendable {
    /// The six wire formats, and whose model speaks them.
    enum Wire: String, CaseIterable, Sendable {
        case chat, responses, azure, messages, gemini, cohere
    }

    let server: Server
    let simulation: Simulation
    let transport: CurlTransport

    init(_ settings: Simulation.Settings = .init(), _ configuration: CurlTransport.Configuration = .init()) throws {
        simulation = Simulation(settings)
        server = try Server(simulation)
        transport = CurlTransport(configuration)
    }

    deinit {
        server.stop()
    }

    var address: String { "http://127.0.0.1:\(server.port)" }

    func model(_ wire: Wire, _ name: String, timeouts: HTTPTimeouts = .init()) -> any LanguageModel {
        var endpoint = ServiceEndpoint(baseURL: address, transport: transport) { ["authorization": "Bearer simulated"] }
        endpoint.timeouts = timeouts
        switch wire {
        case .chat, .responses:
            endpoint.baseURL += "/v1"
            return OpenAIModel(name, endpoint: endpoint, interface: wire == .chat ? .chat : .responses)
        case .azure:
            let account = AzureAccount(
                address,
                version: "2024-10-21",
                credential: .key("simulated"),
                transport: transport
            )
            return AzureModel(name, account: account, interface: .chat)
        case .messages: return AnthropicModel(name, endpoint: endpoint)
        case .gemini:
            endpoint.baseURL += "/v1beta"
            return GeminiModel(name, endpoint: endpoint)
        case .cohere: return CohereModel(name, endpoint: endpoint)
        }
    }
}
