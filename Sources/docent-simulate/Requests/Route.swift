/// The company whose service is imitated: it decides how errors, headers and lists look.
enum Service: String, Sendable, CaseIterable {
    case openAI, azure, anthropic, gemini, cohere
}

/// What is asked for.
enum Operation: Hashable, Sendable {
    /// An answer in one of the wire formats.
    case answer(WireFormat)
    case count(WireFormat)
    case models
    case model(String)
    case checkKey
    case home
    case statistics
    case refuse
    case unknown
}

/// The formats of requests and answers; Azure's is OpenAI's with additions.
enum WireFormat: String, Sendable {
    case chat, responses, messages, gemini, cohere
}

/// Where a request goes.
struct Route: Hashable, Sendable {
    var service: Service
    var operation: Operation
    /// The model or deployment that the path names.
    var pathModel: String?
    /// Whether the path asks for a stream (Gemini alone says so there).
    var pathStreams = false
    /// The method that is allowed.
    var method = "POST"
}

extension Route {
    /// Reads the path; a leading `/anthropic`, `/azure`, `/cohere`, `/gemini` or `/compatible` names the service where
    /// the path alone is the same at several (`/v1/models`).
    init(_ call: HTTPCall) {
        var parts = call.path.split(separator: "/").map(String.init)[...]
        let fixed = parts.first.flatMap { Self.prefixes[$0] }
        if fixed != nil { parts.removeFirst() }
        if parts.first == "simulate" || parts.isEmpty {
            self = Self.control(parts.dropFirst().first)
        } else if let gemini = Self.gemini(parts) {
            self = gemini
        } else {
            let service = fixed ?? Self.service(of: parts, call)
            self = Self.post(parts, fixed: fixed) ?? Self.list(parts, service: service)
        }
    }

    private static let prefixes: [String: Service] = [
        "anthropic": .anthropic, "azure": .azure, "cohere": .cohere, "gemini": .gemini, "compatible": .openAI,
    ]

    private static func control(_ name: String?) -> Route {
        switch name {
        case nil: Route(service: .openAI, operation: .home, method: "GET")
        case "statistics": Route(service: .openAI, operation: .statistics, method: "GET")
        case "refuse": Route(service: .openAI, operation: .refuse)
        default: Route(service: .openAI, operation: .unknown)
        }
    }

    /// `…/models/{model}:{verb}`, under `v1beta`, `v1` or Vertex' longer path.
    private static func gemini(_ parts: ArraySlice<String>) -> Route? {
        guard let last = parts.last, let colon = last.lastIndex(of: ":") else { return nil }
        guard let start = parts.lastIndex(where: { $0 == "models" || $0 == "tunedModels" }) else { return nil }
        let verb = last[last.index(after: colon)...]
        let model = (parts[(start + 1)...].dropLast() + [String(last[..<colon])]).joined(separator: "/")
        let route = Route(service: .gemini, operation: .answer(.gemini), pathModel: model)
        switch verb {
        case "generateContent": return route
        case "streamGenerateContent":
            return Route(service: .gemini, operation: .answer(.gemini), pathModel: model, pathStreams: true)
        case "countTokens": return Route(service: .gemini, operation: .count(.gemini), pathModel: model)
        default: return nil
        }
    }

    private static func post(_ parts: ArraySlice<String>, fixed: Service?) -> Route? {
        let isAzure = parts.first == "openai" || parts.first == "models"
        let openAI = fixed ?? (isAzure ? .azure : .openAI)
        switch Array(parts.suffix(2)) {
        case ["chat", "completions"]:
            let deployment = parts.firstIndex(of: "deployments").map { parts[$0 + 1] }
            return Route(service: openAI, operation: .answer(.chat), pathModel: deployment)
        case ["responses", "input_tokens"]: return Route(service: openAI, operation: .count(.responses))
        case ["messages", "count_tokens"]: return Route(service: .anthropic, operation: .count(.messages))
        case ["v2", "chat"]: return Route(service: .cohere, operation: .answer(.cohere))
        case ["v1", "tokenize"]: return Route(service: .cohere, operation: .count(.cohere))
        case ["v1", "check-api-key"]: return Route(service: .cohere, operation: .checkKey)
        default: break
        }
        switch parts.last {
        case "responses": return Route(service: openAI, operation: .answer(.responses))
        case "messages": return Route(service: .anthropic, operation: .answer(.messages))
        default: return nil
        }
    }

    private static func list(_ parts: ArraySlice<String>, service: Service) -> Route {
        guard let start = parts.firstIndex(of: "models") else {
            return Route(service: service, operation: .unknown)
        }
        let rest = parts[(start + 1)...].joined(separator: "/")
        return Route(service: service, operation: rest.isEmpty ? .models : .model(rest), method: "GET")
    }

    /// The service by what else only its clients send.
    private static func service(of parts: ArraySlice<String>, _ call: HTTPCall) -> Service {
        if parts.first == "openai" { return .azure }
        if parts.first == "v1beta" || call.headers["x-goog-api-key"] != nil { return .gemini }
        if call.headers["anthropic-version"] != nil || call.headers["x-api-key"] != nil { return .anthropic }
        if call.headers["api-key"] != nil { return .azure }
        if parts.first == "v2" || call.query["endpoint"] != nil || call.query["page_size"] != nil { return .cohere }
        return .openAI
    }
}
