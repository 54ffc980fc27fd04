import Foundation
import TestSupport
import Testing

/// A `docent` that runs, and can be sent signals.
final class RunningDocent {
    /// How it ended.
    enum End: Equatable {
        case exited(Int32)
        case killed(bySignal: Int32)
    }

    private let process = ChildProcess()
    private let streams: [String]

    /// Starts it in a workspace; its output goes to files, or into a pipe whose end the caller holds.
    init(_ arguments: [String], in workspace: Workspace, input: Pipe? = nil, output: Pipe? = nil) throws {
        streams = ["output", "error"].map { "\(workspace.folder)/../\($0)" }
        for stream in streams { try Data().write(to: URL(fileURLWithPath: stream)) }
        process.executableURL = URL(fileURLWithPath: Judges.docent)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: workspace.folder)
        process.standardInput = input ?? FileHandle.nullDevice
        process.standardOutput = output ?? FileHandle(forWritingAtPath: streams[0])
        process.standardError = FileHandle(forWritingAtPath: streams[1])
        try process.run()
    }

    var isRunning: Bool { process.isRunning }
    var messages: String { (try? String(contentsOfFile: streams[1], encoding: .utf8)) ?? "" }

    func send(_ signal: Int32) { _ = kill(process.processIdentifier, signal) }

    func end() -> End {
        process.waitUntilExit()
        let status = process.terminationStatus
        return process.terminationReason == .exit ? .exited(status) : .killed(bySignal: status)
    }

    /// Waits until something is so or the program has ended, at most a minute; says whether it is so.
    func waits(until condition: () throws -> Bool) rethrows -> Bool {
        let limit = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < limit {
            if try condition() { return true }
            guard isRunning else { return try condition() }
            usleep(500)
        }
        return false
    }
}

/// Numbers that are the same in each run of the tests.
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
