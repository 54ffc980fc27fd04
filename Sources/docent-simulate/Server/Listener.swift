import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Why a server cannot start.
struct ServerError: Error, Hashable, CustomStringConvertible {
    let description: String
}

/// Takes connections on one thread, and refuses them when asked to: the socket is closed for a while, or a connection
/// is reset as soon as it stands.
final class Listener: Sendable {
    private struct State {
        /// The socket that is listened on; -1 while it is closed.
        ///
        /// Only ``run(refuses:take:)`` changes it.
        var socket: Int32
        /// How long the socket is to be closed from now on.
        var refusal: Duration?
        var isStopped = false
    }

    let host: String
    /// The port that is listened on.
    let port: Int
    private let pipe: WakePipe
    private let state: Mutex<State>

    /// Opens the socket; a port of 0 takes a free one.
    ///
    /// - Throws: ``ServerError``.
    init(host: String, port: Int) throws(ServerError) {
        guard let pipe = WakePipe() else { throw ServerError(description: "no more files can be opened") }
        self.pipe = pipe
        self.host = host
        let (socket, port) = try Self.open(host: host, port: port)
        self.port = port
        state = Mutex(State(socket: socket))
    }

    /// Closes the socket for a while, from this moment on; connections that stand already go on.
    func refuse(for duration: Duration) {
        state.withLock { state in
            state.refusal = duration
            // No more connections are taken from here on; the listening thread closes the socket itself.
            if state.socket >= 0 { shutdown(state.socket, Int32(SHUT_RDWR)) }
        }
        pipe.wake()
    }

    /// Ends ``run(refuses:take:)``.
    func stop() {
        state.withLock { $0.isStopped = true }
        pipe.wake()
    }

    /// Gives the files back, after ``run(refuses:take:)`` has ended.
    func close() {
        pipe.close()
    }

    /// Takes connections until ``stop()`` is called; the numbers of connections start at 1.
    func run(refuses: (Int) -> Bool, take: (Int32) -> Void) {
        var socket = state.withLock { $0.socket }
        var reopening: Int?
        var count = 0
        while true {
            let wait = reopening.map { max(0, $0 - nanoseconds()) }
            let ready = waitForInput([pipe.reader, socket], nanoseconds: wait)
            if ready[0] { pipe.drain() }
            let (refusal, isStopped) = state.withLock { state in
                defer { state.refusal = nil }
                return (state.refusal, state.isStopped)
            }
            if isStopped { break }
            if let refusal {
                setSocket(-1, replacing: &socket)
                reopening = nanoseconds() + refusal.inNanoseconds
            } else if let time = reopening, time <= nanoseconds() {
                // Where something else has taken the port meanwhile, it is tried again a moment later.
                setSocket((try? Self.open(host: host, port: port).socket) ?? -1, replacing: &socket)
                reopening = socket < 0 ? nanoseconds() + 10_000_000 : nil
            } else if ready[1] {
                accept(from: socket, count: &count, refuses: refuses, take: take)
            }
        }
        setSocket(-1, replacing: &socket)
    }

    private func setSocket(_ new: Int32, replacing old: inout Int32) {
        state.withLock { $0.socket = new }
        if old >= 0 { closeDescriptor(old) }
        old = new
    }

    private func accept(from socket: Int32, count: inout Int, refuses: (Int) -> Bool, take: (Int32) -> Void) {
        while true {
            let connection = Socket.accept(socket)
            guard connection >= 0 else { return }
            count += 1
            if refuses(count) {
                Socket.resetsOnClose(connection)
                closeDescriptor(connection)
            } else {
                Socket.sendsAtOnce(connection)
                take(connection)
            }
        }
    }

    private static func open(host: String, port: Int) throws(ServerError) -> (socket: Int32, port: Int) {
        var hints = addrinfo()
        hints.ai_socktype = Socket.stream
        hints.ai_flags = AI_PASSIVE
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &found) == 0, let address = found?.pointee else {
            throw ServerError(description: "'\(host)' is no address of this machine; write --host 127.0.0.1")
        }
        defer { freeaddrinfo(found) }
        let descriptor = socket(address.ai_family, address.ai_socktype, address.ai_protocol)
        guard descriptor >= 0 else { throw ServerError(description: "no more sockets can be opened") }
        Socket.turnOn(SO_REUSEADDR, at: SOL_SOCKET, descriptor)
        guard bind(descriptor, address.ai_addr, address.ai_addrlen) == 0, listen(descriptor, 4096) == 0 else {
            let reason = String(cString: strerror(errno))
            let advice = errno == EADDRINUSE ? "; choose another --port, or 0 for one that is free" : ""
            closeDescriptor(descriptor)
            throw ServerError(description: "cannot listen on \(host), port \(port): \(reason)\(advice)")
        }
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
        return (descriptor, port == 0 ? Socket.port(of: descriptor) : port)
    }
}
