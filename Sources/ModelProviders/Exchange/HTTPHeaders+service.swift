import HTTPTransport
import LanguageModels

extension HTTPHeaders {
    /// The service's id of the request.
    var requestID: String? {
        self["x-request-id"] ?? self["request-id"] ?? self["apim-request-id"] ?? self["x-debug-trace-id"]
    }

    /// How long the service asks to wait: `retry-after-ms` where it is positive, else `retry-after`.
    var retryAfter: Duration? {
        nil
    }

    /// What `x-should-retry` says.
    var shouldRetry: Bool? {
        self["x-should-retry"].flatMap { Bool($0.lowercased()) }
    }
}

extension ServiceLimits {
    /// What the headers of an answer say about the service's limits.
    init(_ headers: HTTPHeaders) {
        self.init()
    }
}
