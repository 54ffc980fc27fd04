public import HTTPTransport
import LanguageModels
import Synchronization

/// Where a service is and how it knows its users.
public struct ServiceEndpoint: Sendable {
    /// The headers that name the user, asked for before each request: keys may be tokens that expire.
    public typealias Credentials = @Sendable () async throws -> HTTPHeaders

    /// The address that paths are put behind, without a slash at its end.
    public var baseURL: String
    /// What every request carries.
    public var credentials: Credentials
    /// The door to the network.
    public var transport: any Transport
    /// Whether plain `http` to another machine will do for this service's requests; `false` by default.
    public var allowsInsecureHTTP = false
    /// Limits of time; ``RequestOptions/timeout`` replaces the total.
    public var timeouts = HTTPTimeouts()
    /// The most time for what no model has to think about, as a list: a service that is silent for longer is not there.
    var patience = Duration.seconds(60)
    /// What measures how long the end of a body is waited for once the answer is whole.
    var clock: any Clock<Duration> = ContinuousClock()

    /// A service at an address.
    public init(
        baseURL: String,
        transport: any Transport,
        credentials: @escaping Credentials = { [:] }
    ) {
        self.baseURL = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
        self.transport = transport
        self.credentials = credentials
    }
}

extension ServiceEndpoint {
    /// Sends JSON and waits for the whole answer, whatever its status.
    func post(_ request: EncodedRequest, timeout: Duration? = nil, for identity: ModelIdentity) async throws
        -> HTTPResponse
    {
        let http = try await prepared(request, timeout: timeout)
        return try await sent(http, for: identity)
    }

    /// Sends JSON and waits for the head of the answer.
    func open(_ request: EncodedRequest, timeout: Duration?, for identity: ModelIdentity) async throws -> HTTPStream {
        var http = try await prepared(request, timeout: timeout)
        http.headers["Accept"] = "text/event-stream"
        return try await opened(http, for: identity)
    }

    /// Opens a stream; where the service fails, its beginning is the body, without our keys.
    func opened(_ request: HTTPRequest, for identity: ModelIdentity) async throws -> HTTPStream {
        let stream = try await connected(to: identity) { try await transport.open(request) }
        return 200..<300 ~= stream.status ? stream : try await failed(stream, asked: request, for: identity)
    }

    /// Leaves the body of an answer that is whole, so that its connection can be used again if the end is near.
    func leave(_ body: HTTPBody.AsyncIterator) async {
        // About what a new connection takes; waiting longer would save nothing.
        await body.readRest(within: .milliseconds(100), by: clock)
    }

    /// The total for a question that no model has to think about.
    var timeoutWithoutModel: Duration { min(timeouts.total ?? patience, patience) }

    /// Asks without a body, with any method, and waits for the whole answer, as long as patience lasts.
    func ask(_ method: String, _ path: String, for identity: ModelIdentity) async throws -> HTTPResponse {
        var http = try await request(method, baseURL + path)
        http.timeouts.total = timeoutWithoutModel
        return try await sent(http, for: identity)
    }

    /// Sends a request as it is and waits for the whole answer, from which the keys are taken out if it reports a
    /// failure: some services quote them.
    func sent(_ request: HTTPRequest, for identity: ModelIdentity) async throws -> HTTPResponse {
        var answer = try await connected(to: identity) { try await transport.send(request) }
        if !(200..<300 ~= answer.status) { answer.body = request.headers.withoutKeys(answer.body) }
        return answer
    }

    /// An error that was read from an answer, without our keys: some services quote them under a good status, too.
    func withoutKeys(_ error: any Error) async -> any Error {
        guard var error = error as? ModelError, let keys = try? await credentials() else { return error }
        error.message = keys.withoutKeys(error.message)
        error.answerText = error.answerText.map { keys.withoutKeys($0) }
        return error
    }

    /// The failed stream's body, read at once and without keys.
    private func failed(
        _ stream: HTTPStream,
        asked request: HTTPRequest,
        for identity: ModelIdentity
    ) async throws -> HTTPStream {
        let bytes = try await connected(to: identity) { try await stream.body.prefixed(by: 64 << 10) }
        let body = PieceOnce(request.headers.withoutKeys(bytes))
        return HTTPStream(status: stream.status, headers: stream.headers, body: HTTPBody { body.take() })
    }

    /// A request to an address of this service.
    func request(_ method: String, _ url: String, body: [UInt8]? = nil) async throws -> HTTPRequest {
        var http = HTTPRequest(method, url, headers: try await credentials(), body: body)
        http.timeouts = timeouts
        http.allowsInsecureHTTP = allowsInsecureHTTP
        return http
    }

    private func prepared(_ request: EncodedRequest, timeout: Duration?) async throws -> HTTPRequest {
        var http = try await self.request("POST", baseURL + request.path, body: request.body.bytes)
        http.headers["Content-Type"] = "application/json"
        for field in request.headers.fields { http.headers[field.name] = field.value }
        if let timeout { http.timeouts.total = timeout }
        return http
    }

    /// Runs an exchange and puts the transport's errors into the words of models.
    func connected<Value>(
        to identity: ModelIdentity,
        _ exchange: () async throws -> Value
    ) async throws -> Value {
        do {
            return try await exchange()
        } catch let error as HTTPError {
            throw ModelError(error, identity: identity)
        }
    }
}

/// A body that is given as one piece.
private final class PieceOnce: Sendable {
    private let piece: Mutex<[UInt8]?>

    init(_ bytes: [UInt8]) {
        piece = Mutex(bytes.isEmpty ? nil : bytes)
    }

    func take() -> [UInt8]? {
        piece.withLock { piece in
            defer { piece = nil }
            return piece
        }
    }
}

extension HTTPHeaders {
    /// A body in which the keys that stand in these headers are masked.
    fileprivate func withoutKeys(_ body: [UInt8]) -> [UInt8] {
        keys.isEmpty ? body : Array(withoutKeys(String(decoding: body, as: UTF8.self)).utf8)
    }

    /// A text likewise.
    fileprivate func withoutKeys(_ text: String) -> String {
        keys.reduce(text) { $0.replacing($1, with: "***") }
    }

    private var keys: [String] {
        fields.compactMap { field in
            guard Self.keyNames.contains(field.name.lowercased()) else { return nil }
            let key = field.value.split(separator: " ").last.map(String.init) ?? ""
            return key.utf8.count >= 8 ? key : nil
        }
    }

    private static let keyNames: Set = ["authorization", "api-key", "x-api-key", "x-goog-api-key"]
}

extension ModelError {
    /// A transport's error in the words of models.
    init(_ error: HTTPError, identity: ModelIdentity) {
        let kind: Kind =
            switch error.kind {
            case .invalidURL, .insecureURL: .configuration
            case .timeout(.connect): .timeout(.connect)
            case .timeout(.firstByte): .timeout(.firstToken)
            case .timeout(.betweenBytes): .timeout(.betweenTokens)
            case .timeout(.total): .timeout(.total)
            case .connection: .connection
            case .closed, .untrusted: .connection
            case .bodyTooLarge, .malformedAnswer: .undecodableAnswer
            @unknown default: .connection
            }
        var error = error
        // The kind says so already.
        if kind == .connection { error.message.trimPrefix("no connection: ") }
        self.init(kind, error.description.maskingKeys(), identity: identity)
        if error.kind == .untrusted || error.kind == .closed { shouldRetry = false }
    }
}
