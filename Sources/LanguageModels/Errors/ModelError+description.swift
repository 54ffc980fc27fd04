extension ModelError: CustomStringConvertible {
    /// Who, what, and what to do, in one line without a full stop.
    public var description: String {
        let place = identity.map { "\($0): " } ?? ""
        let words = message.isEmpty ? summary : "\(summary): \(message)"
        return "\(place)\(words)\(newRemedy.map { "; \($0)" } ?? "")\(reference)\(history)"
    }

    private var history: String {
        let tries = attempts > 1 && earlierErrors.isEmpty ? ", after \(attempts) attempts" : ""
        return tries + earlierErrors.map { "; before that, \($0)" }.joined()
    }

    private var reference: String {
        let facts = [status.map { "status \($0)" }, requestID.map { "request \($0)" }].compactMap(\.self)
        return facts.isEmpty ? "" : " (\(facts.joined(separator: ", ")))"
    }

    private var summary: String {
        switch kind {
        case .unauthorized: "the key was not accepted"
        case .permissionDenied: "the key may not do this"
        case .regionUnsupported: "the service is not offered here"
        case .notFound: "not found"
        case .invalidRequest: "the request was not accepted"
        case .unsupported: "not supported by the model"
        case .contextTooLong(let limit, let count): Self.contextSummary(limit: limit, count: count)
        case .rateLimited: "too many requests"
        case .quotaExhausted: "the quota is used up"
        case .contentFiltered: "held back by the content filter"
        case .refused: "the model declined"
        case .overloaded: "the service is overloaded"
        case .serverError: "the service failed"
        case .timeout(let phase): "no answer in time (\(phase.rawValue))"
        case .connection: "no connection"
        case .truncatedStream: "the answer broke off"
        case .undecodableAnswer: "the answer cannot be understood"
        case .cancelled: "the service cancelled the request"
        case .configuration: "wrong configuration"
        }
    }

    private static func contextSummary(limit: Int?, count: Int?) -> String {
        switch (limit, count) {
        case (let limit?, let count?): "the prompt has \(count) tokens where \(limit) fit"
        case (let limit?, nil): "the prompt has more than the \(limit) tokens that fit"
        case (nil, let count?): "the prompt of \(count) tokens does not fit"
        case (nil, nil): "the prompt does not fit"
        }
    }

    /// What to do, unless the message has said so.
    private var newRemedy: String? {
        let said = message.lowercased()
        return remedy.flatMap { remedy in
            let beginning = remedy.hasPrefix("try again in") ? "try again in" : remedy
            let isSaid = said.contains(beginning) || (remedy == "try again later" && said.contains("try again"))
            return isSaid ? nil : remedy
        }
    }

    private var remedy: String? {
        switch kind {
        case .unauthorized: "check the key and the address it is for"
        case .permissionDenied: "check what the key and its project may use"
        case .notFound: "check the model's name and the address"
        case .contextTooLong: "shorten the prompt or choose a model with a larger context window"
        case .rateLimited, .overloaded:
            retryAfter.map { "try again in \(Self.words(for: $0))" } ?? "try again later"
        case .quotaExhausted: "check the account's plan, credit and spending limit"
        case .serverError: "try again later"
        case .timeout: "try again, or allow more time"
        case .connection: "check the address and the network"
        case .truncatedStream: "try again"
        case .contentFiltered: "reword the prompt"
        case .regionUnsupported, .invalidRequest, .unsupported, .refused, .undecodableAnswer,
            .cancelled, .configuration:
            nil
        }
    }

    /// A wait as people tell it: exactly where they would wait for it, else rounded up to minutes, hours or days.
    private static func words(for wait: Duration) -> String {
        let (seconds, attoseconds) = wait.components
        if seconds < 600 { return "\(seconds).\(attoseconds / 100_000_000_000_000_000) seconds" }
        let whole = attoseconds > 0 ? seconds + 1 : seconds
        let (unit, name): (Int64, String) =
            whole <= 7200 ? (60, "minutes") : whole <= 172_800 ? (3600, "hours") : (86_400, "days")
        return "\((whole + unit - 1) / unit) \(name)"
    }
}
