import HTTPTransport
import LanguageModels

/// Reads Cohere's errors.
enum CohereFailure {
    /// The error of a failed answer, or of an event inside a stream.
    static func error(_ answer: FailedAnswer) -> ModelError {
        let facts = answer.facts
        let type = answer.json?["error_type"]?.string
        var error = answer.error(facts, kind: kind(type: type, facts.message, status: answer.status))
        error.code = type ?? error.code
        error.requestID = answer.json?["id"]?.string
        if error.kind == .rateLimited, error.retryAfter == nil { error.retryAfter = reset(answer) }
        return error
    }

    /// The error of an answer that ended with a failure.
    static func error(ended json: JSONValue, reason: String?) -> ModelError {
        let words = json["error"]?.string ?? json["error"]?["message"]?.string
        var body = JSONObject([("message", .string(words ?? "the model stopped with \(reason ?? "ERROR")"))])
        body["error_type"] = json["error_type"]
        var error = error(FailedAnswer(inStream: .object(body)))
        error.code = error.code ?? reason
        return error
    }

    /// What the type and the words tell; `nil` leaves it to what all services say alike.
    private static func kind(type: String?, _ message: String, status: Int) -> ModelError.Kind? {
        let words = message.lowercased()
        // A trial key has a limit for each minute, which passes, and one for each month.
        if status == 429 {
            return words.contains("month") && !words.contains("minute") ? .quotaExhausted : .rateLimited
        }
        if type == "TOO_MANY_TOKENS" || words.hasPrefix("too many tokens") {
            return .contextTooLong(limit: nil, count: nil)
        }
        return status == 498 ? .contentFiltered : nil
    }

    /// The time until the limit is lifted, which Cohere gives as a moment.
    private static func reset(_ answer: FailedAnswer) -> Duration? {
        guard let text = answer.headers["x-ratelimit-reset"], let moment = Duration(decimal: text) else { return nil }
        return answer.headers.timeUntil(moment)
    }
}
