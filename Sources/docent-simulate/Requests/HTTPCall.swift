/// A request as it came over the wire, reduced to what the simulation looks at.
struct HTTPCall: Sendable {
    /// The headers that are looked at; all others are not read.
    static let headerNames = [
        "authorization", "api-key", "x-api-key", "x-goog-api-key", "anthropic-version", "x-simulate-fault",
        "x-simulate-id",
    ]

    var method = "GET"
    /// The path without query, its percent escapes undone.
    var path = "/"
    var query: [String: String] = [:]
    /// By lower-case name.
    var headers: [String: String] = [:]
    var body: [UInt8] = []

    /// The key that came with the request, whichever header (or, at Gemini, query) it stands in.
    var key: String? {
        for name in ["x-api-key", "api-key", "x-goog-api-key"] {
            if let key = headers[name] { return key }
        }
        if let authorization = headers["authorization"] {
            let words = authorization.split(separator: " ", maxSplits: 1)
            return words.count == 2 && words[0].lowercased() == "bearer" ? String(words[1]) : nil
        }
        return query["key"]
    }
}
