import Foundation
import Tokenization

// usage: token-speed ENCODING LIST: counts and encodes the files that LIST names, a path a line, and prints a line of
// name=value: MB/s of process CPU time for a first pass, a second pass and encoding; seconds of the clock for one core
// and two; and the number of tokens.

func cpuSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

func megabytesPerSecond(_ bytes: Int, _ body: () -> Void) -> String {
    let start = cpuSeconds()
    body()
    return String(format: "%.1f", Double(bytes) / (cpuSeconds() - start) / 1e6)
}

let arguments = CommandLine.arguments
guard arguments.count == 3, let encoding = TokenEncoding.named(arguments[1]),
    let list = try? String(contentsOfFile: arguments[2], encoding: .utf8)
else {
    print("usage: token-speed ENCODING LIST")
    exit(2)
}
let texts = list.split(separator: "\n").compactMap { path in
    (try? Data(contentsOf: URL(filePath: String(path)))).map { [UInt8]($0) }
}
let bytes = texts.reduce(0) { $0 + $1.count }

var counter = TokenCounter(encoding)
var tokens = 0
let first = megabytesPerSecond(bytes) { for text in texts { tokens += counter.count(bytes: text) } }
let second = megabytesPerSecond(bytes) { for text in texts { tokens -= counter.count(bytes: text) } }
var encoder = TokenCounter(encoding)
let encode = megabytesPerSecond(bytes) { for text in texts { tokens += encoder.encode(bytes: text).count } }

// The best of three rounds, because whatever else runs takes one of the cores.
let clock = ContinuousClock()
var (one, two) = (Duration.seconds(3600), Duration.seconds(3600))
for _ in 0..<3 {
    one = min(one, await clock.measure { _ = await encoding.counts(of: texts, workers: 1) })
    two = min(two, await clock.measure { _ = await encoding.counts(of: texts, workers: 2) })
}
let clocks = "one=\(one / .seconds(1)) two=\(two / .seconds(1))"
print("first=\(first) second=\(second) encode=\(encode) \(clocks) tokens=\(tokens)")
