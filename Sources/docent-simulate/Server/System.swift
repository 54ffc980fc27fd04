#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The clock that neither jumps nor sleeps, in nanoseconds.
func nanoseconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
}

/// Opens the descriptors 0, 1 and 2 where the caller had closed them, so that no connection takes their place; writing
/// to them fails as before.
func openStandardDescriptors() {
    for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) == -1 && errno == EBADF {
        _ = open("/dev/null", O_RDONLY)
    }
}

extension Duration {
    /// In nanoseconds; a span beyond 290 years is cut to that.
    var inNanoseconds: Int {
        let (seconds, attoseconds) = components
        return seconds > 9_000_000_000 ? .max / 2 : Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000)
    }
}

/// A thread that runs a closure to its end.
///
/// The server's own two threads wait in `poll`, which tasks must not do.
struct SystemThread: Sendable {
    private final class Work: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    #if canImport(Darwin)
    // No lock protects it and none is needed: it is set once, in `init`, and only handed to `pthread_join`.
    nonisolated(unsafe) private let thread: pthread_t
    #else
    private let thread: pthread_t
    #endif

    /// Starts the thread; `nil` where the system has none left.
    init?(_ run: @escaping @Sendable () -> Void) {
        let work = Unmanaged.passRetained(Work(run))
        #if canImport(Darwin)
        var thread: pthread_t?
        let result = pthread_create(&thread, nil, { Self.start($0) }, work.toOpaque())
        guard result == 0, let thread else {
            work.release()
            return nil
        }
        #else
        var thread = pthread_t()
        let result = pthread_create(&thread, nil, { Self.start($0) }, work.toOpaque())
        guard result == 0 else {
            work.release()
            return nil
        }
        #endif
        self.thread = thread
    }

    private static func start(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        guard let context else { return nil }
        Unmanaged<Work>.fromOpaque(context).takeRetainedValue().run()
        return nil
    }

    /// Waits for the end.
    func join() {
        pthread_join(thread, nil)
    }
}

/// A pipe by which one thread wakes another out of `poll`.
struct WakePipe: Sendable {
    let reader: Int32
    private let writer: Int32

    /// A pipe; `nil` where the process may open no more files.
    init?() {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends { _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK) }
        reader = ends[0]
        writer = ends[1]
    }

    /// Wakes the thread that polls; at most once per call, and at least once for several calls.
    func wake() {
        var byte: UInt8 = 1
        _ = write(writer, &byte, 1)
    }

    /// Takes all wakes.
    func drain() {
        var bytes = [UInt8](repeating: 0, count: 256)
        while read(reader, &bytes, bytes.count) > 0 {}
    }

    /// Closes both ends.
    func close() {
        closeDescriptor(reader)
        closeDescriptor(writer)
    }
}

/// What the system says where it does not do something.
struct SystemError: Error, CustomStringConvertible {
    let description = String(cString: strerror(errno))
}

/// All bytes of a file, which may be a pipe.
func fileBytes(_ path: String) throws(SystemError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { throw SystemError() }
    defer { closeDescriptor(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
        let count = read(descriptor, &buffer, buffer.count)
        if count < 0, errno == EINTR { continue }
        guard count >= 0 else { throw SystemError() }
        guard count > 0 else { return bytes }
        bytes += buffer[..<count]
    }
}

/// Closes a file or socket.
func closeDescriptor(_ descriptor: Int32) {
    _ = close(descriptor)
}

/// Waits until one of the files can be read, or the time is over; `nil` stands for no limit.
func waitForInput(_ descriptors: [Int32], nanoseconds: Int?) -> [Bool] {
    var polled = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    let timeout = nanoseconds.map { Int32(clamping: ($0 + 999_999) / 1_000_000) } ?? -1
    guard poll(&polled, nfds_t(polled.count), max(-1, timeout)) > 0 else { return descriptors.map { _ in false } }
    return polled.map { $0.revents != 0 }
}
