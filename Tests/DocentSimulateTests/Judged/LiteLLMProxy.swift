import Foundation
import HTTPTransport
import TestSupport
import Testing

@testable import docent_simulate

/// The proxy of `litellm[proxy]`, a server that others wrote.
///
/// It takes the services' formats and asks an upstream of OpenAI's format. Runs on a free port of this machine until it
/// is stopped.
final class LiteLLMProxy {
    static let key = "sk-of-the-proxy-1234"

    /// The command; `nil` where it is not installed.
    static let command: String? = {
        let folder = (environment["DOCENT_JUDGES"] ?? root + "/.local/judges") + "/litellm"
        guard FileManager.default.fileExists(atPath: folder + "/installed") else { return nil }
        return folder + "/bin/litellm"
    }()

    static let isLong = environment["DOCENT_LONG_TESTS"] == "1"
    static let isMissing: Comment = "skipped: DOCENT_JUDGES lacks litellm's proxy; scripts/setup installs it"
    static let longTierOnly: Comment = "skipped: DOCENT_LONG_TESTS=1 runs it"

    let address: String
    private let process = ChildProcess()
    private let folder: URL

    /// Starts a proxy in front of an upstream, which gets these model names.
    init(upstream: String, models: [String]) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("docent-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let configuration = folder.appendingPathComponent("config.yaml")
        try Data(Self.configuration(upstream, models).utf8).write(to: configuration)
        let log = folder.appendingPathComponent("log")
        try Data().write(to: log)
        let port = try Self.freePort()
        address = "http://127.0.0.1:\(port)"
        process.executableURL = URL(fileURLWithPath: try #require(Self.command))
        process.arguments = ["--config", configuration.path, "--host", "127.0.0.1", "--port", "\(port)"]
        process.currentDirectoryURL = folder
        process.environment = Self.environment.merging(
            ["LITELLM_LOCAL_MODEL_COST_MAP": "True", "LITELLM_TELEMETRY": "False"],
            uniquingKeysWith: { $1 }
        )
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: log)
        process.standardError = process.standardOutput
        try process.run()
    }

    /// Waits until the proxy answers.
    func start(_ transport: CurlTransport) async throws {
        let end = ContinuousClock.now + .seconds(120)
        while ContinuousClock.now < end, process.isRunning {
            let answer = try? await transport.send(HTTPRequest("GET", address + "/health/liveliness"))
            if answer?.status == 200 { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        Issue.record("the proxy does not start: \(log.suffix(2000))")
        throw CancellationError()
    }

    /// What the proxy has written.
    var log: String { (try? String(contentsOf: folder.appendingPathComponent("log"), encoding: .utf8)) ?? "" }

    func stop() {
        // Not SIGTERM: the child inherits the mask of the thread that started it, and that blocks it.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    private static func configuration(_ upstream: String, _ models: [String]) -> String {
        let list = models.map { name in
            """
              - model_name: "\(name)"
                litellm_params: {model: "openai/\(name)", api_base: "\(upstream)/v1", api_key: simulated, max_retries: 0}
            """
        }
        return """
            model_list:
            \(list.joined(separator: "\n"))
            router_settings: {num_retries: 0, disable_cooldowns: true}
            litellm_settings: {num_retries: 0, telemetry: false, drop_params: true}
            general_settings: {master_key: \(key)}
            """
    }

    /// A port that was free a moment ago.
    private static func freePort() throws -> Int {
        let server = try SimulatedService()
        return server.server.port
    }

    private static let environment = ProcessInfo.processInfo.environment
    private static let root = String(#filePath.split(separator: "/").dropLast(4).reduce(into: "") { $0 += "/" + $1 })
}
