/// How the bytes of a stream are cut into events.
public protocol StreamFraming: Sendable {
    /// Takes the next bytes, however they were cut, and hands on each event that they complete.
    ///
    /// - Throws: ``FramingError`` where the bytes cannot belong to such a stream; what `take` throws, behind which the
    ///   stream cannot be read on.
    mutating func consume(_ bytes: [UInt8], _ take: (ServerSentEvent) throws -> Void) throws

    /// Gives what is left once the bytes have ended.
    ///
    /// - Throws: ``FramingError`` where an event was begun that cannot be completed.
    mutating func finish() throws -> [ServerSentEvent]
}

extension StreamFraming {
    /// Takes the next bytes, however they were cut, and gives the events that they complete.
    ///
    /// - Throws: ``FramingError`` where the bytes cannot belong to such a stream.
    public mutating func consume(_ bytes: [UInt8]) throws -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        try consume(bytes) { events.append($0) }
        return events
    }
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
