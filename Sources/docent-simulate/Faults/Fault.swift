/// Something that goes wrong on demand, written `kind` or `kind;parameter`.
enum Fault: Hashable, Sendable {
    /// An error status with the service's own body.
    case status(Int, StatusDetail)
    /// The connection is reset before an answer.
    case refuse
    /// The connection is reset after so many events, or after half of an answer that comes whole.
    case reset(after: Int)
    /// The connection is closed in order, but in the middle.
    case close(after: Int)
    /// The answer ends as HTTP has it, but without its last events.
    case cut(after: Int)
    /// Nothing is answered for so long; then the connection is closed.
    case silence(Duration)
    /// After so many events nothing more comes.
    case stall(after: Int)
    /// One byte at a time, with so long a pause after each.
    case drip(Duration)
    /// The answer comes so much later.
    case delay(Duration)
    /// JSON that ends in its middle.
    case truncated
    /// A page of HTML with this status.
    case html(Int)
    /// The right body under a wrong content type.
    case contentType(String)
    /// A success without a body.
    case empty
    /// An error inside a stream after so many events; at an answer that comes whole, an error with status 200.
    case streamError(after: Int)
    /// This event comes twice.
    case duplicate(Int)
    /// This event and the one after it change places.
    case reorder(Int)
    /// Comments, an event of an unknown kind and CRLF line ends, all of which a client has to endure.
    case noise
}

/// What more an error status tells.
enum StatusDetail: Hashable, Sendable {
    case plain
    /// A `retry-after` header with these characters: seconds or a date.
    case retryAfter(String)
    /// A `retry-after-ms` header.
    case retryAfterMilliseconds(Int)
    /// The quota is used up, which waiting does not mend.
    case quota
    /// The request is too long for the model.
    case contextLength
    /// The request was filtered for its content.
    case contentFilter
}

extension Fault {
    /// The statuses that can be asked for.
    static let statuses: Set<Int> = [
        400, 401, 402, 403, 404, 405, 408, 409, 413, 422, 429, 498, 499, 500, 502, 503, 504, 529,
    ]

    /// The kinds beside statuses, as they are written.
    static let kinds = [
        "refuse", "reset", "close", "cut", "silence", "stall", "drip", "delay", "truncated", "html", "content-type",
        "empty", "stream-error", "duplicate", "reorder", "noise",
    ]

    /// Reads `kind` or `kind;parameter`; `nil` where there is no such fault.
    init?(_ text: some StringProtocol) {
        let parts = String(text).split(separator: ";", maxSplits: 1).map(String.init)
        guard let kind = parts.first else { return nil }
        let parameter = parts.count > 1 ? parts[1] : nil
        if let status = Int(kind) {
            guard Self.statuses.contains(status), let detail = StatusDetail(parameter) else { return nil }
            self = .status(status, detail)
        } else if kind == "content-type" {
            self = .contentType(parameter ?? "text/plain")
        } else {
            let number = parameter.flatMap(Double.init).flatMap { 0...1e6 ~= $0 ? $0 : nil }
            guard (number == nil) == (parameter == nil) else { return nil }
            self.init(kind: kind, number: number)
        }
    }

    private init?(kind: String, number: Double?) {
        let count = number.map { Int($0) }
        switch kind {
        case "refuse": self = .refuse
        case "reset": self = .reset(after: count ?? 2)
        case "close": self = .close(after: count ?? 2)
        case "cut": self = .cut(after: count ?? 2)
        case "silence": self = .silence(.seconds(number ?? 600))
        case "stall": self = .stall(after: count ?? 2)
        case "drip": self = .drip(.milliseconds(number ?? 5))
        case "delay": self = .delay(.milliseconds(number ?? 1000))
        case "truncated": self = .truncated
        case "html": self = .html(count ?? 502)
        case "empty": self = .empty
        case "stream-error": self = .streamError(after: count ?? 2)
        case "duplicate": self = .duplicate(count ?? 0)
        case "reorder": self = .reorder(count ?? 1)
        case "noise": self = .noise
        default: return nil
        }
    }

    /// The fault that a model's name asks for: `fault-429`, `fault-429;2`, `fault-drip`.
    init?(model: String) {
        guard model.hasPrefix("fault-") else { return nil }
        self.init(model.dropFirst(6))
    }
}

extension StatusDetail {
    /// Reads a parameter: seconds (`2`, `0.5`), `1500ms`, `date`, `quota`, `context`, `filter`.
    init?(_ parameter: String?) {
        switch parameter {
        case nil: self = .plain
        case "quota": self = .quota
        case "context": self = .contextLength
        case "filter": self = .contentFilter
        case "date": self = .retryAfter("Fri, 31 Dec 2100 23:59:59 GMT")
        case let text? where text.hasSuffix("ms"):
            guard let milliseconds = Int(text.dropLast(2)) else { return nil }
            self = .retryAfterMilliseconds(milliseconds)
        case let text?:
            guard Double(text) != nil else { return nil }
            self = .retryAfter(text)
        }
    }
}
