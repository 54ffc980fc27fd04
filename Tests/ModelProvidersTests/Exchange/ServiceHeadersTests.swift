import HTTPTransport
import LanguageModels
import Testing

@testable import ModelProviders

struct ServiceHeadersTests {
    private static let waits: [(HTTPHeaders, Duration?)] = [
        (["retry-after-ms": "1500", "retry-after": "9"], Duration.milliseconds(1500)),
        (["retry-after-ms": "0", "retry-after": "1"], .seconds(1)),
        (["retry-after-ms": "-5", "Retry-After": "2.5"], .milliseconds(2500)),
        (["retry-after": "6m0s"], .seconds(360)),
        (["retry-after": "Wed, 19 Aug 2026 14:34:41 GMT", "date": "Wed, 19 Aug 2026 14:34:11 GMT"], .seconds(30)),
        (["retry-after": "Wednesday, 19-Aug-26 14:34:41 GMT", "Date": "Wed Aug 19 14:34:11 2026"], .seconds(30)),
        (["retry-after": "Wed, 19 Aug 2026 14:34:41 GMT"], nil),
        (["retry-after": "0"], nil),
        (["retry-after": "soon"], nil),
        (["retry-after": "1e300"], nil),
        ([:], nil),
    ]

    @Test(arguments: waits)
    func `reads how long to wait`(headers: HTTPHeaders, wait: Duration?) {
        #expect(headers.retryAfter == wait)
    }

    @Test func `reads OpenAI's limits, whose resets are Go durations`() {
        let limits = ServiceLimits([
            "x-ratelimit-limit-requests": "5000", "X-RateLimit-Remaining-Requests": "4999",
            "x-ratelimit-reset-requests": "12ms", "x-ratelimit-limit-tokens": "4000000",
            "x-ratelimit-remaining-tokens": "3999991", "x-ratelimit-reset-tokens": "6m0.5s",
            "x-ratelimit-limit-input-images": "50000",
        ])

        #expect(limits.requests == .init(limit: 5000, remaining: 4999, timeUntilReset: .milliseconds(12)))
        #expect(limits.tokens == .init(limit: 4_000_000, remaining: 3_999_991, timeUntilReset: .milliseconds(360_500)))
        #expect(limits.inputTokens == .init())
    }

    @Test func `reads Azure's limits, whose resets are bare seconds and whose unknowns are negative`() {
        let limits = ServiceLimits([
            "x-ratelimit-limit-requests": "-1", "x-ratelimit-reset-requests": "7",
            "x-ratelimit-renewalperiod-requests": "60",
        ])

        #expect(limits.requests == .init(timeUntilReset: .seconds(7)))
    }

    @Test func `reads Anthropic's limits against the answer's date`() {
        let limits = ServiceLimits([
            "anthropic-ratelimit-requests-limit": "50",
            "anthropic-ratelimit-input-tokens-remaining": "4000",
            "anthropic-ratelimit-input-tokens-reset": "2026-08-19T14:35:11Z",
            "anthropic-ratelimit-output-tokens-reset": "2026-08-19T16:34:21.5+02:00",
            "anthropic-priority-input-tokens-limit": "9",
            "date": "Wed, 19 Aug 2026 14:34:11 GMT",
        ])

        #expect(limits.requests == .init(limit: 50))
        #expect(limits.inputTokens == .init(remaining: 4000, timeUntilReset: .seconds(60)))
        #expect(limits.outputTokens == .init(timeUntilReset: .milliseconds(10_500)))
    }

    @Test func `reads the limits of gateways, which name moments`() {
        let limits = ServiceLimits([
            "x-ratelimit-limit": "20", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1787150060000",
            "date": "Wed, 19 Aug 2026 14:34:00 GMT",
        ])

        #expect(limits.requests == .init(limit: 20, remaining: 0, timeUntilReset: .seconds(20)))
    }

    @Test(arguments: [("", nil), ("abc", nil), ("5", nil), ("1h2m3s", Duration.seconds(3723)), ("-3s", nil)])
    func `reads Go's durations and nothing else`(text: String, duration: Duration?) {
        #expect(Duration(go: text) == duration)
    }

    @Test(arguments: [
        ("1970-01-01T00:00:00Z", Duration.zero), ("2000-02-29T00:00:00Z", .seconds(951_782_400)),
        ("2026-13-01T00:00:00Z", nil), ("2026-08-19", nil), ("2026-08-19T25:00:00Z", nil),
    ])
    func `reads moments`(text: String, moment: Duration?) {
        #expect(Duration(rfc3339: text) == moment)
    }
}
