/// Cuts a `text/event-stream` into events by the WHATWG standard, however its bytes come.
///
/// One thing differs from the standard: an event that the end of the stream leaves without its blank line is given,
/// since services omit that line. Ids and reconnection times are passed over.
public struct ServerSentEventParser: StreamFraming {
    private var lines: LineCutter
    private var event: EventBuilder

    /// A parser at the beginning of a stream, whose events have at most so many bytes; 64 MiB by default.
    public init(maximumEventBytes: Int = 64 << 20) {
        lines = LineCutter(maximumBytes: maximumEventBytes, endsAtCarriageReturn: true)
        event = EventBuilder(maximumBytes: maximumEventBytes)
    }

    /// Takes the next bytes, however they were cut, and gives the events that they complete.
    ///
    /// - Throws: ``FramingError`` where an event is too large.
    public mutating func consume(_ bytes: [UInt8]) throws -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        try bytes.withUnsafeBufferPointer { bytes in
            var rest = LineCutter.Rest(bytes)
            while try lines.next(in: &rest, { try event.take($0, into: &events) }) {}
        }
        return events
    }

    /// Gives the event that was begun, if any.
    ///
    /// - Throws: ``FramingError`` where it is too large.
    public mutating func finish() throws -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        let line = lines.finish()
        if !line.isEmpty { try line.withUnsafeBufferPointer { try event.take($0, into: &events) } }
        event.dispatch(into: &events)
        return events
    }
}

/// What the lines of one event have said so far.
private struct EventBuilder {
    let maximumBytes: Int
    private var name: String?
    private var data: [UInt8] = []
    private var hasData = false

    init(maximumBytes: Int) {
        self.maximumBytes = maximumBytes
    }

    mutating func take(_ line: UnsafeBufferPointer<UInt8>, into events: inout [ServerSentEvent]) throws {
        guard let first = line.first else { return dispatch(into: &events) }
        guard first != UInt8(ascii: ":") else { return }
        if let value = line.value(ofField: "data") {
            if hasData { data.append(UInt8(ascii: "\n")) }
            data.append(contentsOf: value)
            hasData = true
            guard data.count <= maximumBytes else { throw FramingError.tooLarge(maximumBytes) }
        } else if let value = line.value(ofField: "event") {
            name = value.isEmpty ? nil : String(decoding: value, as: UTF8.self)
        }
    }

    mutating func dispatch(into events: inout [ServerSentEvent]) {
        if hasData { events.append(ServerSentEvent(name: name, data: data)) }
        name = nil
        data = []
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
