extension Service {
    /// The headers that this service sends with each answer.
    func headers(id: String) -> [(name: String, value: String)] {
        switch self {
        case .openAI:
            [
                ("x-request-id", "req_" + id), ("openai-version", "2020-10-01"), ("openai-processing-ms", "1"),
                ("x-ratelimit-limit-requests", "10000"), ("x-ratelimit-remaining-requests", "9999"),
                ("x-ratelimit-reset-requests", "6ms"), ("x-ratelimit-limit-tokens", "2000000"),
                ("x-ratelimit-remaining-tokens", "1999000"), ("x-ratelimit-reset-tokens", "30ms"),
            ]
        case .azure:
            [
                ("apim-request-id", id), ("x-ms-region", "Simulated"), ("x-ratelimit-limit-requests", "10000"),
                ("x-ratelimit-remaining-requests", "9999"), ("x-ratelimit-limit-tokens", "2000000"),
                ("x-ratelimit-remaining-tokens", "1999000"),
            ]
        case .anthropic:
            [
                ("request-id", "req_" + id), ("anthropic-ratelimit-requests-limit", "4000"),
                ("anthropic-ratelimit-requests-remaining", "3999"),
                ("anthropic-ratelimit-requests-reset", "2100-01-01T00:00:00Z"),
                ("anthropic-ratelimit-tokens-limit", "400000"),
                ("anthropic-ratelimit-tokens-remaining", "399000"),
                ("anthropic-ratelimit-tokens-reset", "2100-01-01T00:00:00Z"),
            ]
        case .gemini: []
        case .cohere: [("x-debug-trace-id", id), ("x-endpoint-monthly-call-limit", "1000")]
        }
    }
}
