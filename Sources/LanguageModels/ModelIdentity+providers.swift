extension ModelIdentity {
    /// The name under which a provider is known here, from any of the words that others use for it; lower case.
    ///
    /// A name that stands for no other is given back. Vertex stays apart from Gemini: it is another address, with
    /// other keys, for the same models.
    public static func usualProvider(_ name: String) -> String {
        switch name.lowercased() {
        case "chatgpt", "openai-chat", "openai-responses": "openai"
        case "azure-openai", "azure_openai", "azureopenai", "azure_ai": "azure"
        case "claude": "anthropic"
        case "google", "google-gemini", "google-gla": "gemini"
        case "vertex-ai", "vertex_ai", "vertexai", "google-vertex": "vertex"
        case "cohere-chat", "cohere_chat": "cohere"
        case "openai-compatible", "openai_compatible", "custom": "compatible"
        case let name: name
        }
    }
}
