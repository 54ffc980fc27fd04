/// The bytes of one source file and the name it is known by.
public struct SourceFile: Sendable {
    /// The path, as messages show it.
    public let path: String
    /// The file's bytes, exactly as stored.
    public let bytes: [UInt8]

    /// Makes a file from its bytes.
    public init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    /// Makes a UTF-8 file from text, for tests and examples.
    public init(path: String = "<text>", text: String) {
        self.init(path: path, bytes: Array(text.utf8))
    }
}

/// How lines end.
public enum LineEnding: String, Hashable, Sendable, CaseIterable {
    /// A line feed, as on Unix.
    case lineFeed = "\n"
    /// A carriage return and a line feed, as on Windows.
    case carriageReturnLineFeed = "\r\n"
    /// A carriage return alone, as on the classic Macintosh.
    case carriageReturn = "\r"
}
