/// Where a key comes from. A key itself never stands in a configuration.
public enum KeySource: Hashable, Sendable {
    /// A variable of the environment.
    case environment(String)
    /// A file that holds the key and nothing else but white space.
    case file(String)
    /// A command for the shell that prints the key; it runs when the key is needed, at most every five minutes.
    case command(String)
}

/// A secret that does not show itself: printing, dumping or reflecting it gives `<key>`.
public struct Secret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The secret itself.
    public let value: String

    /// Keeps a text secret.
    public init(_ value: String) {
        self.value = value
    }

    /// `<key>`.
    public var description: String { "<key>" }
    /// `<key>`.
    public var debugDescription: String { "<key>" }
    /// Nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
