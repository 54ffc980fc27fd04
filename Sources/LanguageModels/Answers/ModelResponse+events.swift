extension ModelResponse {
    /// The events of a stream that adds up to this answer, but for ``rawBody``: texts in pieces of a word.
    public var events: [ModelEvent] {
        var events: [ModelEvent] = []
        if id != nil || model != nil { events.append(.started(id: id, model: model)) }
        events.append(.details(details))
        for (index, part) in message.parts.enumerated() { events += Self.events(of: part, index) }
        if let usage { events.append(.usage(usage)) }
        events.append(.finished(finishReason, raw: rawFinishReason))
        return events
    }

    private var details: ResponseDetails {
        var details = ResponseDetails()
        details.warnings = warnings
        details.limits = limits
        details.requestID = requestID
        details.attempts = attempts
        return details
    }

    private static func events(of part: MessagePart, _ index: Int) -> [ModelEvent] {
        let deltas: [MessageDelta] =
            switch part.content {
            case .text(let text): pieces(of: text).map { .text($0) }
            case .reasoning(let text): pieces(of: text).map { .reasoning($0) }
            case .refusal(let text): pieces(of: text).map { .refusal($0) }
            case .toolCall(let call): [.toolCall(id: call.id, name: call.name), .arguments(call.arguments)]
            case .image, .document, .audio, .toolResult, .other: []
            }
        let whole = deltas.isEmpty || part.replay != nil ? [ModelEvent.part(index, part)] : []
        return deltas.map { .delta(part: index, $0) } + whole
    }

    /// Words, each with the space behind it.
    private static func pieces(of text: String) -> [String] {
        var pieces: [String] = []
        var rest = text[...]
        while let space = rest.firstIndex(of: " ") {
            pieces.append(String(rest[...space]))
            rest = rest[rest.index(after: space)...]
        }
        if !rest.isEmpty { pieces.append(String(rest)) }
        return pieces
    }
}
