/// What is known of a kind of service before anything is configured: the variables that its own tools read.
struct ServiceDefaults {
    /// The variables that may hold a key, the strongest first.
    var keys: [String] = []
    /// The variables that may hold a token.
    var tokens: [String] = []
    /// The variables that may hold an address.
    var addresses: [String] = []

    /// The defaults of a kind; for a compatible server those of its name.
    init(_ kind: ProviderKind, name: String) {
        switch kind {
        case .openai:
            keys = ["OPENAI_API_KEY"]
            addresses = ["OPENAI_BASE_URL"]
        case .azure:
            keys = ["AZURE_OPENAI_API_KEY", "AZURE_API_KEY"]
            tokens = ["AZURE_OPENAI_AD_TOKEN"]
            addresses = ["AZURE_OPENAI_ENDPOINT", "AZURE_API_BASE"]
        case .anthropic:
            keys = ["ANTHROPIC_API_KEY"]
            tokens = ["ANTHROPIC_AUTH_TOKEN"]
            addresses = ["ANTHROPIC_BASE_URL"]
        case .gemini:
            keys = ["GOOGLE_API_KEY", "GEMINI_API_KEY"]
            addresses = ["GOOGLE_GEMINI_BASE_URL"]
        case .vertex:
            keys = ["GOOGLE_API_KEY"]
            tokens = ["VERTEX_ACCESS_TOKEN", "GOOGLE_OAUTH_ACCESS_TOKEN"]
        case .cohere:
            keys = ["CO_API_KEY", "COHERE_API_KEY"]
            addresses = ["CO_API_URL"]
        case .compatible:
            let prefix = Self.variablePrefix(name)
            keys = [CompatibleService.named(name)?.keyVariable, "\(prefix)_API_KEY"].compactMap(\.self)
            addresses = ["\(prefix)_BASE_URL"]
        }
    }

    /// A name as a variable begins: upper case, with `_` for what is no letter or digit.
    private static func variablePrefix(_ name: String) -> String {
        String(name.uppercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    }
}
