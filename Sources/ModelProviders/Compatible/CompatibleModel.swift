public import HTTPTransport
public import LanguageModels

/// A model behind a server that speaks OpenAI's interfaces.
///
/// The model's name is taken at its word: what it takes is not known here, so nothing is dropped that the server may
/// understand.
public struct CompatibleModel: LanguageModel, ModelListing, HealthChecking, Closable, ListedModel {
    let service: OpenAIService

    /// A model of a service; `key` is `nil` for servers that want none.
    ///
    /// `interface` is Chat Completions unless the server is known to have Responses.
    public init(
        _ name: String,
        service: CompatibleService,
        key: String? = nil,
        interface: OpenAIInterface = .chat,
        transport: any Transport
    ) {
        let endpoint = ServiceEndpoint(baseURL: service.baseURL, transport: transport) {
            key.map { ["Authorization": "Bearer \($0)"] } ?? [:]
        }
        self.init(name, service: service, endpoint: endpoint, interface: interface)
    }

    /// A model of a service behind an endpoint of the caller's own making, for other headers and limits of time.
    public init(
        _ name: String,
        service: CompatibleService,
        endpoint: ServiceEndpoint,
        interface: OpenAIInterface = .chat
    ) {
        let identity = ModelIdentity(provider: service.name, model: name)
        let chat = ChatFormat(identity: identity, dialect: ChatDialect(quirks: service.quirks))
        self.service = OpenAIService(
            chat: ServiceModel(format: chat, endpoint: endpoint, identity: identity),
            responses: ServiceModel(
                format: ResponsesFormat(identity: identity),
                endpoint: endpoint,
                identity: identity
            ),
            interface: interface
        )
    }
}
