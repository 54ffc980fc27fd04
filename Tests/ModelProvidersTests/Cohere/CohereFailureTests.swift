import HTTPTransport
import LanguageModels
import Testing

@testable import ModelProviders

struct CohereFailureTests {
    private func error(_ status: Int, _ body: String, headers: HTTPHeaders = [:]) -> ModelError {
        CohereFailure.error(FailedAnswer(status: status, headers: headers, body: Array(body.utf8)))
    }

    @Test(arguments: [
        (
            400, "too many tokens: size limit exceeded by 10 tokens. The limit for this model is 100 tokens.",
            ModelError.Kind.contextTooLong(limit: 100, count: 110)
        ),
        (400, "invalid request: message is empty", .invalidRequest), (401, "invalid api token", .unauthorized),
        (402, "Please add or update your payment method", .quotaExhausted), (403, "no", .permissionDenied),
        (404, "model 'command-r' was removed on September 15, 2025", .notFound), (422, "bad schema", .invalidRequest),
        (429, "You are using a Trial key, which is limited to 20 API calls / minute.", .rateLimited),
        (429, "You are using a Trial key, which is limited to 1000 API calls / month.", .quotaExhausted),
        (429, "too many tokens per minute: please wait", .rateLimited),
        (498, "invalid token in the response", .contentFiltered), (499, "request cancelled by user", .cancelled),
        (500, "internal server error", .serverError), (501, "not implemented", .invalidRequest),
        (503, "unavailable", .overloaded), (504, "timeout", .serverError),
    ])
    func `tells errors by status and words`(status: Int, message: String, kind: ModelError.Kind) {
        let error = error(status, #"{"id":"i","message":"\#(message)"}"#)

        #expect(error.kind == kind)
        #expect(error.requestID == "i")
    }

    @Test func `waits until the limit is lifted`() {
        let headers: HTTPHeaders = ["x-ratelimit-reset": "1787150061", "date": "Wed, 19 Aug 2026 14:34:11 GMT"]

        #expect(error(429, #"{"message":"slow down"}"#, headers: headers).retryAfter == .seconds(10))
    }
}
