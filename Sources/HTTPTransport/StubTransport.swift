/// A transport without a network, for tests and examples: a closure answers.
public struct StubTransport: Transport {
    private let answer: @Sendable (HTTPRequest) async throws -> HTTPResponse
    private let pieceBytes: Int

    /// A transport that gives what `answer` gives; a stream's body comes in pieces of `pieceBytes` bytes (all at once
    /// by default).
    public init(pieceBytes: Int = .max, answer: @escaping @Sendable (HTTPRequest) async throws -> HTTPResponse) {
        self.pieceBytes = max(pieceBytes, 1)
        self.answer = answer
    }

    /// Gives the closure's answer.
    public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        try await answer(request)
    }

    /// Gives the closure's answer, its body in pieces.
    public func open(_ request: HTTPRequest) async throws -> HTTPStream {
        let response = try await answer(request)
        let pieces = PieceCursor(bytes: response.body, pieceBytes: pieceBytes)
        return HTTPStream(status: response.status, headers: response.headers, body: HTTPBody { await pieces.next() })
    }

    /// Does nothing.
    public func close() async {}
}

private actor PieceCursor {
    private let bytes: [UInt8]
    private let pieceBytes: Int
    private var position = 0

    init(bytes: [UInt8], pieceBytes: Int) {
        self.bytes = bytes
        self.pieceBytes = pieceBytes
    }

    func next() -> [UInt8]? {
        guard position < bytes.count else { return nil }
        let end = bytes.count - position > pieceBytes ? position + pieceBytes : bytes.count
        defer { position = end }
        return Array(bytes[position..<end])
    }
}
