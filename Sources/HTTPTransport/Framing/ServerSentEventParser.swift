/// Cuts a `text/event-stream` into events by the WHATWG standard, however its bytes come.
///
/// One thing differs from the standard: an event that the end of the stream leaves without its blank line is given,
/// since services omit that line. Ids and reconnection times are passed over.
public struct ServerSentEventParser: StreamFraming {
    private var lines: LineCutter
    private var builder: EventBuilder

    /// A parser at the beginning of a stream, whose events have at most so many bytes; 64 MiB by default.
    public init(maximumEventBytes: Int = 64 << 20) {
        lines = LineCutter(maximumBytes: maximumEventBytes, endsAtCarriageReturn: true)
        builder = EventBuilder(maximumBytes: maximumEventBytes)
    }

    /// Takes the next bytes, however they were cut, and hands on each event that they complete.
    ///
    /// - Throws: ``FramingError`` where an event is too large; what `take` throws.
    public mutating func consume(_ bytes: [UInt8], _ take: (ServerSentEvent) throws -> Void) throws {
        try bytes.withUnsafeBufferPointer { bytes in
            var rest = LineCutter.Rest(bytes)
            while try lines.next(in: &rest, { try builder.add($0, take) }) {}
        }
    }

    /// Gives the event that was begun, if any.
    ///
    /// - Throws: ``FramingError`` where it is too large.
    public mutating func finish() throws -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        let line = lines.finish()
        if !line.isEmpty { try line.withUnsafeBufferPointer { line in try builder.add(line) { events.append($0) } } }
        builder.dispatch { events.append($0) }
        return events
    }
}

/// What the lines of one event have said so far.
private struct EventBuilder {
    let maximumBytes: Int
    /// Its memory serves one event after another, unless somebody keeps them.
    private var event = ServerSentEvent(data: [])
    private var hasData = false

    init(maximumBytes: Int) {
        self.maximumBytes = maximumBytes
    }

    mutating func add(_ line: UnsafeBufferPointer<UInt8>, _ take: (ServerSentEvent) throws -> Void) throws {
        guard let first = line.first else { return try dispatch(take) }
        guard first != UInt8(ascii: ":") else { return }
        if let value = line.value(ofField: "data") {
            if hasData { event.data.append(UInt8(ascii: "\n")) }
            event.data.append(contentsOf: UnsafeBufferPointer(rebasing: value))
            hasData = true
            guard event.data.count <= maximumBytes else { throw FramingError.tooLarge(maximumBytes) }
        } else if let value = line.value(ofField: "event") {
            event.name = value.isEmpty ? nil : String(decoding: value, as: UTF8.self)
        }
    }

    mutating func dispatch(_ take: (ServerSentEvent) throws -> Void) rethrows {
        if hasData { try take(event) }
        event.name = nil
        event.data.removeAll(keepingCapacity: event.data.capacity <= 4 << 10)
        hasData = false
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// What follows `field:` or `field: `; empty for the field's name alone, `nil` for another field.
    fileprivate func value(ofField field: StaticString) -> Slice<Self>? {
        let length = field.utf8CodeUnitCount
        guard count >= length, (0..<length).allSatisfy({ self[$0] == field.utf8Start[$0] }) else { return nil }
        guard count > length else { return self[count...] }
        guard self[length] == UInt8(ascii: ":") else { return nil }
        let hasSpace = count > length + 1 && self[length + 1] == UInt8(ascii: " ")
        return self[(hasSpace ? length + 2 : length + 1)...]
    }
}
