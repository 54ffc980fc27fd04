import Synchronization

/// What the thread of transfers is told.
enum TransferCommand: Sendable {
    case start(TransferOrder)
    case cancel(TransferTicket)
    /// The reader of a paused stream has taken all that was held.
    case resume(TransferTicket)
    /// End everything, then tell the one who waits.
    case close(UnsafeContinuation<Void, Never>)
    /// End once nothing runs any more.
    case letGo
}

/// A request and the one who waits for its answer.
///
/// A class, since it is handed from one to the next with every request.
final class TransferOrder: Sendable {
    enum Reply: Sendable {
        case whole(UnsafeContinuation<WholeAnswer, any Error>)
        case stream(UnsafeContinuation<HTTPStream, any Error>)
    }

    let ticket: TransferTicket
    let request: HTTPRequest
    let reply: Reply

    init(ticket: TransferTicket, request: HTTPRequest, reply: Reply) {
        self.ticket = ticket
        self.request = request
        self.reply = reply
    }

    /// Tells the one who waits that there will be no answer.
    func fail(_ error: any Error) {
        switch reply {
        case .whole(let waiter): waiter.resume(throwing: error)
        case .stream(let waiter): waiter.resume(throwing: error)
        }
    }
}

/// An answer as its transfer leaves it.
struct WholeAnswer: Sendable {
    let head: ResponseHead
    let body: [UInt8]

    var response: HTTPResponse { HTTPResponse(status: head.status, headers: head.headers, body: body) }
}

/// By which a transfer is known outside its thread.
final class TransferTicket: Sendable {
    private let cancelled = Atomic(false)

    /// Whether the transfer was cancelled, be it before it was started.
    var isCancelled: Bool { cancelled.load(ordering: .acquiring) }

    func cancel() { cancelled.store(true, ordering: .releasing) }
}
