/// What came of one of many requests.
public struct NumberedResponse: Sendable {
    /// The request's place among the requests, from 0.
    public let index: Int
    /// The answer, or why there is none.
    public let result: Result<ModelResponse, any Error>
}

/// The order in which many answers are given.
public enum ResponseOrder: Hashable, Sendable {
    /// Each as soon as it is there.
    case asCompleted
    /// In the order of the requests; an answer that is there early waits, and takes up a place meanwhile.
    case asRequested
}

extension LanguageModel {
    /// Sends many requests, some at a time, and gives the answers one after another.
    ///
    ///     for try await answer in model.responses(to: requests, concurrency: 8) {
    ///         print(answer.index, (try? answer.result.get().text) ?? "failed")
    ///     }
    ///
    /// A request that fails does not disturb the others. Requests are taken from the sequence as they are sent, and no
    /// more than `concurrency` are under way or have answers that nobody has taken, so memory stays bounded however many
    /// there are. Leaving the loop, or cancelling its task, cancels what is under way.
    ///
    /// - Parameters:
    ///   - requests: The requests.
    ///   - concurrency: How many may be under way at once, at least 1.
    ///   - order: The order of the answers.
    /// - Returns: An answer or an error for each request; nothing is sent before it is iterated.
    public func responses(
        to requests: some Sequence<ModelRequest> & Sendable,
        concurrency: Int = 8,
        order: ResponseOrder = .asCompleted
    ) -> ConcurrentResponses {
        ConcurrentResponses(concurrency: concurrency, order: order, model: self) {
            ElementsInTurn(elements: requests.makeIterator())
        }
    }

    /// Sends many requests that come over time; as with those of a list.
    ///
    /// Iterating throws what the sequence of requests throws, after the answers to those that came before.
    public func responses(
        to requests: some AsyncSequence<ModelRequest, any Error> & Sendable,
        concurrency: Int = 8,
        order: ResponseOrder = .asCompleted
    ) -> ConcurrentResponses {
        ConcurrentResponses(concurrency: concurrency, order: order, model: self) { requests.makeAsyncIterator() }
    }

    /// Sends many requests, some at a time, and waits for all: an answer or an error for each, in their order.
    ///
    /// - Throws: `CancellationError` alone.
    public func respondToAll(
        _ requests: [ModelRequest],
        concurrency: Int = 8
    ) async throws -> [Result<ModelResponse, any Error>] {
        var results: [Result<ModelResponse, any Error>] = []
        results.reserveCapacity(requests.count)
        for try await answer in responses(to: requests, concurrency: concurrency, order: .asRequested) {
            results.append(answer.result)
        }
        return results
    }
}

/// The answers to many requests, given one after another.
///
/// Each iteration sends the requests anew. Iterating throws `CancellationError`, and what the requests' own sequence
/// throws.
public struct ConcurrentResponses: AsyncSequence, Sendable {
    /// What comes.
    public typealias Element = NumberedResponse
    /// How it can fail.
    public typealias Failure = any Error

    private let start: @Sendable () -> Handover<NumberedResponse>

    fileprivate init(
        concurrency: Int,
        order: ResponseOrder,
        model: any LanguageModel,
        _ makeIterator: @escaping @Sendable () -> any AsyncIteratorProtocol<ModelRequest, any Error>
    ) {
        precondition(concurrency > 0, "at least one request must be under way at a time")
        start = {
            let answers = Handover<NumberedResponse>()
            answers.begin {
                var source = makeIterator()
                await answers.run(&source, model: model, concurrency: concurrency, order: order)
            }
            return answers
        }
    }

    /// Begins to iterate.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(start: start)
    }

    /// Pulls one answer after another; the first pull sends the first requests.
    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let start: @Sendable () -> Handover<NumberedResponse>
        private var reader: HandoverReader<NumberedResponse>?

        fileprivate init(start: @escaping @Sendable () -> Handover<NumberedResponse>) {
            self.start = start
        }

        /// The next element, `nil` at the end.
        public mutating func next() async throws -> NumberedResponse? {
            let reader = reader ?? HandoverReader(start())
            self.reader = reader
            return try await reader.handover.next()
        }
    }
}

extension Handover<NumberedResponse> {
    /// Answers all requests of a source, so many at a time.
    fileprivate func run(
        _ source: inout any AsyncIteratorProtocol<ModelRequest, any Error>,
        model: any LanguageModel,
        concurrency: Int,
        order: ResponseOrder
    ) async {
        var failure: (any Error)?
        await withTaskGroup(of: Void.self) { group in
            var index = 0
            do {
                while true {
                    // A request is taken once there is a place for it.
                    if index >= concurrency { await group.next() }
                    guard !Task.isCancelled, let request = try await source.next(isolation: #isolation) else { break }
                    group.addTask { [index] in
                        let response = await model.response(to: request, index)
                        await self.deliver(response, number: order == .asRequested ? index : nil)
                    }
                    index += 1
                }
            } catch {
                failure = error
            }
        }
        end(failure)
    }
}

extension LanguageModel {
    fileprivate func response(to request: ModelRequest, _ index: Int) async -> NumberedResponse {
        do {
            return NumberedResponse(index: index, result: .success(try await respond(to: request)))
        } catch {
            return NumberedResponse(index: index, result: .failure(error))
        }
    }
}

private struct ElementsInTurn<Base: IteratorProtocol<ModelRequest>>: AsyncIteratorProtocol {
    var elements: Base

    mutating func next(isolation actor: isolated (any Actor)?) async throws -> ModelRequest? {
        elements.next()
    }
}
