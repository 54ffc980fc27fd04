import Foundation
import Synchronization

/// A server on loopback whose every connection follows a script on a thread of its own.
final class ScriptedServer: Sendable {
    private struct State {
        var accepted = 0
        var sockets: Set<Int32> = []
        var isStopped = false
        /// Whether the listener's number is still its own.
        var isListening = true
    }

    let port: UInt16
    private let listener: Int32
    private let state = Mutex(State())

    var url: String { "http://127.0.0.1:\(port)/" }
    /// How many connections were made.
    var connections: Int { state.withLock { $0.accepted } }

    init(_ script: @escaping @Sendable (ServerConnection) -> Void) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        self.listener = listener
        port = Self.bind(listener)
        listen(listener, 4096)
        let thread = Thread { [self] in accept(script) }
        thread.stackSize = 256 << 10
        thread.start()
    }

    /// Closes the door and all connections; the server is let go.
    func stop() {
        // Under the lock: a number that was closed may be another connection's at once.
        state.withLock { state in
            state.isStopped = true
            if state.isListening { shutdown(listener, Int32(SHUT_RDWR)) }
            for socket in state.sockets { shutdown(socket, Int32(SHUT_RDWR)) }
        }
    }

    static func bind(_ listener: Int32) -> UInt16 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        return withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                Glibc.bind(listener, generic, size)
                getsockname(listener, generic, &size)
            }
            return UInt16(bigEndian: pointer.pointee.sin_port)
        }
    }

    private func accept(_ script: @escaping @Sendable (ServerConnection) -> Void) {
        while true {
            let socket = Glibc.accept(listener, nil, nil)
            guard socket >= 0 else {
                if errno == EINTR || errno == ECONNABORTED { continue }
                break
            }
            let isStopped = state.withLock { state in
                state.accepted += 1
                state.sockets.insert(socket)
                return state.isStopped
            }
            if isStopped { shutdown(socket, Int32(SHUT_RDWR)) }
            let thread = Thread { [self] in
                script(ServerConnection(socket: socket))
                state.withLock { _ = $0.sockets.remove(socket) }
                Glibc.close(socket)
            }
            thread.stackSize = 256 << 10
            thread.start()
        }
        state.withLock { state in
            state.isListening = false
            Glibc.close(listener)
        }
    }
}

/// The server's end of a connection.
struct ServerConnection: Sendable {
    let socket: Int32

    /// A request as it came.
    struct Request {
        var head: String
        var body: [UInt8]
    }

    /// Reads a request; `nil` once the client has closed.
    func request() -> Request? {
        var head: [UInt8] = []
        while !head.suffix(4).elementsEqual([13, 10, 13, 10]) {
            guard let byte = read(1)?.first else { return nil }
            head.append(byte)
        }
        let text = String(decoding: head, as: UTF8.self)
        let lines = text.lowercased().split(separator: "\r\n")
        let length = lines.first { $0.hasPrefix("content-length:") }.flatMap { Int($0.dropFirst(15).trimmed) } ?? 0
        var body: [UInt8] = []
        while body.count < length {
            guard let piece = read(min(length - body.count, 65536)) else { return nil }
            body += piece
        }
        return Request(head: text, body: body)
    }

    /// Waits until the client closes or resets the connection.
    func waitForEnd() {
        while read(4096) != nil {}
    }

    /// Whether the client takes more, be it after so long.
    func canSend(withinMilliseconds milliseconds: Int32) -> Bool {
        var entry = pollfd(fd: socket, events: Int16(POLLOUT), revents: 0)
        return poll(&entry, 1, milliseconds) == 1
    }

    /// Sends bytes; `false` once the client is gone.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    @discardableResult
    func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    /// Sends a whole answer.
    func answer(_ body: [UInt8] = [], status: String = "200 OK", headers: String = "") {
        send(Array("HTTP/1.1 \(status)\r\nContent-Length: \(body.count)\r\n\(headers)\r\n".utf8) + body)
    }

    /// Breaks the connection, so that the client sees a reset.
    func reset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(socket, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    private func read(_ count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        let got = recv(socket, &bytes, count, 0)
        return got > 0 ? Array(bytes.prefix(got)) : nil
    }
}

extension Substring {
    fileprivate var trimmed: String { trimmingCharacters(in: .whitespaces) }
}

/// A door whose queue is full and that nobody opens: who knocks gets no answer.
struct ClosedDoor {
    let port: UInt16
    private let sockets: [Int32]

    init() {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        port = ScriptedServer.bind(listener)
        listen(listener, 0)
        sockets = [listener] + (0..<4).map { [port] _ in Self.knock(port) }
    }

    func close() {
        for socket in sockets { Glibc.close(socket) }
    }

    private static func knock(_ port: UInt16) -> Int32 {
        let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        address.sin_port = port.bigEndian
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                _ = connect(client, generic, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        return client
    }
}
