/// A server that speaks OpenAI's Chat Completions, as data: where it is, which variable has its key, what it does
/// otherwise.
public struct CompatibleService: Hashable, Sendable {
    /// The name, such as `ollama`; lower case.
    public var name: String
    /// The address up to `/v1`.
    public var baseURL: String
    /// The environment variable that its key is usually in; `nil` where it is not used to have one.
    public var keyVariable: String?
    /// Whether it answers nobody without a key.
    public var needsKey: Bool
    /// What it does otherwise than OpenAI.
    public var quirks: ChatQuirks

    /// A server at an address; `http://host:port`, `…/v1` and whole endpoints are understood.
    public init(
        name: String,
        baseURL: String,
        keyVariable: String? = nil,
        needsKey: Bool = false,
        quirks: ChatQuirks = ChatQuirks()
    ) {
        self.name = name
        self.baseURL = ServiceAddress.openAIBase(baseURL)
        self.keyVariable = keyVariable
        self.needsKey = needsKey
        self.quirks = quirks
    }

    /// The service of a name, whatever its case; `nil` where it is not known.
    public static func named(_ name: String) -> CompatibleService? {
        let wanted = name.lowercased().filter { $0 != "-" && $0 != "." && $0 != "_" }
        return all.first { $0.name.filter { $0 != "-" && $0 != "." } == wanted }
    }

    /// Every service that is known by name.
    public static let all: [CompatibleService] = [
        .ollama, .lmStudio, .vLLM, .llamaCpp, .groq, .together, .mistral, .deepSeek, .xAI, .openRouter,
    ]

    /// Ollama on this machine.
    public static let ollama = local("ollama", port: 11434, key: "OLLAMA_API_KEY")
    /// LM Studio on this machine.
    public static let lmStudio = local("lmstudio", port: 1234, key: "LMSTUDIO_API_KEY")
    /// vLLM on this machine.
    public static let vLLM = local("vllm", port: 8000, key: "VLLM_API_KEY") { $0.takesTopK = true }
    /// The server of llama.cpp on this machine.
    public static let llamaCpp = local("llama.cpp", port: 8080, key: "LLAMA_API_KEY") { $0.takesTopK = true }
    /// Groq.
    public static let groq = hosted("groq", "https://api.groq.com/openai/v1", key: "GROQ_API_KEY") {
        $0.maximumTokensName = "max_completion_tokens"
        $0.takesStrictTools = false
    }
    /// Together AI.
    public static let together = hosted("together", "https://api.together.xyz/v1", key: "TOGETHER_API_KEY") {
        $0.takesTopK = true
    }
    /// Mistral, which refuses members that it does not know.
    public static let mistral = hosted("mistral", "https://api.mistral.ai/v1", key: "MISTRAL_API_KEY") {
        $0.sendsStreamOptions = false
        $0.requiredToolChoice = "any"
        $0.seedName = "random_seed"
        $0.hasShortCallIDs = true
    }
    /// DeepSeek, which writes JSON but cannot be held to a schema.
    public static let deepSeek = hosted("deepseek", "https://api.deepseek.com/v1", key: "DEEPSEEK_API_KEY") {
        $0.takesSchema = false
        $0.takesStrictTools = false
        $0.reasoningReplay = .withToolCalls
    }
    /// xAI.
    public static let xAI = hosted("xai", "https://api.x.ai/v1", key: "XAI_API_KEY")
    /// OpenRouter.
    public static let openRouter = hosted("openrouter", "https://openrouter.ai/api/v1", key: "OPENROUTER_API_KEY") {
        $0.takesTopK = true
        $0.reasoningReplay = .details
    }

    private static func local(
        _ name: String,
        port: Int,
        key: String,
        _ change: (inout ChatQuirks) -> Void = { _ in }
    ) -> CompatibleService {
        var quirks = ChatQuirks()
        change(&quirks)
        return CompatibleService(name: name, baseURL: "http://localhost:\(port)/v1", keyVariable: key, quirks: quirks)
    }

    private static func hosted(
        _ name: String,
        _ address: String,
        key: String,
        _ change: (inout ChatQuirks) -> Void = { _ in }
    ) -> CompatibleService {
        var quirks = ChatQuirks()
        change(&quirks)
        return CompatibleService(name: name, baseURL: address, keyVariable: key, needsKey: true, quirks: quirks)
    }
}
