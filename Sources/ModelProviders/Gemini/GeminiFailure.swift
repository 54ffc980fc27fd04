import HTTPTransport
import LanguageModels

/// What Google's error object means: `error.status`, and `error.details` with a reason, quotas and a delay.
struct GeminiFailure {
    private let answer: FailedAnswer
    private let details: [JSONValue]
    private let status: String?

    /// Reads an error, alone or as the only element of an array.
    init(_ answer: FailedAnswer) {
        self.answer = answer
        let error = answer.json?["error"]
        details = error?["details"]?.elements ?? []
        status = error?["status"]?.string ?? error?["code"]?.integer.flatMap { Self.word($0, beside: answer.status) }
    }

    /// The error in the words of models.
    var error: ModelError {
        var facts = answer.facts
        for words in fieldFaults where !facts.message.contains(words) { facts.message += ": \(words)" }
        var error = answer.error(facts, kind: kind(facts.message))
        error.code = reason ?? status ?? error.code
        error.retryAfter = retryDelay ?? error.retryAfter
        return error
    }

    private func kind(_ message: String) -> ModelError.Kind? {
        switch reason {
        case "API_KEY_INVALID", "API_KEY_EXPIRED", "CREDENTIALS_MISSING", "ACCESS_TOKEN_EXPIRED",
            "ACCESS_TOKEN_TYPE_UNSUPPORTED":
            return .unauthorized
        case "BILLING_DISABLED":
            return .quotaExhausted
        default:
            return kindByStatus(message.lowercased())
        }
    }

    private func kindByStatus(_ message: String) -> ModelError.Kind? {
        switch status {
        case "UNAUTHENTICATED": .unauthorized
        case "PERMISSION_DENIED": isAboutPlace(message) ? .regionUnsupported : .permissionDenied
        case "NOT_FOUND": .notFound
        case "RESOURCE_EXHAUSTED": isUsedUp(message) ? .quotaExhausted : .rateLimited
        case "CANCELLED": .cancelled
        case "UNAVAILABLE": .overloaded
        case "ABORTED", "DATA_LOSS", "UNKNOWN", "DEADLINE_EXCEEDED": .serverError
        case "INTERNAL": ContextMessage(message).isTooLong ? tooLong(message) : .serverError
        case "FAILED_PRECONDITION", "INVALID_ARGUMENT", "OUT_OF_RANGE": kindOfFault(message)
        case "UNIMPLEMENTED", "ALREADY_EXISTS": .invalidRequest
        default: nil
        }
    }

    private func kindOfFault(_ message: String) -> ModelError.Kind {
        if isAboutPlace(message) { return .regionUnsupported }
        if message.contains("api key not valid") || message.contains("api key expired") { return .unauthorized }
        if ContextMessage(message).isTooLong || message.contains("input token count") { return tooLong(message) }
        if status == "FAILED_PRECONDITION", message.contains("billing") { return .quotaExhausted }
        return .invalidRequest
    }

    private func tooLong(_ message: String) -> ModelError.Kind {
        let words = ContextMessage(message)
        return .contextTooLong(
            limit: words.number(after: ["tokens allowed (", "tokens allowed ", "supports up to "])
                ?? words.figures.limit,
            count: words.number(after: ["token count (", "token count is "]) ?? words.figures.count
        )
    }

    private func isAboutPlace(_ message: String) -> Bool {
        message.contains("location is not supported") || message.contains("not available in your")
    }

    /// Whether waiting some seconds is useless: a quota for a day, one of nothing, or money.
    private func isUsedUp(_ message: String) -> Bool {
        let isDaily = violations.contains { violation in
            violation["quotaId"]?.string?.contains("PerDay") == true || violation["quotaValue"]?.integer == 0
        }
        if isDaily { return true }
        let phrases = ["per day", "credits are depleted", "spending cap", "spend cap", "spending limit"]
        if phrases.contains(where: { message.contains($0) }) { return true }
        return ContextMessage(message).numbers(after: "limit: ").contains(0)
    }

    private func detail(_ type: String) -> JSONValue? {
        details.first { $0["@type"]?.string?.hasSuffix(".\(type)") == true }
    }

    private var reason: String? { detail("ErrorInfo")?["reason"]?.string }

    private var violations: [JSONValue] {
        details.filter { $0["@type"]?.string?.hasSuffix(".QuotaFailure") == true }
            .flatMap { $0["violations"]?.elements ?? [] }
    }

    /// The faults of single members of the request.
    private var fieldFaults: [String] {
        let faults = detail("BadRequest")?["fieldViolations"]?.elements ?? []
        return faults.prefix(3).compactMap { $0["description"]?.string.map(FailedAnswer.sentence) }
    }

    /// How long the service asks to wait: `34.4s`, or seconds and nanoseconds apart.
    private var retryDelay: Duration? {
        guard let delay = detail("RetryInfo")?["retryDelay"] else { return nil }
        if let text = delay.string { return Duration(decimal: text.hasSuffix("s") ? text.dropLast() : text[...]) }
        guard delay.object != nil else { return nil }
        return .seconds(delay["seconds"]?.count ?? 0) + .nanoseconds(delay["nanos"]?.count ?? 0)
    }

    /// The word for a number; 500 where the answer itself has failed says less than a gateway's words may.
    private static func word(_ number: Int, beside status: Int) -> String? {
        number == 500 && !(200..<300 ~= status) ? nil : words[number]
    }

    /// The words for the numbers of gRPC, which the results of batches have, and for those of HTTP.
    private static let words: [Int: String] = [
        1: "CANCELLED", 2: "UNKNOWN", 3: "INVALID_ARGUMENT", 4: "DEADLINE_EXCEEDED", 5: "NOT_FOUND",
        6: "ALREADY_EXISTS", 7: "PERMISSION_DENIED", 8: "RESOURCE_EXHAUSTED", 9: "FAILED_PRECONDITION", 10: "ABORTED",
        11: "OUT_OF_RANGE", 12: "UNIMPLEMENTED", 13: "INTERNAL", 14: "UNAVAILABLE", 15: "DATA_LOSS",
        16: "UNAUTHENTICATED",
        400: "INVALID_ARGUMENT", 401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED", 404: "NOT_FOUND",
        429: "RESOURCE_EXHAUSTED", 499: "CANCELLED", 500: "INTERNAL", 503: "UNAVAILABLE", 504: "DEADLINE_EXCEEDED",
    ]
}
