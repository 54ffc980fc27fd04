/// A service that answers many requests later, at half the price.
public protocol BatchResponding: Sendable {
    /// Hands in requests with distinct ids; the services take 64 letters, digits, `-` and `_` for one.
    ///
    /// What a model does not take is dropped, and the batch says so in its ``Batch/warnings``; with strict options
    /// nothing is handed in.
    ///
    /// - Throws: ``ModelError``, or `CancellationError`.
    func submit(_ requests: [BatchRequest]) async throws -> Batch

    /// How a batch stands.
    ///
    /// - Throws: ``ModelError``, or `CancellationError`.
    func batch(id: String) async throws -> Batch

    /// What came of a batch that has ended, in any order: an answer or an error for each request that was handed in,
    /// cancelled and expired ones included. Iterating throws ``ModelError`` or `CancellationError`.
    func results(of batch: Batch) -> BatchResults

    /// Asks the service to stop a batch; requests that are answered by then stay answered.
    ///
    /// - Throws: ``ModelError``, or `CancellationError`.
    func cancel(_ batch: Batch) async throws -> Batch
}

/// A request of a batch.
public struct BatchRequest: Hashable, Sendable {
    /// What the result refers to, distinct within the batch.
    public var id: String
    /// The request.
    public var request: ModelRequest

    /// A request with an id.
    public init(id: String, request: ModelRequest) {
        self.id = id
        self.request = request
    }
}

/// What came of a request of a batch.
public struct BatchResult: Sendable {
    /// The request's id.
    public var id: String
    /// The answer, or why there is none.
    public var result: Result<ModelResponse, ModelError>

    /// A result for an id.
    public init(id: String, result: Result<ModelResponse, ModelError>) {
        self.id = id
        self.result = result
    }
}

/// A batch as its service describes it.
public struct Batch: Hashable, Sendable {
    /// Where a batch is on its way.
    public enum Status: String, Hashable, Sendable, CaseIterable {
        /// Being checked, or waiting.
        case pending
        /// Being answered.
        case running
        /// Being stopped.
        case cancelling
        /// At its end; single requests may have failed.
        case completed
        /// Refused as a whole.
        case failed
        /// Stopped.
        case cancelled
        /// Not done in the service's time (usually 24 hours).
        case expired

        /// Whether nothing more will happen.
        public var isFinal: Bool {
            switch self {
            case .pending, .running, .cancelling: false
            case .completed, .failed, .cancelled, .expired: true
            }
        }
    }

    /// The service's id.
    public var id: String
    /// Where it is on its way.
    public var status: Status
    /// How many requests it has, where the service says.
    public var total: Int?
    /// How many are answered, where the service says.
    public var succeeded: Int?
    /// How many have failed, expired or been cancelled, where the service says.
    public var failed: Int?
    /// Why it failed as a whole, where it did.
    public var failure: String?
    /// What was dropped or changed in requests that their model does not take as they are, by the requests' ids.
    ///
    /// Known to the value that came from handing the batch in and to those that come from cancelling it, since the
    /// service keeps no record; the results of such a batch carry them in their answers, too.
    public var warnings: [String: [RequestWarning]] = [:]
    /// The service's own description, in its own shape.
    public var raw: JSONValue

    /// A batch in this state.
    public init(id: String, status: Status, raw: JSONValue = .null) {
        self.id = id
        self.status = status
        self.raw = raw
    }
}

/// The results of a batch, read one after another.
public struct BatchResults: AsyncSequence, Sendable {
    /// What comes.
    public typealias Element = BatchResult
    /// How it can fail.
    public typealias Failure = any Error

    /// Pulls one result after another.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private let pull: @Sendable () async throws -> BatchResult?
        private var hasFailed = false

        fileprivate init(pull: @escaping @Sendable () async throws -> BatchResult?) {
            self.pull = pull
        }

        /// The next element, `nil` at the end and behind an error.
        public mutating func next() async throws -> BatchResult? {
            guard !hasFailed else { return nil }
            do {
                return try await pull()
            } catch {
                hasFailed = true
                throw error
            }
        }
    }

    private let makePull: @Sendable () -> @Sendable () async throws -> BatchResult?

    /// Results that each iteration pulls anew.
    public init(_ makePull: @escaping @Sendable () -> @Sendable () async throws -> BatchResult?) {
        self.makePull = makePull
    }

    /// Begins to iterate.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(pull: makePull())
    }

    /// The same results, each answer with what was dropped from its request.
    package func noting(_ warnings: [String: [RequestWarning]]) -> BatchResults {
        guard !warnings.isEmpty else { return self }
        return BatchResults { [makePull] in
            let pull = makePull()
            return {
                guard var result = try await pull() else { return nil }
                result.result = result.result.map { response in
                    var response = response
                    response.warnings = warnings[result.id, default: []] + response.warnings
                    return response
                }
                return result
            }
        }
    }
}
