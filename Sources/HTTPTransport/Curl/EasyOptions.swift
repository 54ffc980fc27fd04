import CCurl

/// The options of a libcurl handle: what all requests share is set once, what differs from the last request anew.
final class EasyOptions {
    let easy: UnsafeMutableRawPointer

    private let userAgent: String
    /// The address, taken apart once for all requests to it.
    private let address: OpaquePointer
    private var url = ""
    private var headers: HTTPHeaders?
    private var bodyKind = BodyKind.none
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private var proxyAddress: String?
    private var connectLimit: Int?
    private var method: String?
    private var body: UnsafeMutableRawBufferPointer?

    init?(_ configuration: CurlTransport.Configuration) {
        guard let easy = curl_easy_init() else { return nil }
        guard let address = curl_url() else {
            curl_easy_cleanup(easy)
            return nil
        }
        self.easy = easy
        self.address = address
        userAgent = configuration.userAgent
        setShared(configuration)
    }

    deinit {
        curl_easy_cleanup(easy)
        curl_url_cleanup(address)
        curl_slist_free_all(headerList)
        body?.deallocate()
    }

    /// Sets what a request asks for.
    func set(_ request: HTTPRequest, target: RequestTarget, proxy: ProxyRoute) throws(HTTPError) {
        try setAddress(request.url, target: target)
        set(proxy, for: target)
        setConnectLimit(request.timeouts.connect)
        try setHeaders(request, target: target)
        try setBody(request, target: target)
    }

    /// Gives the memory of a large body back; a small one's serves the next request.
    func forgetLargeBody() {
        guard let body, body.count > 256 << 10 else { return }
        docent_easy_set_pointer(easy, CURLOPT_POSTFIELDS, nil)
        body.deallocate()
        self.body = nil
        // libcurl takes the fields for a wish to post.
        method = nil
    }

