import Synchronization

/// What the thread of transfers is told.
enum TransferCommand: Sendable {
    case start(TransferOrder, Reply)
    case cancel(TransferTicket)
    /// The reader of a paused stream has taken all that was held.
    case resume(TransferTicket)
    /// End everything, then tell the one who waits.
    case close(UnsafeContinuation<Void, Never>)
    /// End once nothing runs any more.
    case letGo

    /// The one who waits, and for what.
    enum Reply: Sendable {
        case whole(UnsafeContinuation<WholeAnswer, any Error>)
        case stream(UnsafeContinuation<HTTPStream, any Error>)

        /// Tells that there will be no answer.
        func fail(_ error: any Error) {
            switch self {
            case .whole(let waiter): waiter.resume(throwing: error)
            case .stream(let waiter): waiter.resume(throwing: error)
            }
        }
    }
}

/// A request and the room for its answer.
///
/// Who asks makes it and lets go of it last, so that memory is taken and given back by the same threads: those who ask
/// would otherwise wait, at each answer's end, for the allocator's lock that the thread of transfers uses all the time.
final class TransferOrder: Sendable {
    let ticket = TransferTicket()
    let request: HTTPRequest
    private let room: Mutex<WholeAnswer>

    /// An order whose answer's body has so many bytes of room at first.
    init(_ request: HTTPRequest, bodyRoom: Int) {
        self.request = request
        room = Mutex(WholeAnswer(bodyRoom: bodyRoom))
    }

    /// Gives the room away; what is taken later has none.
    func takeRoom() -> WholeAnswer {
        room.withLock { room in
            defer { room = WholeAnswer() }
            return room
        }
    }
}

/// An answer as its transfer leaves it.
struct WholeAnswer: Sendable {
    var head = ResponseHead()
    var body: [UInt8] = []

    /// An answer of which nothing has come.
    init() {}

    /// Likewise, with room for a head and a body.
    init(bodyRoom: Int) {
        head.reserveRoom()
        body.reserveCapacity(bodyRoom)
    }

    var response: HTTPResponse { HTTPResponse(status: head.status, headers: head.headers, body: body) }
}

/// By which a transfer is known outside its thread.
final class TransferTicket: Sendable {
    private let cancelled = Atomic(false)

    /// Whether the transfer was cancelled, be it before it was started.
    var isCancelled: Bool { cancelled.load(ordering: .acquiring) }

    func cancel() { cancelled.store(true, ordering: .releasing) }
}
