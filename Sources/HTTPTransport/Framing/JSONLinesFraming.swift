/// Cuts a stream of JSON lines: each line that is not blank is the data of an event.
public struct JSONLinesFraming: StreamFraming {
    private var lines: LineCutter

    /// A framing at the beginning of a stream, whose lines have at most so many bytes; 64 MiB by default.
    public init(maximumEventBytes: Int = 64 << 20) {
        lines = LineCutter(maximumBytes: maximumEventBytes, endsAtCarriageReturn: false)
    }

    /// Takes the next bytes, however they were cut, and hands on the lines that they complete.
    ///
    /// - Throws: ``FramingError`` where a line is too large; what `take` throws.
    public mutating func consume(_ bytes: [UInt8], _ take: (ServerSentEvent) throws -> Void) throws {
        try bytes.withUnsafeBufferPointer { bytes in
            var rest = LineCutter.Rest(bytes)
            while try lines.next(in: &rest, { try Self.event($0).map(take) }) {}
        }
    }

    /// Gives the last line, if it has no end.
    public mutating func finish() throws -> [ServerSentEvent] {
        lines.finish().withUnsafeBufferPointer { Self.event($0).map { [$0] } ?? [] }
    }

    private static func event(_ line: UnsafeBufferPointer<UInt8>) -> ServerSentEvent? {
        guard let first = line.firstIndex(where: { !$0.isJSONSpace }) else { return nil }
        let last = line.lastIndex { !$0.isJSONSpace } ?? first
        return ServerSentEvent(data: Array(line[first...last]))
    }
}

extension UInt8 {
    /// Whether this is white space between the tokens of JSON.
    var isJSONSpace: Bool { self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09 }
}
