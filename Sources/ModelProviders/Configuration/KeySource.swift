/// Where a key comes from.
///
/// A key itself never stands in a configuration.
public enum KeySource: Hashable, Sendable {
    /// A variable of the environment.
    case environment(String)
    /// A file that holds the key and nothing else but white space.
    ///
    /// In a configuration file, a relative path begins at that file's folder, and `~/` at the home folder.
    case file(String)
    /// A command for the shell that prints the key; it runs when the key is needed, at most every five minutes.
    ///
    /// It has 30 seconds, no terminal and no input.
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

    /// The one word of a text; `nil` where there is none or there are more.
    init?(alone text: String) {
        let words = text.split(whereSeparator: \.isWhitespace)
        guard words.count == 1, let word = words.first else { return nil }
        self.init(String(word))
    }

    /// `<key>`.
    public var description: String { "<key>" }
    /// `<key>`.
    public var debugDescription: String { "<key>" }
    /// Nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
