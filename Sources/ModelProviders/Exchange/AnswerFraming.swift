import HTTPTransport

/// Cuts a stream into events; a body that begins as JSON does is one event.
///
/// Servers that stream nothing, and gateways that report an error under status 200, answer with JSON where events
/// are expected. The body tells, since a type of content is often wrong.
struct AnswerFraming: StreamFraming {
    private var events = ServerSentEventParser()
    private var body: [UInt8] = []
    private var isWhole: Bool?

    mutating func consume(_ bytes: [UInt8], _ take: (ServerSentEvent) throws -> Void) throws {
        if isWhole == false { return try events.consume(bytes, take) }
        body += bytes
        guard isWhole == nil, let first = body.first(where: { !Self.isSpace($0) }) else { return }
        isWhole = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        guard isWhole == false else { return }
        defer { body = [] }
        try events.consume(body, take)
    }

    mutating func finish() throws -> [ServerSentEvent] {
        guard isWhole == true else { return try events.finish() }
        defer { body = [] }
        return body.isEmpty ? [] : [ServerSentEvent(data: body)]
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }
}
