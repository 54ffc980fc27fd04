/// A command line that cannot be understood: what is wrong, and where help is.
struct UsageError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong and what to do, in one line without a full stop.
    let problem: String
    /// The command whose help tells more; `nil` for the tool's own.
    var command: String?

    /// Makes an error from its sentence.
    init(_ problem: String, command: String? = nil) {
        self.problem = problem
        self.command = command
    }

    /// Two lines for people.
    var description: String {
        let page = ["docent", command, "--help"].compactMap(\.self).joined(separator: " ")
        return "docent: \(problem)\nRun '\(page)' to see what there is.\n"
    }
}
