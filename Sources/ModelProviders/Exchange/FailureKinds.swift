import HTTPTransport
import LanguageModels

extension FailedAnswer {
    /// The error of this answer: of the kind that the service's own codes tell, else what its words tell, else what
    /// the status tells.
    func error(_ facts: FailureFacts, kind: ModelError.Kind? = nil) -> ModelError {
        let status = status >= 300 ? status : facts.status
        let kind = kind ?? ModelError.Kind(words: facts.message, status: status) ?? ModelError.Kind(status: status)
        var error = ModelError(Self.completed(kind, from: facts.message), facts.message)
        error.code = facts.code ?? facts.type
        let mayName = kind == .rateLimited || kind == .overloaded
        error.retryAfter = headers.retryAfter ?? (mayName ? Self.wait(in: facts.message) : nil)
        if kind == .rateLimited, Self.canNeverFit(facts.message) { error.shouldRetry = false }
        // No wait helps here, whatever a gateway says about retrying.
        if kind == .quotaExhausted || kind == .unauthorized, headers.shouldRetry == true { error.shouldRetry = false }
        return error
    }

    /// Limit and count of a prompt that is too long, where only the message has them.
    private static func completed(_ kind: ModelError.Kind, from message: String) -> ModelError.Kind {
        guard kind == .contextTooLong(limit: nil, count: nil) else { return kind }
        let (limit, count) = ContextMessage(message).figures
        return .contextTooLong(limit: limit, count: count)
    }

    /// How long a message asks to wait: `try again in 1.78s`, `retry after 21 seconds`.
    private static func wait(in message: String) -> Duration? {
        let lower = message.lowercased()
        for phrase in ["try again in ", "retry after ", "retry in "] {
            guard let range = lower.firstRange(of: phrase) else { continue }
            let words = lower[range.upperBound...].split(separator: " ", maxSplits: 2)
            guard let first = words.first else { continue }
            let number = first.hasSuffix(".") ? first.dropLast() : first
            if let duration = Duration(go: number) { return duration }
            let unit = units.first { words.count > 1 && words[1].hasPrefix($0.name) }?.seconds ?? 1
            if let duration = Duration(decimal: number, unit: unit) { return duration }
        }
        return nil
    }

    private static let units: [(name: Substring, seconds: Double)] = [
        ("milli", 0.001), ("ms", 0.001), ("minute", 60), ("hour", 3600), ("day", 86_400),
    ]

    /// Whether a single request is larger than what is allowed in a window (`Limit 10000, Requested 12000`).
    private static func canNeverFit(_ message: String) -> Bool {
        let message = ContextMessage(message)
        guard let limit = message.number(after: ["limit "]), let wanted = message.number(after: ["requested "]) else {
            return false
        }
        return wanted > limit
    }
}

extension ModelError.Kind {
    /// What a status means where nothing else is known; a status of `nil` is an error inside a good answer.
    init(status: Int?) {
        self =
            switch status ?? 500 {
            case 401: .unauthorized
            case 402: .quotaExhausted
            case 403: .permissionDenied
            case 300..<400, 404, 410: .notFound
            case 408: .timeout(.total)
            case 409: .serverError
            case 429: .rateLimited
            case 451: .regionUnsupported
            case 498: .contentFiltered
            case 499: .cancelled
            case 501, 505: .invalidRequest
            case 503, 529: .overloaded
            case 400..<500: .invalidRequest
            default: .serverError
            }
    }

    /// What a message means, by the words that services and servers use; `nil` for words that say nothing.
    init?(words message: String, status: Int?) {
        let text = message.lowercased()
        func says(_ phrases: [String]) -> Bool { phrases.contains { text.contains($0) } }
        switch status {
        case 401, 402, 404:
            return nil
        case 498:
            // Servers and gateways mean a key by this status, Cohere a word that it does not take.
            guard says(Self.tokenWords + Self.keyWords) else { return nil }
            self = .unauthorized
        case 403:
            guard says(Self.regionWords) || Self.tellsQuota(says) else { return nil }
            self = says(Self.regionWords) ? .regionUnsupported : .quotaExhausted
        case 429:
            if says(["per minute"]) { return nil }
            guard Self.tellsQuota(says) || says(Self.busyWords) else { return nil }
            self = Self.tellsQuota(says) ? .quotaExhausted : .overloaded
        default:
            if ContextMessage(message).isTooLong {
                self = .contextTooLong(limit: nil, count: nil)
            } else if says(Self.filterWords) {
                self = .contentFiltered
            } else if says(Self.regionWords) {
                self = .regionUnsupported
            } else if says(Self.keyWords) {
                self = .unauthorized
            } else if Self.tellsQuota(says) {
                self = .quotaExhausted
            } else if status == nil || status == 400, text.contains("model"), says(Self.unknownWords) {
                self = .notFound
            } else if status.map({ $0 >= 500 }) ?? true, says(Self.busyWords) {
                self = .overloaded
            } else if status == nil, says(Self.rateWords) {
                self = .rateLimited
            } else {
                return nil
            }
        }
    }

    /// Whether words are of a quota; a rate's error may advise to pay for a higher one.
    private static func tellsQuota(_ says: ([String]) -> Bool) -> Bool {
        says(quotaWords) || says(paymentWords) && !says(paceWords)
    }

    private static let regionWords = [
        "unsupported_country_region_territory", "country, region, or territory not supported",
        "user location is not supported", "not available in your country", "not available in your region",
    ]
    private static let quotaWords = [
        "exceeded your current quota", "insufficient_quota", "insufficient quota", "spend limit", "spending limit",
        "credit balance", "insufficient credit", "insufficient balance", "billing hard limit", "out of credits",
        "usage limit exceeded", "calls / month", "per month", "call volume quota",
    ]
    private static let paymentWords = ["more credits", "payment method"]
    private static let paceWords = ["rate limit reached", "per min", "/ min", "try again in "]
    private static let filterWords = [
        "content management policy", "content_policy_violation", "flagged as potentially violating",
        "content policy", "responsibleaipolicyviolation", "safety system", "content filtering policy",
    ]
    private static let unknownWords = [
        "not a valid model", "unknown model", "no such model", "model not found", "model does not exist",
        "' does not exist", "` does not exist", "\" does not exist",
    ]
    private static let keyWords = [
        "incorrect api key", "invalid api key", "api key not valid", "api key is invalid", "invalid x-api-key",
        "api_key_invalid", "no api key", "missing api key",
    ]
    private static let tokenWords = [
        "invalid token", "expired token", "token expired", "token is invalid", "token required",
    ]
    private static let busyWords = ["overloaded", "high demand", "at capacity", "over capacity", "no healthy upstream"]
    private static let rateWords = ["rate limit", "rate_limit", "too many requests"]
}
