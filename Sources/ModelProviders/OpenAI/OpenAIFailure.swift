import LanguageModels

/// Reads errors of OpenAI, Azure and compatible servers.
enum OpenAIFailure {
    /// The error of a failed answer, or of an error inside a stream.
    static func error(_ answer: FailedAnswer) -> ModelError {
        let google = answer.json?["error"]
        if google?["status"]?.string != nil, google?["code"]?.integer != nil, google?["type"] == nil {
            // Gemini's OpenAI surface fails as Gemini does.
            return GeminiFailure(answer).error
        }
        let facts = answer.facts
        return answer.error(facts, kind: kind(facts, of: answer))
    }

    /// The error that an event of a stream, or a failed background answer, carries.
    static func error(inStream json: JSONValue) -> ModelError {
        error(FailedAnswer(inStream: json))
    }

    private static func kind(_ facts: FailureFacts, of answer: FailedAnswer) -> ModelError.Kind? {
        let inner = answer.json?["error"]?["innererror"]?["code"]?.string
        let found = [facts.code, facts.type, inner].compactMap { word in word.flatMap { kinds[$0.lowercased()] } }
        // A quota may come as a rate limit's error with a more exact type beside it.
        if let kind = found.first {
            // Azure calls a token that it does not accept a permission that is denied.
            if kind == .permissionDenied, answer.status == 401 { return .unauthorized }
            // A server that fails over a prompt that does not fit fails again.
            if kind == .serverError, ContextMessage(facts.message).isTooLong {
                return .contextTooLong(limit: nil, count: nil)
            }
            return found.contains(.quotaExhausted) ? .quotaExhausted : kind
        }
        // Without a status the type alone tells whose fault it is.
        guard answer.status < 300, facts.status == nil, facts.type == "invalid_request_error" else { return nil }
        return ModelError.Kind(words: facts.message, status: 400) ?? .invalidRequest
    }

    private static let kinds: [String: ModelError.Kind] = [
        "context_length_exceeded": .contextTooLong(limit: nil, count: nil),
        "too_many_prompt_tokens": .contextTooLong(limit: nil, count: nil),
        "exceed_context_size_error": .contextTooLong(limit: nil, count: nil),
        "invalid_api_key": .unauthorized, "authentication_error": .unauthorized, "unauthorized": .unauthorized,
        "permissiondenied": .permissionDenied, "permission_error": .permissionDenied,
        "model_not_found": .notFound, "deploymentnotfound": .notFound, "not_found_error": .notFound,
        "unsupported_country_region_territory": .regionUnsupported,
        "rate_limit_exceeded": .rateLimited, "rate_limit_error": .rateLimited, "slow_down": .rateLimited,
        "ratelimitreached": .rateLimited, "tokens": .rateLimited, "requests": .rateLimited,
        "insufficient_quota": .quotaExhausted, "credit_balance_exhausted": .quotaExhausted,
        "organization_spend_limit_exceeded": .quotaExhausted, "project_spend_limit_exceeded": .quotaExhausted,
        "organization_usage_limit_exceeded": .quotaExhausted, "billing_hard_limit_reached": .quotaExhausted,
        "billing_not_active": .quotaExhausted,
        "content_filter": .contentFiltered, "content_policy_violation": .contentFiltered,
        "moderation_blocked": .contentFiltered, "invalid_prompt": .contentFiltered, "bio_policy": .contentFiltered,
        "image_content_policy_violation": .contentFiltered, "responsibleaipolicyviolation": .contentFiltered,
        "server_is_overloaded": .overloaded, "service_unavailable_error": .overloaded,
        "overloaded_error": .overloaded,
        "server_error": .serverError, "vector_store_timeout": .serverError, "internal_server_error": .serverError,
        "tool_use_failed": .invalidRequest, "invalid_image": .invalidRequest,
        "invalid_image_format": .invalidRequest, "invalid_base64_image": .invalidRequest,
        "invalid_image_url": .invalidRequest, "image_too_large": .invalidRequest, "image_too_small": .invalidRequest,
        "image_parse_error": .invalidRequest, "invalid_image_mode": .invalidRequest,
        "image_file_too_large": .invalidRequest, "unsupported_image_media_type": .invalidRequest,
        "empty_image_file": .invalidRequest, "failed_to_download_image": .invalidRequest,
        "image_file_not_found": .invalidRequest, "data_residency_mismatch": .invalidRequest,
        "unsupported_parameter": .invalidRequest, "unsupported_value": .invalidRequest,
        "unknown_parameter": .invalidRequest, "invalid_value": .invalidRequest,
        "decimal_below_min_value": .invalidRequest, "string_above_max_length": .invalidRequest,
    ]
}
