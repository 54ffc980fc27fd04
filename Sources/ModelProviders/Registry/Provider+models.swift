import HTTPTransport
import LanguageModels

extension ProviderRegistry.Provider {
    /// The provider's model with this name, in the provider's wire format.
    ///
    /// - Throws: ``ModelError`` of kind `configuration` where a key, an address or a project is missing.
    func model(_ name: String) throws(ModelError) -> any LanguageModel {
        switch settings.kind {
        case .openai: try openAI(name)
        case .azure: try azure(name)
        case .anthropic: try anthropic(name)
        case .gemini: try gemini(name)
        case .vertex: try vertex(name)
        case .cohere: try cohere(name)
        case .compatible: try compatible(name)
        }
    }

    private func openAI(_ name: String) throws(ModelError) -> any LanguageModel {
        let project = settings.project ?? variable("OPENAI_PROJECT_ID")
        let organization = settings.organization ?? variable("OPENAI_ORG_ID")
        let endpoint = ServiceEndpoint.openAI(
            key: try key().value,
            baseURL: address ?? "https://api.openai.com/v1",
            account: OpenAIAccount(organization: organization, project: project),
            transport: transport
        )
        return OpenAIModel(
            name,
            endpoint: try configured(endpoint),
            interface: interface(or: .automatic),
            provider: self.name
        )
    }

    private func azure(_ name: String) throws(ModelError) -> any LanguageModel {
        guard let address else {
            throw ModelError(.configuration, "\(self.name): there is no endpoint; set AZURE_OPENAI_ENDPOINT")
        }
        var account = AzureAccount(
            address,
            version: settings.apiVersion ?? variable("OPENAI_API_VERSION", "AZURE_OPENAI_API_VERSION"),
            credential: try azureCredential(),
            transport: transport
        )
        account.endpoint = try configured(account.endpoint)
        let model = settings.deployments[name]
        return AzureModel(
            name,
            account: account,
            model: model,
            interface: interface(or: .automatic),
            provider: self.name
        )
    }

    private func azureCredential() throws(ModelError) -> AzureAccount.Credential {
        if let key = try keyIfAny() { return .key(key.value) }
        guard try token() != nil else { return .key(try key().value) }
        return .token { try freshToken() }
    }

    private func anthropic(_ name: String) throws(ModelError) -> any LanguageModel {
        let headers: @Sendable () throws -> HTTPHeaders
        if let key = try keyIfAny() {
            headers = { ["x-api-key": key.value] }
        } else if try token() != nil {
            headers = { ["Authorization": "Bearer \(try freshToken())"] }
        } else {
            let key = try key()
            headers = { ["x-api-key": key.value] }
        }
        return AnthropicModel(name, endpoint: try endpoint(AnthropicModel.baseURL, headers), provider: self.name)
    }

    private func gemini(_ name: String) throws(ModelError) -> any LanguageModel {
        let key = try key()
        let endpoint = try endpoint(GeminiModel.baseURL) { ["x-goog-api-key": key.value] }
        return GeminiModel(name, endpoint: endpoint, provider: self.name)
    }

    /// Vertex with a project and a token; without a project, in express mode with a key.
    private func vertex(_ name: String) throws(ModelError) -> any LanguageModel {
        let location = settings.location ?? variable("GOOGLE_CLOUD_LOCATION", "GOOGLE_CLOUD_REGION") ?? "global"
        guard let project = settings.project ?? variable("GOOGLE_CLOUD_PROJECT") else {
            let key = try key()
            let endpoint = try endpoint(VertexModel.expressURL) { ["x-goog-api-key": key.value] }
            return VertexModel(express: name, endpoint: endpoint, provider: self.name)
        }
        guard try token() != nil else {
            let hint = "set VERTEX_ACCESS_TOKEN, or name a token_command such as 'gcloud auth print-access-token'"
            throw ModelError(.configuration, "\(self.name): there is no token; \(hint)")
        }
        let endpoint = try endpoint(VertexModel.baseURL(location: location)) {
            ["Authorization": "Bearer \(try freshToken())"]
        }
        return VertexModel(name, project: project, location: location, endpoint: endpoint, provider: self.name)
    }

    private func cohere(_ name: String) throws(ModelError) -> any LanguageModel {
        let key = try key()
        let endpoint = try endpoint(CohereModel.baseURL) { ["Authorization": "Bearer \(key.value)"] }
        return CohereModel(name, endpoint: endpoint, provider: self.name)
    }

    private func compatible(_ name: String) throws(ModelError) -> any LanguageModel {
        guard var service = CompatibleService.named(self.name) ?? address.map(unknownService) else {
            throw ModelError(.configuration, "\(self.name): there is no address; name a base_url")
        }
        if let address { service = CompatibleService(renaming: service, self.name, at: address) }
        let key = service.needsKey ? try key() : try keyIfAny()
        let endpoint = try endpoint(service.baseURL, mayBeReplaced: false) {
            key.map { ["Authorization": "Bearer \($0.value)"] } ?? [:]
        }
        return CompatibleModel(name, service: service, endpoint: endpoint, interface: interface(or: .chat))
    }

    private func unknownService(at address: String) -> CompatibleService {
        CompatibleService(name: name, baseURL: address)
    }

    private func interface(or usual: OpenAIInterface) -> OpenAIInterface {
        settings.interface.flatMap(OpenAIInterface.init) ?? usual
    }
}

extension ProviderRegistry.Provider {
    /// The endpoint at the configured address, or the service's own.
    private func endpoint(
        _ usual: String,
        mayBeReplaced: Bool = true,
        _ credentials: @escaping @Sendable () throws -> HTTPHeaders
    ) throws(ModelError) -> ServiceEndpoint {
        let url = mayBeReplaced ? address ?? usual : usual
        return try configured(ServiceEndpoint(baseURL: url, transport: transport) { try credentials() })
    }

    /// An endpoint with the configured headers and patience, and with plain `http` where that is allowed to this provider.
    private func configured(_ endpoint: ServiceEndpoint) throws(ModelError) -> ServiceEndpoint {
        try checkAddress(endpoint.baseURL)
        var changed = endpoint
        changed.allowsInsecureHTTP = settings.allowsInsecureHTTP
        changed.patience = min(timeout ?? changed.patience, changed.patience)
        let headers = settings.headers
        guard !headers.isEmpty else { return changed }
        changed.credentials = {
            var all = try await endpoint.credentials()
            for (name, value) in headers.sorted(by: { $0.key < $1.key }) { all[name] = value }
            return all
        }
        return changed
    }

    /// Keys do not travel in the clear: plain `http` to other machines only where the configuration allows it.
    private func checkAddress(_ address: String) throws(ModelError) {
        guard ServiceAddress.isInsecure(address), !settings.allowsInsecureHTTP else { return }
        let hint = "use https, or say allow_insecure_http in the configuration"
        throw ModelError(.configuration, "\(name): plain http would send the key in the clear; \(hint)")
    }

    @Sendable
    private func freshToken() throws(ModelError) -> String {
        do {
            if let token = try token() { return token.value }
        } catch {
            throw ModelError(.configuration, "\(name): \(error.message)")
        }
        throw ModelError(.configuration, "\(name): there is no token any more")
    }
}

extension CompatibleService {
    /// A service under another name and at another address, otherwise as it is.
    fileprivate init(renaming service: CompatibleService, _ name: String, at address: String) {
        self.init(
            name: name,
            baseURL: address,
            keyVariable: service.keyVariable,
            needsKey: service.needsKey,
            quirks: service.quirks
        )
    }

    /// The names of all services that are known.
    static var names: [String] { all.map(\.name) }
}
