/// How the bytes of a stream are cut into events.
public protocol StreamFraming: Sendable {
    /// Takes the next bytes, however they were cut, and gives the events that they complete.
    ///
    /// - Throws: ``FramingError`` where the bytes cannot belong to such a stream.
    mutating func consume(_ bytes: [UInt8]) throws -> [ServerSentEvent]

    /// Gives what is left once the bytes have ended.
    ///
    /// - Throws: ``FramingError`` where an event was begun that cannot be completed.
    mutating func finish() throws -> [ServerSentEvent]
}

/// Why the bytes of a stream cannot be cut into events.
public struct FramingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was found, in one line without a full stop.
    public var description: String

    /// A reason.
    public init(_ description: String) {
        self.description = description
    }
}
