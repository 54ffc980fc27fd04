/// A door to the network: sends a request, and gives the answer whole or as it comes.
///
/// This module knows HTTP and the framings of streams; it does not know what a model is. Nothing here logs headers or
/// bodies. Cancelling the waiting task ends the transfer at once; `CancellationError` is thrown then.
public protocol Transport: Sendable {
    /// Sends a request and waits for the whole answer, whatever its status.
    ///
    /// - Throws: ``HTTPError``, or `CancellationError`.
    func send(_ request: HTTPRequest) async throws -> HTTPResponse

    /// Sends a request and waits for the status and the headers; the body follows as it is read.
    ///
    /// - Throws: ``HTTPError``, or `CancellationError`.
    func open(_ request: HTTPRequest) async throws -> HTTPStream

    /// Ends what runs, with a ``HTTPError/Kind/connection`` error, and gives the connections back. Closing twice is
    /// harmless; a request afterwards fails.
    func close() async
}

/// A request.
public struct HTTPRequest: Hashable, Sendable {
    /// The method, such as `POST`.
    public var method: String
    /// The whole address, `https://…`; plain `http://` is taken only to this machine, unless this request or the
    /// whole transport may use it.
    public var url: String
    /// The headers that are sent beside those of the transport's own.
    public var headers: HTTPHeaders
    /// The body; `nil` for none.
    public var body: [UInt8]?
    /// How long each part of the exchange may take.
    public var timeouts = HTTPTimeouts()
    /// The most bytes of the answer's body, unpacked, that are taken; 64 MiB by default.
    ///
    /// For a stream it bounds all its bytes together.
    public var maximumBodyBytes = 64 << 20
    /// Whether plain `http` to another machine will do for this request; `false` by default.
    public var allowsInsecureHTTP = false

    /// A request; by default without headers and body.
    public init(_ method: String, _ url: String, headers: HTTPHeaders = [:], body: [UInt8]? = nil) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}

/// How long the parts of an exchange may take; `nil` stands for no limit.
public struct HTTPTimeouts: Hashable, Sendable {
    /// Until the connection stands, encryption included; 10 seconds by default.
    public var connect: Duration? = .seconds(10)
    /// From the request to the first byte of the answer's body.
    ///
    /// None by default but for ``total``: reasoning models stay silent for minutes.
    public var firstByte: Duration?
    /// Between two pieces of the body, while somebody waits for them; none by default.
    public var betweenBytes: Duration?
    /// For the whole exchange; 10 minutes by default.
    public var total: Duration? = .seconds(600)

    /// The defaults.
    public init() {}
}

/// An answer.
public struct HTTPResponse: Hashable, Sendable {
    /// The status, such as 200.
    public var status: Int
    /// The headers.
    public var headers: HTTPHeaders
    /// The body, unpacked.
    public var body: [UInt8]

    /// An answer.
    public init(status: Int, headers: HTTPHeaders = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// An answer whose body is on its way.
public struct HTTPStream: Sendable {
    /// The status, such as 200.
    public var status: Int
    /// The headers.
    public var headers: HTTPHeaders
    /// The body's pieces, unpacked, as they come.
    ///
    /// Can be iterated once. A reader who is slow makes the sender wait.
    public var body: HTTPBody

    /// An answer with a body to come.
    public init(status: Int, headers: HTTPHeaders = [:], body: HTTPBody) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// The pieces of a body.
///
/// Iterating throws ``HTTPError`` or `CancellationError`.
public struct HTTPBody: AsyncSequence, Sendable {
    /// What comes.
    public typealias Element = [UInt8]
    /// How it can fail.
    public typealias Failure = any Error

    /// Pulls one piece after another; none is empty.
    public struct AsyncIterator: AsyncIteratorProtocol, Sendable {
        private let pull: @Sendable () async throws -> [UInt8]?
        private var hasFailed = false

        fileprivate init(pull: @escaping @Sendable () async throws -> [UInt8]?) {
            self.pull = pull
        }

        /// The next element, `nil` at the end and behind an error.
        public mutating func next() async throws -> [UInt8]? {
            guard !hasFailed else { return nil }
            do {
                return try await pull()
            } catch {
                hasFailed = true
                throw error
            }
        }
    }

    private let pull: @Sendable () async throws -> [UInt8]?

    /// A body that is pulled piece by piece; `nil` ends it.
    public init(pull: @escaping @Sendable () async throws -> [UInt8]?) {
        self.pull = pull
    }

    /// Begins to iterate.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(pull: pull)
    }
}
