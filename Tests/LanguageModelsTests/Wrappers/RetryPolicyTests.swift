import LanguageModels
import Testing

struct RetryPolicyTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var kind: ModelError.Kind
        var isRetried: Bool
        var message = ""
        var shouldRetry: Bool?
        var retryAfter: Duration?
        var hasPartialResponse = false

        var testDescription: String { "\(kind) \(message) \(shouldRetry.map { "\($0)" } ?? "")" }

        var error: ModelError {
            var error = ModelError(kind, message)
            error.shouldRetry = shouldRetry
            error.retryAfter = retryAfter
            if hasPartialResponse { error.partialResponse = ModelResponse(parts: [.text("x")], finishReason: .other) }
            return error
        }
    }

    static let cases = [
        Case(kind: .connection, isRetried: true),
        Case(kind: .timeout(.connect), isRetried: true),
        Case(kind: .timeout(.firstToken), isRetried: true),
        Case(kind: .truncatedStream, isRetried: true),
        Case(kind: .truncatedStream, isRetried: false, hasPartialResponse: true),
        Case(kind: .connection, isRetried: false, hasPartialResponse: true),
        Case(kind: .overloaded, isRetried: false, shouldRetry: true, hasPartialResponse: true),
        Case(kind: .serverError, isRetried: false, shouldRetry: false),
        Case(kind: .rateLimited, isRetried: false, shouldRetry: false),
        Case(kind: .invalidRequest, isRetried: true, shouldRetry: true),
        Case(kind: .serverError, isRetried: true),
        Case(kind: .overloaded, isRetried: true),
        Case(kind: .rateLimited, isRetried: true),
        Case(kind: .rateLimited, isRetried: true, retryAfter: .seconds(120)),
        Case(kind: .rateLimited, isRetried: false, retryAfter: .seconds(121)),
        Case(kind: .rateLimited, isRetried: false, message: "Request too large: Limit 30000, Requested 34012."),
        Case(kind: .rateLimited, isRetried: false, message: "limit: 10 / requested: 11"),
        Case(kind: .rateLimited, isRetried: false, message: "Limit 30,000, Used 1, Requested 31,002"),
        Case(kind: .rateLimited, isRetried: true, message: "Limit 1,000,000, Used 999,000, Requested 2,000"),
        Case(kind: .rateLimited, isRetried: true, message: "Limit 30000, Used 29000, Requested 2000. Try again in 1s."),
        Case(kind: .quotaExhausted, isRetried: false),
        Case(kind: .quotaExhausted, isRetried: false, shouldRetry: true),
        Case(kind: .unauthorized, isRetried: false),
        Case(kind: .unauthorized, isRetried: false, shouldRetry: true),
        Case(kind: .permissionDenied, isRetried: false),
        Case(kind: .regionUnsupported, isRetried: false),
        Case(kind: .notFound, isRetried: false),
        Case(kind: .invalidRequest, isRetried: false),
        Case(kind: .unsupported, isRetried: false),
        Case(kind: .contextTooLong(limit: nil, count: nil), isRetried: false),
        Case(kind: .contentFiltered, isRetried: false),
        Case(kind: .refused, isRetried: false),
        Case(kind: .undecodableAnswer, isRetried: false),
        Case(kind: .undecodableAnswer, isRetried: true, shouldRetry: true),
        Case(kind: .cancelled, isRetried: false),
        Case(kind: .cancelled, isRetried: false, shouldRetry: true),
        Case(kind: .configuration, isRetried: false),
    ]

    @Test(arguments: cases)
    func `decides by what went wrong`(given: Case) {
        let delay = RetryPolicy().delay(after: given.error, failures: 1, elapsed: .zero, jitter: 0.5)

        #expect((delay != nil) == given.isRetried)
    }

    @Test(arguments: [
        (1, 0.0, Duration.zero), (1, 0.5, .milliseconds(250)), (2, 0.5, .milliseconds(500)), (3, 0.5, .seconds(1)),
        (7, 0.5, .seconds(15)), (90, 0.5, .seconds(15)),
    ])
    func `draws from nothing to twice the last wait, up to a maximum`(failures: Int, jitter: Double, wait: Duration) {
        var policy = RetryPolicy(maximumAttempts: 100)
        policy.totalTime = nil
        let error = ModelError(.serverError, "")

        #expect(policy.delay(after: error, failures: failures, elapsed: .zero, jitter: jitter) == wait)
    }

    @Test(arguments: [(0.0, Duration.seconds(20)), (0.5, .seconds(21))])
    func `waits as long as the service asks, and at most a tenth more`(jitter: Double, wait: Duration) {
        var error = ModelError(.rateLimited, "")
        error.retryAfter = .seconds(20)

        #expect(RetryPolicy().delay(after: error, failures: 1, elapsed: .zero, jitter: jitter) == wait)
    }

    @Test(arguments: [Duration.zero, .seconds(-3)])
    func `draws a wait where the hint says nothing`(hint: Duration) {
        var error = ModelError(.overloaded, "")
        error.retryAfter = hint

        #expect(RetryPolicy().delay(after: error, failures: 1, elapsed: .zero, jitter: 0.5) == .milliseconds(250))
    }

    @Test func `ends with the number of attempts`() {
        let error = ModelError(.serverError, "")

        #expect(RetryPolicy(maximumAttempts: 3).delay(after: error, failures: 2, elapsed: .zero, jitter: 0) != nil)
        #expect(RetryPolicy(maximumAttempts: 3).delay(after: error, failures: 3, elapsed: .zero, jitter: 0) == nil)
        #expect(RetryPolicy(maximumAttempts: 1).delay(after: error, failures: 1, elapsed: .zero, jitter: 0) == nil)
    }

    @Test func `begins no attempt behind the total time`() {
        var policy = RetryPolicy()
        policy.totalTime = .seconds(60)
        var error = ModelError(.rateLimited, "")
        error.retryAfter = .seconds(20)

        #expect(policy.delay(after: error, failures: 1, elapsed: .seconds(40), jitter: 0) == .seconds(20))
        #expect(policy.delay(after: error, failures: 1, elapsed: .seconds(41), jitter: 0) == nil)
    }
}
