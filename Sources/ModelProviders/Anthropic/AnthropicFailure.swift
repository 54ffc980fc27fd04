import LanguageModels

/// Reads Anthropic's errors.
enum AnthropicFailure {
    /// The error of a failed answer, or of an event inside a stream.
    static func error(_ answer: FailedAnswer) -> ModelError {
        let facts = answer.facts
        let type = answer.json?["error"]?["type"]?.string
        var error = answer.error(facts, kind: kind(type: type, facts, of: answer))
        error.code = type ?? error.code
        error.requestID = answer.json?["request_id"]?.string
        if answer.status == 409 || type == "conflict_error" { error.shouldRetry = error.shouldRetry ?? true }
        return error
    }

    /// What the type of an error tells; `nil` leaves it to the words and the status.
    private static func kind(type: String?, _ facts: FailureFacts, of answer: FailedAnswer) -> ModelError.Kind? {
        if isSpendingLimit(facts.message, answer) { return .quotaExhausted }
        return switch type {
        case "permission_error": ModelError.Kind(words: facts.message, status: 403) ?? .permissionDenied
        case "authentication_error": .unauthorized
        case "billing_error": .quotaExhausted
        case "not_found_error": .notFound
        case "rate_limit_error": .rateLimited
        case "overloaded_error": .overloaded
        case "api_error", "timeout_error": .serverError
        case "request_too_large", "conflict_error": .invalidRequest
        // A gateway's own; Anthropic says `timeout_error` with 504.
        case "invalid_request_error" where answer.status == 408: nil
        case "invalid_request_error": invalid(facts.message)
        default: nil
        }
    }

    /// Limits of money come with the statuses and types of other errors.
    private static func isSpendingLimit(_ message: String, _ answer: FailedAnswer) -> Bool {
        let details = answer.json?["error"]?["details"]
        if details?["error_code"]?.string == "enforced_spend_limit_reached" { return true }
        let words = message.lowercased()
        return [
            "credit balance is too low", "spend limit", "spending limit", "specified api usage limits",
            "workspace api usage limits",
        ].contains { words.contains($0) }
    }

    private static func invalid(_ message: String) -> ModelError.Kind {
        let words = message.lowercased()
        if words.hasPrefix("prompt is too long") || words.contains("exceed context limit") {
            return .contextTooLong(limit: nil, count: nil)
        }
        return ModelError.Kind(words: message, status: 400) ?? .invalidRequest
    }
}
