import HTTPTransport
import LanguageModels
import Testing

@testable import ModelProviders

struct AnthropicFailureTests {
    private func error(_ status: Int, _ body: String, headers: HTTPHeaders = [:]) -> ModelError {
        AnthropicFailure.error(FailedAnswer(status: status, headers: headers, body: Array(body.utf8)))
    }

    @Test(arguments: [
        (400, "invalid_request_error", "messages: at least one message is required", ModelError.Kind.invalidRequest),
        (
            400, "invalid_request_error", "prompt is too long: 208310 tokens > 200000 maximum",
            .contextTooLong(limit: 200_000, count: 208_310)
        ),
        (
            400, "invalid_request_error",
            "input length and `max_tokens` exceed context limit: 188240 + 21333 > 200000, decrease input length",
            .contextTooLong(limit: 200_000, count: 209_573)
        ),
        (400, "invalid_request_error", "Your credit balance is too low to access the Anthropic API.", .quotaExhausted),
        (400, "invalid_request_error", "You have reached your specified API usage limits.", .quotaExhausted),
        (400, "invalid_request_error", "Output blocked by content filtering policy", .contentFiltered),
        (401, "authentication_error", "invalid x-api-key", .unauthorized),
        (402, "billing_error", "There is an issue with billing", .quotaExhausted),
        (403, "permission_error", "Not yours", .permissionDenied),
        (404, "not_found_error", "model: claude-x", .notFound),
        (409, "conflict_error", "busy", .invalidRequest),
        (413, "request_too_large", "Request exceeds the maximum size", .invalidRequest),
        (429, "rate_limit_error", "This request would exceed the rate limit", .rateLimited),
        (500, "api_error", "Internal server error", .serverError),
        (504, "timeout_error", "Timed out", .serverError),
        (529, "overloaded_error", "Overloaded", .overloaded),
        (408, "invalid_request_error", "Request timed out.", .timeout(.total)),
    ])
    func `tells errors by their types and words`(status: Int, type: String, message: String, kind: ModelError.Kind) {
        let error = error(status, #"{"type":"error","error":{"type":"\#(type)","message":"\#(message)"}}"#)

        #expect(error.kind == kind)
        #expect(error.code == type)
    }

    @Test func `tells a limit of money from a limit of rate`() {
        let spent = error(
            429,
            #"{"error":{"type":"rate_limit_error","message":"No.","details":{"error_code":"enforced_spend_limit_reached"}}}"#
        )
        let rate = error(429, #"{"error":{"type":"rate_limit_error","message":"No."}}"#, headers: ["retry-after": "7"])

        #expect(spent.kind == .quotaExhausted)
        #expect(!spent.isRetryable)
        #expect(rate.kind == .rateLimited)
        #expect(rate.retryAfter == .seconds(7))
    }

    @Test(arguments: [
        (413, "<html><title>413 Payload Too Large</title></html>", ModelError.Kind.invalidRequest),
        (529, "", .overloaded), (502, "bad gateway", .serverError), (401, "no", .unauthorized),
    ])
    func `tells errors without JSON by their status`(status: Int, body: String, kind: ModelError.Kind) {
        #expect(error(status, body).kind == kind)
    }

    @Test func `lets conflicts be tried again, as the service's own libraries do`() {
        #expect(error(409, #"{"error":{"type":"conflict_error","message":"busy"}}"#).isRetryable)
    }
}
