import HTTPTransport

/// Cuts a stream into events whichever way Gemini writes it: as server-sent events, as one array of objects (without
/// `alt=sse`), or as server-sent events behind which a bare object reports an error.
///
/// A line of server-sent events never begins with a bracket: what does is JSON, and runs until its brackets close.
struct GeminiFraming: StreamFraming {
    private enum State {
        /// At the beginning of a line, or between the elements of an array.
        case lineStart
        /// Inside a line of server-sent events.
        case line
        /// Inside an object: how many brackets are open, whether inside a string, and there behind a backslash.
        case object(depth: Int, isString: Bool, isEscaped: Bool)
    }

    private var state = State.lineStart
    private var events = ServerSentEventParser()
    private var object: [UInt8] = []

    mutating func consume(_ bytes: [UInt8], _ take: (ServerSentEvent) throws -> Void) throws {
        var start = 0
        for (index, byte) in bytes.enumerated() {
            switch state {
            case .lineStart:
                begin(byte)
                // What belongs to lines is handed on at once, as many bytes as possible.
                if case .object = state {
                    try events.consume(Array(bytes[start..<index]), take)
                    object.append(byte)
                    start = index + 1
                } else if Self.isBetween(byte) {
                    try events.consume(Array(bytes[start..<index]), take)
                    start = index + 1
                }
            case .line:
                if byte == 0x0A || byte == 0x0D { state = .lineStart }
            case .object(let depth, let isString, let isEscaped):
                object.append(byte)
                start = index + 1
                advance(byte, depth, isString, isEscaped)
                if case .lineStart = state { try take(takeObject()) }
            }
        }
        if start < bytes.count { try events.consume(start == 0 ? bytes : Array(bytes[start...]), take) }
    }

    mutating func finish() throws -> [ServerSentEvent] {
        // An object that was cut off is handed on like an event that was: the reader tells what it means.
        let rest = object.isEmpty ? [] : [takeObject()]
        return try events.finish() + rest
    }

    private mutating func begin(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "{"): state = .object(depth: 1, isString: false, isEscaped: false)
        // White space before JSON, and what stands between the objects of an array, belongs to no line.
        case 0x0A, 0x0D, 0x20, 0x09, UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ","): break
        default: state = .line
        }
    }

    /// Whether a byte at the beginning of a line is to be kept from the parser of lines.
    private static func isBetween(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "[") || byte == UInt8(ascii: "]") || byte == UInt8(ascii: ",")
    }

    private mutating func advance(_ byte: UInt8, _ depth: Int, _ isString: Bool, _ isEscaped: Bool) {
        if isString {
            let escapes = byte == UInt8(ascii: "\\") && !isEscaped
            let ends = byte == UInt8(ascii: "\"") && !isEscaped
            if escapes != isEscaped || ends { state = .object(depth: depth, isString: !ends, isEscaped: escapes) }
            return
        }
        switch byte {
        case UInt8(ascii: "\""): state = .object(depth: depth, isString: true, isEscaped: false)
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            state = .object(depth: depth + 1, isString: false, isEscaped: false)
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            state = depth == 1 ? .lineStart : .object(depth: depth - 1, isString: false, isEscaped: false)
        default: break
        }
    }

    private mutating func takeObject() -> ServerSentEvent {
        defer { object.removeAll(keepingCapacity: true) }
        return ServerSentEvent(data: object)
    }
}
