import Glibc

/// Which proxy a request takes.
package struct ProxyRoute: Hashable, Sendable {
    /// The proxy of plain requests; empty for none.
    var plain = ""
    /// The proxy of encrypted requests; empty for none.
    var encrypted = ""
    /// The hosts that are reached straight, with commas between.
    package var exceptions = ""
    /// Whether requests to this machine take the proxy too.
    var includesLoopback = false

    package init(_ proxy: CurlTransport.Proxy, environment: (String) -> String? = Self.environment) {
        switch proxy {
        case .none:
            break
        case .address(let address):
            plain = address
            encrypted = address
            includesLoopback = true
        case .environment:
            let all = environment("all_proxy") ?? environment("ALL_PROXY") ?? ""
            // In capitals it could be the `Proxy` header of a request to a CGI program.
            plain = environment("http_proxy") ?? all
            encrypted = environment("https_proxy") ?? environment("HTTPS_PROXY") ?? all
            exceptions = environment("no_proxy") ?? environment("NO_PROXY") ?? ""
        }
    }

    /// The proxy to a target; empty for none.
    package func proxy(to target: RequestTarget) -> String {
        guard includesLoopback || !target.isLoopback else { return "" }
        return target.isEncrypted ? encrypted : plain
    }

    package static func environment(_ name: String) -> String? {
        guard let value = getenv(name), value.pointee != 0 else { return nil }
        return String(cString: value)
    }
}
