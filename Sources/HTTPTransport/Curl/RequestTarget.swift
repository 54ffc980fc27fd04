import CCurl
import Glibc

/// What an address asks for, read by libcurl's own parser: what is checked is what is connected to.
package struct RequestTarget: Hashable, Sendable {
    var isEncrypted: Bool
    /// Whether the host can be no other machine than this one.
    var isLoopback: Bool
    /// The host and the port, for people.
    var host: String

    /// Whether what is sent can be read on its way.
    var isInsecure: Bool { !isEncrypted && !isLoopback }

    /// How libcurl is to read addresses.
    static let addressFlags = UInt32(CURLU_NON_SUPPORT_SCHEME)

    /// Reads an address.
    package init(_ url: String, allowsInsecureHTTP: Bool) throws(HTTPError) {
        guard !url.utf8.contains(0), Self.hasHost(url), let parts = curl_url() else { throw Self.unreadable(url) }
        defer { curl_url_cleanup(parts) }
        let fault = curl_url_set(parts, CURLUPART_URL, url, Self.addressFlags)
        guard fault == CURLUE_OK, let scheme = Self.part(CURLUPART_SCHEME, of: parts),
            let name = Self.part(CURLUPART_HOST, of: parts), !name.isEmpty
        else { throw Self.unreadable(url, fault) }
        guard scheme == "https" || scheme == "http" else {
            throw HTTPError(.invalidURL, "addresses of the scheme \(scheme) are not taken; use https", host: name)
        }
        isEncrypted = scheme == "https"
        isLoopback = Self.isLoopback(name)
        host = name + ":" + (Self.part(CURLUPART_PORT, of: parts) ?? "")
        guard !isInsecure || allowsInsecureHTTP else {
            let advice = "plain http is only taken to this machine; use https or allow it"
            throw HTTPError(.insecureURL, advice, host: host)
        }
    }

    /// Whether something stands behind the scheme: libcurl would take the beginning of the path for the host.
    private static func hasHost(_ url: String) -> Bool {
        !url.utf8.drop { $0 != UInt8(ascii: ":") }.starts(with: ":///".utf8)
    }

    private static func unreadable(_ url: String, _ fault: CURLUcode = CURLUE_MALFORMED_INPUT) -> HTTPError {
        // Where somebody's name and password are in it, no part can be told to be the host.
        let address = url.contains("@") ? "" : url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
        let message =
            fault == CURLUE_BAD_PORT_NUMBER
            ? "the port is no number from 0 to 65535" : "the address cannot be read; it has the form https://host/path"
        return HTTPError(.invalidURL, message, host: String(address.prefix { !"/?#".contains($0) }))
    }

    private static func part(_ part: CURLUPart, of parts: OpaquePointer) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(parts, part, &text, UInt32(CURLU_DEFAULT_PORT)) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }

    /// Whether a host, written as libcurl normalises it, is this machine: no name but `localhost` can be trusted to be.
    private static func isLoopback(_ host: String) -> Bool {
        if host.lowercased() == "localhost" { return true }
        var four = in_addr()
        if inet_pton(AF_INET, host, &four) == 1 { return UInt32(bigEndian: four.s_addr) >> 24 == 127 }
        guard host.hasPrefix("["), host.hasSuffix("]") else { return false }
        var six = in6_addr()
        guard inet_pton(AF_INET6, String(host.dropFirst().dropLast()), &six) == 1 else { return false }
        return withUnsafeBytes(of: &six) { $0.dropLast().allSatisfy { $0 == 0 } && $0.last == 1 }
    }
}
