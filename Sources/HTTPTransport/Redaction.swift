// What is printed of requests and answers: no secret header, no body, no query. `dump` shows the same.

extension HTTPHeaders: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Names whose values tell nothing about a user; all others are kept back.
    private static let harmless: Set<String> = [
        "accept", "accept-encoding", "cache-control", "connection", "content-encoding", "content-length",
        "content-type", "date", "retry-after", "server", "transfer-encoding", "user-agent", "vary",
    ]

    /// The headers in their order; only the values of those that are known to hold no secret.
    public var description: String {
        fields.map { field in
            field.name + ": " + (Self.harmless.contains(field.name.lowercased()) ? field.value : "…")
        }.joined(separator: ", ")
    }

    /// The same as ``description``.
    public var debugDescription: String { description }
    /// The same as ``description``.
    public var customMirror: Mirror { Mirror(self, children: ["headers": description]) }
}

extension HTTPRequest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The method, the address without user and query, the size of the body and the harmless headers.
    public var description: String { "\(method) \(Self.redacted(url)) (\(body?.count ?? 0) bytes; \(headers))" }
    /// The same as ``description``.
    public var debugDescription: String { description }
    /// The same as ``description``.
    public var customMirror: Mirror { Mirror(self, children: ["request": description]) }

    private static func redacted(_ url: String) -> String {
        let address = url.prefix { $0 != "?" && $0 != "#" }
        guard let colon = address.firstIndex(of: ":"), address[colon...].hasPrefix("://") else { return "…" }
        let rest = address[address.index(colon, offsetBy: 3)...]
        let authority = rest.prefix { $0 != "/" }
        let host = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
        return address[..<colon] + "://" + host + rest[authority.endIndex...]
    }
}

extension HTTPResponse: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The status, the size of the body and the harmless headers.
    public var description: String { "\(status) (\(body.count) bytes; \(headers))" }
    /// The same as ``description``.
    public var debugDescription: String { description }
    /// The same as ``description``.
    public var customMirror: Mirror { Mirror(self, children: ["response": description]) }
}
