import Foundation
import ModelProviders
import Testing

struct KeyCommandTests {
    @Test func `gives what a command prints`() throws {
        #expect(try KeyCommand("echo a key; echo noise >&2").output() == "a key\n")
    }

    @Test(arguments: [
        (
            "echo secret-word; echo >&2; echo 'no secret-word. ' >&2; echo more >&2; exit 3",
            "failed with status 3: no ***"
        ),
        ("echo Bearer abcdefgh >&2; exit 1", "failed with status 1: Bearer ***"),
        ("exit 2", "failed with status 2; run it yourself to see why"),
        ("kill -9 $$", "was ended by signal 9; run it yourself to see why"),
        ("yes | head -c 100000", "prints more than a key"),
    ])
    func `says why a command failed, and not what it printed`(command: String, words: String) {
        let problem = #expect(throws: ConfigurationProblem.self) { try KeyCommand(command).output() }

        #expect(problem?.message == "the key's command \(words)")
    }

    @Test func `has no terminal and no input`() throws {
        #expect(try KeyCommand("cat; (: < /dev/tty) 2> /dev/null || echo none").output() == "none\n")
    }

    @Test func `stops a command that takes too long, with all that it started`() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("docent-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: file) }
        let command = KeyCommand("sleep 600 & echo $! > \(file); echo waiting >&2; wait", limit: .milliseconds(300))

        let problem = #expect(throws: ConfigurationProblem.self) { try command.output() }

        let words = "it gets neither a terminal nor input, so it must not ask for anything"
        #expect(problem?.message == "the key's command took longer than 0 seconds and was stopped: waiting; \(words)")
        try expectGone(file)
    }

    @Test func `does not wait for what a command leaves running`() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("docent-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: file) }

        let printed = try KeyCommand("sleep 600 & echo $! > \(file); echo key").output()

        #expect(printed == "key\n")
        try expectGone(file)
    }

    @Test(.timeLimit(.minutes(1)), arguments: ["yes >&2", "setsid yes >&2"])
    func `does not listen for ever to what a command leaves talking`(rest: String) throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("docent-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: file) }

        let printed = try KeyCommand("\(rest) & echo $! > \(file); echo key").output()

        #expect(printed == "key\n")
        try expectGone(file)
    }

    @Test func `does not take a command whose end it did not see for one that went well`() async {
        await #expect(processExitsWith: .success) {
            signal(SIGCHLD, SIG_IGN)

            let problem = #expect(throws: ConfigurationProblem.self) { try KeyCommand("echo key; exit 3").output() }

            let words = "this program ignores SIGCHLD, or takes the ends of all processes that it starts"
            #expect(
                problem?.message
                    == "the key's command has ended, but how is not known: \(words); let it do neither"
            )
        }
    }

    @Test(.timeLimit(.minutes(1))) func `stops what it starts in time, though that never stops talking`() throws {
        let problem = #expect(throws: ConfigurationProblem.self) {
            try KeyCommand("yes >&2", limit: .milliseconds(200)).output()
        }

        #expect(problem?.message.hasPrefix("the key's command took longer than 0 seconds") == true)
    }

    /// The process whose number stands in a file has been killed; who inherits it may not have looked after it yet.
    private func expectGone(_ file: String) throws {
        let number = try String(contentsOfFile: file, encoding: .utf8).filter(\.isNumber)
        var state: Substring?
        for _ in 0..<100_000 {
            let stat = try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8)
            state = stat?.split(separator: " ").dropFirst(2).first
            if state == nil || state == "Z" { break }
        }
        #expect(!number.isEmpty && (state == nil || state == "Z"))
    }
}
