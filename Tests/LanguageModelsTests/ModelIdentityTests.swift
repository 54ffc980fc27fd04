import LanguageModels
import Testing

struct ModelIdentityTests {
    @Test(arguments: [
        ("Claude", "anthropic"), ("google", "gemini"), ("vertex_ai", "vertex"), ("azure-openai", "azure"),
        ("ChatGPT", "openai"),
        ("cohere_chat", "cohere"), ("custom", "compatible"), ("openai", "openai"), ("House", "house"), ("", ""),
    ])
    func `knows others' words for providers`(name: String, provider: String) {
        #expect(ModelIdentity.usualProvider(name) == provider)
    }
}
