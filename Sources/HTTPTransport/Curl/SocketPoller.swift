import CCurl
import Glibc

/// Watches the sockets of libcurl's connections.
///
/// libcurl stops watching a connection after each answer and starts again with the next request. The kernel is not told
/// of it as long as nothing happens on the socket in between: no system call per request.
final class SocketPoller {
    /// What is known of a socket, by its number.
    private struct Watch {
        /// What libcurl wants to hear.
        var interest: UInt32 = 0
        /// What the kernel tells.
        var registered: UInt32 = 0
        /// Whether its closing is told to ``forget(_:)``.
        var isConnection = false
        /// Whether it belongs to a stream, rather than to a whole answer.
        var isStream = false
    }

    private static let capacity = 256

    private let descriptor: Int32
    private let wakeDescriptor: Int32
    private var watches: [Watch] = []
    private let events = UnsafeMutablePointer<epoll_event>.allocate(capacity: SocketPoller.capacity)

    /// A poller that is woken when something is written to an event descriptor.
    init(wakeDescriptor: Int32) {
        self.wakeDescriptor = wakeDescriptor
        descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
        // Told by its edge, so that it need not be read.
        control(EPOLL_CTL_ADD, wakeDescriptor, EPOLLIN.rawValue | EPOLLET.rawValue)
    }

    deinit {
        events.deallocate()
        close(descriptor)
    }

    /// Notes a new connection's socket.
    func adopt(_ socket: Int32) {
        makeRoom(for: socket)
        watches[Int(socket)] = Watch(isConnection: true)
    }

    /// Notes that a socket is about to be closed.
    func forget(_ socket: Int32) {
        makeRoom(for: socket)
        watches[Int(socket)] = Watch()
    }

    /// Watches a socket for what libcurl asks, `CURL_POLL_…`.
    func watch(_ socket: Int32, for request: Int32, isStream: Bool) {
        makeRoom(for: socket)
        watches[Int(socket)].isStream = isStream
        var interest: UInt32 = 0
        if request & CURL_POLL_IN != 0 && request != CURL_POLL_REMOVE { interest |= EPOLLIN.rawValue }
        if request & CURL_POLL_OUT != 0 && request != CURL_POLL_REMOVE { interest |= EPOLLOUT.rawValue }
        watches[Int(socket)].interest = interest
        if interest != 0 {
            register(socket)
        } else if !watches[Int(socket)].isConnection {
            unregister(socket)
        }
    }

    /// Waits until something happens, at most so many milliseconds, and tells on which socket what happened
    /// (`CURL_CSELECT_…`), and whether it is a stream's.
    func wait(milliseconds: Int32, beforeTelling: () -> Void, tell: (Int32, Int32, Bool) -> Void) {
        let count = epoll_wait(descriptor, events, Int32(Self.capacity), milliseconds)
        beforeTelling()
        for index in 0..<Int(max(count, 0)) {
            let event = events[index]
            let socket = event.data.fd
            guard socket != wakeDescriptor, Int(socket) < watches.count else { continue }
            guard watches[Int(socket)].interest != 0 else {
                unregister(socket)
                continue
            }
            tell(socket, Self.happened(event.events), watches[Int(socket)].isStream)
        }
    }

    private static func happened(_ events: UInt32) -> Int32 {
        var mask: Int32 = 0
        if events & (EPOLLIN.rawValue | EPOLLHUP.rawValue) != 0 { mask |= CURL_CSELECT_IN }
        if events & EPOLLOUT.rawValue != 0 { mask |= CURL_CSELECT_OUT }
        if events & EPOLLERR.rawValue != 0 { mask |= CURL_CSELECT_ERR }
        return mask
    }

    private func register(_ socket: Int32) {
        let watch = watches[Int(socket)]
        guard watch.interest != watch.registered else { return }
        watches[Int(socket)].registered = watch.interest
        // A number may be used anew without our knowing: then the kernel's view differs from ours.
        let isKnown = watch.registered != 0
        if control(isKnown ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, socket, watch.interest) != 0 {
            control(isKnown ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, socket, watch.interest)
        }
    }

    private func unregister(_ socket: Int32) {
        control(EPOLL_CTL_DEL, socket, 0)
        watches[Int(socket)].registered = 0
    }

    @discardableResult
    private func control(_ operation: Int32, _ socket: Int32, _ interest: UInt32) -> Int32 {
        var event = epoll_event(events: interest, data: epoll_data_t(fd: socket))
        return epoll_ctl(descriptor, operation, socket, &event)
    }

    private func makeRoom(for socket: Int32) {
        guard Int(socket) >= watches.count else { return }
        watches += Array(repeating: Watch(), count: Int(socket) + 64 - watches.count)
    }
}
