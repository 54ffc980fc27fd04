/// What the process tells its caller at the end.
struct ExitCode: RawRepresentable, Hashable, Sendable {
    let rawValue: Int32

    /// All is done.
    static let done = ExitCode(rawValue: 0)
    /// `--check` found something that would be written.
    static let findings = ExitCode(rawValue: 1)
    /// The command line, a path or the configuration is wrong; nothing was done.
    static let usage = ExitCode(rawValue: 2)
    /// Some files were refused or failed; the others are done.
    static let someFailed = ExitCode(rawValue: 3)
    /// Whoever read the output stopped reading.
    static let brokenPipe = ExitCode(rawValue: 128 + 13)

    /// A signal asked for the end, as shells count it: 130 for Ctrl-C.
    static func interrupted(bySignal signal: Int32) -> ExitCode { ExitCode(rawValue: 128 + signal) }
}
