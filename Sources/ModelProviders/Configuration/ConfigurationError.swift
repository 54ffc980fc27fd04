/// Everything that is wrong with a configuration, found in one go.
public struct ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, in the order of the places.
    public let problems: [ConfigurationProblem]

    /// An error of these problems.
    public init(_ problems: [ConfigurationProblem]) {
        self.problems = problems
    }

    /// One line for each problem.
    public var description: String {
        problems.map(\.description).joined(separator: "\n")
    }
}

/// One thing that is wrong with a configuration.
public struct ConfigurationProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// Where: a file's path, or the name of the environment's variable.
    public var source: String
    /// The line in the file, counted from 1.
    public var line: Int?
    /// What is wrong and what was expected, in one line without a full stop; never a key.
    public var message: String

    /// A problem at a place.
    public init(source: String = "", line: Int? = nil, message: String) {
        self.source = source
        self.line = line
        self.message = message
    }

    /// `source:line: message`.
    public var description: String {
        let place = [source.isEmpty ? nil : source, line.map(String.init)].compactMap(\.self).joined(separator: ":")
        return place.isEmpty ? message : "\(place): \(message)"
    }
}
