/// Why a run cannot begin: a path, a folder or a setting that is unusable.
public struct ProjectError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong and what to do, in one line without a full stop.
    public let description: String

    /// Makes an error from its sentence.
    public init(_ description: String) {
        self.description = description
    }
}
