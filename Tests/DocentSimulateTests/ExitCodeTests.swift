import Foundation
import TestSupport
import Testing

@testable import docent_simulate

/// `docent-simulate` as a shell runs it.
struct ExitCodeTests {
    private static let command: String = {
        let tests = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundlePath ?? ".build/debug/tests"
        return URL(fileURLWithPath: tests).deletingLastPathComponent().appending(path: "docent-simulate").path
    }()

    /// Runs a line of shell that finds the command in `$SIMULATE`.
    private static func shell(_ line: String) throws -> (code: Int32, messages: String) {
        let messages = Pipe()
        let process = ChildProcess()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["SIMULATE=\(command)", "bash", "-c", line]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = messages
        try process.run()
        let text = String(decoding: messages.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text)
    }

    @Test(arguments: [
        ("$SIMULATE --help", 0, ""), ("$SIMULATE --version", 0, ""),
        ("$SIMULATE --help >/dev/full", 1, "standard output cannot be written: No space left on device"),
        ("$SIMULATE --port 0 >&-", 1, "standard output cannot be written: Bad file descriptor"),
        ("$SIMULATE --host 192.0.2.1", 1, "cannot listen on 192.0.2.1, port 8080: Cannot assign requested address"),
        ("$SIMULATE --prt 1", 2, "unknown option --prt; see --help"),
        ("$SIMULATE --script /", 2, "the script '/' cannot be read: Is a directory"),
        ("$SIMULATE --script <(echo []) ; exit $?", 2, "/dev/fd/63: an object is expected"),
    ])
    func `ends as documented`(line: String, code: Int32, message: String) throws {
        let result = try Self.shell(line)

        #expect(result.code == code)
        #expect(result.messages == (message.isEmpty ? "" : "docent-simulate: \(message)\n"))
    }

    @Test(arguments: ["INT", "TERM"])
    func `ends with 0 when a signal asks for the end`(signal: String) throws {
        // The address is there once it listens; SIGINT would be ignored by what a shell starts in the background.
        let line = """
            exec {address}< <(exec env --default-signal=INT $SIMULATE --port 0)
            child=$!
            read -r line <&$address
            kill -s \(signal) $child
            wait $child
            """
        let result = try Self.shell(line)

        #expect(result.code == 0)
        #expect(result.messages.isEmpty)
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func `a second signal ends it at once where it cannot end in order`(signal: Int32) throws {
        let address = Pipe()
        let neverRead = Pipe()
        let process = ChildProcess()
        process.executableURL = URL(fileURLWithPath: Self.command)
        process.arguments = ["--port", "0", "--log"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = address
        process.standardError = neverRead
        try process.run()
        defer { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }
        let line = String(decoding: address.fileHandleForReading.availableData, as: UTF8.self)
        let port = try #require(line.split(separator: ":").last.flatMap { Int($0.dropLast()) })
        // Three lines of the log fit into the pipe; the fourth holds the thread that writes it.
        let clients = try (0..<8).map { _ in try #require(RawClient(port: port)) }
        defer { for client in clients { client.disconnect() } }
        for client in clients { client.send("/" + String(repeating: "a", count: 20_000), method: "GET") }
        #expect(Self.waits { neverRead.unreadBytes > 62_000 })

        kill(process.processIdentifier, signal)
        let hasHeard = Self.waits { !Self.hasPendingSignal(process.processIdentifier) }
        let outlivesFirst = process.isRunning
        kill(process.processIdentifier, signal)
        let hasEnded = Self.waits { !process.isRunning }

        #expect(hasHeard && outlivesFirst && hasEnded)
        #expect(process.terminationReason == .uncaughtSignal)
        #expect(process.terminationStatus == signal)
    }

    /// Waits until something is so; `false` where it does not come about.
    private static func waits(_ condition: () -> Bool) -> Bool {
        for _ in 0..<20_000 {
            if condition() { return true }
            usleep(1000)
        }
        return condition()
    }

    /// Whether a signal has been sent to a process that it has not taken yet.
    private static func hasPendingSignal(_ process: pid_t) -> Bool {
        let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        let pending = status?.split(separator: "\n").first { $0.hasPrefix("ShdPnd:") }
        return pending?.dropFirst("ShdPnd:".count).contains { $0.isHexDigit && $0 != "0" } ?? false
    }

    @Test func `are on the page and on the help page alike`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = try String(contentsOf: root.appending(path: "Documentation/simulate.md"), encoding: .utf8)
        let help = try #require(Options.help.split(separator: "Exit codes:\n").last).split(separator: "\n").prefix(3)

        #expect(help.count == 3)
        for line in help {
            let words = line.split(separator: " ", maxSplits: 1)
            let meaning = words.last?.trimmingCharacters(in: .whitespaces) ?? ""
            #expect(page.contains("| \(words[0]) | \(meaning) |"), "\(line)")
        }
    }
}

extension Pipe {
    /// How much lies in it.
    fileprivate var unreadBytes: Int {
        var count: Int32 = 0
        _ = ioctl(fileHandleForReading.fileDescriptor, UInt(FIONREAD), &count)
        return Int(count)
    }
}
