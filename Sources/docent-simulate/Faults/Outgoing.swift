/// What is sent in answer to a request, piece by piece.
struct Outgoing: Sendable {
    /// One thing that is done to send a body.
    enum Step: Hashable, Sendable {
        case send([UInt8])
        case wait(Duration)
        /// The connection is reset at once.
        case reset
        /// The connection is closed as if the server had died.
        case close
    }

    var status = 200
    var contentType = "application/json"
    var headers: [(name: String, value: String)] = []
    /// How long nothing is sent at all.
    var delay = Duration.zero
    /// What is sent; a body of one `send` and nothing else goes out in one piece.
    var steps: [Step] = []
    /// Whether the length is told in advance, where it is known.
    var tellsLength = true
    /// Whether an answer is sent at all; otherwise the connection ends after the delay.
    var answers = true
    /// Whether the connection is reset, not closed, where nothing is answered.
    var resets = false
    /// How long the listening socket is closed from now on.
    var refusal: Duration?
    /// The fault's name for the log.
    var fault: String?

    /// The bytes that all steps would send.
    var length: Int {
        steps.reduce(0) { sum, step in
            guard case .send(let bytes) = step else { return sum }
            return sum + bytes.count
        }
    }

    /// The body, where it is sent in one piece without any event.
    var whole: [UInt8]? {
        guard steps.count == 1, case .send(let bytes) = steps[0] else { return steps.isEmpty ? [] : nil }
        return bytes
    }
}

/// A stream before it is sent: its events, each ready for the wire.
struct Frames: Sendable {
    var contentType = "text/event-stream"
    var events: [[UInt8]]
    /// An error as an event of this stream.
    var error: [UInt8]
    /// An event of a kind that no client knows.
    var unknown: [UInt8]
}
