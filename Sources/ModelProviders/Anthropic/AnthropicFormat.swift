import HTTPTransport
import LanguageModels

/// Anthropic's Messages (https://docs.claude.com/en/api/messages): how they are written and read.
struct AnthropicFormat: WireFormat {
    static let name = "anthropic"
    /// The version of the format that is written here.
    static let version = "2023-06-01"

    let identity: ModelIdentity
    private let rules: AnthropicRules

    /// The format, with the rules for a model.
    init(_ identity: ModelIdentity) {
        self.identity = identity
        rules = AnthropicRules.rules(for: identity.model)
    }

    func encode(_ request: ModelRequest, isStream: Bool) throws -> EncodedRequest {
        let fitting = try AnthropicFitting(request, rules: rules, identity: identity)
        let body = try AnthropicRequest(fitting).body(isStream: isStream)
        var encoded = EncodedRequest(path: "/v1/messages", body: body, warnings: fitting.preparation.warnings)
        let betas = betas(of: request)
        if !betas.isEmpty { encoded.headers["anthropic-beta"] = betas.joined(separator: ",") }
        return encoded
    }

    /// The betas that the caller names, and the one that uploaded files need.
    private func betas(of request: ModelRequest) -> [String] {
        var betas = request.options.anthropic.betas
        let files = "files-api-2025-04-14"
        if !betas.contains(files), request.messages.contains(where: { $0.parts.contains(where: Self.isFile) }) {
            betas.append(files)
        }
        return betas
    }

    private static func isFile(_ part: MessagePart) -> Bool {
        switch part.content {
        case .image(let media), .document(let media):
            guard case .file = media.source else { return false }
            return true
        case .toolResult(let result):
            return result.content.contains(where: isFile)
        case .text, .audio, .toolCall, .reasoning, .refusal, .other:
            return false
        @unknown default:
            return false
        }
    }

    /// What a request would take of the context window is asked with the same body, but for how to answer.
    func encodeCount(_ request: ModelRequest) throws -> EncodedRequest {
        var encoded = try encode(request, isStream: false)
        let counted: Set<String> = ["model", "messages", "system", "tools", "tool_choice", "thinking"]
        let members = encoded.body.object?.members.filter { counted.contains($0.key) } ?? []
        encoded.path = "/v1/messages/count_tokens"
        encoded.body = .object(JSONObject(members))
        return encoded
    }

    func decode(_ answer: JSONView) throws -> ModelResponse {
        try AnthropicAnswer.response(answer.value)
    }

    func makeDecoder() -> AnthropicStream { AnthropicStream() }

    func failure(_ answer: FailedAnswer) -> ModelError {
        AnthropicFailure.error(answer)
    }
}
