import Documenter
import Foundation
import Testing

@testable import docent

struct ProgressBarTests {
    private let start = ContinuousClock.now

    @Test(arguments: [
        (80, "[###################---------------------] 1/2 files, 0.5 MB/s, 0:03 left"),
        (60, "[############--------------] 1/2 files, 0.5 MB/s, 0:03 left"),
        (36, "1/2 files, 0.5 MB/s, 0:03 left"),
        (20, "[###----] 1/2 files"),
        (3, ""),
    ])
    func `shows files, rate and time left in the room there is`(width: Int, line: String) {
        var bar = ProgressBar(files: 2, bytes: 2_000_000, at: start)
        bar.advance(bytes: 970_000)

        #expect(bar.line(at: start + .seconds(2), width: width) == line)
    }

    @Test
    func `draws nothing for a short run, and not more often than twenty times a second`() {
        var bar = ProgressBar(files: 100, bytes: 0, at: start)
        let times = (1...100).map { start + .milliseconds($0 * 10) }

        let drawings = times.map { bar.drawing(at: $0, width: 80) }

        #expect(drawings.prefix(14).allSatisfy { $0 == nil })
        #expect(drawings.compactMap(\.self).count == 18)
    }

    @Test
    func `is cleared only when it shows`() {
        var bar = ProgressBar(files: 1, bytes: 1, at: start)

        #expect(bar.clearing() == nil)
        #expect(bar.drawing(at: start + .seconds(1), width: 80) != nil)
        #expect(bar.clearing() == "\r\u{1B}[K")
        #expect(bar.clearing() == nil)
    }
}

struct PaletteTests {
    @Test(arguments: [
        (true, [:], true), (false, [:], false), (true, ["NO_COLOR": "1"], false), (true, ["NO_COLOR": ""], true),
        (true, ["TERM": "dumb"], false), (false, ["FORCE_COLOR": "1"], true), (false, ["CLICOLOR_FORCE": "1"], true),
        (false, ["FORCE_COLOR": "0"], false), (true, ["CLICOLOR": "0"], false),
        (true, ["NO_COLOR": "1", "FORCE_COLOR": "1"], false), (false, ["TERM": "dumb", "FORCE_COLOR": "1"], true),
    ])
    func `colours a terminal, and what the environment asks for`(
        isTerminal: Bool,
        environment: [String: String],
        isOn: Bool
    ) {
        #expect(Palette(isTerminal: isTerminal, environment: { environment[$0] }).isOn == isOn)
    }
}

struct VisibleTextTests {
    @Test(arguments: [
        ("plain\ttext", "plain\ttext"), ("ü 漢 🙂", "ü 漢 🙂"), ("\u{1B}]0;x\u{7}", "^[]0;x^G"), ("\u{0}\u{7F}", "^@^?"),
        ("a\u{9B}31m", "a<U+009B>31m"), ("\u{202E}evil\u{2066}", "<U+202E>evil<U+2066>"), ("a\r\n", "a^M^J"),
    ])
    func `spells control characters out`(text: String, shown: String) {
        #expect(VisibleText.of(text) == shown)
    }

    @Test
    func `spells malformed bytes out`() {
        var result: [UInt8] = []

        VisibleText.append([0x61, 0xFF, 0xE2, 0x82, 0x62, 0xC3][...], to: &result)

        #expect(String(decoding: result, as: UTF8.self) == "a<FF><E2><82>b<C3>")
    }
}

struct InterruptionTests {
    @Test
    func `cancels the work when told to stop, and still gives what it made`() async {
        let result = await Interruption.run(bySignals: false) { stop in
            stop()
            while !Task.isCancelled { await Task.yield() }
            return "what was done"
        }

        #expect(result.value == "what was done")
        #expect(result.signal == nil)
    }

    @Test
    func `cancels the work on a signal, and tells which it was`() async {
        let result = await Interruption.run(bySignals: true) { _ in
            kill(getpid(), SIGTERM)
            while !Task.isCancelled { await Task.yield() }
            return "what was done"
        }

        #expect(result.value == "what was done")
        #expect(result.signal == SIGTERM)
    }

    @Test
    func `lets work end that nobody stops`() async {
        let result = await Interruption.run(bySignals: false) { _ in 7 }

        #expect(result.value == 7)
    }
}

struct OrderedWorkTests {
    @Test(arguments: [0, 1, 5, 500], [1, 3, 16])
    func `hands results over in order`(count: Int, jobs: Int) async {
        var received: [Int] = []

        _ = await OrderedWork.run(Array(0..<count), jobs: jobs) { item in
            item * 2
        } each: { value in
            received.append(value)
            return true
        }

        #expect(received == (0..<count).map { $0 * 2 })
    }

    @Test
    func `stops when told to`() async {
        var received: [Int] = []

        _ = await OrderedWork.run(Array(0..<100), jobs: 2) { item in
            item
        } each: { value in
            received.append(value)
            return value < 9
        }

        #expect(received == Array(0..<10))
    }
}
