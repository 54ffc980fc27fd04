import LanguageModels

/// A model whose requests take from a configuration what they do not say themselves.
struct ConfiguredModel: WrappingModel {
    private let model: any LanguageModel
    private let usual: RequestOptions

    /// A model with usual options: the limit of tokens, the temperature and the time are taken from them.
    init(_ model: any LanguageModel, usual: RequestOptions) {
        self.model = model
        self.usual = usual
    }

    var identity: ModelIdentity { model.identity }

    var wrappedModels: [any LanguageModel] { [model] }

    func respond(to request: ModelRequest) async throws -> ModelResponse {
        try await model.respond(to: completed(request))
    }

    func stream(_ request: ModelRequest) -> ModelStream { model.stream(completed(request)) }

    private func completed(_ request: ModelRequest) -> ModelRequest {
        var request = request
        request.options.maximumTokens = request.options.maximumTokens ?? usual.maximumTokens
        request.options.temperature = request.options.temperature ?? usual.temperature
        request.options.timeout = request.options.timeout ?? usual.timeout
        return request
    }
}