    private func setShared(_ configuration: CurlTransport.Configuration) {
        docent_easy_set_long(easy, CURLOPT_NOSIGNAL, 1)
        docent_easy_set_string(easy, CURLOPT_PROTOCOLS_STR, "http,https")
        docent_easy_set_long(easy, CURLOPT_FOLLOWLOCATION, 0)
        docent_easy_set_long(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        docent_easy_set_long(easy, CURLOPT_TCP_KEEPALIVE, 1)
        docent_easy_set_string(easy, CURLOPT_ACCEPT_ENCODING, CurlLibrary.packings)
        let version = configuration.usesHTTP2 ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1
        docent_easy_set_long(easy, CURLOPT_HTTP_VERSION, Int(version))
        docent_easy_set_long(easy, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        docent_easy_set_long(easy, CURLOPT_SSL_VERIFYPEER, 1)
        docent_easy_set_long(easy, CURLOPT_SSL_VERIFYHOST, 2)
        if let path = configuration.certificateBundlePath {
            docent_easy_set_string(easy, CURLOPT_CAINFO, path)
            docent_easy_set_string(easy, CURLOPT_CAPATH, nil)
            docent_easy_set_string(easy, CURLOPT_PROXY_CAINFO, path)
            docent_easy_set_string(easy, CURLOPT_PROXY_CAPATH, nil)
        }
        docent_easy_set_pointer(easy, CURLOPT_CURLU, UnsafeRawPointer(address))
        let idle = configuration.idleTimeout.clampedMilliseconds
        docent_easy_set_long(easy, CURLOPT_MAXAGE_CONN, max(1, (idle + 999) / 1000))
    }

    private func setAddress(_ url: String, target: RequestTarget) throws(HTTPError) {
        guard url != self.url else { return }
        guard curl_url_set(address, CURLUPART_URL, url, RequestTarget.addressFlags) == CURLUE_OK else {
            throw HTTPError(.invalidURL, "the address cannot be read", host: target.host)
        }
        self.url = url
        // libcurl looks at the address anew.
        docent_easy_set_pointer(easy, CURLOPT_CURLU, UnsafeRawPointer(address))
    }

    private func set(_ proxy: ProxyRoute, for target: RequestTarget) {
        let address = proxy.proxy(to: target)
        guard address != proxyAddress else { return }
        proxyAddress = address
        docent_easy_set_string(easy, CURLOPT_PROXY, address)
        // Without this libcurl asks the environment itself.
        docent_easy_set_string(easy, CURLOPT_NOPROXY, proxy.exceptions)
        // For the proxy's ears: it is not sent the request's headers.
        docent_easy_set_string(easy, CURLOPT_USERAGENT, address.isEmpty ? nil : userAgent)
    }

    private func setConnectLimit(_ limit: Duration?) {
        let milliseconds = limit?.clampedMilliseconds ?? Int(Int32.max)
        guard milliseconds != connectLimit else { return }
        connectLimit = milliseconds
        docent_easy_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, milliseconds)
    }

    private func setBody(_ request: HTTPRequest, target: RequestTarget) throws(HTTPError) {
        // The order of the options matters: `POST` and `HTTPGET` undo each other and `NOBODY`.
        let hasBody = request.body != nil || request.method == "POST"
        let key = hasBody ? request.method + "+" : request.method
        if key != method {
            guard HTTPHeaders.isToken(request.method) else { throw Self.unsendable(to: target) }
            method = key
            docent_easy_set_long(easy, CURLOPT_HTTPGET, 1)
            if hasBody { docent_easy_set_long(easy, CURLOPT_POST, 1) }
            if request.method == "HEAD", !hasBody { docent_easy_set_long(easy, CURLOPT_NOBODY, 1) }
            let isCustom = request.method != "POST" && request.method != "GET" && request.method != "HEAD"
            docent_easy_set_string(
                easy,
                CURLOPT_CUSTOMREQUEST,
                isCustom || hasBody && request.method != "POST" ? request.method : nil
            )
        }
        guard hasBody else { return }
        copy(request.body ?? [])
        docent_easy_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body?.count ?? 0))
        docent_easy_set_pointer(easy, CURLOPT_POSTFIELDS, body?.baseAddress)
    }

    /// Puts the body where it stays: libcurl reads it until the transfer ends.
    private func copy(_ bytes: [UInt8]) {
        if body == nil || body.map({ $0.count < bytes.count }) == true {
            body?.deallocate()
            body = .allocate(byteCount: max(bytes.count, 1024), alignment: 16)
        }
        body?.copyBytes(from: bytes)
    }

    private func setHeaders(_ request: HTTPRequest, target: RequestTarget) throws(HTTPError) {
        let kind = BodyKind(request)
        guard headers != request.headers || kind != bodyKind else { return }
        guard request.headers.isSendable, HTTPHeaders.isValue(userAgent) else { throw Self.unsendable(to: target) }
        var list: UnsafeMutablePointer<curl_slist>?
        for line in lines(of: request, kind) {
            guard let longer = curl_slist_append(list, line) else {
                curl_slist_free_all(list)
                throw HTTPError(.connection, "there is no memory left for the transfer", host: target.host)
            }
            list = longer
        }
        docent_easy_set_pointer(easy, CURLOPT_HTTPHEADER, list)
        curl_slist_free_all(headerList)
        headerList = list
        headers = request.headers
        bodyKind = kind
    }

    private func lines(of request: HTTPRequest, _ kind: BodyKind) -> [String] {
        var lines = request.headers.fields.map { field in
            field.value.isEmpty ? field.name + ";" : field.name + ": " + field.value
        }
        // These two libcurl would write anew for each request.
        if request.headers["User-Agent"] == nil, !userAgent.isEmpty { lines.append("User-Agent: " + userAgent) }
        if request.headers["Accept-Encoding"] == nil { lines.append("Accept-Encoding: " + CurlLibrary.packings) }
        // libcurl would wait a second for leave to send a large body, and call any body a form.
        if kind == .large, request.headers["Expect"] == nil { lines.append("Expect:") }
        if kind != .none, request.headers["Content-Type"] == nil { lines.append("Content-Type:") }
        return lines
    }

    private static func unsendable(to target: RequestTarget) -> HTTPError {
        let message = "the method or a header cannot be sent: it has a character that HTTP does not allow there"
        return HTTPError(.invalidURL, message, host: target.host)
    }
}

/// What libcurl would add to the headers for a body.
private enum BodyKind {
    case none
    case small
    /// So large that leave is asked for before it is sent: from 1 MiB on in libcurl since 7.66, `EXPECT_100_THRESHOLD`.
    case large

    init(_ request: HTTPRequest) {
        if let body = request.body {
            self = body.count < 1 << 20 ? .small : .large
        } else {
            self = request.method == "POST" ? .small : .none
        }
    }
}

extension HTTPHeaders {
    /// Whether the headers can stand in a request: nothing in them ends a line.
    fileprivate var isSendable: Bool {
        fields.allSatisfy { field in
            Self.isToken(field.name) && Self.isValue(field.value)
        }
    }

    /// Whether a text ends no line.
    fileprivate static func isValue(_ text: String) -> Bool {
        !text.utf8.contains { $0 == 10 || $0 == 13 || $0 == 0 }
    }

    /// Whether a text is a token by RFC 9110, section 5.6.2.
    fileprivate static func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }
}
