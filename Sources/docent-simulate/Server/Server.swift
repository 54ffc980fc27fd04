import CMicrohttpd

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The simulation on a port: connections, threads, and their end.
final class Server: Sendable {
    /// The port that is listened on.
    var port: Int { listener.port }

    private let listener: Listener
    private let handler: RequestHandler
    private let alarm: Alarm
    /// libmicrohttpd's daemon.
    // No lock of ours: the pointer never changes, and the library locks what its functions touch, on any thread.
    nonisolated(unsafe) private let daemon: OpaquePointer
    private let context: UInt
    private let threads: [SystemThread]

    /// Starts to serve.
    ///
    /// - Throws: ``ServerError`` where the port is taken or the system gives no threads.
    init(
        _ simulation: Simulation,
        host: String = "127.0.0.1",
        port: Int = 0,
        workers: Int = 2,
        log: (@Sendable (String) -> Void)? = nil
    ) throws(ServerError) {
        let listener = try Listener(host: host, port: port)
        let alarm = Alarm { connection in
            OpaquePointer(bitPattern: connection).map(MHD_resume_connection)
        }
        guard let alarm else { throw ServerError(description: "no more files can be opened") }
        let handler = RequestHandler(simulation, alarm: alarm, listener: listener, log: log)
        let context = Unmanaged.passRetained(handler)
        let daemon = docent_start_daemon(
            UInt32(workers),
            20_000,
            Callbacks.request,
            Callbacks.completed,
            context.toOpaque()
        )
        guard let daemon else {
            context.release()
            throw ServerError(description: "libmicrohttpd does not start")
        }
        let address = UInt(bitPattern: daemon)
        let plan = simulation.settings.plan
        let accepting = SystemThread {
            listener.run(refuses: plan.refuses) { socket in
                MHD_add_connection(OpaquePointer(bitPattern: address), socket, nil, 0)
            }
        }
        let waking = SystemThread { alarm.run() }
        guard let accepting, let waking else { throw ServerError(description: "no more threads can be started") }
        self.listener = listener
        self.alarm = alarm
        self.handler = handler
        self.daemon = daemon
        self.context = UInt(bitPattern: context.toOpaque())
        threads = [accepting, waking]
    }

    /// Closes all connections and ends; may be called once.
    func stop() {
        handler.stop()
        listener.stop()
        alarm.stop()
        for thread in threads { thread.join() }
        MHD_stop_daemon(daemon)
        listener.close()
        alarm.close()
        UnsafeRawPointer(bitPattern: context).map { Unmanaged<RequestHandler>.fromOpaque($0).release() }
    }
}
