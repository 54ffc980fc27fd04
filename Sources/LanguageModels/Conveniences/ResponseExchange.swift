import Synchronization

/// Where those who answer many requests hand their answers to the one who reads them.
///
/// A worker waits until its answer is taken, so no more answers lie here than there are workers. The workers outlive
/// single calls of ``next()``, hence a task of their own; it ends when the reader closes the exchange.
final class ResponseExchange: Sendable {
    private struct Delivery {
        let response: NumberedResponse
        let taken: CheckedContinuation<Void, Never>
    }

    private enum Ending {
        case open
        /// No more answers will come; an error is thrown once.
        case ended((any Error)?)
        /// Nobody reads any more.
        case closed
    }

    private struct State {
        /// By the request's number, or by the order of arrival.
        var deliveries: [Int: Delivery] = [:]
        var arrivals = 0
        var nextKey = 0
        var reader: CheckedContinuation<Result<NumberedResponse?, any Error>, Never>?
        var ending = Ending.open
        var worker: Task<Void, Never>?

        /// What a reader is told when there is no answer for it; `nil` while some may come.
        mutating func takeEnd() -> Result<NumberedResponse?, any Error>? {
            switch ending {
            case .open: return nil
            case .closed: return .failure(CancellationError())
            case .ended(let error):
                ending = .ended(nil)
                return error.map { .failure($0) } ?? .success(nil)
            }
        }
    }

    private let order: ResponseOrder
    private let state = Mutex(State())

    init(order: ResponseOrder) {
        self.order = order
    }

    /// Begins the work; ends with ``close()``, which also cancels it.
    func begin(_ work: @escaping @Sendable () async -> Void) {
        let worker = Task { await work() }
        state.withLock { $0.worker = worker }
    }

    /// Answers all requests of a source, so many at a time.
    func run(
        _ source: inout any AsyncIteratorProtocol<ModelRequest, any Error>,
        model: any LanguageModel,
        concurrency: Int
    ) async {
        var failure: (any Error)?
        await withTaskGroup(of: Void.self) { group in
            var index = 0
            do {
                while let request = try await source.next(isolation: #isolation) {
                    if index >= concurrency { await group.next() }
                    guard !Task.isCancelled else { break }
                    group.addTask { [index] in await self.answer(request, index, model) }
                    index += 1
                }
            } catch {
                failure = error
            }
        }
        end(failure)
    }

    private func answer(_ request: ModelRequest, _ index: Int, _ model: any LanguageModel) async {
        let result: Result<ModelResponse, any Error>
        do {
            result = .success(try await model.respond(to: request))
        } catch {
            result = .failure(error)
        }
        await deliver(NumberedResponse(index: index, result: result))
    }

    /// Waits until the reader has taken an answer, or is gone.
    private func deliver(_ response: NumberedResponse) async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                guard case .open = state.ending else { return false }
                let key = order == .asCompleted ? state.arrivals : response.index
                state.arrivals += 1
                state.deliveries[key] = Delivery(response: response, taken: continuation)
                return true
            }
            if isOpen { serveReader() } else { continuation.resume() }
        }
    }

    private func end(_ failure: (any Error)?) {
        state.withLock { state in
            if case .open = state.ending { state.ending = .ended(failure) }
        }
        serveReader()
    }

    /// The next answer, `nil` at the end.
    func next() async throws -> NumberedResponse? {
        try await withTaskCancellationHandler {
            try Task.checkCancellation()
            return try await withCheckedContinuation { continuation in
                state.withLock { $0.reader = continuation }
                serveReader()
            }.get()
        } onCancel: {
            close()
        }
    }

    /// Gives the reader, where one waits, what there is for it.
    private func serveReader() {
        let service = state.withLock { state -> (() -> Void)? in
            guard let reader = state.reader else { return nil }
            if let delivery = state.deliveries.removeValue(forKey: state.nextKey) {
                state.nextKey += 1
                state.reader = nil
                return {
                    reader.resume(returning: .success(delivery.response))
                    delivery.taken.resume()
                }
            }
            guard let end = state.takeEnd() else { return nil }
            state.reader = nil
            return { reader.resume(returning: end) }
        }
        service?()
    }

    /// Cancels the work, and lets nobody wait any longer.
    func close() {
        let (worker, deliveries) = state.withLock { state in
            state.ending = .closed
            defer { state.deliveries = [:] }
            return (state.worker, Array(state.deliveries.values))
        }
        worker?.cancel()
        for delivery in deliveries { delivery.taken.resume() }
        serveReader()
    }
}
