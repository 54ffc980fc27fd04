/// A stream of which the answer's first piece has come: until then nothing is handed on, and it can be given up for
/// another without anybody having seen it.
struct OpenedStream {
    private var held: ArraySlice<ModelEvent> = []
    private var source: ModelStream.AsyncIterator

    /// Pulls up to the first event of the answer itself, or to the stream's end.
    ///
    /// - Throws: What the stream throws before that.
    init(_ stream: ModelStream, earlierAttempts: Int, isolation actor: isolated (any Actor)?) async throws {
        source = stream.makeAsyncIterator()
        var events: [ModelEvent] = []
        while let event = try await source.next(isolation: actor) {
            events.append(event)
            if event.belongsToAnswer { break }
        }
        held = events.addingAttempts(earlierAttempts)[...]
    }

    /// The next event, held back or new.
    mutating func next(isolation actor: isolated (any Actor)?) async throws -> ModelEvent? {
        if let event = held.popFirst() { return event }
        return try await source.next(isolation: actor)
    }
}

/// Pulls a stream inside an actor, so that different tasks can do it one after another.
actor EventPuller {
    private var source: ModelStream.AsyncIterator?

    init(_ stream: ModelStream) {
        source = stream.makeAsyncIterator()
    }

    /// The next event; `nil` at the end, and behind an error.
    func next() async throws -> ModelEvent? {
        guard var source else { return nil }
        self.source = nil
        let event = try await source.next(isolation: self)
        if event != nil { self.source = source }
        return event
    }

    /// The events up to the first of the answer itself.
    func beginning() async throws -> [ModelEvent] {
        var events: [ModelEvent] = []
        while let event = try await next() {
            events.append(event)
            if event.belongsToAnswer { break }
        }
        return events
    }
}

extension ModelEvent {
    /// Whether a reader has seen something of the answer with it.
    var belongsToAnswer: Bool {
        switch self {
        case .delta, .part, .finished: true
        case .started, .usage, .details: false
        }
    }
}

extension [ModelEvent] {
    /// The events of an attempt that had others before it.
    func addingAttempts(_ earlier: Int) -> [ModelEvent] {
        guard earlier > 0 else { return self }
        var events = self
        for index in indices {
            guard case .details(var details) = events[index] else { continue }
            details.attempts += earlier
            events[index] = .details(details)
            return events
        }
        var details = ResponseDetails()
        details.attempts += earlier
        events.insert(.details(details), at: events.first?.isStart == true ? 1 : 0)
        return events
    }
}

extension ModelEvent {
    fileprivate var isStart: Bool {
        if case .started = self { true } else { false }
    }
}
