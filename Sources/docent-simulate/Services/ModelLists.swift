import LanguageModels

/// The lists of models, as each service gives them.
struct ModelLists: Sendable {
    /// Names of all services' models where a script does not tell others.
    static let names: [Service: [String]] = [
        .openAI: ["gpt-5.5", "gpt-5-mini", "gpt-4o-mini"], .azure: ["gpt-5.5", "gpt-5-mini", "gpt-4o-mini"],
        .anthropic: ["claude-sonnet-4-5", "claude-haiku-4-5"], .gemini: ["gemini-2.5-flash", "gemini-2.5-pro"],
        .cohere: ["command-a-03-2025", "command-r7b-12-2024"],
    ]

    /// The names that a script tells, the same for all services.
    var scripted: [String] = []

    private func names(_ service: Service) -> [String] {
        scripted.isEmpty ? Self.names[service] ?? [] : scripted
    }

    /// One page of the list, as the query wants it.
    func page(_ service: Service, query: [String: String]) -> JSONValue {
        let names = names(service)
        let limit = ["limit", "pageSize", "page_size"].compactMap { query[$0].flatMap(Int.init) }.first ?? names.count
        let token = query["after_id"] ?? query["pageToken"] ?? query["page_token"]
        let start = token.flatMap { names.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
        let page = Array(names[start...].prefix(max(1, limit)))
        let hasMore = start + page.count < names.count
        return list(page.map { model($0, service) }, next: hasMore ? page.last : nil, service, names: page)
    }

    private func list(_ models: [JSONValue], next: String?, _ service: Service, names: [String]) -> JSONValue {
        switch service {
        case .openAI, .azure: return ["object": "list", "data": .array(models)]
        case .anthropic:
            return [
                "data": .array(models), "has_more": .bool(next != nil), "first_id": .text(names.first),
                "last_id": .text(names.last),
            ]
        case .gemini:
            return next.map { ["models": .array(models), "nextPageToken": .string($0)] } ?? ["models": .array(models)]
        case .cohere: return ["models": .array(models), "next_page_token": .text(next)]
        }
    }

    /// One model, or `nil` where the service has none of this name.
    func entry(_ name: String, _ service: Service) -> JSONValue? {
        names(service).contains(name) ? model(name, service) : nil
    }

    private func model(_ name: String, _ service: Service) -> JSONValue {
        switch service {
        case .openAI: ["id": .string(name), "object": "model", "created": 1_767_225_600, "owned_by": "simulated"]
        case .azure:
            [
                "id": .string(name), "object": "model", "created_at": 1_767_225_600, "status": "succeeded",
                "lifecycle_status": "generally-available",
                "capabilities": ["chat_completion": true, "completion": false, "embeddings": false],
            ]
        case .anthropic:
            [
                "type": "model", "id": .string(name), "display_name": .string(name),
                "created_at": "2026-01-01T00:00:00Z", "max_input_tokens": 200_000, "max_tokens": 64_000,
            ]
        case .gemini:
            [
                "name": .string("models/" + name), "displayName": .string(name), "inputTokenLimit": 1_048_576,
                "outputTokenLimit": 65_536, "supportedGenerationMethods": ["generateContent", "countTokens"],
                "thinking": true,
            ]
        case .cohere:
            [
                "name": .string(name), "endpoints": ["chat"], "context_length": 256_000, "features": ["tools"],
                "is_deprecated": false,
            ]
        }
    }
}
