import HTTPTransport
import LanguageModels
import Testing

@testable import ModelProviders

struct FailureTests {
    private func error(_ status: Int, _ body: String) -> ModelError {
        let answer = FailedAnswer(status: status, body: Array(body.utf8))
        return answer.error(answer.facts)
    }

    @Test(arguments: [
        (#"{"error":{"message":"Too  big.\n","code":17}}"#, "Too big"),
        (#"{"code":"x","error":"Bad thing"}"#, "Bad thing"),
        (#"{"detail":"No such page"}"#, "No such page"),
        (#"{"detail":[{"loc":["body","model"],"msg":"field required"}]}"#, "body.model: field required"),
        (#"{"object":"error","message":"Unknown model"}"#, "Unknown model"),
        (
            #"{"error":{"message":"Provider returned error","metadata":{"raw":"slow down"}}}"#,
            "Provider returned error: slow down"
        ),
        ("", "the service answered with nothing"),
        ("upstream connect error", "upstream connect error"),
        ("<html><title>502 Bad Gateway</title></html>", "the service answered with a web page: 502 Bad Gateway"),
    ])
    func `finds the words in every shape of body`(body: String, message: String) {
        #expect(error(502, body).message == message)
    }

    @Test(
        arguments: [
            (
                "This model's maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens.",
                8192, 9001
            ),
            ("prompt is too long: 210000 tokens > 200000 maximum", 200_000, 210_000),
            ("input length and `max_tokens` exceed context limit: 188240 + 21333 > 200000", 200_000, 209_573),
            (
                "The input token count (1250074) exceeds the maximum number of tokens allowed (1048576).", 1_048_576,
                1_250_074
            ),
            ("request (5000 tokens) exceeds the available context size (4096 tokens), try increasing it", 4096, 5000),
            (
                "too many tokens: size limit exceeded by 100 tokens. The limit for this model is 4000 tokens.", 4000,
                4100
            ),
            (
                "This model's maximum prompt length is 131,072 but the request contains 200,000 tokens.", 131_072,
                200_000
            ),
            ("Your input exceeds the context window of this model.", nil, nil),
        ] as [(String, Int?, Int?)]
    )
    func `reads limit and count of a prompt that is too long`(words: String, limit: Int?, count: Int?) {
        let body: JSONValue = ["error": ["message": .string(words)]]

        #expect(error(400, body.text).kind == .contextTooLong(limit: limit, count: count))
    }

    @Test(
        arguments: [
            (400, "No such parameter", .invalidRequest), (400, "Incorrect API key provided", .unauthorized),
            (400, "The requested model 'x' does not exist", .notFound), (400, "x is not a valid model ID", .notFound),
            (400, "The file 'x' does not exist", .invalidRequest), (500, "model not found", .serverError),
            (400, "string_above_max_length in the context window", .invalidRequest),
            (401, "", .unauthorized), (402, "", .quotaExhausted), (403, "", .permissionDenied),
            (403, "Country, region, or territory not supported", .regionUnsupported), (404, "", .notFound),
            (405, "", .invalidRequest), (408, "", .timeout(.total)), (409, "", .serverError),
            (413, "", .invalidRequest), (422, "", .invalidRequest), (429, "", .rateLimited),
            (429, "Too many tokens per minute", .rateLimited),
            (429, "You exceeded your current quota", .quotaExhausted),
            (429, "Rate limit reached: 3 / min. Please add a payment method to increase your rate limit", .rateLimited),
            // As inside a stream.
            (200, "Rate limit reached: 3 / min. Please add a payment method to increase your rate limit", .rateLimited),
            (429, "Too many requests per min; a payment method raises your limits", .rateLimited),
            (429, "Rate limit reached, since you exceeded your current quota", .quotaExhausted),
            (
                422, "`inputs` tokens + `max_new_tokens` must be <= 4096. Given: 4000",
                .contextTooLong(limit: 4096, count: 4000)
            ),
            (422, "`inputs` must have less than 1024 tokens. Given: 1047", .contextTooLong(limit: 1024, count: 1047)),
            (429, "We see high demand", .overloaded), (498, "", .contentFiltered),
            (498, "Invalid token", .unauthorized), (498, "Token expired", .unauthorized), (499, "", .cancelled),
            (500, "", .serverError), (503, "", .overloaded), (500, "The engine is overloaded", .overloaded),
            (529, "", .overloaded), (520, "", .serverError),
            (200, "Rate limit reached", .rateLimited), (200, "Something broke", .serverError),
        ] as [(Int, String, ModelError.Kind)]
    )
    func `finds the kind by words and status`(status: Int, words: String, kind: ModelError.Kind) {
        let body: JSONValue = ["error": ["message": .string(words)]]

        #expect(error(status, body.text).kind == kind)
    }

    /// What each service says with a status alone.
    private static let readers: [(String, @Sendable (FailedAnswer) -> ModelError)] = [
        ("OpenAI", { OpenAIFailure.error($0) }), ("Anthropic", { AnthropicFailure.error($0) }),
        ("Gemini", { GeminiFailure($0).error }), ("Cohere", { CohereFailure.error($0) }),
    ]

    @Test(arguments: [
        ([408, 409, 429, 500, 502, 503, 504, 529], true),
        ([400, 401, 402, 403, 404, 405, 413, 415, 422, 498, 499, 501], false),
    ])
    func `knows after which statuses to try again, whoever answers`(statuses: [Int], isRetryable: Bool) {
        for (name, error) in Self.readers {
            for status in statuses {
                for body in ["", "Sorry", #"{"message":"Sorry"}"#, #"{"error":{"message":"Sorry","code":\#(status)}}"#]
                {
                    let error = error(FailedAnswer(status: status, body: Array(body.utf8)))
                    #expect(error.isRetryable == isRetryable, "\(name) \(status) \(body)")
                    let delay = RetryPolicy().delay(after: error, failures: 1, elapsed: .zero, jitter: 0)
                    #expect((delay != nil) == isRetryable, "\(name) \(status) \(body)")
                }
            }
        }
    }

    @Test func `takes the status from the body where the answer was good`() {
        #expect(error(200, #"{"error":{"message":"x","code":502}}"#).kind == .serverError)
        #expect(error(200, #"{"error":{"message":"x","status_code":400}}"#).kind == .invalidRequest)
    }

    @Test(arguments: [
        ("Please try again in 1.78s. Visit", Duration.milliseconds(1780)),
        ("Please retry after 21 seconds.", .seconds(21)), ("try again in 2 minutes", .seconds(120)),
        ("retry in 500 milliseconds", .milliseconds(500)), ("try again in 1.5 hours", .seconds(5400)),
        ("Please try again.", nil),
    ])
    func `finds in the words how long to wait`(words: String, wait: Duration?) {
        let body: JSONValue = ["error": ["message": .string(words)]]

        #expect(error(429, body.text).retryAfter == wait)
    }

    @Test func `does not retry a request that is larger than its limit`() {
        let body = #"{"error":{"message":"Rate limit reached on tokens: Limit 10000, Used 0, Requested 12000."}}"#

        #expect(!error(429, body).isRetryable)
        #expect(error(429, body.replacing("12000", with: "9000")).isRetryable)
    }

    @Test(arguments: [(401, "No"), (429, "You exceeded your current quota"), (402, "Pay")])
    func `retries neither keys nor quotas, whatever a header says`(status: Int, words: String) {
        let body: JSONValue = ["error": ["message": .string(words)]]
        let answer = FailedAnswer(status: status, headers: ["x-should-retry": "true"], body: body.bytes)

        #expect(answer.error(answer.facts).isRetryable == false)
    }

    @Test func `survives numbers without measure`() {
        let words =
            "too many tokens: size limit exceeded by 9223372036854775807 tokens. "
            + "The limit for this model is 9223372036854775807 tokens: 9223372036854775807 + 9223372036854775807 > 5"
        let body: JSONValue = ["error": ["message": .string(words)]]

        #expect(!error(400, body.text).isRetryable)
    }

    @Test(arguments: [
        ("provided: sk-proj-abcdefgh123.", "provided: sk-proj-***"),
        ("Authorization: Bearer abcdefgh-1234 failed", "Authorization: Bearer *** failed"),
        ("/models?key=AIzaSyA-123456789&alt=sse", "/models?key=***&alt=sse"),
        ("key sk-abcd********wxyz", "key sk-***"),
        ("the risk-free desk-bound task", "the risk-free desk-bound task"),
    ])
    func `masks what looks like a key`(text: String, masked: String) {
        #expect(FailedAnswer.sentence(text) == masked)
    }

    @Test(arguments: [1000, 4096], ["no ", " "])
    func `shows no part of a key, wherever a long text is cut`(cut: Int, filler: String) {
        let key = "AbCdEf0123456789AbCdEf0123456789AbCdEf01"
        for start in stride(from: cut - 45, through: cut + 5, by: 5) {
            let words = String(repeating: filler, count: start).prefix(start) + " " + key
            let text = words + String(repeating: " more", count: 1000)

            let answers = [FailedAnswer(status: 500, body: Array(text.utf8)), FailedAnswer(inStream: .string(text))]
            for message in [FailedAnswer.sentence(text)] + answers.map(\.facts.message) {
                #expect(!message.contains("AbC"), "the key stands behind \(start) characters")
                #expect(message.count <= 1001)
            }
        }
    }

    @Test func `masks a text without end in time that grows with its length alone`() {
        let text = String(repeating: "key=", count: 4_000_000)

        #expect(FailedAnswer.sentence(text) == String(repeating: "key=", count: 250) + "…")
    }
}
