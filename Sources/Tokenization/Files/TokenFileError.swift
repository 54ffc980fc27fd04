/// Why a tokenizer's file cannot be used.
///
/// Nothing is guessed: a file that is not understood in full is refused.
public struct TokenFileError: Error, Hashable, CustomStringConvertible {
    /// What the file is, such as its name.
    public let name: String
    /// What is wrong with it, or what it asks for that is not supported.
    public let reason: String

    /// One line for people.
    public var description: String { "\(name): \(reason)" }

    init(_ name: String, _ reason: String) {
        self.name = name
        self.reason = reason
    }
}
