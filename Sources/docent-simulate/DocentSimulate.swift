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
        signal(SIGPIPE, SIG_IGN)
        do {
            try run(Array(CommandLine.arguments.dropFirst()))
        } catch {
            write("docent-simulate: \(error)\n", to: 2)
            exit(error is ServerError ? 1 : 64)
        }
    }

    private static func run(_ words: [String]) throws {
        let options = try Options(words)
        switch options.action {
        case .help: return write(Options.help, to: 1)
        case .version: return write("docent-simulate \(version)\n", to: 1)
        case .serve: break
        }
        // The threads that follow inherit the mask, so that the signals come to `sigwait` alone.
        var signals = sigset_t()
        sigemptyset(&signals)
        for signal in [SIGINT, SIGTERM] { sigaddset(&signals, signal) }
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        Socket.raiseFileLimit()
        let log: (@Sendable (String) -> Void)? = options.logs ? { @Sendable line in write(line + "\n", to: 2) } : nil
        let server = try Server(
            Simulation(options.settings),
            host: options.host,
            port: options.port,
            workers: options.workers,
            log: log
        )
        write("http://\(options.host.contains(":") ? "[\(options.host)]" : options.host):\(server.port)\n", to: 1)
        var received: Int32 = 0
        sigwait(&signals, &received)
        server.stop()
    }

    @Sendable
    private static func write(_ text: String, to descriptor: Int32) {
        var text = text
        text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while !rest.isEmpty {
                let count = writeBytes(descriptor, rest.baseAddress, rest.count)
                guard count > 0 else { return }
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            }
        }
    }
}

/// The system's `write`, which the command's own would hide.
private func writeBytes(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
