/// A transport over libcurl: connections are kept and reused, HTTP/2 is spoken where the server offers it, packed
/// answers are unpacked, certificates are always verified.
///
/// One thread of its own moves all transfers; it is started by the first request and ends with ``close()``, or when
/// the transport is let go and its last transfer has ended; a process may end in the midst of transfers. Redirects are
/// not followed. Nothing is logged.
public final class CurlTransport: Transport {
    /// How a transport connects.
    public let configuration: Configuration

    private let inbox: TransferInbox
    /// Room in bytes for the body of a usual answer; a longer one is given more as it comes.
    private static let bodyRoom = 2048

    /// A transport; by default with the proxies of the environment and the system's certificates.
    public init(_ configuration: Configuration = Configuration()) {
        self.configuration = configuration
        inbox = TransferInbox(configuration)
    }

    deinit {
        inbox.letGo()
    }

    /// Sends a request and waits for the whole answer, whatever its status.
    public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let order = TransferOrder(request, bodyRoom: Self.bodyRoom)
        let answer = try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { inbox.start(order, .whole($0)) }
        } onCancel: {
            inbox.cancel(order.ticket)
        }
        return withExtendedLifetime(order) { answer.response }
    }

    /// Sends a request and waits for the status and the headers; the body follows as it is read.
    ///
    /// What has arrived and was not read yet is held up to ``Configuration/maximumBufferedBytes``; beyond that the
    /// server waits. Letting go of the stream's body ends the transfer.
    public func open(_ request: HTTPRequest) async throws -> HTTPStream {
        let order = TransferOrder(request, bodyRoom: 0)
        return try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { inbox.start(order, .stream($0)) }
        } onCancel: {
            inbox.cancel(order.ticket)
        }
    }

    /// Ends what runs, with a ``HTTPError/Kind/closed`` error, and gives connections, memory and thread back.
    public func close() async {
        await withUnsafeContinuation { inbox.close($0) }
    }
}
