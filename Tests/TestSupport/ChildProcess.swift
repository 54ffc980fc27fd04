import CSpawn
public import Foundation
import Synchronization

/// A program that a test starts: what tests use of Foundation's `Process`, which reads past the end of its list of open
/// files where those are many (`findMaximumOpenFromProcSelfFD` in swift-corelibs-foundation 6.3) and crashes now and
/// then.
///
/// The program gets its three streams and no other open file, and hears all signals, whatever the tests ignore.
public final class ChildProcess: Sendable {
    private struct Settings {
        var executable: URL?
        var arguments: [String] = []
        var environment: [String: String]?
        var folder: URL?
        var input: (any ChildStream)?
        var output: (any ChildStream)?
        var errors: (any ChildStream)?
    }

    private struct State {
        var settings = Settings()
        var number: pid_t = 0
        /// As `waitpid` gives it; `nil` until the program has ended.
        var status: Int32?
    }

    /// How a program ended.
    public enum TerminationReason: Sendable {
        case exit
        case uncaughtSignal
    }

    private let state = Mutex(State())

    /// A program that is still to be described.
    public init() {}

    /// The program's file.
    public var executableURL: URL? {
        get { self[\.executable] }
        set { self[\.executable] = newValue }
    }
    /// Its arguments, without its own name.
    public var arguments: [String]? {
        get { self[\.arguments] }
        set { self[\.arguments] = newValue ?? [] }
    }
    /// Its environment; `nil` for that of the tests.
    public var environment: [String: String]? {
        get { self[\.environment] }
        set { self[\.environment] = newValue }
    }
    /// The folder in which it starts; `nil` for that of the tests.
    public var currentDirectoryURL: URL? {
        get { self[\.folder] }
        set { self[\.folder] = newValue }
    }
    /// What it reads; `nil` for what the tests read.
    public var standardInput: (any ChildStream)? {
        get { self[\.input] }
        set { self[\.input] = newValue }
    }
    /// Where it writes; `nil` for where the tests write.
    public var standardOutput: (any ChildStream)? {
        get { self[\.output] }
        set { self[\.output] = newValue }
    }
    /// Where it complains; `nil` for where the tests complain.
    public var standardError: (any ChildStream)? {
        get { self[\.errors] }
        set { self[\.errors] = newValue }
    }

    private subscript<Value: Sendable>(path: any WritableKeyPath<Settings, Value> & Sendable) -> Value {
        get { state.withLock { $0.settings[keyPath: path] } }
        set { state.withLock { $0.settings[keyPath: path] = newValue } }
    }

    /// The number by which the system knows the program; 0 before it runs.
    public var processIdentifier: Int32 { state.withLock { $0.number } }

    /// Starts the program.
    public func run() throws {
        let settings = state.withLock { $0.settings }
        let number = try Self.start(settings)
        state.withLock { $0.number = number }
        settings.input?.closeChildsEnd(isInput: true)
        settings.output?.closeChildsEnd(isInput: false)
        settings.errors?.closeChildsEnd(isInput: false)
    }

    /// Whether the program runs.
    public var isRunning: Bool {
        reap()
        return state.withLock { $0.number != 0 && $0.status == nil }
    }

    /// Waits for the program's end.
    public func waitUntilExit() {
        let number = processIdentifier
        // The status is left for `reap`, since others may look for it meanwhile.
        var information = siginfo_t()
        while isRunning, waitid(P_PID, id_t(number), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
        reap()
    }

    /// Asks the program to end.
    public func terminate() {
        state.withLock { state in
            if state.number != 0, state.status == nil { kill(state.number, SIGTERM) }
        }
    }

    /// The program's code, or the signal that ended it; 0 while it runs.
    public var terminationStatus: Int32 {
        reap()
        return state.withLock { state in
            guard let status = state.status else { return 0 }
            return status & 0x7F == 0 ? status >> 8 & 0xFF : status & 0x7F
        }
    }

    /// How the program ended.
    public var terminationReason: TerminationReason {
        reap()
        return state.withLock { ($0.status ?? 0) & 0x7F == 0 ? .exit : .uncaughtSignal }
    }

    private func reap() {
        state.withLock { state in
            var status: Int32 = 0
            guard state.number != 0, state.status == nil, waitpid(state.number, &status, WNOHANG) == state.number
            else { return }
            state.status = status
        }
    }

    private static func start(_ settings: Settings) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        if let folder = settings.folder { posix_spawn_file_actions_addchdir_np(&actions, folder.path) }
        let streams = [settings.input, settings.output, settings.errors]
        for (number, stream) in streams.enumerated() {
            guard let stream else { continue }
            posix_spawn_file_actions_adddup2(&actions, stream.childsDescriptor(isInput: number == 0), Int32(number))
        }
        posix_spawn_file_actions_addclosefrom_np(&actions, 3)
        hearSignals(&attributes)
        let environment = settings.environment ?? ProcessInfo.processInfo.environment
        let path = settings.executable?.path ?? ""
        let words = ([path] + settings.arguments).map { strdup($0) }
        let variables = environment.map { strdup("\($0.key)=\($0.value)") }
        defer { for text in words + variables { free(text) } }
        var number: pid_t = 0
        let fault = posix_spawn(&number, path, &actions, &attributes, words + [nil], variables + [nil])
        guard fault == 0 else { throw POSIXError(POSIXErrorCode(rawValue: fault) ?? .EINVAL) }
        return number
    }

    /// Has the program hear all signals, in a group of its own.
    private static func hearSignals(_ attributes: inout posix_spawnattr_t) {
        var none = sigset_t()
        var all = sigset_t()
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP
        posix_spawnattr_setflags(&attributes, Int16(flags))
    }
}

/// What can be a program's input or output.
public protocol ChildStream: Sendable {
    /// What the program gets.
    func childsDescriptor(isInput: Bool) -> Int32
    /// Closes here what only the program uses.
    func closeChildsEnd(isInput: Bool)
}

extension FileHandle: ChildStream {
    /// The file itself.
    public func childsDescriptor(isInput: Bool) -> Int32 { fileDescriptor }
    /// Nothing is closed.
    public func closeChildsEnd(isInput: Bool) {}
}

extension Pipe: ChildStream {
    /// The end that the program reads or writes.
    public func childsDescriptor(isInput: Bool) -> Int32 {
        (isInput ? fileHandleForReading : fileHandleForWriting).fileDescriptor
    }

    /// Closes the end that the program has got.
    public func closeChildsEnd(isInput: Bool) {
        try? (isInput ? fileHandleForReading : fileHandleForWriting).close()
    }
}
