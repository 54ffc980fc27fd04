import CCurl
import Glibc

extension HTTPError {
    /// What a result of libcurl says; the peer's text is never quoted.
    init(_ result: CURLcode, host: String, connectLimit: Duration?, reason: String) {
        switch result {
        case CURLE_COULDNT_RESOLVE_HOST:
            self.init(.connection, "the host's name cannot be resolved; check the address and the network", host: host)
        case CURLE_COULDNT_RESOLVE_PROXY:
            self.init(.connection, "the proxy's name cannot be resolved; check the proxy settings", host: host)
        case CURLE_COULDNT_CONNECT, CURLE_INTERFACE_FAILED:
            self.init(.connection, "no connection: \(reason)", host: host)
        case CURLE_PROXY:
            self.init(.connection, "the proxy refuses the connection; check the proxy settings", host: host)
        case CURLE_OPERATION_TIMEDOUT:
            let limit = connectLimit.map { " within \($0.secondsText)" } ?? ""
            self.init(.timeout(.connect), "no connection\(limit)", host: host)
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CIPHER,
            CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CERTPROBLEM, CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_USE_SSL_FAILED:
            self.init(.untrusted, "no trusted encryption: \(reason)", host: host)
        case CURLE_SSL_CACERT_BADFILE:
            self.init(.untrusted, "the file of trusted certificates cannot be read; check its path", host: host)
        case CURLE_BAD_CONTENT_ENCODING, CURLE_WRITE_ERROR:
            self.init(.malformedAnswer, "the answer's packing is broken", host: host)
        case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL:
            self.init(.malformedAnswer, "the answer is not HTTP", host: host)
        case CURLE_URL_MALFORMAT:
            self.init(.invalidURL, "the address cannot be read; it has the form https://host/path", host: host)
        case CURLE_OUT_OF_MEMORY:
            self.init(.connection, "there is no memory left for the transfer", host: host)
        case CURLE_GOT_NOTHING:
            self.init(.connection, "the server closed the connection without an answer", host: host)
        default:
            self.init(.connection, "the connection broke before the answer was complete", host: host)
        }
    }

    static func timeout(_ phase: Phase, after limit: Duration?, host: String) -> HTTPError {
        let length = limit?.secondsText ?? "the time allowed"
        let message =
            switch phase {
            case .connect: "no connection within \(length)"
            case .firstByte: "no answer within \(length)"
            case .betweenBytes: "the answer stopped coming for \(length)"
            case .total: "the answer was not complete within \(length)"
            }
        return HTTPError(.timeout(phase), message, host: host)
    }

    static func bodyTooLarge(_ limit: Int, host: String) -> HTTPError {
        HTTPError(.bodyTooLarge, "the answer's body has more than \(limit) bytes", host: host)
    }
}

extension Duration {
    /// Such as `0.25 seconds`.
    fileprivate var secondsText: String {
        let (seconds, attoseconds) = components
        let milliseconds = Int(attoseconds / 1_000_000_000_000_000)
        guard milliseconds > 0 else { return seconds == 1 ? "1 second" : "\(seconds) seconds" }
        var digits = String(String(milliseconds + 1000).dropFirst())
        while digits.hasSuffix("0") { digits.removeLast() }
        return "\(seconds).\(digits) seconds"
    }
}
