import LanguageModels
import Testing

@testable import ModelProviders

struct OpenAIFailureTests {
    /// Each row: status, type, code, words, and what they mean.
    @Test(
        arguments: [
            (400, "invalid_request_error", "context_length_exceeded", "Long.", .contextTooLong(limit: nil, count: nil)),
            (400, "invalid_request_error", "unsupported_value", "No.", .invalidRequest),
            (400, "invalid_request_error", "decimal_below_min_value", "No.", .invalidRequest),
            (400, "invalid_request_error", nil, "Unsupported parameter: 'temperature'.", .invalidRequest),
            (400, "invalid_request_error", "model_not_found", "No.", .notFound),
            (404, "invalid_request_error", "model_not_found", "No.", .notFound),
            (400, "image_generation_user_error", "moderation_blocked", "No.", .contentFiltered),
            (400, "invalid_request_error", "content_policy_violation", "No.", .contentFiltered),
            (400, "invalid_request_error", "invalid_prompt", "Flagged.", .contentFiltered),
            (400, "invalid_request_error", "billing_hard_limit_reached", "Spent.", .quotaExhausted),
            (401, "invalid_request_error", nil, "You must be a member of an organization.", .unauthorized),
            (401, "invalid_request_error", "ip_not_authorized", "No.", .unauthorized),
            (403, nil, "unsupported_country_region_territory", "No.", .regionUnsupported),
            (409, nil, nil, "Conflict.", .serverError), (413, nil, nil, "Large.", .invalidRequest),
            (429, "tokens", "rate_limit_exceeded", "Slow.", .rateLimited),
            (429, "requests", nil, "Slow.", .rateLimited),
            (429, "rate_limit_error", "slow_down", "Slow.", .rateLimited),
            (429, "insufficient_quota", nil, "Spent.", .quotaExhausted),
            (429, "insufficient_quota", "credit_balance_exhausted", "Spent.", .quotaExhausted),
            (429, nil, "organization_spend_limit_exceeded", "Spent.", .quotaExhausted),
            (429, "rate_limit_error", "project_spend_limit_exceeded", "Spent.", .quotaExhausted),
            (429, nil, "organization_usage_limit_exceeded", "Spent.", .quotaExhausted),
            (500, "server_error", nil, "Broken.", .serverError),
            (503, "service_unavailable_error", "server_is_overloaded", "Busy.", .overloaded),
            (503, "service_unavailable_error", nil, "Busy.", .overloaded),
        ] as [(Int, String?, String?, String, ModelError.Kind)]
    )
    func `knows the service's errors`(status: Int, type: String?, code: String?, words: String, kind: ModelError.Kind) {
        let body: JSONValue = [
            "error": [
                "message": .string(words), "type": type.map { .string($0) } ?? .null, "param": nil,
                "code": code.map { .string($0) } ?? .null,
            ]
        ]

        let error = OpenAIFailure.error(FailedAnswer(status: status, body: body.bytes))

        #expect(error.kind == kind)
        #expect(error.isRetryable == [.rateLimited, .overloaded, .serverError].contains(kind))
        #expect(error.code == code ?? type)
    }

    /// What a failed answer of Responses may carry.
    @Test(arguments: [
        ("server_error", ModelError.Kind.serverError), ("rate_limit_exceeded", .rateLimited),
        ("invalid_prompt", .contentFiltered), ("bio_policy", .contentFiltered),
        ("image_content_policy_violation", .contentFiltered), ("vector_store_timeout", .serverError),
        ("data_residency_mismatch", .invalidRequest), ("image_file_not_found", .invalidRequest),
        ("insufficient_quota", .quotaExhausted), ("failed_to_download_image", .invalidRequest),
    ])
    func `knows why an answer failed`(code: String, kind: ModelError.Kind) {
        let answer: JSONValue = ["status": "failed", "error": ["code": .string(code), "message": "x"]]

        #expect(ResponsesAnswer.failure(of: answer).kind == kind)
    }
}
