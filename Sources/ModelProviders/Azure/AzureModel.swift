public import HTTPTransport
public import LanguageModels

/// A deployment of a model at Azure OpenAI or Azure AI Foundry.
///
/// The models that are listed are those of the resource's region, not its deployments: a check of health sees whether
/// address and key are right, not whether the deployment exists. A batch takes at most 50,000 requests, and a
/// deployment of the type Global Batch.
public struct AzureModel: LanguageModel, TokenCounting, ModelListing, HealthChecking, BatchResponding, Closable,
    BatchingModel
{
    let service: OpenAIService

    /// A deployment by its name at an account.
    ///
    /// `model` is the model behind it, such as `gpt-5-mini`: what it takes is known by that name. By default the
    /// deployment's name is taken for it; a name that is not a model's leaves every parameter as it is.
    public init(
        _ deployment: String,
        account: AzureAccount,
        model: String? = nil,
        interface: OpenAIInterface = .automatic,
        provider: String = "azure"
    ) {
        let identity = ModelIdentity(provider: provider, model: deployment)
        let address = account.address
        let rules = OpenAIRules.rules(for: model ?? deployment)
        let path = address.chatPath(deployment: deployment)
        let dialect = ChatDialect(path: path, quirks: address.quirks(for: rules), rules: rules)
        let endpoint = account.endpoint
        var service = OpenAIService(
            chat: ServiceModel(
                format: ChatFormat(identity: identity, dialect: dialect),
                endpoint: endpoint,
                identity: identity
            ),
            responses: ServiceModel(
                format: ResponsesFormat(identity: identity, path: address.responsesPath, rules: rules),
                endpoint: endpoint,
                identity: identity
            ),
            interface: address.route == .foundry ? .chat : interface
        )
        service.listPath = address.listPath
        service.listsNames = false
        service.batchQuery = address.batchQuery
        self.service = service
    }
}

/// An Azure resource and how it knows its users.
public struct AzureAccount: Sendable {
    /// How Azure knows who asks.
    public enum Credential: Sendable {
        /// A key of the resource, sent as `api-key`.
        case key(String)
        /// A token of Microsoft Entra, asked for before each request, since it lives for about an hour.
        ///
        /// Its scope is `https://cognitiveservices.azure.com/.default`.
        case token(@Sendable () async throws -> String)
    }

    let address: AzureAddress
    var endpoint: ServiceEndpoint

    /// A resource by its name or address, in any of the forms that Azure's pages show:
    /// `https://{resource}.openai.azure.com`, the same with `/openai/v1`, a whole
    /// `…/openai/deployments/{deployment}/chat/completions?api-version=…`, or `…services.ai.azure.com/models`.
    ///
    /// `version` is the `api-version` of the classic route; without one the `/openai/v1` route is used where the
    /// address leaves the choice.
    public init(_ address: String, version: String? = nil, credential: Credential, transport: any Transport) {
        let parsed = AzureAddress(address, version: version)
        self.address = parsed
        endpoint = ServiceEndpoint(baseURL: parsed.base, transport: transport) {
            switch credential {
            case .key(let key): ["api-key": key]
            case .token(let token): ["Authorization": "Bearer \(try await token())"]
            }
        }
    }
}
