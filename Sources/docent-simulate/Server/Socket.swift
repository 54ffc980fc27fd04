#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What is done to a socket.
enum Socket {
    #if canImport(Glibc)
    static let stream = Int32(SOCK_STREAM.rawValue)
    #else
    static let stream = SOCK_STREAM
    #endif

    /// Takes the next connection; -1 where there is none.
    static func accept(_ listening: Int32) -> Int32 {
        #if canImport(Glibc)
        Glibc.accept(listening, nil, nil)
        #elseif canImport(Musl)
        Musl.accept(listening, nil, nil)
        #else
        Darwin.accept(listening, nil, nil)
        #endif
    }

    /// Turns an option on.
    static func turnOn(_ option: Int32, at level: Int32, _ socket: Int32) {
        var value: Int32 = 1
        setsockopt(socket, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
    }

    /// Has small pieces sent at once.
    static func sendsAtOnce(_ socket: Int32) {
        turnOn(TCP_NODELAY, at: Int32(IPPROTO_TCP), socket)
    }

    /// Has the connection reset when it is closed.
    static func resetsOnClose(_ socket: Int32) {
        var value = linger(l_onoff: 1, l_linger: 0)
        setsockopt(socket, SOL_SOCKET, SO_LINGER, &value, socklen_t(MemoryLayout<linger>.size))
    }

    /// Resets the connection now; its owner still has to close the socket.
    ///
    /// Closing alone would not do on Linux: libmicrohttpd shuts the socket down first, and the client would see an
    /// orderly end.
    static func reset(_ socket: Int32) {
        resetsOnClose(socket)
        #if os(Linux)
        var nowhere = sockaddr()
        nowhere.sa_family = sa_family_t(AF_UNSPEC)
        _ = connect(socket, &nowhere, socklen_t(MemoryLayout<sockaddr>.size))
        #endif
    }

    /// Whether the other side has closed the connection.
    static func isClosedByPeer(_ socket: Int32) -> Bool {
        var byte: UInt8 = 0
        let count = recv(socket, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT))
        return count == 0 || (count < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)
    }

    /// The port that a socket is bound to; 0 where it is not.
    static func port(of socket: Int32) -> Int {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutableBytes(of: &storage) { bytes in
            guard let address = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self),
                getsockname(socket, address, &length) == 0
            else { return 0 }
            // The port stands at the same place, in network order, in the addresses of both families.
            return Int(bytes[2]) << 8 | Int(bytes[3])
        }
    }

    /// Lets the process open as many files as the system grants it.
    static func raiseFileLimit() {
        #if canImport(Glibc)
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #else
        let resource = RLIMIT_NOFILE
        #endif
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(resource, &limit)
    }
}
