import HTTPTransport
import LanguageModels
import Testing

@testable import ModelProviders

struct GeminiFailureTests {
    private func failure(_ status: Int, _ body: String) -> ModelError {
        GeminiFailure(FailedAnswer(status: status, body: Array(body.utf8))).error
    }

    private static func body(_ status: String, _ message: String, _ details: String = "") -> String {
        #"{"error":{"code":400,"message":"\#(message)","status":"\#(status)","details":[\#(details)]}}"#
    }

    private static func info(_ reason: String) -> String {
        #"{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"\#(reason)"}"#
    }

    private static func quota(_ id: String, _ value: String = "20") -> String {
        #"""
        {"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{"quotaId":"\#(id)","quotaValue":"\#(value)"}]}
        """#
    }

    private static let zeroQuota =
        #"{"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{"quotaId":"PerMinute","quotaValue":0}]}"#

    @Test(
        arguments: [
            (400, body("INVALID_ARGUMENT", "x", info("API_KEY_INVALID")), .unauthorized),
            (400, body("INVALID_ARGUMENT", "API key expired. Please renew the API key."), .unauthorized),
            (400, body("INVALID_ARGUMENT", "Unknown name"), .invalidRequest),
            (400, body("FAILED_PRECONDITION", "User location is not supported for the API use."), .regionUnsupported),
            (400, body("FAILED_PRECONDITION", "Please enable billing on your project."), .quotaExhausted),
            (401, body("UNAUTHENTICATED", "x"), .unauthorized),
            (403, body("PERMISSION_DENIED", "x", info("SERVICE_DISABLED")), .permissionDenied),
            (404, body("NOT_FOUND", "models/x is not found for API version v1beta"), .notFound),
            (404, "<!DOCTYPE html><html><title>Error 404</title></html>", .notFound),
            (429, body("RESOURCE_EXHAUSTED", "You exceeded your current quota", quota("PerMinutePerX")), .rateLimited),
            (429, body("RESOURCE_EXHAUSTED", "You exceeded your current quota"), .rateLimited),
            (429, #"{"error":{"code":429,"message":"You exceeded your current quota"}}"#, .rateLimited),
            (429, body("RESOURCE_EXHAUSTED", "x", quota("RequestsPerDayPerProject")), .quotaExhausted),
            (429, body("RESOURCE_EXHAUSTED", "x", quota("RequestsPerMinute", "0")), .quotaExhausted),
            (429, body("RESOURCE_EXHAUSTED", "Quota exceeded for metric: y, limit: 0, model: z"), .quotaExhausted),
            (429, body("RESOURCE_EXHAUSTED", "Quota exceeded for metric: y, limit: 20, model: z"), .rateLimited),
            (429, body("RESOURCE_EXHAUSTED", "Over metric: y, limit: 20, metric: w, limit: 0"), .quotaExhausted),
            (429, body("RESOURCE_EXHAUSTED", "x", zeroQuota), .quotaExhausted),
            (429, body("RESOURCE_EXHAUSTED", "Your prepayment credits are depleted."), .quotaExhausted),
            (499, body("CANCELLED", "x"), .cancelled),
            (500, body("INTERNAL", "x"), .serverError),
            (503, body("UNAVAILABLE", "The model is overloaded."), .overloaded),
            (504, body("DEADLINE_EXCEEDED", "x"), .serverError),
            (502, "", .serverError),
            // A gateway's.
            (500, #"{"error":{"code":500,"message":"Error: Incorrect API key provided"}}"#, .unauthorized),
            (500, #"{"error":{"code":500,"message":"x"}}"#, .serverError),
        ] as [(Int, String, ModelError.Kind)]
    )
    func `tells errors apart`(status: Int, body: String, kind: ModelError.Kind) {
        #expect(failure(status, body).kind == kind)
        #expect(failure(status, body.hasPrefix("{") ? "[\(body)]" : body).kind == kind)
    }

    @Test(arguments: [
        (
            "The input token count (1250074) exceeds the maximum number of tokens allowed (1048576).", 1_048_576,
            1_250_074
        ),
        ("The input token count exceeds the maximum number of tokens allowed 1048576.", 1_048_576, nil),
        (
            "Unable to submit request because the input token count is 33000 but model only supports up to 32768.",
            32_768, 33_000
        ),
    ])
    func `says how much too long a prompt is`(message: String, limit: Int?, count: Int?) {
        #expect(
            failure(400, Self.body("INVALID_ARGUMENT", message)).kind == .contextTooLong(limit: limit, count: count)
        )
    }

    @Test(arguments: [
        (#""34.4s""#, Duration.milliseconds(34_400)), (#""48s""#, .seconds(48)),
        (#"{"seconds":"3","nanos":500000000}"#, .milliseconds(3500)), (#""soon""#, nil),
    ])
    func `knows how long to wait`(delay: String, duration: Duration?) {
        let info = #"{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":\#(delay)}"#

        let error = failure(429, Self.body("RESOURCE_EXHAUSTED", "x", info))

        #expect(error.retryAfter == duration)
        #expect(error.isRetryable && error.code == "RESOURCE_EXHAUSTED")
    }

    @Test func `names the members that are at fault`() {
        let fault = #"""
            {"@type":"type.googleapis.com/google.rpc.BadRequest","fieldViolations":[{"field":"a","description":"No b."}]}
            """#

        let error = failure(400, Self.body("INVALID_ARGUMENT", "Request contains an invalid argument.", fault))

        #expect(error.message == "Request contains an invalid argument: No b")
    }

    @Test func `an error beside a good status is an error, in an array too`() async {
        for body in [Self.body("UNAVAILABLE", "Busy"), "[\(Self.body("UNAVAILABLE", "Busy"))]"] {
            let service = ScriptedService([HTTPResponse(status: 200, body: Array(body.utf8))])
            let error = await #expect(throws: ModelError.self) {
                try await service.model().respond(to: ModelRequest("?"))
            }
            #expect(error?.kind == .overloaded && error?.identity?.description == "gemini/gemini-2.5-flash")
        }
    }

    @Test func `the key is sent as a header and shown to nobody`() async throws {
        let body = Self.body("INVALID_ARGUMENT", "The key a-secret-key is wrong.", Self.info("API_KEY_INVALID"))
        let service = ScriptedService([HTTPResponse(status: 400, body: Array(body.utf8))])

        let error = await #expect(throws: ModelError.self) {
            try await service.model().respond(to: ModelRequest("?"))
        }

        let request = try #require(service.requests.first)
        #expect(request.headers["x-goog-api-key"] == "a-secret-key" && !request.url.contains("secret"))
        #expect(error.map { !"\($0)".contains("a-secret-key") } == true)
        #expect(error?.code == "API_KEY_INVALID" && error?.status == 400)
    }
}
