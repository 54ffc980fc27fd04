public import HTTPTransport
public import LanguageModels

/// A model of OpenAI, through Chat Completions or Responses.
///
/// A batch takes at most 50,000 requests in 200 MB. An answer that is asked for in the background is waited for.
public struct OpenAIModel: LanguageModel, TokenCounting, ModelListing, HealthChecking, BatchResponding, Closable,
    BatchingModel
{
    let service: OpenAIService

    /// A model such as `gpt-5-mini` that is asked with a key, at `https://api.openai.com/v1` unless another address is
    /// given.
    public init(_ name: String, key: String, baseURL: String = Self.baseURL, transport: any Transport) {
        self.init(name, endpoint: .openAI(key: key, baseURL: baseURL, transport: transport))
    }

    /// Where OpenAI is.
    public static let baseURL = "https://api.openai.com/v1"

    /// A model such as `gpt-5-mini` at an address; see ``ServiceEndpoint/openAI(key:baseURL:account:transport:)``.
    public init(
        _ name: String,
        endpoint: ServiceEndpoint,
        interface: OpenAIInterface = .automatic,
        provider: String = "openai"
    ) {
        let identity = ModelIdentity(provider: provider, model: name)
        let rules = OpenAIRules.rules(for: name)
        let chat = ChatFormat(identity: identity, dialect: ChatDialect(rules: rules))
        service = OpenAIService(
            chat: ServiceModel(format: chat, endpoint: endpoint, identity: identity),
            responses: ServiceModel(
                format: ResponsesFormat(identity: identity, rules: rules),
                endpoint: endpoint,
                identity: identity
            ),
            interface: interface
        )
    }
}

extension ServiceEndpoint {
    /// OpenAI's address, or another that the same requests go to; `https://api.openai.com/v1` by default.
    ///
    /// The key is sent as a bearer token.
    public static func openAI(
        key: String,
        baseURL: String = OpenAIModel.baseURL,
        account: OpenAIAccount = OpenAIAccount(),
        transport: any Transport
    ) -> ServiceEndpoint {
        var headers: HTTPHeaders = ["Authorization": "Bearer \(key)"]
        headers["OpenAI-Organization"] = account.organization
        headers["OpenAI-Project"] = account.project
        let sent = headers
        return ServiceEndpoint(baseURL: ServiceAddress.openAIBase(baseURL), transport: transport) { sent }
    }
}

/// On whose account requests go, where a key serves several.
public struct OpenAIAccount: Hashable, Sendable {
    /// The organisation's id, `org-…`.
    public var organization: String?
    /// The project's id, `proj_…`.
    public var project: String?

    /// The key's own account, by default.
    public init(organization: String? = nil, project: String? = nil) {
        self.organization = organization
        self.project = project
    }
}
