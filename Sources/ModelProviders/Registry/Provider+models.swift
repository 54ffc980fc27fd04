import HTTPTransport
import LanguageModels

extension ProviderRegistry.Provider {
    /// The provider's model with this name, in the provider's wire format.
    func model(_ name: String) throws(ModelError) -> any LanguageModel {
        switch settings.kind {
        case .anthropic: return AnthropicModel(name, endpoint: try endpoint(AnthropicModel.baseURL) { anthropicHeaders($0, $1) }, provider: self.name)
        default: throw ModelError(.configuration, "later")
        }
    }
    private func anthropicHeaders(_ key: Secret?, _ token: Secret?) -> HTTPHeaders { [:] }
    private func endpoint(_ a: String, _ h: @escaping @Sendable (Secret?, Secret?) -> HTTPHeaders) throws(ModelError) -> ServiceEndpoint {
        ServiceEndpoint(baseURL: address ?? a, transport: transport) { [:] }
    }
}
