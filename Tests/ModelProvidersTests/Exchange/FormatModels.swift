import HTTPTransport
import LanguageModels
import ModelProviders

/// A model of each wire format, for tests of what all formats have in common.
enum FormatModels {
    /// A model of the format `chat`, `responses`, `anthropic`, `gemini` or `cohere`.
    static func model(_ name: String, _ transport: any Transport) -> any LanguageModel {
        switch name {
        case "chat": OpenAIModel("gpt-4o", endpoint: .openAI(key: "k", transport: transport), interface: .chat)
        case "responses":
            OpenAIModel("gpt-4o", endpoint: .openAI(key: "k", transport: transport), interface: .responses)
        case "anthropic": AnthropicModel("claude-sonnet-4-5", key: "k", transport: transport)
        case "gemini": GeminiModel("gemini-2.5-flash", key: "k", transport: transport)
        default: CohereModel("command-r7b-12-2024", key: "k", transport: transport)
        }
    }
}
