import Foundation
import Testing

@testable import docent_simulate

struct OptionsTests {
    @Test func `reads all options`() throws {
        let options = try Options([
            "--port", "0", "--host=::1", "--rules", "ping,hash", "--seed", "9", "--latency-ms", "80:400", "--fault",
            "429;2=0.1", "--fault", "reset=0.05", "--fault-by", "text", "--tokens-per-second", "50", "--key", "k",
            "--threads", "3", "--log",
        ])

        #expect(options.port == 0)
        #expect(options.host == "::1")
        #expect(options.settings.rules.list == [.ping, .hash])
        #expect(options.settings.plan.seed == 9)
        #expect(options.settings.plan.medianLatency == .milliseconds(80))
        #expect(options.settings.plan.latency95 == .milliseconds(400))
        #expect(options.settings.plan.rates.map(\.name) == ["429;2", "reset"])
        #expect(options.settings.plan.key == .text)
        #expect(options.settings.pause == .milliseconds(20))
        #expect(options.settings.key == "k")
        #expect(options.workers == 3)
        #expect(options.logs)
    }

    @Test(arguments: [
        (["--prt"], "unknown option --prt; see --help"), (["x"], "there is nothing to do with 'x'; see --help"),
        (["--port"], "--port needs a value; see --help"),
        (["--port", "70000"], "--port takes a whole number from 0 to 65535, not '70000'"),
        (["--fault-by", "x"], "--fault-by takes number or text, not 'x'"),
        (["--latency-ms", "9:5"], "--latency-ms takes a 95th percentile that is not below the median, not '9:5'"),
        (["--rules", "x"], "--rules knows schema, tools, tools-always, ping, words, hash, echo; not 'x'"),
        (["--fault", "429=0.6", "--fault", "500=0.6"], "the rates of --fault add up to more than 1"),
        (
            ["--fault", "999=0.1"],
            "--fault takes KIND=RATE, a rate from 0 to 1 and as kind a status (400, 401, 402, 403, 404, 405, 408, 409, "
                + "413, 422, 429, 498, 499, 500, 502, 503, 504, 529) or one of refuse, reset, close, cut, silence, "
                + "stall, drip, delay, truncated, html, content-type, empty, stream-error, duplicate, reorder, noise; "
                + "not '999=0.1'"
        ),
        (["--rules", ""], "--rules takes at least one rule, as in --rules ping,echo"),
        (["--log=all"], "--log takes no value; leave '=all' out"),
        (["--key", ""], "--key takes a key, not ''"), (["--host="], "--host takes an address, not ''"),
        (["--script", "/nowhere.json"], "the script '/nowhere.json' cannot be read: No such file or directory"),
        (["--script", "/tmp"], "the script '/tmp' cannot be read: Is a directory"),
    ])
    func `says what is wrong`(words: [String], message: String) {
        #expect(throws: UsageError(description: message)) { try Options(words) }
    }

    @Test(arguments: [
        ("{\"replies\":\n[\n{\"text\": oops}]}", ":3: no JSON: "),
        ("{\"replies\":[1]}", ": replies[0]: an object is expected"),
    ])
    func `says which script is wrong, and in which line where it is no JSON`(text: String, message: String) throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "docent-\(UUID().uuidString).json")
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }

        let error = #expect(throws: ScriptError.self) { try Options(["--script", file.path()]) }

        #expect(error?.description.hasPrefix(file.path() + message) == true, "\(error.debugDescription)")
    }

    @Test func `names every option on the help page`() {
        for name in ["--script", "--rules", "--fault-by", "--tokens-per-second", "--threads", "--key"] {
            #expect(Options.help.contains(name))
        }
    }
}
