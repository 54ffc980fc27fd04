import Glibc
import HTTPTransport
import Synchronization

/// A load as the command line describes it: `transport-load <url> <concurrency> <seconds> [body bytes]`.
@main
struct Load {
    /// Waits in the main thread: valgrind 3.19 breaks down where that thread is left to the runtime.
    static func main() {
        let isDone = Mutex(false)
        Task.detached {
            do { try await run() } catch { print(error) }
            isDone.withLock { $0 = true }
        }
        while !isDone.withLock({ $0 }) { usleep(10_000) }
    }

    private static func run() async throws {
        let arguments = CommandLine.arguments
        if arguments.count > 1, arguments[1] == "soak" { return try await Soak(arguments.dropFirst(2)).run() }
        guard arguments.count >= 4, let concurrency = Int(arguments[2]), let seconds = Double(arguments[3]) else {
            print("usage: transport-load <url> <concurrency> <seconds> [body bytes]")
            print("       transport-load soak <url> <requests> <streams> <concurrency>")
            return
        }
        let bodyBytes = arguments.count > 4 ? Int(arguments[4]) ?? 0 : 1200
        let transport = CurlTransport()
        let request = chatRequest(arguments[1], bodyBytes: bodyBytes)
        _ = try await transport.send(request)
        let load = Load(transport: transport, request: request, concurrency: concurrency)
        _ = try await load.run(for: .seconds(0.5))
        let before = Figures.now
        let clock = ContinuousClock()
        let start = clock.now
        let count = try await load.run(for: .seconds(seconds))
        let elapsed = (clock.now - start) / .seconds(1)
        let after = Figures.now
        let microseconds = (after.processorSeconds - before.processorSeconds) * 1e6 / Double(count)
        print(Int(Double(count) / elapsed), "requests/s", Int(microseconds * 10), "tenths of a µs of CPU per request")
        print(after.residentKiB, "KiB resident")
        await transport.close()
    }

    let transport: CurlTransport
    let request: HTTPRequest
    let concurrency: Int

    /// Sends requests from so many tasks, each after its last one's answer; gives how many were answered.
    func run(for duration: Duration) async throws -> Int {
        let clock = ContinuousClock()
        let end = clock.now + duration
        return try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<concurrency {
                group.addTask {
                    var count = 0
                    while clock.now < end {
                        let response = try await transport.send(request)
                        precondition(response.status == 200 && !response.body.isEmpty)
                        count += 1
                    }
                    return count
                }
            }
            return try await group.reduce(0, +)
        }
    }

    static func chatRequest(_ url: String, bodyBytes: Int) -> HTTPRequest {
        var request = HTTPRequest("POST", url, body: Array(repeating: UInt8(ascii: "x"), count: bodyBytes))
        request.headers["Authorization"] = "Bearer not-a-key"
        request.headers["Content-Type"] = "application/json"
        return request
    }
}
