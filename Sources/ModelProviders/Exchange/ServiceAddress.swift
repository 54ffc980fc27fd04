/// An address as people paste it, taken apart.
struct ServiceAddress: Hashable {
    /// `https://host:port`.
    var origin: String
    /// The path, without a slash at its end; empty for none.
    var path: String
    /// What stands behind the question mark, by name.
    var query: [String: String] = [:]

    /// Reads an address: a scheme is added where there is none, plain `http` for this machine.
    init(_ text: String) {
        let trimmed = text.split(whereSeparator: \.isWhitespace).first.map(String.init) ?? ""
        let full = trimmed.contains("://") ? trimmed : Self.scheme(for: trimmed) + trimmed
        let halves = full.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let address = halves.first ?? ""
        let host = address.firstRange(of: "://").map { address[$0.upperBound...] } ?? address[...]
        let slash = host.firstIndex(of: "/") ?? host.endIndex
        origin = String(address[..<slash])
        path = String(host[slash...])
        while path.hasSuffix("/") { path.removeLast() }
        for pair in (halves.count > 1 ? halves[1] : "").split(separator: "&") {
            let words = pair.split(separator: "=", maxSplits: 1).map(String.init)
            if let name = words.first { query[name] = words.count > 1 ? words[1] : "" }
        }
    }

    private static func scheme(for host: String) -> String {
        let isHere = ["localhost", "127.", "[::1]", "0.0.0.0"].contains { host.hasPrefix($0) }
        return isHere ? "http://" : "https://"
    }

    /// Takes the ends of whole endpoints off the path, so that a base is left.
    mutating func dropEndpoint() {
        for end in ["/chat/completions", "/completions", "/responses", "/models", "/embeddings"]
        where path.hasSuffix(end) {
            path.removeLast(end.count)
            return
        }
    }

    /// The base of an OpenAI-compatible service: a bare host gets `/v1`, a path stays as it is.
    static func openAIBase(_ text: String) -> String {
        var address = ServiceAddress(text)
        address.dropEndpoint()
        return address.origin + (address.path.isEmpty ? "/v1" : address.path)
    }

    /// Whether what is sent to an address can be read on its way: plain `http` to another machine than this one.
    static func isInsecure(_ address: String) -> Bool {
        let address = address.lowercased()
        guard address.hasPrefix("http://") else { return false }
        let whole = address.dropFirst("http://".count).prefix { !"/?#\\".contains($0) }
        // What has no host is refused where it is read.
        guard !whole.isEmpty else { return false }
        let authority = whole.lastIndex(of: "@").map { whole[whole.index(after: $0)...] } ?? whole
        if authority.hasPrefix("[") { return authority.prefix { $0 != "]" } != "[::1" }
        let host = authority.prefix { $0 != ":" }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return host != "localhost" && !(parts.count == 4 && parts.first == 127 && !parts.contains(nil))
    }
}

extension String {
    /// The text as a single part of a path.
    var pathEncoded: String {
        var encoded = ""
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                encoded += byte < 16 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return encoded
    }
}
