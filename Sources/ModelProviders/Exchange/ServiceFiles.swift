import HTTPTransport
import LanguageModels

extension ServiceEndpoint {
    /// Sends bytes of any kind and waits for the whole answer.
    func upload(_ bytes: [UInt8], type: String, to path: String, for identity: ModelIdentity) async throws
        -> HTTPResponse
    {
        var http = try await request("POST", baseURL + path, body: bytes)
        http.headers["Content-Type"] = type
        return try await sent(http, for: identity)
    }

    /// Asks for a file that may be large; its body follows as it is read, up to 4 GiB, however long that takes.
    func download(_ url: String, isOurs: Bool, for identity: ModelIdentity) async throws -> HTTPStream {
        var http = isOurs ? try await request("GET", url) : HTTPRequest("GET", url)
        http.timeouts = timeouts
        http.timeouts.total = nil
        http.timeouts.betweenBytes = http.timeouts.betweenBytes ?? .seconds(600)
        http.maximumBodyBytes = 4 << 30
        return try await opened(http, for: identity)
    }
}

extension ServiceModel {
    /// The JSON of an answer to a question without a body.
    func json(_ method: String, _ path: String) async throws -> JSONValue {
        try checked(try await endpoint.ask(method, path, for: identity))
    }

    /// The lines of a file of JSON lines, read as they come; lines that are empty are left out.
    ///
    /// The credentials go with the question only where the address `isOurs`.
    func lines(at url: String, isOurs: Bool = true) async throws -> ServiceLines {
        let stream = try await endpoint.download(url, isOurs: isOurs, for: identity)
        guard 200..<300 ~= stream.status else { throw try await failure(stream) }
        return ServiceLines(stream.body, of: identity)
    }
}

/// Pulls one JSON value after another from a body of lines; a body's beginning alone is in memory.
struct ServiceLines {
    private var body: HTTPBody.AsyncIterator
    private let identity: ModelIdentity
    private var framing = JSONLinesFraming()
    private var lines: ArraySlice<ServerSentEvent> = []
    private var hasEnded = false

    /// The lines of a body.
    init(_ body: HTTPBody, of identity: ModelIdentity) {
        self.body = body.makeAsyncIterator()
        self.identity = identity
    }

    /// The next line's value, `nil` at the end.
    mutating func next() async throws -> JSONValue? {
        while lines.isEmpty {
            guard !hasEnded else { return nil }
            try await fill()
        }
        do {
            return try lines.popFirst().map { try JSONValue(event: $0.data.trimmed) }
        } catch var error as ModelError {
            error.identity = identity
            throw error
        }
    }

    private mutating func fill() async throws {
        do {
            let piece = try await body.next()
            hasEnded = piece == nil
            lines = try piece.map { try framing.consume($0) }?[...] ?? framing.finish()[...]
        } catch let error as HTTPError {
            throw ModelError(error, identity: identity)
        } catch let error as FramingError {
            throw ModelError(.undecodableAnswer, error.description, identity: identity)
        }
    }
}
