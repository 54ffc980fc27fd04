/// The events of an answer that is on its way.
///
/// Iterating sends the request; every iteration sends it anew. Leaving the loop, or cancelling its task, ends the
/// transfer. Iterating throws ``ModelError`` or `CancellationError`.
public struct ModelStream: AsyncSequence, Sendable {
    /// What comes.
    public typealias Element = ModelEvent
    /// How it can fail.
    public typealias Failure = any Error

    /// Pulls one event after another.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private var events: (any AsyncIteratorProtocol<ModelEvent, any Error>)?
        private var batches: (any AsyncIteratorProtocol<[ModelEvent], any Error>)?
        /// What came at once with the last event that was given.
        private var batch: [ModelEvent] = []
        private var position = 0

        fileprivate init(_ source: Source) {
            switch source {
            case .events(let events): self.events = events
            case .batches(let batches): self.batches = batches
            }
        }

        /// The next element, `nil` at the end and behind an error.
        public mutating func next(isolation actor: isolated (any Actor)? = #isolation) async throws -> ModelEvent? {
            if let event = nextOfBatch() { return event }
            return try await pull(isolation: actor)
        }

        /// The next element, `nil` at the end and behind an error.
        public mutating func next() async throws -> ModelEvent? {
            try await next(isolation: #isolation)
        }

        fileprivate mutating func nextOfBatch() -> ModelEvent? {
            guard position < batch.count else { return nil }
            defer { position += 1 }
            return batch[position]
        }

        private mutating func pull(isolation actor: isolated (any Actor)?) async throws -> ModelEvent? {
            do {
                if events != nil { return try await events?.next(isolation: actor) }
                batch = []
                position = 0
                batch = try await batches?.next(isolation: actor) ?? []
                return nextOfBatch()
            } catch {
                // Whoever asks on must neither get the error again nor have the request sent anew.
                events = nil
                batches = nil
                throw error
            }
        }
    }

    fileprivate enum Source {
        case events(any AsyncIteratorProtocol<ModelEvent, any Error>)
        case batches(any AsyncIteratorProtocol<[ModelEvent], any Error>)
    }

    private let makeSource: @Sendable () -> Source

    /// A stream whose every iteration pulls from a new source.
    public init(_ makeSource: @escaping @Sendable () -> any AsyncIteratorProtocol<ModelEvent, any Error>) {
        self.makeSource = { .events(makeSource()) }
    }

    /// A stream whose every iteration pulls from a new source, which gives all events at once that have come: at least
    /// one each time.
    package init(batches makeSource: @escaping @Sendable () -> any AsyncIteratorProtocol<[ModelEvent], any Error>) {
        self.makeSource = { .batches(makeSource()) }
    }

    /// A stream of these events that then ends, or throws where there is an error.
    public init(_ events: [ModelEvent], failure: (any Error)? = nil) {
        self.init { ReplayedEvents(events: events[...], failure: failure) }
    }

    /// Begins to iterate.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(makeSource())
    }

    /// Waits for the whole answer.
    ///
    /// - Throws: ``ModelError``, or `CancellationError`.
    public func response() async throws -> ModelResponse {
        var accumulator = ResponseAccumulator()
        for try await event in self { accumulator.add(event) }
        return accumulator.response
    }

    /// The text alone, piece by piece.
    ///
    /// Unlike ``LanguageModel/complete(_:system:options:)`` it does not throw where the model declined or a filter held
    /// the answer back: there is no text then, and the reason stands in ``ModelEvent/finished(_:raw:)``.
    public var text: Text { Text(stream: self) }

    /// The pieces of an answer's text.
    public struct Text: AsyncSequence, Sendable {
        /// What comes.
        public typealias Element = String
        /// How it can fail.
        public typealias Failure = any Error

        /// Pulls one piece after another.
        public struct AsyncIterator: AsyncIteratorProtocol {
            fileprivate var events: ModelStream.AsyncIterator

            /// The next element, `nil` at the end and behind an error.
            public mutating func next(isolation actor: isolated (any Actor)? = #isolation) async throws -> String? {
                while let event = events.nextOfBatch() {
                    if case .delta(_, .text(let text)) = event { return text }
                }
                while let event = try await events.next(isolation: actor) {
                    if case .delta(_, .text(let text)) = event { return text }
                }
                return nil
            }

            /// The next element, `nil` at the end and behind an error.
            public mutating func next() async throws -> String? {
                try await next(isolation: #isolation)
            }
        }

        fileprivate let stream: ModelStream

        /// Begins to iterate.
        public func makeAsyncIterator() -> AsyncIterator {
            AsyncIterator(events: stream.makeAsyncIterator())
        }
    }
}

private struct ReplayedEvents: AsyncIteratorProtocol {
    var events: ArraySlice<ModelEvent>
    var failure: (any Error)?

    mutating func next(isolation actor: isolated (any Actor)?) async throws -> ModelEvent? {
        if let event = events.popFirst() { return event }
        if let failure { throw failure }
        return nil
    }
}
