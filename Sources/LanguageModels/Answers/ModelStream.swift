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
        fileprivate var source: any AsyncIteratorProtocol<ModelEvent, any Error>

        /// The next element, `nil` at the end.
        public mutating func next(isolation actor: isolated (any Actor)? = #isolation) async throws -> ModelEvent? {
            try await source.next(isolation: actor)
        }

        /// The next element, `nil` at the end.
        public mutating func next() async throws -> ModelEvent? {
            try await next(isolation: #isolation)
        }
    }

    private let makeSource: @Sendable () -> any AsyncIteratorProtocol<ModelEvent, any Error>

    /// A stream whose every iteration pulls from a new source.
    public init(_ makeSource: @escaping @Sendable () -> any AsyncIteratorProtocol<ModelEvent, any Error>) {
        self.makeSource = makeSource
    }

    /// A stream of these events that then ends, or throws where there is an error.
    public init(_ events: [ModelEvent], failure: (any Error)? = nil) {
        self.init { ReplayedEvents(events: events[...], failure: failure) }
    }

    /// Begins to iterate.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(source: makeSource())
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
    public var text: some AsyncSequence<String, any Error> & Sendable {
        compactMap { event in
            if case .delta(_, .text(let text)) = event { text } else { nil }
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
