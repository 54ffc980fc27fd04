import CMicrohttpd

/// One request and its answer on their way.
///
/// libmicrohttpd calls for one connection from one thread only, so nothing here is locked.
final class Exchange {
    var body: [UInt8] = []
    var outgoing: Outgoing?
    /// The time until which nothing is done, in nanoseconds of the steady clock.
    var due = 0
    private let connection: OpaquePointer
    private let alarm: Alarm
    private let isStopping: () -> Bool
    private var step = 0
    private var offset = 0
    private var isWaiting = false

    init(_ connection: OpaquePointer, alarm: Alarm, isStopping: @escaping () -> Bool) {
        self.connection = connection
        self.alarm = alarm
        self.isStopping = isStopping
    }

    /// The connection's socket; -1 where it has none any more.
    var socket: Int32 { docent_connection_socket(connection) }

    /// How a wait goes on.
    enum Wait {
        case isOver
        /// The connection is suspended and will be asked again.
        case isSuspended
        /// The other side has gone, or the server ends.
        case isVain
    }

    /// Waits until ``due`` without holding the thread; looks once a second whether the client is still there.
    func wait() -> Wait {
        let now = nanoseconds()
        if now >= due { return .isOver }
        if isStopping() || Socket.isClosedByPeer(socket) { return .isVain }
        MHD_suspend_connection(connection)
        alarm.schedule(UInt(bitPattern: connection), at: min(due, now + 1_000_000_000))
        return .isSuspended
    }

    /// Writes what comes next into a buffer; the number of bytes, 0 while the connection is suspended, or an end.
    func write(to buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard let steps = outgoing?.steps else { return docent_end_with_error() }
        while step < steps.count {
            switch steps[step] {
            case .send(let bytes):
                if offset < bytes.count { return copy(bytes, to: buffer) }
                offset = 0
            case .wait(let duration):
                if !isWaiting { due = max(due, nanoseconds() - 1_000_000_000) + duration.inNanoseconds }
                isWaiting = true
                switch wait() {
                case .isOver: isWaiting = false
                case .isSuspended: return 0
                case .isVain: return docent_end_with_error()
                }
            case .reset:
                Socket.reset(socket)
                return docent_end_with_error()
            case .close: return docent_end_with_error()
            }
            step += 1
        }
        return docent_end_of_body()
    }

    private func copy(_ bytes: [UInt8], to buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, bytes.count - offset)
        bytes.withUnsafeBytes { source in
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[offset..<offset + count]))
        }
        offset += count
        return count
    }
}
