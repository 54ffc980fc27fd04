import HTTPTransport
import LanguageModels
import ModelProviders

/// A load as the command line describes it: `models-load unary|transport|streams <base URL> <concurrency> <amount>`.
///
/// The amount is seconds, for streams the number of rounds. Prints one line of JSON.
@main
struct ModelLoad {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 5, let concurrency = Int(arguments[3]), let amount = Double(arguments[4]) else {
            return print("usage: models-load unary|transport|streams <base URL> <concurrency> <seconds or rounds>")
        }
        let load = ModelLoad(base: arguments[2], concurrency: concurrency)
        switch arguments[1] {
        case "unary": try await load.requests(for: .seconds(amount), load.unary)
        case "transport": try await load.requests(for: .seconds(amount), load.bytes)
        default: try await load.streams(rounds: Int(amount))
        }
    }

    private let base: String
    private let concurrency: Int
    private let transport = CurlTransport()
    private let model: OpenAIModel

    private init(base: String, concurrency: Int) {
        self.base = base
        self.concurrency = concurrency
        let endpoint = ServiceEndpoint.openAI(key: "not-a-key", baseURL: base, transport: transport)
        model = OpenAIModel("gpt-4o-mini", endpoint: endpoint, interface: .chat)
    }

    /// The question that the peers ask too.
    private static let question = ModelRequest("Write a docstring for: def add(a, b=None): …", system: "Be terse.")

    private func unary() async throws {
        let response = try await model.respond(to: Self.question)
        precondition(response.text.hasPrefix("Returns the sum"))
    }

    private func bytes() async throws {
        let response = try await transport.send(request)
        precondition(response.status == 200 && !response.body.isEmpty)
    }

    private var request: HTTPRequest {
        var request = HTTPRequest("POST", base + "/chat/completions", body: Self.body)
        request.headers["Authorization"] = "Bearer not-a-key"
        request.headers["Content-Type"] = "application/json"
        return request
    }

    private static let body = Array(
        """
        {"model":"gpt-4o-mini","messages":[{"role":"system","content":"Be terse."},\
        {"role":"user","content":"Write a docstring for: def add(a, b=None): …"}]}
        """.utf8
    )

    /// Sends requests from so many tasks, each after its last one's answer, and tells how many were answered.
    private func requests(for duration: Duration, _ exchange: @escaping @Sendable () async throws -> Void) async throws
    {
        _ = try await exchanges(for: .seconds(0.5), exchange)
        let before = Figures.now
        let start = ContinuousClock.now
        let count = try await exchanges(for: duration, exchange)
        report(count: count, seconds: (ContinuousClock.now - start) / .seconds(1), before: before, more: "")
    }

    private func exchanges(for duration: Duration, _ exchange: @escaping @Sendable () async throws -> Void) async throws
        -> Int
    {
        let end = ContinuousClock.now + duration
        return try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<concurrency {
                group.addTask {
                    var count = 0
                    while ContinuousClock.now < end {
                        try await exchange()
                        count += 1
                    }
                    return count
                }
            }
            return try await group.reduce(0, +)
        }
    }

    /// Reads so many streams at once, several times over.
    private func streams(rounds: Int) async throws {
        _ = try await streams()
        let before = Figures.now
        let start = ContinuousClock.now
        var tokens = 0
        var waits: [Duration] = []
        for _ in 0..<rounds {
            for (count, wait) in try await streams() {
                tokens += count
                waits.append(wait)
            }
        }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let median = waits.sorted()[waits.count / 2] / .milliseconds(1)
        report(count: tokens, seconds: seconds, before: before, more: ",\"first_token_ms\":\(median)")
    }

    private func streams() async throws -> [(tokens: Int, wait: Duration)] {
        try await withThrowingTaskGroup(of: (Int, Duration).self) { group in
            for _ in 0..<concurrency {
                group.addTask {
                    let start = ContinuousClock.now
                    var wait: Duration?
                    var count = 0
                    for try await _ in model.stream(Self.question).text {
                        if wait == nil { wait = ContinuousClock.now - start }
                        count += 1
                    }
                    return (count, wait ?? .zero)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    private func report(count: Int, seconds: Double, before: Figures, more: String) {
        let after = Figures.now
        let processor = (after.processorSeconds - before.processorSeconds) * 1e6 / Double(count)
        print(
            "{\"per_second\":\(Double(count) / seconds),\"cpu_us\":\(processor),\"resident_mb\":\(after.residentKiB / 1024)\(more)}"
        )
    }
}
