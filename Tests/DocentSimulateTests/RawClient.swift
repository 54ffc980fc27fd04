#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A client of plain sockets: it sees bytes, ends and resets as they are.
struct RawClient {
    /// How a connection ended.
    enum End {
        case closed, reset
    }

    let socket: Int32

    /// A connection to a port of this machine; `nil` where it is refused.
    init?(port: Int) {
        #if canImport(Glibc)
        let descriptor = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
        let descriptor = Darwin.socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr = in_addr(s_addr: UInt32(0x7F00_0001).bigEndian)
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        socket = descriptor
        guard result == 0 else {
            disconnect()
            return nil
        }
        // A test that would hang fails instead.
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    func disconnect() {
        close(socket)
    }

    /// Sends a request with this body; the connection is closed by the server unless it is kept.
    func send(_ path: String, _ body: String = "", method: String = "POST", headers: [String] = [], keep: Bool = false)
    {
        var lines = ["\(method) \(path) HTTP/1.1", "Host: test", "Content-Length: \(body.utf8.count)"] + headers
        if !keep { lines.append("Connection: close") }
        let text = Array((lines.joined(separator: "\r\n") + "\r\n\r\n" + body).utf8)
        _ = text.withUnsafeBytes { sendBytes(socket, $0.baseAddress, $0.count) }
    }

    /// Everything until the end.
    func readAll() -> (text: String, end: End) {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(socket, &buffer, buffer.count, 0)
            guard count > 0 else { return (String(decoding: bytes, as: UTF8.self), count == 0 ? .closed : .reset) }
            bytes += buffer[..<count]
        }
    }

    /// What has come when a text stands at its end.
    func read(until ending: String) -> String {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while recv(socket, &byte, 1, 0) == 1 {
            bytes.append(byte)
            if bytes.suffix(ending.utf8.count).elementsEqual(ending.utf8) { break }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

private func sendBytes(_ socket: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    send(socket, bytes, count, Int32(MSG_NOSIGNAL))
}
