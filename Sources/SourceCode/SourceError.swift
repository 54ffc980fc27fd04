/// Why a source file was refused; the file stays as it is.
public struct SourceError: Error, Hashable, Sendable {
    /// What kind of refusal it is.
    @nonexhaustive
    public enum Kind: String, Hashable, Sendable {
        /// The text does not follow the language's grammar.
        case syntax
        /// The declared or detected encoding is unknown, or the bytes do not follow it.
        case encoding
        /// The file is larger than a reader can hold.
        case tooLarge
        /// The nesting is deeper than the language's own implementation accepts.
        case tooDeep
    }

    /// What kind of refusal it is.
    public let kind: Kind
    /// The file's path, as messages show it.
    public let path: String
    /// The line, counted from 1.
    public let line: Int
    /// The column, in bytes, counted from 1.
    public let column: Int
    /// What was expected or found, without a full stop.
    public let reason: String

    /// Makes an error at a position.
    public init(_ kind: Kind, path: String, line: Int, column: Int, reason: String) {
        self.kind = kind
        self.path = path
        self.line = line
        self.column = column
        self.reason = reason
    }
}

extension SourceError: CustomStringConvertible {
    /// One line in the form compilers use: `path:line:column: reason`.
    public var description: String { "\(path):\(line):\(column): \(reason)" }
}
