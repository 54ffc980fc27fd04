import Foundation
import TestSupport
import Testing

/// `docent complete` as a shell runs it, against `docent-simulate`.
@Suite(.serialized)
struct CompleteTests {
    @Test func `answers, and says what is missing, with a closed standard input`() throws {
        let service = try SimulatedService()
        defer { service.stop() }

        let asked = try service.shell("timeout -k 1 30 \"$DOCENT\" complete 'ping 1' -m openai/x <&-")
        let empty = try service.shell("timeout -k 1 30 \"$DOCENT\" complete - -m openai/x <&-")

        #expect(asked.code == 0)
        #expect(asked.text == "pong 1\n")
        #expect(empty.code == 2)
        #expect(empty.errors.hasPrefix("docent: standard input, for which '-' stands, is empty"), "\(empty.errors)")
    }

    @Test func `has a key's command run where the end of children is ignored by who starts it`() throws {
        let service = try SimulatedService()
        defer { service.stop() }
        let file = "providers: {work: {type: compatible, base_url: $OPENAI_BASE_URL, key_command: echo key}}"
        let write = "echo \"\(file)\" >models.yaml"

        let command = "env --ignore-signal=CHLD \"$DOCENT\" complete 'ping 1' -m work/x --model-config models.yaml"
        let result = try service.shell("\(write); \(command)")

        #expect(result.errors.isEmpty)
        #expect(result.text == "pong 1\n")
        #expect(result.code == 0)
    }

    @Test func `refuses words that are no text in UTF-8, which would change on the way`() throws {
        let service = try SimulatedService()
        defer { service.stop() }

        let result = try service.shell("\"$DOCENT\" complete $'caf\\xe9' -m openai/x")

        #expect(result.code == 2)
        #expect(result.text.isEmpty)
        #expect(
            result.errors == """
                docent: the argument 'caf\u{FFFD}' is no text in UTF-8; check the encoding of the terminal or the script

                """
        )
    }

    @Test func `says that a closed output cannot be written`() throws {
        let service = try SimulatedService()
        defer { service.stop() }

        let result = try service.shell("timeout -k 1 30 \"$DOCENT\" complete 'ping 1' -m openai/x >&-")

        #expect(result.code == 3)
        #expect(result.errors == "docent: the output cannot be written: Bad file descriptor\n")
    }

    @Test func `ends quietly when nobody reads a long answer on`() throws {
        let service = try SimulatedService()
        defer { service.stop() }

        let line = "yes a 2>/dev/null | head -c 200000 | timeout -k 1 60 \"$DOCENT\" complete - -m openai/x"
        let result = try service.shell("\(line) | head -n 1; exit ${PIPESTATUS[2]}")

        #expect(result.text == "You said: a\n")
        #expect(result.errors.isEmpty)
        #expect(result.code == 128 + SIGPIPE)
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func `a first signal ends the wait for standard input`(signal: Int32) throws {
        let workspace = try Workspace()
        defer { workspace.remove() }
        let input = Pipe()

        let run = try RunningDocent(["complete", "-m", "ollama/x"], in: workspace, input: input)
        // More than a pipe holds: written means that it is being read.
        try input.fileHandleForWriting.write(contentsOf: Data(repeating: 0x61, count: 100_000))
        run.send(signal)
        let hasEnded = run.waits { !run.isRunning }
        if !hasEnded { run.send(SIGKILL) }

        #expect(hasEnded)
        #expect(run.end() == .exited(128 + signal))
        #expect(run.messages.isEmpty)
        withExtendedLifetime(input) {}
    }
}

/// A `docent-simulate` that runs, and a shell that asks it.
private struct SimulatedService {
    private let process = ChildProcess()
    private let address: String
    private let folder: URL

    init() throws {
        folder = URL(fileURLWithPath: try Judges.temporaryFolder())
        let output = Pipe()
        let tests = URL(fileURLWithPath: Judges.builtBesideTests)
        process.executableURL = tests.deletingLastPathComponent().appending(path: "docent-simulate")
        process.arguments = ["--port", "0"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        address = line.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Runs a line of shell; it finds `docent` in `$DOCENT`.
    func shell(_ line: String) throws -> Subprocess {
        let words = ["DOCENT=\(Judges.docent)", "OPENAI_BASE_URL=\(address)/v1", "OPENAI_API_KEY=any"]
        return try Subprocess.run(words + ["HOME=\(folder.path())", "bash", "-c", line], in: folder)
    }

    func stop() {
        process.terminate()
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }
}
