/// Where an Azure OpenAI deployment is: one of the four forms of address that Azure has had.
struct AzureAddress: Hashable {
    /// Which of Azure's routes an address uses.
    enum Route: Hashable {
        /// `/openai/deployments/{deployment}/…?api-version=…`.
        case deployments
        /// `/openai/v1/…`, the deployment in the body.
        case v1
        /// `/models/…?api-version=…` of Azure AI Foundry, for models of others than OpenAI.
        case foundry
    }

    /// The route.
    var route: Route
    /// The address that paths are put behind: up to `/openai`, `/openai/v1` or `/models`.
    var base: String
    /// The deployment, where the address names it.
    var deployment: String?
    /// The version of the interface, where one is needed or given.
    var version: String?

    /// Reads what people paste: a resource's name, its address, or a whole endpoint, with or without version.
    ///
    /// A version, given or in the address, asks for the classic route where the address leaves it open.
    init(_ text: String, version: String? = nil) {
        let isName = !text.contains(".") && !text.contains("/") && !text.contains(":")
        var address = ServiceAddress(isName ? "https://\(text).openai.azure.com" : text)
        let whole = address.path
        address.dropEndpoint()
        let version = address.query["api-version"] ?? version
        self.version = version
        let path = address.path
        if let range = path.firstRange(of: "/deployments/") {
            route = .deployments
            base = address.origin + path[..<range.lowerBound]
            deployment = path[range.upperBound...].split(separator: "/").first.map(String.init)
            self.version = version ?? Self.classicVersion
        } else if path.hasSuffix("/v1") {
            route = .v1
            base = address.origin + path
            // A day's version is of the classic route; this one has none.
            if version?.first?.isNumber == true { self.version = nil }
        } else if whole.hasSuffix("/models/chat/completions") || whole.hasSuffix("/models"), !whole.contains("/openai")
        {
            route = .foundry
            base = address.origin + (path.hasSuffix("/models") ? path : path + "/models")
            self.version = version ?? Self.foundryVersion
        } else {
            let root = address.origin + (path.hasSuffix("/openai") ? path : path + "/openai")
            let isClassic = version.map { $0 != "v1" && $0 != "preview" } ?? false
            route = isClassic ? .deployments : .v1
            base = isClassic ? root : root + "/v1"
        }
    }

    private static let classicVersion = "2024-10-21"
    private static let foundryVersion = "2024-05-01-preview"

    private var query: String { version.map { "?api-version=\($0)" } ?? "" }

    /// Behind the base, for Chat Completions.
    func chatPath(deployment: String) -> String {
        switch route {
        case .deployments: "/deployments/\((self.deployment ?? deployment.pathEncoded))/chat/completions\(query)"
        case .v1, .foundry: "/chat/completions\(query)"
        }
    }

    /// Behind the base, for Responses, whose deployment is always in the body.
    ///
    /// Versions from before there were Responses know no such path; the first lasting one is asked for in their place.
    var responsesPath: String {
        isClassic(before: "2025-03-01") ? "/responses?api-version=2025-04-01-preview" : "/responses\(query)"
    }

    /// What Chat Completions does otherwise on this route and in this version.
    ///
    /// Models that reason know the newer members under old versions, too, and know the limit by no other name.
    func quirks(for rules: OpenAIRules) -> ChatQuirks {
        guard route != .foundry else { return ChatQuirks() }
        var quirks = ChatQuirks.openAI
        if rules.efforts?.isEmpty == true, isClassic(before: "2024-09-01") {
            quirks.maximumTokensName = "max_tokens"
            quirks.sendsStreamOptions = false
        }
        if isClassic(before: "2024-08-01") {
            quirks.takesSchema = false
            quirks.takesStrictTools = false
        }
        return quirks
    }

    /// Whether the version is of the classic route and older than a day; versions are named by their days.
    private func isClassic(before day: String) -> Bool {
        route == .deployments && version.map { $0 < day } ?? false
    }

    /// Behind the base, for the models that the region has.
    var listPath: String { route == .foundry ? "/info\(query)" : "/models\(query)" }

    /// Behind the address of files and batches.
    var batchQuery: String { query }
}
