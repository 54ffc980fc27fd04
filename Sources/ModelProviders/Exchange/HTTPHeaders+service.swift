import HTTPTransport
import LanguageModels

extension HTTPHeaders {
    /// The service's id of the request.
    var requestID: String? {
        self["x-request-id"] ?? self["request-id"] ?? self["apim-request-id"] ?? self["x-debug-trace-id"]
    }

    /// How long the service asks to wait: `retry-after-ms` where it is positive, else `retry-after` in seconds, as a
    /// duration, or as a date that is set against the answer's own `date`.
    ///
    /// `nil` where nothing is said, or where no time is left: a wait of zero must not become a loop without pause.
    /// Counts only on errors; some services send it with good answers, too.
    var retryAfter: Duration? {
        let milliseconds = self["retry-after-ms"].flatMap { Duration(decimal: $0, unit: 0.001) }
        if let milliseconds, milliseconds > .zero { return milliseconds }
        guard let text = self["retry-after"] else { return nil }
        let wait = Duration(decimal: text) ?? Duration(go: text) ?? Duration(httpDate: text).flatMap(timeUntil)
        return wait.flatMap { $0 > .zero ? $0 : nil }
    }

    /// What `x-should-retry` says.
    var shouldRetry: Bool? {
        self["x-should-retry"].flatMap { Bool($0.lowercased()) }
    }

    /// The time from when the answer was sent to a moment after 1970, never negative; `nil` where the answer has no
    /// `date`.
    func timeUntil(_ moment: Duration) -> Duration? {
        guard let sent = self["date"].flatMap(Duration.init(httpDate:)) else { return nil }
        return max(moment - sent, .zero)
    }
}

extension ServiceLimits {
    /// What the headers of an answer say about the service's limits: `x-ratelimit-…` in the spellings of OpenAI (Go
    /// durations), Azure (bare seconds) and gateways (moments), `anthropic-ratelimit-…` (RFC 3339), and Cohere's for trial keys.
    init(_ headers: HTTPHeaders) {
        self.init()
        // One look at a byte spares most headers the rest: this runs with every answer.
        for index in headers.fields.indices where Self.mayTell(headers.fields[index].name) {
            read(headers.fields[index], in: headers)
        }
    }

    /// Whether a header's name begins with x or a.
    private static func mayTell(_ name: String) -> Bool {
        name.utf8.first.map { $0 | 0x20 == 0x78 || $0 | 0x20 == 0x61 } ?? false
    }

    private mutating func read(_ field: HTTPHeaders.Field, in headers: HTTPHeaders) {
        let name = field.name.lowercased()
        if name.hasPrefix("x-ratelimit-") {
            let words = name.dropFirst("x-ratelimit-".count).split(separator: "-", maxSplits: 1)
            guard let what = words.first else { return }
            set(words.count > 1 ? words[1] : "requests", String(what), to: field.value, in: headers)
        } else if name.hasPrefix("anthropic-ratelimit-"), let dash = name.lastIndex(of: "-") {
            let subject = name[..<dash].dropFirst("anthropic-ratelimit-".count)
            set(subject, String(name[name.index(after: dash)...]), to: field.value, in: headers)
        } else if name.hasPrefix("x-trial-endpoint-call-") {
            Self.set(&requests, String(name.dropFirst("x-trial-endpoint-call-".count)), to: field.value, in: headers)
        }
    }

    private mutating func set(_ subject: Substring, _ what: String, to value: String, in headers: HTTPHeaders) {
        switch subject {
        case "requests": Self.set(&requests, what, to: value, in: headers)
        case "tokens": Self.set(&tokens, what, to: value, in: headers)
        case "input-tokens": Self.set(&inputTokens, what, to: value, in: headers)
        case "output-tokens": Self.set(&outputTokens, what, to: value, in: headers)
        default: break
        }
    }

    private static func set(_ allowance: inout Allowance, _ what: String, to value: String, in headers: HTTPHeaders) {
        switch what {
        case "limit": allowance.limit = count(value) ?? allowance.limit
        case "remaining": allowance.remaining = count(value) ?? allowance.remaining
        case "reset": allowance.timeUntilReset = time(value, in: headers) ?? allowance.timeUntilReset
        default: break
        }
    }

    /// Azure writes -1 for what it does not know.
    private static func count(_ value: String) -> Int? {
        guard let number = Double(value), number >= 0, number < 1e15 else { return nil }
        return Int(number)
    }

    private static func time(_ value: String, in headers: HTTPHeaders) -> Duration? {
        if let seconds = Double(value) {
            // Gateways write the moment of the reset, in seconds or milliseconds after 1970.
            if seconds > 1e12 { return Duration(decimal: value, unit: 0.001).flatMap(headers.timeUntil) }
            if seconds > 1e9 { return Duration(decimal: value).flatMap(headers.timeUntil) }
            return Duration(decimal: value)
        }
        return Duration(go: value) ?? Duration(rfc3339: value).flatMap(headers.timeUntil)
    }
}
