import Synchronization

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Turns Ctrl-C and the like into the cancellation of a piece of work.
///
/// The handler only writes the signal's number to a pipe; a thread reads it. The first signal cancels, a second ends the
/// process at once, and so does the first where nothing would be lost (``expendable(_:)``). A signal that the caller had set to be ignored stays ignored.
enum Interruption {
    /// Where the handler writes; -1 until there is a pipe.
    private static let writeEnd = Atomic<Int32>(-1)
    /// How many pieces of expendable work are going on.
    private static let expendables = Atomic<Int>(0)

    /// Does some work, whose task is cancelled by the `stop` it is given and, if asked for, by a signal.
    ///
    /// - Returns: What the work made of it, and the signal, if there was one.
    static func run<Value: Sendable>(
        bySignals: Bool,
        _ work: @escaping @Sendable (_ stop: @escaping @Sendable () -> Void) async -> Value
    ) async -> (value: Value?, signal: Int32?) {
        let (requests, continuation) = AsyncStream.makeStream(of: Int32.self, bufferingPolicy: .bufferingNewest(1))
        if bySignals { listen { continuation.yield($0) } }
        return await withTaskGroup(of: Outcome<Value>.self) { group in
            group.addTask {
                .finished(await work { continuation.yield(0) })
            }
            group.addTask {
                for await signal in requests { return .stopped(signal) }
                return .unstopped
            }
            return await firstSignalAndValue(of: &group) { continuation.finish() }
        }
    }

    /// Does some work that may wait where no cancellation is heard of, as on standard input, and of which nothing is
    /// lost when the first signal ends the process.
    static func expendable<Value>(_ work: () throws -> Value) rethrows -> Value {
        expendables.add(1, ordering: .sequentiallyConsistent)
        defer { expendables.subtract(1, ordering: .sequentiallyConsistent) }
        return try work()
    }

    /// Whether a first signal may end the process.
    fileprivate static var isExpendable: Bool { expendables.load(ordering: .sequentiallyConsistent) > 0 }

    private enum Outcome<Value: Sendable>: Sendable {
        case finished(Value)
        case stopped(Int32)
        case unstopped
    }

    private static func firstSignalAndValue<Value: Sendable>(
        of group: inout TaskGroup<Outcome<Value>>,
        finish: () -> Void
    ) async -> (value: Value?, signal: Int32?) {
        var result: (value: Value?, signal: Int32?) = (nil, nil)
        while let outcome = await group.next() {
            switch outcome {
            case .finished(let value):
                result.value = value
                finish()
            case .stopped(let signal):
                result.signal = signal > 0 ? signal : nil
                group.cancelAll()
            case .unstopped: break
            }
        }
        return result
    }

    private static func listen(_ receive: @escaping @Sendable (Int32) -> Void) {
        var ends: [Int32] = [-1, -1]
        guard writeEnd.load(ordering: .relaxed) < 0, pipe(&ends) == 0 else { return }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        writeEnd.store(ends[1], ordering: .sequentiallyConsistent)
        startThread(SignalListener(readEnd: ends[0], receive: receive))
        for number in [SIGINT, SIGTERM, SIGHUP] { install(for: number) }
    }

    private static func install(for number: Int32) {
        var action = sigaction()
        guard sigaction(number, nil, &action) == 0, !isIgnored(action) else { return }
        signal(number) { number in
            let saved = errno
            var byte = UInt8(truncatingIfNeeded: number)
            _ = write(Interruption.writeEnd.load(ordering: .relaxed), &byte, 1)
            errno = saved
        }
    }

    private static func isIgnored(_ action: sigaction) -> Bool {
        #if canImport(Darwin)
        let handler = action.__sigaction_u.__sa_handler
        #elseif canImport(Musl)
        let handler = action.__sa_handler.sa_handler
        #else
        let handler = action.__sigaction_handler.sa_handler
        #endif
        return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }

    private static func startThread(_ listener: SignalListener) {
        #if canImport(Darwin)
        var thread: pthread_t?
        #else
        var thread = pthread_t()
        #endif
        let context = Unmanaged.passRetained(listener).toOpaque()
        let result = pthread_create(&thread, nil, listen(on:), context)
        if result != 0 { Unmanaged<SignalListener>.fromOpaque(context).release() }
    }
}

/// The thread that reads the pipe.
private final class SignalListener: Sendable {
    private let readEnd: Int32
    private let receive: @Sendable (Int32) -> Void

    init(readEnd: Int32, receive: @escaping @Sendable (Int32) -> Void) {
        self.readEnd = readEnd
        self.receive = receive
    }

    func listen() {
        guard let first = nextSignal() else { return }
        if Interruption.isExpendable { _exit(128 + first) }
        receive(first)
        guard let second = nextSignal() else { return }
        _exit(128 + second)
    }

    private func nextSignal() -> Int32? {
        var byte: UInt8 = 0
        var count = 0
        repeat { count = read(readEnd, &byte, 1) } while count < 0 && errno == EINTR
        return count == 1 ? Int32(byte) : nil
    }
}

#if canImport(Darwin)
private func listen(on context: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    Unmanaged<SignalListener>.fromOpaque(context).takeRetainedValue().listen()
    return nil
}
#else
private func listen(on context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let context { Unmanaged<SignalListener>.fromOpaque(context).takeRetainedValue().listen() }
    return nil
}
#endif
