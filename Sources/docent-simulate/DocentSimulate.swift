#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The command `docent-simulate`: a server that imitates the services, so that a run can be rehearsed without a key.
@main
struct DocentSimulate {
    /// The tool's version.
    static let version = "0.1.0"

    static func main() {
        openStandardDescriptors()
        do {
            try run(Array(CommandLine.arguments.dropFirst()))
        } catch {
            _ = write("docent-simulate: \(error)\n", to: 2)
            exit(error is ServerError ? 1 : 2)
        }
    }

    private static func run(_ words: [String]) throws {
        let options = try Options(words)
        switch options.action {
        case .help: return try say(Options.help)
        case .version: return try say("docent-simulate \(version)\n")
        case .serve: try serve(options)
        }
    }

    /// Answers until a signal asks for the end; a second one ends the process at once.
    private static func serve(_ options: Options) throws {
        signal(SIGPIPE, SIG_IGN)
        // The threads that follow inherit the mask, so that the signals come to `sigwait` alone.
        var signals = sigset_t()
        sigemptyset(&signals)
        for signal in [SIGINT, SIGTERM] { sigaddset(&signals, signal) }
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        Socket.raiseFileLimit()
        let log: @Sendable (String) -> Void = { line in _ = write(line + "\n", to: 2) }
        let server = try Server(
            Simulation(options.settings),
            host: options.host,
            port: options.port,
            workers: options.workers,
            log: options.logs ? log : nil
        )
        try say("http://\(options.host.contains(":") ? "[\(options.host)]" : options.host):\(server.port)\n")
        var received: Int32 = 0
        sigwait(&signals, &received)
        // A second signal ends the process where a thread that is busy holds up the end in order.
        for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
        server.stop()
    }

    /// Writes to standard output.
    private static func say(_ text: String) throws(ServerError) {
        guard !write(text, to: 1) else { return }
        throw ServerError(description: "standard output cannot be written: \(String(cString: strerror(errno)))")
    }

    /// Writes all of a text; `false`, with the reason in `errno`, where that fails.
    @Sendable
    private static func write(_ text: String, to descriptor: Int32) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while !rest.isEmpty {
                let count = writeBytes(descriptor, rest.baseAddress, rest.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            }
            return true
        }
    }
}

/// The system's `write`, which the command's own would hide.
private func writeBytes(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
