/// What is wrong with a text that should have been JSON.
public struct JSONSyntaxError: Error, Hashable, CustomStringConvertible {
    /// What was expected or is not allowed.
    public let reason: String
    /// Where, in bytes from the start.
    public let offset: Int

    /// The text for people.
    public var description: String { "not JSON: \(reason) at byte \(offset)" }
}

extension JSONValue {
    /// Reads one JSON value (RFC 8259) that may have white space around it.
    ///
    /// Malformed UTF-8 and lone surrogates inside strings become U+FFFD, since a service's answer is not lost for one
    /// broken character. Nesting is read to a depth of 512.
    ///
    /// - Throws: ``JSONSyntaxError``.
    public init(parsing bytes: some Sequence<UInt8>) throws(JSONSyntaxError) {
        let result =
            bytes.withContiguousStorageIfAvailable { Self.parsed($0) }
            ?? Array(bytes).withUnsafeBufferPointer(Self.parsed)
        self = try result.get()
    }

    /// Reads one JSON value from a text.
    ///
    /// - Throws: ``JSONSyntaxError``.
    public init(parsing text: String) throws(JSONSyntaxError) {
        try self.init(parsing: text.utf8)
    }

    private static func parsed(_ buffer: UnsafeBufferPointer<UInt8>) -> Result<JSONValue, JSONSyntaxError> {
        var scanner = JSONScanner(buffer)
        return Result { () throws(JSONSyntaxError) in
            try scanner.document()
            return scanner.withView(\.value)
        }
    }
}
