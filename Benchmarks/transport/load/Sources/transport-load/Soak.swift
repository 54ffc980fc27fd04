import Glibc
import HTTPTransport

/// Many requests and streams, and the memory in use on the way; two in five are cancelled at a random moment, so that at
/// least a third ends by it.
struct Soak {
    private let url: String
    private let requests: Int
    private let streams: Int
    private let concurrency: Int

    init(_ arguments: ArraySlice<String>) {
        let words = Array(arguments)
        url = words.first ?? "http://127.0.0.1:18080/"
        requests = words.count > 1 ? Int(words[1]) ?? 0 : 200_000
        streams = words.count > 2 ? Int(words[2]) ?? 0 : 20_000
        concurrency = words.count > 3 ? Int(words[3]) ?? 1 : 64
    }

    /// How exchanges ended.
    struct Tally {
        var complete = 0
        var cancelled = 0
        var dropped = 0

        mutating func add(_ other: Tally) {
            complete += other.complete
            cancelled += other.cancelled
            dropped += other.dropped
        }
    }

    func run() async throws {
        let transport = CurlTransport()
        let rounds = 20
        var total = Tally()
        var resident: [Int] = []
        for round in 1...rounds {
            total.add(try await work(transport, requests / rounds, isStream: false))
            total.add(try await work(transport, streams / rounds, isStream: true))
            resident.append(Figures.now.residentKiB)
            print("round \(round) of \(rounds): \(resident[round - 1]) KiB resident")
        }
        print("complete \(total.complete), cancelled \(total.cancelled), dropped \(total.dropped)")
        await transport.close()
        let (middle, end) = (resident[rounds / 2 - 1], resident[rounds - 1])
        // What streams may hold for slow readers comes and goes.
        guard end > middle + concurrency * 256 else { return }
        print("memory has grown from \(middle) to \(end) KiB in the second half")
        exit(1)
    }

    private func work(_ transport: CurlTransport, _ count: Int, isStream: Bool) async throws -> Tally {
        try await withThrowingTaskGroup(of: Tally.self) { group in
            for worker in 0..<concurrency {
                let share = count / concurrency + (worker < count % concurrency ? 1 : 0)
                group.addTask {
                    var tally = Tally()
                    for _ in 0..<share { tally.add(try await exchange(transport, isStream: isStream)) }
                    return tally
                }
            }
            return try await group.reduce(into: Tally()) { $0.add($1) }
        }
    }

    private func exchange(_ transport: CurlTransport, isStream: Bool) async throws -> Tally {
        let request = isStream ? HTTPRequest("GET", url + "stream") : Load.chatRequest(url, bodyBytes: 1200)
        let piecesRead = Int.random(in: 0..<12)
        let task = Task {
            guard isStream else { return try await transport.send(request).body.count > 0 }
            var pieces = 0
            for try await _ in try await transport.open(request).body {
                pieces += 1
                if pieces == piecesRead { return false }
            }
            return true
        }
        if Int.random(in: 0..<5) < 2 {
            try? await Task.sleep(for: .microseconds(Int.random(in: 0..<400)))
            task.cancel()
        }
        do {
            return try await task.value ? Tally(complete: 1) : Tally(dropped: 1)
        } catch is CancellationError {
            return Tally(cancelled: 1)
        }
    }
}
