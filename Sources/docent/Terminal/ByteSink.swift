import Synchronization

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Where bytes go: a standard stream, or memory in tests.
protocol ByteSink: Sendable {
    /// Writes all bytes; says what became of them.
    @discardableResult
    func write(_ bytes: [UInt8]) -> Delivery
}

/// What became of bytes that were written.
enum Delivery: Hashable, Sendable {
    /// All are written.
    case complete
    /// Whoever read them has stopped.
    case unread
    /// The system did not take them, as on a full disk; that was said on standard error.
    case failed

    /// What the process ends with when nothing else went wrong.
    var exitCode: ExitCode {
        switch self {
        case .complete: .done
        case .unread: .brokenPipe
        case .failed: .someFailed
        }
    }
}

extension ByteSink {
    /// Writes a text as UTF-8; says what became of it.
    @discardableResult
    func write(_ text: String) -> Delivery { write(Array(text.utf8)) }
}

/// A standard stream of the process; writes after the reader has gone are dropped.
struct StandardStream: ByteSink {
    /// Where results go.
    static let output = StandardStream(descriptor: STDOUT_FILENO)
    /// Where messages go.
    static let error = StandardStream(descriptor: STDERR_FILENO)

    let descriptor: Int32

    func write(_ bytes: [UInt8]) -> Delivery {
        bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                let count = systemWrite(descriptor, UnsafeRawBufferPointer(rebasing: rest))
                if count < 0 {
                    guard errno == EINTR || (errno == EAGAIN && waitUntilWritable()) else { return fail(errno) }
                } else {
                    rest = rest.dropFirst(count)
                }
            }
            return .complete
        }
    }

    /// Says why results cannot be written, unless it is only that their reader has gone.
    private func fail(_ code: Int32) -> Delivery {
        if code == EPIPE { return .unread }
        if descriptor == STDOUT_FILENO {
            Self.error.write("docent: the output cannot be written: \(String(cString: strerror(code)))\n")
        }
        return .failed
    }

    /// Waits on a stream that someone made non-blocking.
    private func waitUntilWritable() -> Bool {
        var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        return poll(&request, 1, -1) >= 0 || errno == EINTR
    }
}

/// Keeps what is written, for tests.
final class MemorySink: ByteSink {
    private let bytes = Mutex<[UInt8]>([])

    /// What was written, as text.
    var text: String { String(decoding: bytes.withLock { $0 }, as: UTF8.self) }

    func write(_ more: [UInt8]) -> Delivery {
        bytes.withLock { $0 += more }
        return .complete
    }
}

/// `write(2)`, whose name the methods above take.
private func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawBufferPointer) -> Int {
    #if canImport(Darwin)
    Darwin.write(descriptor, buffer.baseAddress, buffer.count)
    #elseif canImport(Musl)
    Musl.write(descriptor, buffer.baseAddress, buffer.count)
    #else
    Glibc.write(descriptor, buffer.baseAddress, buffer.count)
    #endif
}
