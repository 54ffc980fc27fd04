import LanguageModels

/// What is wrong with the command line.
struct UsageError: Error, Hashable, CustomStringConvertible {
    let description: String
}

/// The command line.
struct Options {
    /// What is to be done.
    enum Action {
        case serve, help, version
    }

    var action = Action.serve
    var host = "127.0.0.1"
    var port = 8080
    /// The threads that answer.
    var workers = 2
    var logs = false
    var settings = Simulation.Settings()

    /// Reads the words behind the command's name, and the script that they name.
    ///
    /// - Throws: ``UsageError`` or ``ScriptError``.
    init(_ words: [String]) throws {
        var rest = words[...]
        while let word = rest.popFirst() {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            switch word {
            case "--help", "-h": action = .help
            case "--version": action = .version
            case "--log": logs = true
            case let word where word.hasPrefix("--"):
                let attached = parts.count > 1 ? parts[1] : nil
                let name = parts[0]
                guard !["--help", "--version", "--log"].contains(name) else {
                    throw UsageError(description: "\(name) takes no value; leave '=\(attached ?? "")' out")
                }
                guard Self.names.contains(name) else {
                    throw UsageError(description: "unknown option \(name); see --help")
                }
                guard let value = attached ?? rest.popFirst() else {
                    throw UsageError(description: "\(name) needs a value; see --help")
                }
                try take(value, for: name)
            default: throw UsageError(description: "there is nothing to do with '\(word)'; see --help")
            }
        }
        let total = settings.plan.rates.reduce(0) { $0 + ($1.fault == .refuse ? 0 : $1.share) }
        guard total <= 1 else { throw UsageError(description: "the rates of --fault add up to more than 1") }
    }

    private static let names: Set<String> = [
        "--port", "--host", "--script", "--rules", "--seed", "--latency-ms", "--fault", "--fault-by",
        "--tokens-per-second", "--key", "--threads",
    ]

    private mutating func take(_ value: String, for name: String) throws {
        switch name {
        case "--port": port = try number(value, name, 0...65535)
        case "--host":
            guard !value.isEmpty else { throw misfit(value, name, "an address") }
            host = value
        case "--script": settings.script = try Self.script(at: value)
        case "--rules": settings.rules = try Self.rules(value)
        case "--seed": settings.plan.seed = try number(value, name, Int.min...Int.max)
        case "--latency-ms": try takeLatency(value)
        case "--fault": settings.plan.rates.append(try Self.rate(value))
        case "--fault-by":
            guard let key = FaultPlan.Key(rawValue: value) else { throw misfit(value, name, "number or text") }
            settings.plan.key = key
        case "--tokens-per-second":
            guard let rate = Double(value), rate > 0, rate <= 1e6 else { throw misfit(value, name, "a number above 0") }
            settings.pause = .seconds(1 / rate)
        case "--key":
            guard !value.isEmpty else { throw misfit(value, name, "a key") }
            settings.key = value
        default: workers = try number(value, name, 1...64)
        }
    }

    private func misfit(_ value: String, _ name: String, _ wanted: String) -> UsageError {
        UsageError(description: "\(name) takes \(wanted), not '\(value)'")
    }

    private func number(_ value: String, _ name: String, _ range: ClosedRange<Int>) throws(UsageError) -> Int {
        guard let number = Int(value), range.contains(number) else {
            let bounds = range.upperBound == .max ? "" : " from \(range.lowerBound) to \(range.upperBound)"
            throw misfit(value, name, "a whole number" + bounds)
        }
        return number
    }

    private mutating func takeLatency(_ value: String) throws(UsageError) {
        let numbers = value.split(separator: ":").map { Double($0) ?? -1 }
        guard let median = numbers.first, numbers.count <= 2, numbers.allSatisfy({ 0...1e7 ~= $0 }) else {
            throw misfit(value, "--latency-ms", "MEDIAN or MEDIAN:P95 in milliseconds")
        }
        settings.plan.medianLatency = .milliseconds(median)
        guard numbers.count == 2 else { return }
        guard numbers[1] >= median else {
            throw misfit(value, "--latency-ms", "a 95th percentile that is not below the median")
        }
        settings.plan.latency95 = .milliseconds(numbers[1])
    }

    private static func rules(_ value: String) throws(UsageError) -> Rules {
        guard !value.isEmpty else {
            throw UsageError(description: "--rules takes at least one rule, as in --rules ping,echo")
        }
        var rules = Rules(list: [])
        for name in value.split(separator: ",") {
            guard let rule = Rule(rawValue: String(name)) else {
                let known = Rule.allCases.map(\.rawValue).joined(separator: ", ")
                throw UsageError(description: "--rules knows \(known); not '\(name)'")
            }
            rules.list.append(rule)
        }
        return rules
    }

    /// Reads `KIND=RATE` or `KIND;PARAMETER=RATE`.
    static func rate(_ value: String) throws(UsageError) -> FaultPlan.Rate {
        guard let sign = value.lastIndex(of: "="), let share = Double(value[value.index(after: sign)...]),
            0...1 ~= share, let fault = Fault(value[..<sign])
        else {
            throw UsageError(
                description: "--fault takes KIND=RATE, a rate from 0 to 1 and as kind a status ("
                    + Fault.statuses.sorted().map { "\($0)" }.joined(separator: ", ") + ") or one of "
                    + Fault.kinds.joined(separator: ", ") + "; not '\(value)'"
            )
        }
        return FaultPlan.Rate(name: String(value[..<sign]), fault: fault, share: share)
    }

    private static func script(at path: String) throws -> Script {
        let bytes: [UInt8]
        do {
            bytes = try fileBytes(path)
        } catch {
            throw UsageError(description: "the script '\(path)' cannot be read: \(error)")
        }
        do {
            return try Script(try JSONValue(parsing: bytes), named: path)
        } catch let error as JSONSyntaxError {
            let line = 1 + bytes[..<min(error.offset, bytes.count)].count { $0 == UInt8(ascii: "\n") }
            throw ScriptError(description: "\(path):\(line): no JSON: \(error.reason)")
        }
    }
}
