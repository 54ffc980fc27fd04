import HTTPTransport
import LanguageModels
import ModelProviders

/// A model of each wire format, for tests of what all formats have in common.
enum FormatModels {
    /// A model of the format `chat`, `responses`, `anthropic`, `gemini` or `cohere`.
    static func model(_ name: String, _ transport: any Transport) -> any LanguageModel {
        model(name, at: ServiceEndpoint(baseURL: "https://service.example", transport: transport))
    }

    /// A model of such a format behind an endpoint.
    static func model(_ name: String, at endpoint: ServiceEndpoint) -> any LanguageModel {
        switch name {
        case "chat": OpenAIModel("gpt-4o", endpoint: endpoint, interface: .chat)
        case "responses": OpenAIModel("gpt-4o", endpoint: endpoint, interface: .responses)
        case "anthropic": AnthropicModel("claude-sonnet-4-5", endpoint: endpoint)
        case "gemini": GeminiModel("gemini-2.5-flash", endpoint: endpoint)
        default: CohereModel("command-r7b-12-2024", endpoint: endpoint)
        }
    }
}
