struct CompatibleService {
    static func named(_ n: String) -> CompatibleService? { ["ollama", "groq"].contains(n) ? CompatibleService() : nil }
}
